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
package org.openhab.binding.monzo.internal.auth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.model.ErrorKind;

/**
 * Keeps the calls of the token endpoint below what makes Monzo lock a customer out: about 30 within 5 minutes, seen in
 * monzo/docs issue 66. Nothing else should ever come near; this is for what nobody thought of.
 */
@NonNullByDefault
public class RateLimiter {

    private static final Duration PERIOD = Duration.ofMinutes(5);

    private final int calls;
    private final Clock clock;
    private final Deque<Instant> recent = new ArrayDeque<>();

    /**
     * Makes a full budget.
     *
     * @param calls that may be made within 5 minutes, 1 or more
     */
    public RateLimiter(int calls, Clock clock) {
        this.calls = calls;
        this.clock = clock;
    }

    /**
     * Takes one call from the budget.
     *
     * @throws MonzoException {@code RATE_LIMITED}, with the time until a call is free again
     */
    synchronized void spend() throws MonzoException {
        if (!tryToSpend()) {
            throw new MonzoException(
                    ErrorKind.RATE_LIMITED,
                    "too many token requests, request not sent",
                    Duration.between(clock.instant(), recent.getFirst().plus(PERIOD)));
        }
    }

    /**
     * Takes one call from the budget if one is left.
     *
     * @return whether one was
     */
    public synchronized boolean tryToSpend() {
        Instant now = clock.instant();
        // A clock that was set back would else keep calls of the "future" for ever.
        recent.removeIf(call -> call.isAfter(now) || !call.plus(PERIOD).isAfter(now));
        if (recent.size() >= calls) {
            return false;
        }
        recent.addLast(now);
        return true;
    }
}
