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

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.auth.RateLimiter;
import org.openhab.binding.monzo.internal.model.Times;
import org.openhab.core.thing.ThingUID;

/**
 * Stores the pending logins by the {@code state} of their authorization request (RFC 6749 section 10.12), and the
 * outcome of the latest login of each bridge under a key that only the browser of that login gets; both for 15 minutes.
 * <p>
 * A bridge may have several pending logins: a user may start again in another browser, and Monzo's login by e-mail may
 * be completed in a different browser than it was started in. For the same reason a state is not bound to a browser,
 * for example by a cookie.
 * <p>
 * Anyone on the home network can start logins, and complete them with invented codes. So the attempts of each address
 * are limited, and if there are too many logins, the oldest one of the address with the most logins is removed, so that
 * one address cannot displace the logins of another. Behind a reverse proxy or in a container all users share one
 * address; displacing a login there takes as many new logins as are stored, within the time that the user needs. A
 * client with many addresses has several limits; the total is limited where the codes are exchanged.
 */
@NonNullByDefault
class LoginAttempts {

    private static final Duration TIMEOUT = Duration.ofMinutes(15);

    private static final int MAX_PENDING = 1000;

    private static final int STATE_BYTES = 32;
    private static final int KEY_BYTES = 16;

    /** Half of the total for all addresses. */
    private static final int MAX_ATTEMPTS = 10;

    private static final Duration ATTEMPT_PERIOD = Duration.ofMinutes(5);
    private static final int MAX_ADDRESSES = 1000;

    private final SecureRandom random = new SecureRandom();
    private final Clock clock;
    private final Map<String, Pending> pending = new LinkedHashMap<>();
    private final Map<ThingUID, Ended> ended = new HashMap<>();
    private final Map<String, RateLimiter> limiters = new LinkedHashMap<>();

    /**
     * A pending login.
     *
     * @param bridge the bridge to log in
     * @param redirectUrl the redirection URI
     * @param address the address of the browser or its proxy
     * @param begun the start time
     */
    record Pending(ThingUID bridge, String redirectUrl, String address, Instant begun) {}

    /**
     * The outcome of a login.
     *
     * @param bridge the bridge for which the login was started
     * @param other the UID of the user's existing login, empty if the outcome refers to none
     */
    record Ended(Outcome outcome, ThingUID bridge, String other, String key, Instant at) {}

    LoginAttempts(Clock clock) {
        this.clock = clock;
    }

    /** Adds a login and returns its state, which is known only to this browser and Monzo. */
    synchronized String begin(ThingUID bridge, String redirectUrl, String address) {
        pending.values().removeIf(login -> isExpired(login.begun()));
        if (pending.size() >= MAX_PENDING) {
            removeOldestOf(busiestAddress());
        }
        String state = randomText(STATE_BYTES);
        pending.put(state, new Pending(bridge, redirectUrl, address, clock.instant()));
        return state;
    }

    /** Removes and returns the login of a state, empty if it is unknown or expired. */
    synchronized Optional<Pending> end(String state) {
        return Optional.ofNullable(pending.remove(state)).filter(login -> !isExpired(login.begun()));
    }

    private String busiestAddress() {
        // In insertion order: of several busiest addresses, the one with the oldest login.
        Map<String, Integer> counts = new LinkedHashMap<>();
        pending.values().forEach(login -> counts.merge(login.address(), 1, Integer::sum));
        return Collections.max(counts.entrySet(), Map.Entry.comparingByValue()).getKey();
    }

    private void removeOldestOf(String address) {
        pending.entrySet().stream()
                .filter(login -> login.getValue().address().equals(address))
                .map(Map.Entry::getKey)
                .findFirst()
                .ifPresent(pending::remove);
    }

    /** Acquires a permit for one attempt from an address; returns whether one was available. */
    synchronized boolean tryAcquire(String address) {
        RateLimiter limiter = limiters.remove(address);
        if (limiter == null) {
            limiter = new RateLimiter(MAX_ATTEMPTS, ATTEMPT_PERIOD, clock);
            if (limiters.size() >= MAX_ADDRESSES) {
                limiters.remove(limiters.keySet().iterator().next());
            }
        }
        limiters.put(address, limiter);
        return limiter.tryAcquire();
    }

    /** Stores an outcome in place of an earlier one of the same bridge, and returns its key. */
    synchronized String addOutcome(Outcome outcome, ThingUID bridge, String other) {
        String key = outcome.key() + "-" + randomText(KEY_BYTES);
        ended.put(bridge, new Ended(outcome, bridge, other, key, clock.instant()));
        return key;
    }

    /** Returns the outcome with a key, empty if there is none, or a later one, or it is expired. */
    synchronized Optional<Ended> outcome(String key) {
        return ended.values().stream()
                .filter(login -> login.key().equals(key) && !isExpired(login.at()))
                .findFirst();
    }

    private boolean isExpired(Instant time) {
        return !Times.isRecent(TIMEOUT, time, clock.instant());
    }

    private String randomText(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
