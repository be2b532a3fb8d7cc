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
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.model.Times;
import org.openhab.core.thing.ThingUID;

/**
 * Stores pending logins by the {@code state} of their authorization request (RFC 6749 section 10.12). A bridge may have
 * several: a user may start again in another browser, and Monzo's login by e-mail may be completed in a different
 * browser than it was started in. For the same reason a state is not bound to a browser, for example by a cookie.
 * <p>
 * Anyone on the home network can start logins. If there are too many, the oldest one of the address with the most
 * logins is removed, so that one address cannot displace the logins of another. Behind a reverse proxy or in a
 * container all users share one address; displacing a login there takes as many new logins as are stored, within the
 * time that the user needs.
 */
@NonNullByDefault
class PendingLogins {

    private static final Duration TIMEOUT = Duration.ofMinutes(15);

    private static final int MAX_PENDING = 1000;

    private static final int STATE_BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final Clock clock;
    private final Map<String, Pending> pending = new LinkedHashMap<>();

    /**
     * A pending login.
     *
     * @param bridge the bridge to log in
     * @param redirectUrl the redirection URI
     * @param address the address of the browser or its proxy
     * @param begun the start time
     */
    record Pending(ThingUID bridge, String redirectUrl, String address, Instant begun) {}

    PendingLogins(Clock clock) {
        this.clock = clock;
    }

    /** Adds a login and returns its state, which is known only to this browser and Monzo. */
    synchronized String begin(ThingUID bridge, String redirectUrl, String address) {
        pending.values().removeIf(this::isExpired);
        if (pending.size() >= MAX_PENDING) {
            removeOldestOf(busiestAddress());
        }
        byte[] bytes = new byte[STATE_BYTES];
        random.nextBytes(bytes);
        String state = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        pending.put(state, new Pending(bridge, redirectUrl, address, clock.instant()));
        return state;
    }

    /** Removes and returns the login of a state, empty if it is unknown or expired. */
    synchronized Optional<Pending> end(String state) {
        return Optional.ofNullable(pending.remove(state)).filter(login -> !isExpired(login));
    }

    private String busiestAddress() {
        // In insertion order: of several busiest addresses, the one with the oldest login.
        Map<String, Integer> counts = new LinkedHashMap<>();
        pending.values().forEach(login -> counts.merge(login.address(), 1, Integer::sum));
        return Collections.max(counts.entrySet(), Map.Entry.comparingByValue()).getKey();
    }

    private void removeOldestOf(String address) {
        for (Iterator<Pending> logins = pending.values().iterator(); logins.hasNext(); ) {
            if (logins.next().address().equals(address)) {
                logins.remove();
                return;
            }
        }
    }

    private boolean isExpired(Pending login) {
        return !Times.isRecent(TIMEOUT, login.begun(), clock.instant());
    }
}
