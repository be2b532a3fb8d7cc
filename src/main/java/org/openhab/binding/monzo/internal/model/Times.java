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
package org.openhab.binding.monzo.internal.model;

import java.time.Duration;
import java.time.Instant;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * Compares times and durations.
 */
@NonNullByDefault
public final class Times {

    /** The scheduler uses another clock and may run slightly early by this one. */
    private static final Duration TOLERANCE = Duration.ofSeconds(1);

    private Times() {}

    /**
     * Returns whether an event happened less than a period ago. An event in the future, as after the clock was set
     * back, is not recent: otherwise its period would last as long as the clock was set back.
     *
     * @param event when it happened; {@link Instant#MIN} for never
     */
    public static boolean isRecent(Duration period, Instant event, Instant now) {
        return !event.isAfter(now) && event.isAfter(now.minus(period));
    }

    /**
     * Returns whether a delay since an event is over, or as good as over, so that what was scheduled for its end is due.
     * That of an event in the future is over.
     */
    public static boolean isDue(Duration delay, Instant event, Instant now) {
        return !isRecent(delay.minus(TOLERANCE), event, now);
    }

    /** Returns how long an event {@linkplain #isRecent is still recent}, zero if it is not. */
    public static Duration remaining(Duration period, Instant event, Instant now) {
        return isRecent(period, event, now) ? Duration.between(now, event.plus(period)) : Duration.ZERO;
    }

    /** Returns the shorter of two durations, {@code null} if both are. */
    public static @Nullable Duration min(@Nullable Duration one, @Nullable Duration other) {
        return other == null || one != null && one.compareTo(other) < 0 ? one : other;
    }

    /** Returns the longer of two durations. */
    public static Duration max(Duration one, @Nullable Duration other) {
        return other == null || one.compareTo(other) > 0 ? one : other;
    }

    /** Returns the earlier of two times. */
    public static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** Returns the later of two times. */
    public static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
