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
package org.openhab.binding.monzo.internal.api;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.api.HttpTransport.HttpRequest;
import org.openhab.binding.monzo.internal.api.HttpTransport.Pending;
import org.openhab.binding.monzo.internal.model.ErrorKind;

/**
 * Counts the requests of a login, and keeps the last error of each endpoint, for bug reports. It holds no tokens, IDs
 * or amounts.
 */
@NonNullByDefault
public class RequestStatistics {

    private final Clock clock;
    private final SortedMap<String, LastError> lastErrors = new TreeMap<>();
    private LocalDate day = LocalDate.MIN;
    private int sent;
    private int failed;

    /**
     * The last error of an endpoint.
     *
     * @param reason without confidential data, as for the debug log
     */
    public record LastError(ErrorKind kind, String reason, Instant time) {}

    public RequestStatistics(Clock clock) {
        this.clock = clock;
    }

    /**
     * Counts a request that has just been sent, and its error, if any, when the response is awaited.
     *
     * @param request method and path
     */
    public <T> Pending<T> count(String request, Pending<T> response) {
        countSent();
        return () -> {
            try {
                return response.await();
            } catch (MonzoException e) {
                countFailed(HttpRequest.withoutIds(request), e);
                throw e;
            }
        };
    }

    private synchronized void countSent() {
        startDay();
        sent++;
    }

    private synchronized void countFailed(String endpoint, MonzoException e) {
        startDay();
        failed++;
        String message = e.getMessage();
        lastErrors.put(endpoint, new LastError(e.kind(), message == null ? "" : message, clock.instant()));
    }

    private void startDay() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneId.systemDefault());
        if (!today.equals(day)) {
            day = today;
            sent = 0;
            failed = 0;
        }
    }

    /** Returns the number of requests sent today, in the time zone of this machine. */
    public synchronized int sentToday() {
        startDay();
        return sent;
    }

    /** Returns the number of requests that failed today. */
    public synchronized int failedToday() {
        startDay();
        return failed;
    }

    /**
     * Returns the last error by endpoint, such as {@code GET /balance}, since this login was added or openHAB started.
     */
    public synchronized Map<String, LastError> lastErrors() {
        return new TreeMap<>(lastErrors);
    }
}
