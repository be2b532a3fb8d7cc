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
package org.openhab.binding.monzo.internal.compat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.model.Times;
import org.openhab.core.service.ReadyMarker;
import org.openhab.core.service.ReadyService;
import org.openhab.core.service.StartLevelService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Knows whether openHAB has started its rules. It starts things at the same time, and does not keep events for rules
 * that are not there yet.
 */
@NonNullByDefault
@Component(service = StartLevel.class)
public class StartLevel {

    /** The longest time to wait for openHAB. */
    private static final Duration MAX_WAIT = Duration.ofMinutes(5);

    /** The last level that openHAB marks, after those of the rules. openHAB 3 has no service that tells the level. */
    private static final ReadyMarker STARTED = new ReadyMarker(
            StartLevelService.STARTLEVEL_MARKER_TYPE, String.valueOf(StartLevelService.STARTLEVEL_THINGS));

    private final ReadyService ready;
    private final Clock clock;
    private final Instant begin;
    private volatile boolean running;

    @Activate
    public StartLevel(@Reference ReadyService ready) {
        this(ready, Clock.systemUTC());
    }

    /**
     * Creates an instance outside OSGi for a binding that starts now.
     *
     * @param ready knows how far openHAB has started
     */
    public StartLevel(ReadyService ready, Clock clock) {
        this.ready = ready;
        this.clock = clock;
        this.begin = clock.instant();
    }

    /** Returns whether rules run and receive events. */
    public boolean rulesRunning() {
        if (!running) {
            running = ready.isReady(STARTED) || !Times.isRecent(MAX_WAIT, begin, clock.instant());
        }
        return running;
    }
}
