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

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.internal.handler.BudgetOptions;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.binding.monzo.simulator.BankTransaction;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.core.config.core.ParameterOption;
import org.openhab.core.thing.Thing;

/** What a budget thing shows. */
class BudgetThingTest extends BudgetTestBase {

    @Test
    void showsWhatIsSpentOfALimit() {
        pay(1_000, "Corner Shop", "groceries", 40); // in the month before
        pay(2_550, "Corner Shop", "groceries", 5);
        pay(900, "Café", "eating_out", 4);

        Thing budget = add(Map.of("limit", 100, "accountIds", account.id(), "categories", "groceries"));

        assertEquals("ONLINE", status(budget));
        assertEquals("25.50", spent(budget));
        assertEquals("74.50", fixture.state(budget, "remaining"));
        assertEquals("7.45", fixture.state(budget, "daily-allowance"));
        assertEquals("25.5 %", fixture.state(budget, "used"));
        assertEquals("37.6 %", fixture.state(budget, "pace"));
        assertEquals("2026-12-01T00:00:00.000+0000", fixture.state(budget, "period-end"));
        assertEquals("£%,.2f", fixture.pattern(budget, "daily-allowance"));
    }

    @Test
    void showsOnlyWhatIsSpentWithoutALimit() {
        pay(2_550, "Corner Shop", "groceries", 5);

        Thing budget = add(Map.of("accountIds", account.id()));

        assertEquals("25.50", spent(budget));
        for (String channel : List.of("remaining", "daily-allowance", "used", "pace", "period-end")) {
            assertEquals("UNDEF", fixture.state(budget, channel), channel);
        }
    }

    @Test
    void usesTheFirstOpenCurrentAccount() {
        pay(2_550, "Corner Shop", "groceries", 5);

        Thing budget = add(Map.of("limit", 100));

        assertEquals("ONLINE", status(budget));
        assertEquals("25.50", spent(budget));
        assertEquals(account.id(), budget.getProperties().get("accountIds"));
    }

    @Test
    void followsChangesOfTheLatestTransactionsWithTheNextRefresh() {
        BankTransaction pump = pay(100, "Petrol", "transport", 1);
        BankTransaction shop = pay(4_000, "Corner Shop", "groceries", 1);
        Thing budget = add(Map.of("limit", 100));
        assertEquals("41.00", spent(budget));

        pump.correct(-4_512);
        refresh();
        assertEquals("85.12", spent(budget));

        shop.includeInSpending(false);
        refresh();
        assertEquals("45.12", spent(budget));

        account.payments().refund(1_000, "Petrol").category("transport");
        refresh();
        assertEquals("35.12", spent(budget));
    }

    @Test
    void followsChangesOfAnyTransactionOfThePeriodWithinAnHour() {
        BankTransaction first = pay(4_000, "Corner Shop", "groceries", 15);
        payOften(60);
        Thing budget = add(Map.of("limit", 100, "categories", List.of("groceries")));
        assertEquals("40.00", spent(budget));

        first.split(Map.of("groceries", -1_500L, "shopping", -2_500L));
        fixture.pass(AN_HOUR);

        assertEquals("15.00", spent(budget));
    }

    @Test
    void startsAgainWithEachPeriod() {
        pay(4_000, "Corner Shop", "groceries", 1);
        Thing budget = add(Map.of("limit", 100, "period", "WEEK", "startDay", 7));
        assertEquals("40.00", spent(budget));
        assertEquals("2026-11-22T00:00:00.000+0000", fixture.state(budget, "period-end"));

        fixture.pass(Duration.ofHours(16).plus(BindingFixture.INTERVAL));

        assertEquals("ONLINE", status(budget));
        assertEquals("0.00", spent(budget));
        assertEquals("2026-11-29T00:00:00.000+0000", fixture.state(budget, "period-end"));
    }

