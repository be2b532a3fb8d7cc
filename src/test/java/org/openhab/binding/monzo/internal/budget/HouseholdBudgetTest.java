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
package org.openhab.binding.monzo.internal.budget;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openhab.binding.monzo.simulator.HouseholdMonth;
import org.openhab.core.thing.Thing;

/** Tests the household of the demo, which begins at the time of the machine: each value is there on every day. */
class HouseholdBudgetTest extends BudgetTestBase {

    /** At most, from the start of the bank to the login. */
    private static final Duration START = Duration.ofMinutes(2);

    @ParameterizedTest
    @CsvSource({
        "2026-11-30T23:58:30, Europe/London",
        "2026-12-01T00:00:00, Europe/London",
        "2026-12-24T23:59:00, Europe/London",
        "2026-12-25T00:00:00, Europe/London",
        "2026-12-31T23:59:59, Etc/UTC",
        "2027-01-28T12:00:00, America/Los_Angeles",
        "2027-01-31T23:58:30, Asia/Kolkata",
        "2027-03-28T00:59:00, Europe/London",
        "2027-10-31T01:59:00, Europe/London",
        "2028-02-29T23:59:00, Pacific/Auckland",
    })
    void hasEachValueOnEveryDay(LocalDateTime now, ZoneId zone) {
        fixture.zone = zone;
        fixture.clock.advance(
                Duration.between(fixture.clock.instant(), now.atZone(zone).toInstant()));
        HouseholdMonth.fill(people.current(), people.joint(), fixture.clock.instant(), zone);
        people.current().payments().pay(1_250, "Corner Shop");
        fixture.clock.advance(START);
        Thing current = fixture.addWatchedAccount(bridge, people.current().id());
        Thing eatingOut = fixture.addBudget(bridge, "eating_out", Map.of("limit", 150, "categories", "eating_out"));
        Thing groceries = fixture.addBudget(
                bridge,
                "groceries",
                Map.of("limit", 480, "accountIds", people.joint().id(), "categories", "groceries", "startDay", 25));
        fixture.connect(bridge, people.alice());
        refresh();
        assertThat(fixture.state(current, "last-transaction-amount"), is("-12.50"));

        people.current().payments().pay(280, "Coffee Bar");
        refresh();

        assertThat(fixture.state(current, "last-transaction-amount"), is("-2.80"));
        assertThat(fixture.callback(current).payloads(), hasSize(1));
        for (Thing budget : List.of(eatingOut, groceries)) {
            assertThat(status(budget), is("ONLINE"));
            for (String channel : List.of("spent", "remaining", "daily-allowance", "used", "pace", "period-end")) {
                assertThat(
                        budget.getUID() + " " + channel,
                        fixture.state(budget, channel),
                        is(not(oneOf(null, "NULL", "UNDEF"))));
            }
        }
    }
}
