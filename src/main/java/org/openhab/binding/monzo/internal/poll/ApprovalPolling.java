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
package org.openhab.binding.monzo.internal.poll;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * How long to wait between two requests while an approval in the Monzo app is missing: a few seconds after a login and
 * while somebody waits for it, else longer and longer, up to the refresh interval.
 */
@NonNullByDefault
class ApprovalPolling {

    /** The contract promises ten seconds from the approval in the app to ONLINE; the request takes some of them. */
    static final Duration QUICK = Duration.ofSeconds(6);

    private static final Duration QUICK_AFTER_LOGIN = Duration.ofMinutes(15);

    /** A phone stops the page while its owner is in the Monzo app; a few minutes are enough to come back. */
    private static final Duration QUICK_AFTER_EXPECTED = Duration.ofMinutes(5);

    private final Duration interval;
    private final Clock clock;

    private Instant loggedIn = Instant.MIN;
    private Instant expected = Instant.MIN;
    private Duration slow = QUICK;

    /**
     * Makes a polling that is quick after a call of one of its methods.
     *
     * @param interval the refresh interval, the longest wait
     */
    ApprovalPolling(Duration interval, Clock clock) {
        this.interval = interval;
        this.clock = clock;
    }

    /** Begins anew: the person has just logged in. */
    synchronized void begin() {
        loggedIn = clock.instant();
        slow = QUICK;
    }

    /** Notes that somebody waits for the approval. */
    synchronized void expect() {
        expected = clock.instant();
    }

    /**
     * Gives the time from a request that was answered with a 403 to the next one.
     *
     * @param withdrawn whether the approval had been given before; it is not likely to come back soon then
     */
    synchronized Duration next(boolean withdrawn) {
        if (isWithin(QUICK_AFTER_EXPECTED, expected)) {
            return QUICK;
        } else if (withdrawn) {
            return interval;
        } else if (isWithin(QUICK_AFTER_LOGIN, loggedIn)) {
            return QUICK;
        }
        slow = slow.multipliedBy(2);
        if (slow.compareTo(interval) > 0) {
            slow = interval;
        }
        return slow;
    }

    private boolean isWithin(Duration time, Instant begin) {
        Instant now = clock.instant();
        // A clock that was set back makes the begin one of the future.
        return !begin.equals(Instant.MIN) && !begin.isAfter(now) && now.isBefore(begin.plus(time));
    }
}
