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
package org.openhab.binding.monzo.internal.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.internal.api.RequestStatistics.LastError;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.simulator.AdjustableClock;

/** Tests the counts of requests and errors in bug reports. */
class RequestStatisticsTest {

    private final AdjustableClock clock = new AdjustableClock(Instant.parse("2026-11-21T12:00:00Z"));
    private final RequestStatistics statistics = new RequestStatistics(clock);

    private void fail(String request, ErrorKind kind, String message) {
        assertThrows(MonzoException.class, statistics.count(request, () -> {
            throw new MonzoException(kind, message);
        })::await);
    }

    @Test
    void countsRequestsOfADay() throws MonzoException {
        assertEquals("result", statistics.count("GET /balance", () -> "result").await());
        statistics.count("GET /balance", () -> "never awaited");
        fail("GET /pots", ErrorKind.SERVER_ERROR, "HTTP 500");
        assertEquals(3, statistics.sentToday());
        assertEquals(1, statistics.failedToday());

        clock.advance(Duration.ofDays(1));
        assertEquals(0, statistics.sentToday());
        assertEquals(0, statistics.failedToday());
        statistics.count("GET /balance", () -> "result").await();
        assertEquals(1, statistics.sentToday());
    }

    @Test
    void keepsTheLastErrorOfEachEndpoint() {
        fail("GET /pots", ErrorKind.SERVER_ERROR, "HTTP 500");
        fail("GET /balance", ErrorKind.TIMED_OUT, "request timed out");
        clock.advance(Duration.ofDays(1));
        fail("GET /pots", ErrorKind.RATE_LIMITED, "HTTP 429");
        assertEquals(
                Map.of(
                        "GET /balance",
                        new LastError(ErrorKind.TIMED_OUT, "request timed out", Instant.parse("2026-11-21T12:00:00Z")),
                        "GET /pots",
                        new LastError(ErrorKind.RATE_LIMITED, "HTTP 429", Instant.parse("2026-11-22T12:00:00Z"))),
                statistics.lastErrors());
    }

    @Test
    void keepsNoIds() {
        fail("PUT /pots/pot_00009abcDEF/deposit", ErrorKind.SERVER_ERROR, "HTTP 500");
        fail("DELETE /webhooks/webhook_00009abc", ErrorKind.SERVER_ERROR, "HTTP 500");
        fail("POST /oauth2/token", ErrorKind.SERVER_ERROR, "HTTP 500");
        assertEquals(
                java.util.Set.of("PUT /pots/*/deposit", "DELETE /webhooks/*", "POST /oauth2/token"),
                statistics.lastErrors().keySet());
    }
}
