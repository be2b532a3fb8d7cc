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
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.model.Recency;
import org.openhab.core.thing.ThingUID;

/**
 * Stores the outcome of the latest login of each bridge for a short time.
 */
@NonNullByDefault
class RecentOutcomes {

    static final Duration RECENT_PERIOD = Duration.ofMinutes(1);

    private final Clock clock;
    private final Map<ThingUID, Ended> latest = new ConcurrentHashMap<>();

    private record Ended(Outcome outcome, Instant at) {}

    RecentOutcomes(Clock clock) {
        this.clock = clock;
    }

    void add(ThingUID bridge, Outcome outcome) {
        latest.put(bridge, new Ended(outcome, clock.instant()));
    }

    /** Returns whether the latest login of a bridge had this outcome recently. */
    boolean isRecent(ThingUID bridge, Outcome outcome) {
        Ended ended = latest.get(bridge);
        return ended != null
                && ended.outcome() == outcome
                && Recency.isWithin(RECENT_PERIOD, ended.at(), clock.instant());
    }
}
