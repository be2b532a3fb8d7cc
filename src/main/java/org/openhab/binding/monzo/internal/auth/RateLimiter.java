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
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.internal.model.Times;

/**
 * Limits calls to a number within any period, and to none while the server demands that.
 * <p>
 * The period is measured by the forward steps of the clock alone, so that setting it back frees no permit and blocks
 * none for longer.
 */
@NonNullByDefault
public class RateLimiter {

    private final int maxCalls;
    private final Duration period;
    private final Clock clock;

    /** The times of the permits by their keys, the oldest first. */
    private final Map<Object, Duration> permits = new LinkedHashMap<>();

    private Duration blockedUntil = Duration.ZERO;
    private Duration elapsed = Duration.ZERO;
    private Instant lastSeen;

    /**
     * Creates a limiter with all calls available.
     *
     * @param maxCalls the number of calls permitted within the period, at least 1
     */
    public RateLimiter(int maxCalls, Duration period, Clock clock) {
        this.maxCalls = maxCalls;
        this.period = period;
        this.clock = clock;
        this.lastSeen = clock.instant();
    }

    /**
     * Acquires a permit for one call.
     *
     * @throws MonzoException {@code RATE_LIMITED}, with the time until the next permit is available
     */
    synchronized void acquire() throws MonzoException {
        if (!tryAcquire()) {
            boolean isUsedUp = permits.size() >= maxCalls;
            Duration next = isUsedUp ? permits.values().iterator().next().plus(period) : Duration.ZERO;
            throw new MonzoException(
                    ErrorKind.RATE_LIMITED,
                    "token requests are limited, request not sent",
                    Times.max(next, blockedUntil).minus(elapsed));
        }
    }

    /**
     * Acquires a permit for one call if one is available.
     *
     * @return whether a permit was acquired
     */
    public boolean tryAcquire() {
        return tryAcquire(new Object());
    }

    /**
     * Acquires a permit for the call of a key, such as a text that must not be sent again, if one is available and the
     * key has none.
     *
     * @return whether a permit was acquired
     */
    public synchronized boolean tryAcquire(Object key) {
        if (isHeld(key) || permits.size() >= maxCalls || elapsed.compareTo(blockedUntil) < 0) {
            return false;
        }
        permits.put(key, elapsed);
        return true;
    }

    /** Returns whether the call of a key was permitted within the period. */
    public synchronized boolean isHeld(Object key) {
        updateElapsed();
        permits.values().removeIf(time -> time.plus(period).compareTo(elapsed) <= 0);
        return permits.containsKey(key);
    }

    private void updateElapsed() {
        Instant now = clock.instant();
        if (now.isAfter(lastSeen)) {
            elapsed = elapsed.plus(Duration.between(lastSeen, now));
        }
        lastSeen = now;
    }

    /** Permits no call for a time from now on, as the server demanded. */
    synchronized void block(Duration time) {
        updateElapsed();
        blockedUntil = elapsed.plus(time);
    }

    /** Gives back the permit of a call that was not made. */
    public synchronized void release(Object key) {
        permits.remove(key);
    }
}
