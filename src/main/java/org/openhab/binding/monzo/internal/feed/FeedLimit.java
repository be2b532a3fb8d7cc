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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * The messages of one login within the last hour that may have been shown. It limits their number, as a runaway rule must
 * not fill a phone, and prevents that one is shown twice.
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

    /** Permits one message at a time, so that none is judged before the last one's result is known. */
    private final Semaphore turn = new Semaphore(1, true);

    private final Map<List<String>, Duration> shown = new HashMap<>();
    private Duration elapsed = Duration.ZERO;
    private Instant lastSeen;

    FeedLimit(Clock clock) {
        this.clock = clock;
        lastSeen = clock.instant();
    }

    /** Waits for the turn to send a message; returns whether it came in time. */
    boolean acquireTurn(Duration timeout) throws InterruptedException {
        return turn.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    void releaseTurn() {
        turn.release();
    }

    /** Returns why a message must not be sent now, {@code null} if it may. */
    synchronized @Nullable FeedResult check(FeedMessage message) {
        Instant now = clock.instant();
        if (now.isAfter(lastSeen)) {
            elapsed = elapsed.plus(Duration.between(lastSeen, now));
        }
        lastSeen = now;
        shown.values().removeIf(time -> time.plus(PERIOD).compareTo(elapsed) <= 0);
        if (shown.containsKey(text(message))) {
            return FeedResult.REPEATED;
        }
        return shown.size() >= MAX_MESSAGES ? FeedResult.TOO_MANY : null;
    }

    /** Counts a message that may have been shown. */
    synchronized void count(FeedMessage message) {
        shown.put(text(message), elapsed);
    }

    private static List<String> text(FeedMessage message) {
        return List.of(message.title(), message.body());
    }
}
