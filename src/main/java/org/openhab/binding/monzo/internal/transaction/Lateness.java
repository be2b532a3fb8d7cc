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
package org.openhab.binding.monzo.internal.transaction;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.model.Times;

/**
 * Judges which transactions are delivered late: more than five minutes after they could first have been known.
 * <p>
 * With any interval, and after any outage, a transaction is not late if the previous refresh could not yet list it. It
 * is late if it was created minutes before that refresh, so that Monzo has listed it late, or before the end of a
 * downtime. This computer's clock may be wrong. A new transaction shows by how much it is ahead of the bank's at most;
 * before one does, it may be ahead by an hour.
 */
@NonNullByDefault
class Lateness {

    private static final Duration LATE = Duration.ofMinutes(5);

    /** By how much the clock may be ahead before a new transaction shows it. */
    private static final Duration UNKNOWN_DIFFERENCE = Duration.ofHours(1);

    /**
     * So many of the latest differences are considered: the clock may be set, and not all transactions are new at once.
     */
    private static final int MAX_DIFFERENCES = 5;

    private final Deque<Duration> differences = new ArrayDeque<>();
    private Instant previousRead;

    Lateness(Instant now) {
        previousRead = now;
    }

    /**
     * Returns the time before which late transactions were created.
     *
     * @param newest the bank's time of the newest one delivered before
     */
    Instant limit(Instant newest, Instant now) {
        Instant read = Times.earlier(previousRead, now);
        Duration ahead = differences.stream().min(Comparator.naturalOrder()).orElse(UNKNOWN_DIFFERENCE);
        return Times.later(newest, read.minus(ahead)).minus(LATE);
    }

    /**
     * Returns the time before which late transactions were created, in the first refresh after a downtime.
     *
     * @param end the end of the downtime by this computer's clock, which may be behind
     * @param newest the bank's time of the newest one to be delivered
     */
    static Instant limitAfterDowntime(Instant end, Instant newest) {
        return Times.later(end, newest).minus(LATE);
    }

    /**
     * Notes that all transactions were read.
     *
     * @param newest the bank's time of the newest one, if it is new
     */
    void read(Optional<Instant> newest, Instant now) {
        previousRead = now;
        newest.ifPresent(created -> {
            differences.add(created.isAfter(now) ? Duration.ZERO : Duration.between(created, now));
            if (differences.size() > MAX_DIFFERENCES) {
                differences.remove();
            }
        });
    }
}
