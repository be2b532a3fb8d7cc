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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.auth.RateLimiter;

/**
 * Limits the messages of each login, as a runaway rule must not fill a phone. Editing or restarting a bridge frees
 * none.
 */
@NonNullByDefault
public class FeedLimits {

    /** The number of messages of a login within an hour. */
    public static final int MAX_MESSAGES = 20;

    private static final Duration PERIOD = Duration.ofHours(1);

    private final Clock clock;
    private final Map<String, Limit> limits = new ConcurrentHashMap<>();

    /**
     * The limit of a login.
     *
     * @param turn permits one message at a time, so that none is judged before the last one's result is known, and many
     *     rules do not occupy openHAB's pool while Monzo is slow
     * @param shown the messages that may have been shown
     */
    record Limit(Semaphore turn, RateLimiter shown) {}

    public FeedLimits(Clock clock) {
        this.clock = clock;
    }

    /** Returns the limit of a login. */
    Limit of(String bridgeUid) {
        return limits.computeIfAbsent(
                bridgeUid, key -> new Limit(new Semaphore(1, true), new RateLimiter(MAX_MESSAGES, PERIOD, clock)));
    }
}
