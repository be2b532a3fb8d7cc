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
import org.openhab.binding.monzo.internal.model.Times;

/**
 * Determines the delay between polls while access is not approved in the Monzo app: a few seconds after a login and
 * while the login page is open, otherwise increasing up to the refresh interval.
 */
@NonNullByDefault
class ApprovalPolling {

    /** Leaves time for the request itself: a thing must be ONLINE within ten seconds of the approval. */
    static final Duration QUICK = Duration.ofSeconds(6);

    private static final Duration QUICK_AFTER_LOGIN = Duration.ofMinutes(15);

    /** A phone suspends the page while its user is in the Monzo app, so allow a few minutes to return. */
    private static final Duration QUICK_AFTER_EXPECTED = Duration.ofMinutes(5);

    private final Duration interval;
    private final Clock clock;

    private Instant loggedIn = Instant.MIN;
    private Instant expected = Instant.MIN;
    private Duration slow = QUICK;

    /**
     * Creates the polling.
     *
     * @param interval the refresh interval, which is the maximum delay
     */
    ApprovalPolling(Duration interval, Clock clock) {
        this.interval = interval;
        this.clock = clock;
    }

    /** Restarts polling after a login. */
    synchronized void begin() {
        loggedIn = clock.instant();
        slow = QUICK;
    }

    /** Records that a user is waiting for the approval. */
    synchronized void expect() {
        expected = clock.instant();
    }

    /**
     * Returns the delay until the next request after a 403.
     *
     * @param withdrawn whether access had been approved before, in which case a new approval is not expected soon
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
        return Times.isRecent(time, begin, clock.instant());
    }
}
