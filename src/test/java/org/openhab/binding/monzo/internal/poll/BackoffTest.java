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
package org.openhab.binding.monzo.internal.poll;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    @Test
    void doublesUpToTheMaximum() {
        Backoff backoff = new Backoff(() -> 0.5);

        List<Long> waits =
                Stream.generate(backoff::next).limit(9).map(Duration::toSeconds).toList();

        assertEquals(List.of(10L, 20L, 40L, 80L, 160L, 320L, 640L, 750L, 750L), waits);
    }

    @Test
    void neverWaitsLongerThanAQuarterOfAnHour() {
        Backoff backoff = new Backoff(() -> 1);

        Duration longest = Stream.generate(backoff::next)
                .limit(20)
                .max(Duration::compareTo)
                .orElseThrow();

        assertEquals(Duration.ofMinutes(15), longest);
    }

    @Test
    void resetsAfterSuccess() {
        Backoff backoff = new Backoff(() -> 0.5);
        backoff.next();
        backoff.next();

        backoff.reset();

        assertEquals(Duration.ofSeconds(10), backoff.next());
        assertEquals(Duration.ofSeconds(20), backoff.next());
    }

    @ParameterizedTest
    @CsvSource({"0, 8", "0.25, 9", "0.5, 10", "0.75, 11", "1, 12"})
    void varies(double random, long seconds) {
        assertEquals(Duration.ofSeconds(seconds), new Backoff(() -> random).next());
    }

    @Test
    void staysWithinBoundsForManyFailures() {
        Random random = new Random(1);
        Backoff backoff = new Backoff(random::nextDouble);

        for (int i = 0; i < 10_000; i++) {
            assertThat(
                    backoff.next(),
                    both(greaterThanOrEqualTo(Duration.ofSeconds(8))).and(lessThanOrEqualTo(Duration.ofMinutes(15))));
        }
    }
}
