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

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.simulator.AdjustableClock;

class ApprovalPollingTest {

    private static final Duration QUICK = Duration.ofSeconds(6);
    private static final Duration INTERVAL = Duration.ofSeconds(60);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final AdjustableClock clock = new AdjustableClock(Instant.parse("2026-11-21T08:00:00Z"));
    private final ApprovalPolling polling = new ApprovalPolling(INTERVAL, clock);

    private List<Long> nextSeconds(int count) {
        return Stream.generate(() -> polling.next(false).toSeconds())
                .limit(count)
                .toList();
    }

    @Test
    void isQuickForAQuarterOfAnHourAfterALogin() {
        polling.begin();
        assertEquals(QUICK, polling.next(false));

        clock.advance(Duration.ofMinutes(15).minus(SECOND));
        assertEquals(QUICK, polling.next(false));

        clock.advance(SECOND);
        assertEquals(QUICK.multipliedBy(2), polling.next(false));
    }

    @Test
    void slowsDownToTheRefreshInterval() {
        assertEquals(List.of(12L, 24L, 48L, 60L, 60L), nextSeconds(5));
    }

    @Test
    void isNeverSlowerThanAShortRefreshInterval() {
        ApprovalPolling every10Seconds = new ApprovalPolling(Duration.ofSeconds(10), clock);

        assertEquals(Duration.ofSeconds(10), every10Seconds.next(false));
    }

    @Test
    void slowsDownAnewAfterEachLogin() {
        nextSeconds(5);

        polling.begin();
        clock.advance(Duration.ofMinutes(15));

        assertEquals(List.of(12L, 24L), nextSeconds(2));
    }

    @Test
    void pollsForAWithdrawnApprovalAtTheRefreshInterval() {
        polling.begin();

        assertEquals(INTERVAL, polling.next(true));
    }

    @Test
    void isQuickForFiveMinutesWhileAUserWaits() {
        polling.expect();
        clock.advance(Duration.ofMinutes(5).minus(SECOND));
        assertEquals(QUICK, polling.next(true));
        assertEquals(QUICK, polling.next(false));

        clock.advance(SECOND);
        assertEquals(INTERVAL, polling.next(true));
        assertEquals(QUICK.multipliedBy(2), polling.next(false));
    }

    @Test
    void isNotQuickForYearsAfterTheClockWasSetBack() {
        polling.begin();
        polling.expect();
        clock.advance(Duration.ofDays(-365));

        assertEquals(QUICK.multipliedBy(2), polling.next(false));
    }
}
