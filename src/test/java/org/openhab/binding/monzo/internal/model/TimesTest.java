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

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @ParameterizedTest
    @CsvSource({"0, true", "-1, true", "-299, true", "-300, false", "-301, false", "1, false", "86400, false"})
    void isRecentWithinAPeriodUpToNow(long seconds, boolean expected) {
        assertThat(Times.isRecent(Duration.ofMinutes(5), NOW.plusSeconds(seconds), NOW), is(expected));
    }

    @ParameterizedTest
    @CsvSource({"0, false", "-1, false", "-298, false", "-299, true", "-300, true", "1, true"})
    void isDueAtTheEndOfADelayOrAMomentBefore(long seconds, boolean expected) {
        assertThat(Times.isDue(Duration.ofMinutes(5), NOW.plusSeconds(seconds), NOW), is(expected));
    }

    @ParameterizedTest
    @CsvSource({"0, 300", "-1, 299", "-299, 1", "-300, 0", "-301, 0", "1, 0", "86400, 0"})
    void returnsHowLongAnEventIsRecent(long seconds, long remaining) {
        assertThat(
                Times.remaining(Duration.ofMinutes(5), NOW.plusSeconds(seconds), NOW),
                is(Duration.ofSeconds(remaining)));
        assertThat(Times.remaining(Duration.ofMinutes(5), Instant.MIN, NOW), is(Duration.ZERO));
    }

    @Test
    void returnsTheEarlierAndTheLaterTime() {
        Instant before = NOW.minusNanos(1);
        assertThat(List.of(Times.earlier(before, NOW), Times.earlier(NOW, before)), everyItem(is(before)));
        assertThat(List.of(Times.later(before, NOW), Times.later(NOW, before)), everyItem(is(NOW)));
    }

    @ParameterizedTest
    @CsvSource({"PT0S", "PT1H", "P365D"})
    void isNeverRecentForInstantMin(Duration period) {
        assertThat(Times.isRecent(period, Instant.MIN, NOW), is(false));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {"PT1S, PT2S, PT1S", "PT2S, PT1S, PT1S", "PT1S, null, PT1S", "null, PT1S, PT1S", "null, null, null"
            })
    void returnsTheShorterDuration(Duration one, Duration other, Duration shorter) {
        assertThat(Times.min(one, other), is(shorter));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {"PT1S, PT2S, PT2S", "PT2S, PT1S, PT2S", "PT1S, null, PT1S"})
    void returnsTheLongerDuration(Duration one, Duration other, Duration longer) {
        assertThat(Times.max(one, other), is(longer));
    }
}
