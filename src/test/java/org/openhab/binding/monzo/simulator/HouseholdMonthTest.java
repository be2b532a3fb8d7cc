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
package org.openhab.binding.monzo.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the household's spending. */
class HouseholdMonthTest {
    private static final ZoneId LONDON = ZoneId.of("Europe/London");

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-29T00:00:30Z", "2026-03-01T12:00:00Z", "2026-03-29T23:59:59Z"})
    void isInThePastAndTheSameEachTime(String now) {
        List<String> transactions = spent(now);

        assertEquals(transactions, spent(now));
        assertTrue(transactions.size() > 100, transactions.size() + " transactions");
        assertTrue(transactions.stream().allMatch(each -> each.compareTo(now) < 0), transactions.toString());
        assertEquals(
                transactions.stream().filter(each -> each.matches(".*-25T06.*")).count(),
                transactions.stream().filter(each -> each.endsWith("income")).count());
    }

    private static List<String> spent(String now) {
        Instant time = Instant.parse(now);
        try (SimulatedBank bank = SimulatedBank.start(0, new AdjustableClock(time))) {
            SampleCustomers people = SampleCustomers.fill(bank);
            HouseholdMonth.fill(people.current(), people.joint(), time, LONDON);
            assertEquals(123_456, people.current().balance());
            assertEquals(98_700, people.joint().balance());
            assertEquals(-1_250, people.current().spendToday());
            return List.of(people.current(), people.joint()).stream()
                    .flatMap(account -> account.transactions().stream())
                    .map(each -> each.created() + " " + each.amount() + " " + each.category())
                    .toList();
        }
    }
}
