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
package org.openhab.binding.monzo.internal.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.simulator.AdjustableClock;

/** Twenty messages an hour, whatever becomes of the clock. */
class FeedLimitTest {

    private final AdjustableClock clock = new AdjustableClock(Instant.parse("2026-11-21T08:00:00Z"));
    private final FeedLimit limit = new FeedLimit(clock);

    private int acquired() {
        int acquired = 0;
        while (limit.tryAcquire()) {
            acquired++;
        }
        return acquired;
    }

    @Test
    void permitsTwentyMessagesWithinAnyHour() {
        for (int i = 0; i < 10; i++) {
            assertTrue(limit.tryAcquire());
        }
        clock.advance(Duration.ofMinutes(40));
        assertEquals(10, acquired());
        clock.advance(Duration.ofMinutes(20).minusMillis(1));
        assertEquals(0, acquired());
        clock.advance(Duration.ofMillis(1));
        assertEquals(10, acquired());
        clock.advance(Duration.ofMinutes(40));
        assertEquals(10, acquired());
    }

    @Test
    void settingTheClockBackFreesNoMessage() {
        assertEquals(20, acquired());
        clock.advance(Duration.ofDays(-1));
        assertFalse(limit.tryAcquire());
        clock.advance(Duration.ofMinutes(59));
        assertFalse(limit.tryAcquire());
        clock.advance(Duration.ofDays(-365));
        assertFalse(limit.tryAcquire());
    }

    @Test
    void settingTheClockBackBlocksNoMessageForLonger() {
        assertEquals(20, acquired());
        clock.advance(Duration.ofDays(-1));
        assertFalse(limit.tryAcquire());
        clock.advance(Duration.ofHours(1));
        assertEquals(20, acquired());
    }

    @Test
    void keepsOneLimitForEachBridge() {
        FeedLimits limits = new FeedLimits(clock);
        assertSame(limits.of("monzo:bridge:alice"), limits.of("monzo:bridge:alice"));
        for (int i = 0; i < FeedLimit.MAX_MESSAGES; i++) {
            assertTrue(limits.of("monzo:bridge:alice").tryAcquire());
        }
        assertFalse(limits.of("monzo:bridge:alice").tryAcquire());
        assertTrue(limits.of("monzo:bridge:bob").tryAcquire());
    }
}
