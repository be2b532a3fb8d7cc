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
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.fixture.BindingFixtureTest;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.binding.monzo.simulator.BankAccount;
import org.openhab.binding.monzo.simulator.BankTransaction;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.core.thing.Thing;

/** What a budget thing shows. The clock of the fixture begins on 21 November 2026 at 8 o'clock. */
class BudgetThingTest extends BindingFixtureTest {

    private static final Duration A_MOMENT = Duration.ofSeconds(3);
    private static final Duration AN_HOUR = Duration.ofHours(1);

    private MonzoBridgeHandler bridge;
    private BankAccount account;

    BudgetThingTest() {
        super(AWAIT_TIMEOUT);
    }

    @BeforeEach
    void connect() {
        account = people.current();
        bridge = fixture.addBridge("alice");
    }

    private Thing add(Map<String, Object> configuration) {
        Thing thing = fixture.addBudget(bridge, "budget", configuration);
        if (!fixture.bank.currentAccessToken(people.alice()).isPresent()) {
            fixture.connect(bridge, people.alice());
        }
        fixture.pass(A_MOMENT);
        return thing;
    }

    private void refresh() {
        fixture.pass(BindingFixture.INTERVAL);
    }

    private BankTransaction pay(long pence, String shop, String category, int daysAgo) {
        Instant created = fixture.clock.instant().minus(Duration.ofDays(daysAgo));
        return account.payments().createdAt(created).pay(pence, shop).category(category);
    }

    /** Pays for coffee, with hours in between. */
    private void payOften(int count) {
        Instant first = fixture.clock.instant().minus(Duration.ofDays(14));
        for (int i = 0; i < count; i++) {
            Instant created = first.plus(Duration.ofDays(13).dividedBy(count).multipliedBy(i));
            account.payments().createdAt(created).pay(10, "Café").category("eating_out");
        }
    }

    private String spent(Thing budget) {
        return fixture.state(budget, "spent");
    }

    @Test
    void showsWhatIsSpentOfALimit() {
        pay(1_000, "Corner Shop", "groceries", 40); // in the month before
        pay(2_550, "Corner Shop", "groceries", 5);
        pay(900, "Café", "eating_out", 4);

        Thing budget = add(Map.of("limit", 100, "accountIds", account.id(), "categories", "groceries"));

        assertEquals("ONLINE", BindingFixture.status(budget));
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

        assertEquals("ONLINE", BindingFixture.status(budget));
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
    void beginsAfreshWithEachPeriod() {
        pay(4_000, "Corner Shop", "groceries", 1);
        Thing budget = add(Map.of("limit", 100, "period", "WEEK", "startDay", 7));
        assertEquals("40.00", spent(budget));
        assertEquals("2026-11-22T00:00:00.000+0000", fixture.state(budget, "period-end"));

        fixture.pass(Duration.ofHours(16).plus(BindingFixture.INTERVAL));

        assertEquals("ONLINE", BindingFixture.status(budget));
        assertEquals("0.00", spent(budget));
        assertEquals("2026-11-29T00:00:00.000+0000", fixture.state(budget, "period-end"));
    }

    /** A page may be the last one, however many transactions it has; an empty one after it is requested once an hour. */
    @ParameterizedTest
    @ValueSource(ints = {0, 5, 15, 25, 60, 150})
    void takesOneRequestARefreshAndTheWholePeriodOnceAnHour(int transactions) {
        payOften(transactions);
        add(Map.of("limit", 100));
        fixture.bank.resetCounts();

        fixture.pass(AN_HOUR);

        int whole = 1 + transactions / 100; // pages
        assertThat(
                fixture.bank.count(Endpoint.TRANSACTIONS),
                is(both(greaterThanOrEqualTo(60)).and(lessThanOrEqualTo(60 + whole + 1))));
        assertEquals(0, fixture.bank.count(Endpoint.BALANCE));
    }
}
