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
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openhab.core.thing.Thing;

/** When the channel {@code alert} triggers. */
class BudgetAlertTest extends BudgetTestBase {

    private List<String> alerts(Thing budget) {
        return fixture.callback(budget).payloads("alert");
    }

    @Test
    void triggersOnceForEachPercentage() {
        Thing budget = add(Map.of("limit", 100));
        pay(7_999);
        refresh();
        assertEquals(List.of(), alerts(budget));

        pay(1);
        refresh();
        refresh();
        assertEquals(List.of("80"), alerts(budget));

        pay(5_000);
        refresh();
        refresh();
        assertEquals(List.of("80", "100"), alerts(budget));
    }

    @Test
    void triggersForSeveralInTheirOrder() {
        Thing budget = add(Map.of("limit", 100, "alertAt", List.of("100", "120", "50")));
        pay(11_000);
        refresh();

        assertEquals(List.of("50", "100"), alerts(budget));
    }

    @Test
    void doesNotTriggerForWhatANewBudgetHasReached() {
        pay(9_000);
        Thing budget = add(Map.of("limit", 100));
        refresh();
        assertEquals(List.of(), alerts(budget));

        pay(1_000);
        refresh();
        assertEquals(List.of("100"), alerts(budget));
    }

    @Test
    void triggersAgainAfterARefund() {
        Thing budget = add(Map.of("limit", 100));
        pay(9_000);
        refresh();
        account.payments().refund(2_000, "Corner Shop");
        refresh();
        pay(500);
        refresh();
        assertEquals(List.of("80"), alerts(budget));

        pay(500);
        refresh();

        assertEquals(List.of("80", "80"), alerts(budget));
    }

    @Test
    void triggersInEachPeriod() {
        Thing budget = add(Map.of("limit", 100, "period", "DAY", "alertAt", "80"));
        pay(9_000);
        refresh();
        fixture.pass(Duration.ofHours(17));
        assertEquals(List.of("80"), alerts(budget));

        pay(9_000);
        refresh();

        assertEquals(List.of("80", "80"), alerts(budget));
    }

    @Test
    void triggersOnceOverARestart() {
        Thing budget = add(Map.of("limit", 100));
        pay(9_000);
        refresh();
        assertEquals(List.of("80"), alerts(budget));

        fixture.restart(Duration.ofMinutes(5));
        refresh();
        assertEquals(List.of(), alerts(budget));

        fixture.restart(Duration.ofMinutes(5), () -> pay(1_000));
        refresh();
        assertEquals(List.of("100"), alerts(budget));
    }

    /** Nothing of a transaction, but the period and the percentages reached. */
    @Test
    void storesOnlyWhatWasReached() {
        Thing budget = add(Map.of("limit", 100, "merchants", "Corner"));
        pay(12_345);
        refresh();

        assertThat(
                String.valueOf(fixture.core()
                        .storageService()
                        .getStorage("org.openhab.binding.monzo.budgets")
                        .get(budget.getUID().getAsString())),
                matchesPattern("2026-11-01 -?\\d+ 80,100"));

        fixture.remove(budget);
        assertThat(
                fixture.core()
                        .storageService()
                        .getStorage("org.openhab.binding.monzo.budgets")
                        .getKeys(),
                is(empty()));
    }

    /** A thing from a file has no properties after a restart. */
    @Test
    void triggersOnceOverARestartOfAThingFromAFile() {
        Thing budget = add(Map.of("limit", 100));
        pay(9_000);
        refresh();

        fixture.restart(Duration.ofMinutes(5), () -> budget.setProperties(Map.of()));
        refresh();

        assertEquals(List.of(), alerts(budget));
    }

    @Test
    void triggersForAPeriodThatBeganWhileOpenHabWasOff() {
        Thing budget = add(Map.of("limit", 100, "period", "WEEK"));

        fixture.restart(Duration.ofDays(7), () -> pay(9_000));
        refresh();

        assertEquals(List.of("80"), alerts(budget));
    }

    @Test
    void waitsUntilRulesRun() {
        Thing budget = add(Map.of("limit", 100));
        refresh();
        fixture.setStarted(false);
        fixture.restart(Duration.ofMinutes(5), () -> pay(9_000));
        refresh();
        assertEquals(List.of(), alerts(budget));

        fixture.setStarted(true);
        refresh();

        assertEquals(List.of("80"), alerts(budget));
    }

    @Test
    void doesNotTriggerForWhatAnEditedBudgetHasReached() {
        Thing budget = add(Map.of("limit", 100));
        pay(5_000);
        refresh();

        fixture.edit(budget, Map.of("limit", 60));
        refresh();
        assertEquals(List.of(), alerts(budget));

        pay(1_000);
        refresh();
        assertEquals(List.of("100"), alerts(budget));
    }

    @Test
    void keepsItsAlertsWhenTheSameIsEnteredInAnotherForm() {
        Thing budget = add(Map.of("limit", "100", "merchants", "Corner", "alertAt", List.of("80", "100")));
        pay(5_000);
        refresh();
        assertEquals("50.00", spent(budget));

        fixture.edit(
                budget, Map.of("limit", "100.00", "merchants", List.of("corner"), "alertAt", List.of("100.0", "80.0")));
        assertEquals("50.00", spent(budget));
        pay(4_000);
        refresh();

        assertEquals(List.of("80"), alerts(budget));
    }

    @Test
    void forgetsABudgetThatIsRemovedAndAddedAgain() {
        Thing budget = add(Map.of("limit", 100));
        pay(5_000);
        refresh();
        fixture.forceRemoval(budget); // as from a file
        pay(4_000);

        Thing again = add(Map.of("limit", 100));
        refresh();

        assertEquals(List.of(), alerts(again));
    }

    /** No alert of November is repeated when a clock that was a month ahead is set right. */
    @Test
    void repeatsNothingAfterTheClockWasAhead() {
        Thing budget = add(Map.of("limit", 100));
        pay(9_000);
        refresh();
        fixture.skip(Duration.ofDays(12));
        fixture.clock.advance(Duration.ofDays(-12));
        fixture.pass(Duration.ofMinutes(10));

        assertEquals(List.of("80"), alerts(budget));
        assertEquals("90.00", spent(budget));
    }

    /** As of a computer without a battery for its clock, which begins with an old time. */
    @Test
    void repeatsNothingAfterTheClockWasBehind() {
        Thing budget = add(Map.of("limit", 100, "period", "DAY"));
        pay(9_000);
        refresh();
        fixture.clock.advance(Duration.ofHours(-12));
        fixture.pass(Duration.ofMinutes(10));
        assertEquals("0.00", spent(budget));
        fixture.clock.advance(Duration.ofHours(12));
        fixture.pass(Duration.ofMinutes(10));
        assertEquals("90.00", spent(budget));
        assertEquals(List.of("80"), alerts(budget));

        pay(1_000);
        refresh();
        assertEquals(List.of("80", "100"), alerts(budget));
    }
}
