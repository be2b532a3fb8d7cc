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
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.auth.RateLimiter;

/**
 * Gives each address its own share of the codes that may be tried, so that codes that one computer invents do not use up
 * the attempts of another. All of them together are limited where the codes are exchanged.
 * <p>
 * Behind a reverse proxy or in a container, everybody comes from one address and has one share; and who can take many
 * addresses has many. For both the limit ends by itself after 5 minutes.
 */
@NonNullByDefault
class AttemptLimiter {

    /** In 5 minutes; half of what all addresses have together. */
    private static final int ATTEMPTS = 10;

    private static final int MOST_ADDRESSES = 1000;

    private final Clock clock;
    private final Map<String, RateLimiter> shares = new LinkedHashMap<>();

    AttemptLimiter(Clock clock) {
        this.clock = clock;
    }

    /** Takes one attempt from the share of an address, and tells whether one was left. */
    synchronized boolean tryAcquire(String address) {
        RateLimiter share = shares.remove(address);
        if (share == null) {
            share = new RateLimiter(ATTEMPTS, clock);
            if (shares.size() >= MOST_ADDRESSES) {
                shares.remove(shares.keySet().iterator().next());
            }
        }
        shares.put(address, share);
        return share.tryAcquire();
    }
}
