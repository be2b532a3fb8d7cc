/*
 * Copyright (c) 2026 Contributors to the openHAB Monzo binding
 *
 * See the NOTICE file(s) distributed with this work for additional
 * information.
 *
 * This program and the accompanying materials are made available under the
 * terms of the Eclipse Public License 2.0 which is available at
 * http://www.eclipse.org/legal/epl-2.0
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.openhab.binding.monzo.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Records every request and lets a test wait until one is handled. */
final class RequestLog {
    private final List<Entry> entries = new ArrayList<>();

    /** A request, and whether the bank has answered it, or will not until the test lets it. */
    final class Entry {
        private final RecordedRequest request;
        private boolean isHandled;

        private Entry(RecordedRequest request) {
            this.request = request;
        }

        void handled() {
            synchronized (RequestLog.this) {
                isHandled = true;
                RequestLog.this.notifyAll();
            }
        }
    }

    synchronized Entry add(RecordedRequest request) {
        Entry entry = new Entry(request);
        entries.add(entry);
        return entry;
    }

    synchronized List<RecordedRequest> all() {
        return entries.stream().map(entry -> entry.request).toList();
    }

    synchronized int count(Endpoint endpoint) {
        return (int) of(endpoint).count();
    }

    private Stream<Entry> of(Endpoint endpoint) {
        return entries.stream().filter(entry -> entry.request.endpoint() == endpoint);
    }

    synchronized void clear() {
        entries.clear();
    }

    synchronized boolean awaitCount(Endpoint endpoint, int atLeast, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (of(endpoint).filter(entry -> entry.isHandled).count() < atLeast) {
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return false;
            }
            wait(millis);
        }
        return true;
    }
}
