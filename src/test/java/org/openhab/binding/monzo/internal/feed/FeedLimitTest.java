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
import static org.junit.jupiter.api.Assertions.assertNull;
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

    private int messages;

    private boolean countOne(FeedLimit of) {
        FeedMessage message = FeedMessage.of("message " + messages++, "", null, null);
        boolean permitted = of.check(message) == null;
        if (permitted) {
            of.count(message);
        }
        return permitted;
    }

    private boolean countOne() {
        return countOne(limit);
    }

    private int countAll() {
        int counted = 0;
        while (countOne()) {
            counted++;
        }
        return counted;
    }

    @Test
    void permitsTwentyMessagesWithinAnyHour() {
        for (int i = 0; i < 10; i++) {
            assertTrue(countOne());
        }
        clock.advance(Duration.ofMinutes(40));
        assertEquals(10, countAll());
        clock.advance(Duration.ofMinutes(20).minusMillis(1));
        assertEquals(0, countAll());
        clock.advance(Duration.ofMillis(1));
        assertEquals(10, countAll());
        clock.advance(Duration.ofMinutes(40));
        assertEquals(10, countAll());
    }

    @Test
    void settingTheClockBackFreesNoMessage() {
        assertEquals(20, countAll());
        clock.advance(Duration.ofDays(-1));
        assertFalse(countOne());
        clock.advance(Duration.ofMinutes(59));
        assertFalse(countOne());
        clock.advance(Duration.ofDays(-365));
        assertFalse(countOne());
    }

    @Test
    void settingTheClockBackBlocksNoMessageForLonger() {
        assertEquals(20, countAll());
        clock.advance(Duration.ofDays(-1));
        assertFalse(countOne());
        clock.advance(Duration.ofHours(1));
        assertEquals(20, countAll());
    }

    @Test
    void permitsTheSameTextOnceAnHour() {
        FeedMessage message = FeedMessage.of("title", "text", null, null);
        assertNull(limit.check(message));
        limit.count(message);
        FeedMessage same = FeedMessage.of(" title", "text\n", "https://a.example/a.png", "https://a.example/");
        assertEquals(FeedResult.REPEATED, limit.check(same));
        assertNull(limit.check(FeedMessage.of("title", "another text", null, null)));
        assertNull(limit.check(FeedMessage.of("another title", "text", null, null)));
        clock.advance(Duration.ofHours(1).minusMillis(1));
        assertEquals(FeedResult.REPEATED, limit.check(message));
        clock.advance(Duration.ofMillis(1));
        assertNull(limit.check(message));
    }

    @Test
    void keepsOneLimitForEachBridge() {
        FeedLimits limits = new FeedLimits(clock);
        assertSame(limits.of("monzo:bridge:alice"), limits.of("monzo:bridge:alice"));
        for (int i = 0; i < FeedLimit.MAX_MESSAGES; i++) {
            assertTrue(countOne(limits.of("monzo:bridge:alice")));
        }
        assertFalse(countOne(limits.of("monzo:bridge:alice")));
        assertTrue(countOne(limits.of("monzo:bridge:bob")));
    }
}
