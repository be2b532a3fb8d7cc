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
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.simulator.AdjustableClock;

class RateLimiterTest {

    private final AdjustableClock clock = new AdjustableClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final RateLimiter limiter = new RateLimiter(3, Duration.ofMinutes(5), clock);

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
    void settingTheClockBackFreesNoCall() throws MonzoException {
        acquireAll(Duration.ZERO);

        clock.advance(Duration.ofDays(-1));
        assertThrows(MonzoException.class, limiter::acquire);
        clock.advance(Duration.ofMinutes(4));
        assertThrows(MonzoException.class, limiter::acquire);
        clock.advance(Duration.ofDays(-365));
        assertThrows(MonzoException.class, limiter::acquire);
    }

    @Test
    void settingTheClockBackBlocksNoCallForLonger() throws MonzoException {
        acquireAll(Duration.ZERO);
        clock.advance(Duration.ofDays(-1));
        assertThrows(MonzoException.class, limiter::acquire);

        clock.advance(Duration.ofMinutes(5));

        acquireAll(Duration.ZERO);
    }

    @Test
    void permitsTheCallOfAKeyOnceWithinThePeriod() {
        assertTrue(limiter.tryAcquire("a"));
        assertTrue(limiter.isHeld("a"));
        assertFalse(limiter.tryAcquire("a"));
        assertFalse(limiter.isHeld("b"));
        assertTrue(limiter.tryAcquire("b"));

        clock.advance(Duration.ofMinutes(5).minusMillis(1));
        assertFalse(limiter.tryAcquire("a"));
        clock.advance(Duration.ofMillis(1));
        assertFalse(limiter.isHeld("a"));
        assertTrue(limiter.tryAcquire("a"));
    }

    @Test
    void doesNotCountWhatWasGivenBack() {
        for (int i = 0; i < 10; i++) {
            assertTrue(limiter.tryAcquire("a"));
            limiter.release("a");
        }
        assertTrue(limiter.tryAcquire("a"));
        assertTrue(limiter.tryAcquire());
        assertTrue(limiter.tryAcquire());
        assertFalse(limiter.tryAcquire());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void permitsNoCallWhileBlocked(int calls) throws MonzoException {
        acquire(calls, Duration.ZERO);
        clock.advance(Duration.ofSeconds(30)); // while the response was awaited
        limiter.block(Duration.ofMinutes(10));
        clock.advance(Duration.ofMinutes(9));

        MonzoException e = assertThrows(MonzoException.class, limiter::acquire);
        assertEquals(Duration.ofMinutes(1), e.retryAfter());
        assertFalse(limiter.tryAcquire());
        clock.advance(Duration.ofDays(-1));
        assertThrows(MonzoException.class, limiter::acquire);

        clock.advance(Duration.ofMinutes(1));
        acquireAll(Duration.ZERO);
    }

    private void acquireAll(Duration after) throws MonzoException {
        acquire(3, after);
    }

    private void acquire(int calls, Duration after) throws MonzoException {
        for (int i = 0; i < calls; i++) {
            limiter.acquire();
            clock.advance(after);
        }
    }
}
