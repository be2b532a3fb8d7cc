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
import org.openhab.core.thing.ThingUID;

/**
 * The logins that were begun and not ended yet, by the {@code state} that comes back with the browser (RFC 6749 section
 * 10.12). Several at once, for one bridge too: a person may begin again in another browser, and Monzo's login by e-mail
 * may end in another one than it began in. For the same reason a state is bound to no browser, by a cookie or else.
 * <p>
 * Anyone on the home network can begin logins. When there are too many, the address that began most of them loses its
 * oldest one, so that one address cannot crowd out another. Behind a reverse proxy or in a container all share one
 * address; there it takes as many logins as are remembered, within the time that a person needs.
 */
@NonNullByDefault
class PendingLogins {

    private static final Duration LIFE = Duration.ofMinutes(15);

    private static final int MOST = 1000;

    private static final int STATE_BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final Clock clock;
    private final Map<String, Pending> pending = new LinkedHashMap<>();

    /**
     * A login that was begun.
     *
     * @param bridge for which
     * @param redirectUrl where the browser comes back to
     * @param address of the browser, or of the proxy before it
     * @param begun when
     */
    record Pending(ThingUID bridge, String redirectUrl, String address, Instant begun) {}

    PendingLogins(Clock clock) {
        this.clock = clock;
    }

    /** Remembers a login, and gives the state that only this browser and Monzo get to know. */
    synchronized String begin(ThingUID bridge, String redirectUrl, String address) {
        pending.values().removeIf(this::isOver);
        if (pending.size() >= MOST) {
            removeOldestOf(busiestAddress());
        }
        byte[] bytes = new byte[STATE_BYTES];
        random.nextBytes(bytes);
        String state = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        pending.put(state, new Pending(bridge, redirectUrl, address, clock.instant()));
        return state;
    }

    /** Gives the login of a state, once, while it is not too old. */
    synchronized Optional<Pending> end(String state) {
        return Optional.ofNullable(pending.remove(state)).filter(login -> !isOver(login));
    }

    private String busiestAddress() {
        Map<String, Integer> counts = new LinkedHashMap<>(); // of addresses with as many, that of the oldest login
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

    private boolean isOver(Pending login) {
        Instant now = clock.instant();
        // One of the future is of before the clock was set back.
        return login.begun().isAfter(now) || !login.begun().plus(LIFE).isAfter(now);
    }
}