    /** Until the next refresh, nothing is known to be spent in the new period; nor is anything asked for earlier. */
    @Test
    void beginsAPeriodAtMidnightWithoutARequest() {
        MonzoBridgeHandler slow = fixture.addBridge("slow", Map.of("refreshInterval", 5_000));
        Thing ofDay = fixture.addBudget(slow, "day", Map.of("limit", 100, "period", "DAY"));
        Thing ofMonth = fixture.addBudget(slow, "month", Map.of("limit", 100));
        fixture.connect(slow, people.alice());
        pay(4_000);
        fixture.pass(Duration.ofHours(15).plusMinutes(59));
        assertEquals("40.00", spent(ofDay));
        assertEquals("6.00", fixture.state(ofMonth, "daily-allowance"));
        long requests = fixture.bank.requests().size();

        fixture.pass(Duration.ofMinutes(1));

        assertEquals(requests, fixture.bank.requests().size());
        assertEquals("0.00", spent(ofDay));
        assertEquals("2026-11-23T00:00:00.000+0000", fixture.state(ofDay, "period-end"));
        assertEquals("40.00", spent(ofMonth));
        assertEquals("6.66", fixture.state(ofMonth, "daily-allowance"));
    }

    /** The account thing keeps the account that it has chosen, whichever is the first one later. */
    @Test
    void usesTheAccountOfAnAccountThingWithoutAnId() {
        fixture.addAccount(bridge, null);
        fixture.connect(bridge, people.alice());
        pay(2_550, "Corner Shop", "groceries", 5);

        Thing budget = add(Map.of("limit", 100));

        assertEquals("25.50", spent(budget));
    }

    @Test
    void sumsAccountsOfOneLogin() {
        pay(2_550, "Corner Shop", "groceries", 5);
        people.joint().payments().pay(1_000, "Corner Shop");

        Thing budget = add(Map.of(
                "limit", 100, "accountIds", List.of(account.id(), people.joint().id())));

        assertEquals("35.50", spent(budget));
    }

    @Test
    void countsMerchantsByPartsOfTheirNames() {
        pay(1_000, "Corner Shop", "groceries", 5);
        pay(200, "Café Rouge", "eating_out", 5);
        pay(30, "Market", "groceries", 5);

        assertEquals("10.30", spent(add("1", Map.of("merchants", List.of("CORNER", "market")))));
        assertEquals("2.00", spent(add("2", Map.of("merchants", "café"))));
        assertEquals(
                "0.30", spent(add("3", Map.of("merchants", List.of("market", "rouge"), "categories", "Groceries"))));
    }

    /** A clock change on 29 March makes that day 23 hours long. */
    @Test
    void hasDaysOfOpenHabsTimeZone() {
        fixture.skip(Duration.between(fixture.clock.instant(), Instant.parse("2027-03-28T11:30:00Z")));
        account.payments().createdAt(Instant.parse("2027-03-27T23:59:59.999Z")).pay(100, "Yesterday");
        account.payments().createdAt(Instant.parse("2027-03-28T00:00:00Z")).pay(1_000, "Today");

        Thing budget = add(Map.of("limit", 22, "period", "DAY"));

        assertEquals("10.00", spent(budget));
        assertEquals("2027-03-29T00:00:00.000+0100", fixture.state(budget, "period-end"));
        assertEquals("90.9 %", fixture.state(budget, "pace")); // half past 11 of 23 hours
    }

    @Test
    void followsAChangeOfTheTimeZone() {
        account.payments().createdAt(Instant.parse("2026-11-20T20:00:00Z")).pay(1_000, "Last night");
        Thing budget = add(Map.of("limit", 22, "period", "DAY"));
        assertEquals("0.00", spent(budget));

        fixture.zone = java.time.ZoneId.of("Asia/Tokyo");
        refresh();
        fixture.pass(A_MOMENT);

        assertEquals("10.00", spent(budget));
        assertEquals("2026-11-22T00:00:00.000+0900", fixture.state(budget, "period-end"));
    }

