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
package org.openhab.binding.monzo.internal.feed;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Limits the messages of one login to a number within an hour: a runaway rule must not fill a phone.
 * <p>
 * The hour is measured by the forward steps of the clock alone, so that setting it back frees no message and blocks none
 * for longer.
 */
@NonNullByDefault
public class FeedLimit {

    /** The number of messages within an hour. */
    public static final int MAX_MESSAGES = 20;

    private static final Duration PERIOD = Duration.ofHours(1);

    private final Clock clock;
    private final Deque<Duration> recent = new ArrayDeque<>();
    private Duration elapsed = Duration.ZERO;
    private Instant lastSeen;

    FeedLimit(Clock clock) {
        this.clock = clock;
        lastSeen = clock.instant();
    }

    /** Counts a message; returns {@code false}, without counting it, if the limit is reached. */
    synchronized boolean tryAcquire() {
        Instant now = clock.instant();
        if (now.isAfter(lastSeen)) {
            elapsed = elapsed.plus(Duration.between(lastSeen, now));
        }
        lastSeen = now;
        recent.removeIf(message -> message.plus(PERIOD).compareTo(elapsed) <= 0);
        if (recent.size() >= MAX_MESSAGES) {
            return false;
        }
        recent.addLast(elapsed);
        return true;
    }
}
