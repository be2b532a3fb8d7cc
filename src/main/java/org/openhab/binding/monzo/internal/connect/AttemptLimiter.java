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
package org.openhab.binding.monzo.internal.connect;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.auth.RateLimiter;

/**
 * Limits the login attempts per address, so that invented codes from one computer do not use up the attempts of
 * another. The total is limited where the codes are exchanged.
 * <p>
 * Behind a reverse proxy or in a container, all users share one address and its limit, while a client with many
 * addresses has several limits. In both cases the limit is reset after 5 minutes.
 */
@NonNullByDefault
class AttemptLimiter {

    /** Half of the total for all addresses. */
    private static final int MAX_ATTEMPTS = 10;

    private static final Duration PERIOD = Duration.ofMinutes(5);

    private static final int MAX_ADDRESSES = 1000;

    private final Clock clock;
    private final Map<String, RateLimiter> limiters = new LinkedHashMap<>();

    AttemptLimiter(Clock clock) {
        this.clock = clock;
    }

    /** Acquires a permit for one attempt from an address; returns whether one was available. */
    synchronized boolean tryAcquire(String address) {
        RateLimiter limiter = limiters.remove(address);
        if (limiter == null) {
            limiter = new RateLimiter(MAX_ATTEMPTS, PERIOD, clock);
            if (limiters.size() >= MAX_ADDRESSES) {
                limiters.remove(limiters.keySet().iterator().next());
            }
        }
        limiters.put(address, limiter);
        return limiter.tryAcquire();
    }
}
