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
package org.openhab.binding.monzo.internal.console;

import java.time.Duration;
import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Formats values for the console.
 */
@NonNullByDefault
final class Format {

    private Format() {}

    /** Returns a duration as {@code 12 s}, {@code 3 min} or {@code 5 h 40 min}; a negative one as {@code 0 s}. */
    static String duration(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        long minutes = seconds / 60;
        return minutes < 60 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
    }

    /** Returns a text without characters that could control the terminal. */
    static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "");
    }
}
