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
package org.openhab.binding.monzo.internal.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.simulator.AdjustableClock;

class AttemptLimiterTest {

    private static final String ADDRESS = "192.0.2.1";

    private final AdjustableClock clock = new AdjustableClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final AttemptLimiter limiter = new AttemptLimiter(clock);

    private int spendAll(String address) {
        int spent = 0;
        while (limiter.tryAcquire(address)) {
            spent++;
        }
        return spent;
    }

    @Test
    void limitsEachAddressSeparately() {
        assertEquals(10, spendAll(ADDRESS));
        assertEquals(10, spendAll("192.0.2.2"));
        assertEquals(0, spendAll(ADDRESS));
    }

    @Test
    void resetsAfterFiveMinutes() {
        spendAll(ADDRESS);

        clock.advance(Duration.ofMinutes(5));

        assertEquals(10, spendAll(ADDRESS));
    }

    @Test
    void keepsActiveAddressesAmongManyOthers() {
        spendAll(ADDRESS);
        for (int i = 0; i < 100_000; i++) {
            limiter.tryAcquire("2001:db8::" + i);
            if (i % 500 == 0) {
                assertEquals(0, spendAll(ADDRESS));
            }
        }
    }
}
