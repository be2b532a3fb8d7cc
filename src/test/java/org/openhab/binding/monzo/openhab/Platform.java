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
package org.openhab.binding.monzo.openhab;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What openHAB's core runs on: Karaf, the web container, the libraries. A test takes the one that the system property
 * {@value #SWITCH} names, {@code distribution} unless it is set, or demands one.
 */
interface Platform {
    String SWITCH = "monzo.platform";

    /** The openHAB 3.0.1 that people download. */
    Platform DISTRIBUTION = new Distribution();

    /** The core of openHAB 3.0.1 on the platform of openHAB 4 and 5. */
    Platform TODAY = new TodaysPlatform();

    static Platform chosen() {
        String name = System.getProperty(SWITCH, "distribution");
        return switch (name) {
            case "distribution" -> DISTRIBUTION;
            case "today" -> TODAY;
            default -> throw new IllegalArgumentException(SWITCH + "=" + name);
        };
    }

    /**
     * Fills a new {@code userdata}, and what else an openHAB on this platform has of its own.
     */
    void install(Installation installation, Ports ports) throws IOException;

    /** Returns how long a regular stop takes at most. */
    Duration stopTimeout();

    /** Returns whether a stop that takes longer is an error. */
    boolean stopsReliably();

    /** Returns Karaf's start script. */
    Path startScript(Installation installation);

    /** Returns the start script's environment. */
    Map<String, String> environment(Installation installation, Ports ports);
}