    @Test
    void showsNoSumOfAnotherConfiguration() {
        pay(1_000, "Corner Shop", "groceries", 5);
        pay(200, "Café Rouge", "eating_out", 5);
        Thing budget = add(Map.of("limit", 100));
        assertEquals("12.00", spent(budget));
        fixture.bank.faults().always(Endpoint.TRANSACTIONS, Fault.serverError());

        fixture.edit(budget, Map.of("categories", "groceries"));
        fixture.pass(A_MOMENT);

        assertEquals("UNDEF", spent(budget));
        fixture.bank.faults().clear();
        fixture.pass(Duration.ofMinutes(5));
        assertEquals("10.00", spent(budget));
    }

    @Test
    void keepsTheSumWhileTheSameConfigurationIsReadAgain() {
        pay(1_000, "Corner Shop", "groceries", 5);
        Thing budget = add(Map.of("limit", 100));
        fixture.bank.faults().always(Endpoint.TRANSACTIONS, Fault.serverError());

        fixture.edit(budget, Map.of());

        assertEquals("UNKNOWN offline.budget-reading", status(budget));
        assertEquals("10.00", spent(budget));
        refresh();
        assertEquals("OFFLINE/COMMUNICATION_ERROR offline.server-error", status(budget));
        assertEquals("10.00", spent(budget));
    }

    @Test
    void showsNoSumOfAnotherLogin() {
        pay(1_000, "Corner Shop", "groceries", 5);
        Thing budget = add(Map.of("limit", 100));
        MonzoBridgeHandler bob = fixture.addBridge("bob");
        fixture.connect(bob, people.bob());

        fixture.move(budget, bob);
        assertEquals("UNDEF", spent(budget));
        fixture.pass(A_MOMENT);

        assertEquals("0.00", spent(budget));
        assertEquals("ONLINE", status(budget));
    }

    @Test
    void dropsWhatTheBankNoLongerLists() {
        pay(1_000, "Corner Shop", "groceries", 5);
        BankTransaction other = pay(200, "Café Rouge", "eating_out", 5);
        Thing budget = add(Map.of("limit", 100));

        other.without("id");
        refresh();

        assertEquals("10.00", spent(budget));
    }

    /** Of the latest twenty, with time in between, the oldest is at the very start of what a refresh lists. */
    @Test
    void dropsTheOldestOfTheLatestThatTheBankNoLongerLists() {
        List<BankTransaction> payments = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            payments.add(pay(100, "Corner Shop", "groceries", 19 - i / 2));
            fixture.pass(Duration.ofSeconds(1));
        }
        Thing budget = add(Map.of("limit", 100));
        refresh();
        assertEquals("30.00", spent(budget));

        payments.get(payments.size() - AccountSpending.MAX_RECENT).without("id");
        refresh();

        assertEquals("29.00", spent(budget));
    }

    @Test
    void readsAPeriodThatBeganWhileOpenHabWasOff() {
        pay(1_000, "Corner Shop", "groceries", 5);
        Thing budget = add(Map.of("limit", 100));

        fixture.restart(Duration.ofDays(12));
        pay(300, "Corner Shop", "groceries", 1);
        fixture.pass(A_MOMENT);

        assertEquals("3.00", spent(budget));
    }

    @Test
    void offersAccountsAndOwnCategories() throws Exception {
        pay(100, "Vet", "category_0000Dogs", 3);
        pay(100, "Corner Shop", "groceries", 3);
        payOften(30);
        add(Map.of("limit", 100));
        refresh(); // the snapshot has the latest twenty only
        BudgetOptions options = new BudgetOptions(fixture.bridges());
        URI uri = new URI("thing-type:monzo:budget");

        assertEquals(
                "Current Account, GBP, Alice Example, Login of alice",
                options.getParameterOptions(uri, "accountIds", null, null).stream()
                        .filter(option -> option.getValue().equals(account.id()))
                        .findFirst()
                        .orElseThrow()
                        .getLabel());
        assertEquals(
                List.of("category_0000Dogs"),
                options.getParameterOptions(uri, "categories", null, null).stream()
                        .map(ParameterOption::getValue)
                        .toList());
        assertEquals(null, options.getParameterOptions(uri, "period", null, null));
        assertEquals(null, options.getParameterOptions(new URI("thing-type:monzo:pot"), "accountIds", null, null));
    }
}
