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
    private final RateLimiter limiter = new RateLimiter(3, clock);

    @Test
    void throwsWithRetryAfterWhenExhausted() throws MonzoException {
        acquireAll(Duration.ofMinutes(1));

        MonzoException e = assertThrows(MonzoException.class, limiter::acquire);

        assertEquals(ErrorKind.RATE_LIMITED, e.kind());
        assertEquals(Duration.ofMinutes(2), e.retryAfter());
    }

    @Test
    void releasesEachCallAfterFiveMinutes() throws MonzoException {
        acquireAll(Duration.ofMinutes(1));

        clock.advance(Duration.ofMinutes(2));

        limiter.acquire();
        assertEquals(
                Duration.ofMinutes(1),
                assertThrows(MonzoException.class, limiter::acquire).retryAfter());
    }

    @Test
    void ignoresRejectedCalls() throws MonzoException {
        acquireAll(Duration.ZERO);
        for (int i = 0; i < 10; i++) {
            assertThrows(MonzoException.class, limiter::acquire);
        }

        clock.advance(Duration.ofMinutes(5));

        acquireAll(Duration.ZERO);
    }

    @Test
    void ignoresFutureCallsAfterTheClockIsSetBack() throws MonzoException {
        acquireAll(Duration.ZERO);

        clock.advance(Duration.ofDays(-365));

        acquireAll(Duration.ZERO);
        assertThrows(MonzoException.class, limiter::acquire);
    }

    private void acquireAll(Duration after) throws MonzoException {
        for (int i = 0; i < 3; i++) {
            limiter.acquire();
            clock.advance(after);
        }
    }
}
