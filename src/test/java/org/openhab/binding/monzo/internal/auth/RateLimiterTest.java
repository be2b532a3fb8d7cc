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
package org.openhab.binding.monzo.internal.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.simulator.AdjustableClock;

class RateLimiterTest {

    private final AdjustableClock clock = new AdjustableClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final RateLimiter budget = new RateLimiter(3, clock);

    @Test
    void endsAndSaysHowLong() throws MonzoException {
        spendAll(Duration.ofMinutes(1));

        MonzoException e = assertThrows(MonzoException.class, budget::spend);

        assertEquals(ErrorKind.RATE_LIMITED, e.kind());
        assertEquals(Duration.ofMinutes(2), e.retryAfter());
    }

    @Test
    void givesEachCallBackAfterFiveMinutes() throws MonzoException {
        spendAll(Duration.ofMinutes(1));

        clock.advance(Duration.ofMinutes(2));

        budget.spend();
        assertEquals(
                Duration.ofMinutes(1),
                assertThrows(MonzoException.class, budget::spend).retryAfter());
    }

    @Test
    void countsNoCallsThatWereNotMade() throws MonzoException {
        spendAll(Duration.ZERO);
        for (int i = 0; i < 10; i++) {
            assertThrows(MonzoException.class, budget::spend);
        }

        clock.advance(Duration.ofMinutes(5));

        spendAll(Duration.ZERO);
    }

    @Test
    void forgetsCallsOfTheFutureWhenTheClockIsSetBack() throws MonzoException {
        spendAll(Duration.ZERO);

        clock.advance(Duration.ofDays(-365));

        spendAll(Duration.ZERO);
        assertThrows(MonzoException.class, budget::spend);
    }

    private void spendAll(Duration after) throws MonzoException {
        for (int i = 0; i < 3; i++) {
            budget.spend();
            clock.advance(after);
        }
    }
}
