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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.model.Times;
import org.openhab.core.thing.ThingUID;

/**
 * Stores the outcome of the latest login of each bridge for a short time, under a key that only the browser of that
 * login gets.
 */
@NonNullByDefault
class RecentOutcomes {

    private static final Duration RECENT_PERIOD = Duration.ofMinutes(15);

    private static final int KEY_BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    private final Clock clock;
    private final Map<ThingUID, Ended> latest = new ConcurrentHashMap<>();

    /**
     * The outcome of a login.
     *
     * @param bridge the bridge for which the login was started
     * @param other the UID of the user's existing login, empty if the outcome refers to none
     */
    record Ended(Outcome outcome, ThingUID bridge, String other, String key, Instant at) {}

    RecentOutcomes(Clock clock) {
        this.clock = clock;
    }

    /** Stores an outcome in place of an earlier one of the same bridge, and returns its key. */
    String add(Outcome outcome, ThingUID bridge, String other) {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        String key =
                outcome.key() + "-" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        latest.put(bridge, new Ended(outcome, bridge, other, key, clock.instant()));
        return key;
    }

    /** Returns the outcome with a key, empty if there is none, or a later one, or it is no longer recent. */
    Optional<Ended> get(String key) {
        return latest.values().stream()
                .filter(ended -> ended.key().equals(key) && Times.isRecent(RECENT_PERIOD, ended.at(), clock.instant()))
                .findFirst();
    }
}
