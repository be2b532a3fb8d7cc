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
import org.openhab.binding.monzo.internal.model.Recency;

/**
 * Limits the calls to the token endpoint, as Monzo locks customers out after about 30 calls within 5 minutes
 * (monzo/docs issue 66). This is a safeguard; normal operation stays far below the limit.
 */
@NonNullByDefault
public class RateLimiter {

    private static final Duration PERIOD = Duration.ofMinutes(5);

    private final int maxCalls;
    private final Clock clock;
    private final Deque<Instant> recent = new ArrayDeque<>();

    /**
     * Creates a limiter with all calls available.
     *
     * @param maxCalls the number of calls permitted within 5 minutes, at least 1
     */
    public RateLimiter(int maxCalls, Clock clock) {
        this.maxCalls = maxCalls;
        this.clock = clock;
    }

    /**
     * Acquires a permit for one call.
     *
     * @throws MonzoException {@code RATE_LIMITED}, with the time until the next permit is available
     */
    synchronized void acquire() throws MonzoException {
        if (!tryAcquire()) {
            throw new MonzoException(
                    ErrorKind.RATE_LIMITED,
                    "too many token requests, request not sent",
                    Duration.between(clock.instant(), recent.getFirst().plus(PERIOD)));
        }
    }

    /**
     * Acquires a permit for one call if one is available.
     *
     * @return whether a permit was acquired
     */
    public synchronized boolean tryAcquire() {
        Instant now = clock.instant();
        recent.removeIf(call -> !Recency.isWithin(PERIOD, call, now));
        if (recent.size() >= maxCalls) {
            return false;
        }
        recent.addLast(now);
        return true;
    }
}
