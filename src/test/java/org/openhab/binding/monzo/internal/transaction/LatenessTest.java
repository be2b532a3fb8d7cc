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
package org.openhab.binding.monzo.internal.transaction;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatenessTest {

    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final Instant NEVER = Instant.EPOCH;

    private static Instant minutes(long count) {
        return NOW.plus(Duration.ofMinutes(count));
    }

    /** Refreshes at an interval of minutes, with one transaction in each, which the bank lists at once. */
    private static Lateness refreshing(int interval, int count, Duration ahead) {
        Lateness lateness = new Lateness(NOW.plus(ahead));
        lateness.read(Optional.empty(), NOW.plus(ahead));
        Instant newest = NEVER;
        for (int i = 1; i <= count; i++) {
            Instant now = minutes(i * interval);
            Instant created = now.minusSeconds((i * 37) % (interval * 60) + 1);
            assertThat(
                    "refresh " + i,
                    created.isBefore(lateness.limit(newest, now.plus(ahead))),
                    is(i == 1 && ahead.toHours() > 1)); // it cannot be delivered from one that is listed late
            lateness.read(Optional.of(created), now.plus(ahead));
            newest = created;
        }
        return lateness;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 15, 1440})
    void isNotLateWithAnyInterval(int interval) {
        refreshing(interval, 40, Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(ints = {-600, -6, 6, 59, 600, 14_400})
    void isNotLateByAClockSetWrong(int minutesAhead) {
        refreshing(1, 40, Duration.ofMinutes(minutesAhead));
        refreshing(10, 40, Duration.ofMinutes(minutesAhead));
    }

    @Test
    void isLateFiveMinutesBeforeThePreviousRefresh() {
        Lateness lateness = new Lateness(NOW);
        lateness.read(Optional.of(NOW), NOW);
        lateness.read(Optional.empty(), minutes(30));

        assertThat(lateness.limit(NOW, minutes(31)), is(minutes(25)));
    }

    @Test
    void isLateFiveMinutesBeforeANewerOneThatWasDelivered() {
        Lateness lateness = new Lateness(NOW);

        assertThat(lateness.limit(NOW, NOW), is(minutes(-5)));
    }

    @Test
    void isNotLateAfterAnOutage() {
        Lateness lateness = refreshing(1, 10, Duration.ZERO);

        assertThat(lateness.limit(minutes(9), minutes(600)), is(lessThanOrEqualTo(minutes(10))));
    }

    @Test
    void isNotMisledByOneThatWasListedLate() {
        Lateness lateness = refreshing(1, 10, Duration.ZERO);
        lateness.read(Optional.of(minutes(11)), minutes(3000));

        assertThat(lateness.limit(minutes(11), minutes(3001)), is(greaterThan(minutes(2990))));
    }

    @Test
    void isNotLateWhenTheClockIsSetBack() {
        Lateness lateness = refreshing(1, 10, Duration.ofDays(10));

        assertThat(lateness.limit(minutes(10), minutes(12)), is(lessThan(minutes(10))));
    }

    @Test
    void isLateAfterADowntimeByTheBanksTimesToo() {
        assertThat(Lateness.limitAfterDowntime(NOW, NEVER), is(minutes(-5)));
        assertThat("with a clock that is behind", Lateness.limitAfterDowntime(NOW, minutes(600)), is(minutes(595)));
    }
}
