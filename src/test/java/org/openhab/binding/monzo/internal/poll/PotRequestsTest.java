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

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.fixture.BindingTestBase;
import org.openhab.binding.monzo.fixture.RuleCalls;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.binding.monzo.simulator.BankAccount;
import org.openhab.binding.monzo.simulator.BankPot;
import org.openhab.binding.monzo.simulator.Customer;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.core.thing.ChannelUID;
import org.openhab.core.thing.Thing;
import org.openhab.core.types.RefreshType;

/**
 * Counts the requests of an hour: pots are not requested while the balance of their account shows that they are
 * unchanged, and yet all states are current.
 */
class PotRequestsTest extends BindingTestBase {

    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final int MINUTES = 55; // within the hour that full refreshes are apart

    private Customer carol;
    private MonzoBridgeHandler bridge;
    private BankAccount account;
    private Thing accountThing;
    private final List<BankPot> pots = new ArrayList<>();
    private final List<Thing> potThings = new ArrayList<>();

    @BeforeEach
    void addThings() {
        carol = fixture.bank.addCustomer("Carol Example");
        bridge = fixture.addBridge("carol", Map.of("allowTransfers", true));
        account = addAccount(3);
        accountThing = fixture.addAccount(bridge, account.id());
    }

    private BankAccount addAccount(int potCount) {
        BankAccount added = fixture.bank.openAccount("uk_retail", "GBP", carol).balance(100_000);
        for (int i = 1; i <= potCount; i++) {
            BankPot pot = added.addPot("Pot " + i, 100_000L, 1_000 * i);
            pots.add(pot);
            potThings.add(fixture.addPot(bridge, pot.id()));
        }
        return added;
    }

    private void connect() {
        fixture.connect(bridge, carol);
        fixture.pass(Duration.ofSeconds(5));
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        assertPots();
        fixture.bank.resetCounts();
    }

    private void refresh() {
        fixture.pass(BindingFixture.INTERVAL);
    }

    private void assertPots() {
        for (int i = 0; i < pots.size(); i++) {
            assertThat(BindingFixture.status(potThings.get(i)), is("ONLINE"));
            assertThat(
                    fixture.state(potThings.get(i), "balance"),
                    is(BigDecimal.valueOf(pots.get(i).balance(), 2).toString()));
        }
    }

    private void command(Thing thing) {
        fixture.childNow(thing).handleCommand(new ChannelUID(thing.getUID(), "balance"), RefreshType.REFRESH);
    }

    /** Moves money between pots without a change of any total, and without a transaction. */
    private void moveBetweenPots(long minor) {
        pots.get(0).balance(pots.get(0).balance() - minor);
        pots.get(1).balance(pots.get(1).balance() + minor);
    }

    @Test
    void requestsPotsEveryTenMinutes() {
        connect();
        fixture.pass(Duration.ofMinutes(MINUTES));
        assertThat(fixture.bank.count(Endpoint.BALANCE), is(MINUTES));
        assertThat(fixture.bank.count(Endpoint.POTS), is(MINUTES / 10));
        assertThat(fixture.bank.requests(), hasSize(MINUTES + MINUTES / 10));
        assertPots();
    }

    @Test
    void requestsOneBalanceForEachOfManyAccounts() {
        for (int i = 0; i < 4; i++) {
            fixture.addAccount(bridge, addAccount(i == 0 ? 5 : 4).id());
        }
        assertThat(pots, hasSize(20));
        connect();
        fixture.pass(Duration.ofMinutes(MINUTES));
        assertThat(fixture.bank.requests(), hasSize(5 * (MINUTES + MINUTES / 10)));
    }

    @Test
    void showsAChangeByTheAppWithTheSameRefresh() {
        connect();
        for (int minute = 0; minute < MINUTES; minute++) {
            if (minute % 5 == 0) {
                pots.get(minute % 3).deposit(100);
            } else if (minute % 5 == 2) {
                pots.get(minute % 3).withdraw(50);
            }
            account.spend(10);
            refresh();
            assertPots();
        }
        assertThat(fixture.bank.count(Endpoint.BALANCE), is(MINUTES));
        assertThat(fixture.bank.count(Endpoint.POTS), is(2 * MINUTES / 5));
    }

    @Test
    void showsATransferOfOursAtOnce() {
        RuleCalls rules = new RuleCalls(fixture);
        connect();
        for (int turn = 1; turn <= 5; turn++) {
            moveBetweenPots(100);
            rules.deposit(potThings.get(2), "1.00");
            assertPots();
            fixture.pass(Duration.ofMinutes(5));
        }
        assertThat("after each, as well as after ten minutes", fixture.bank.count(Endpoint.POTS), is(lessThan(8)));
    }

    @Test
    void showsMovesBetweenPotsWithinTenMinutes() {
        connect();
        for (int turn = 0; turn < 5; turn++) {
            moveBetweenPots(100);
            fixture.pass(TEN_MINUTES);
            assertPots();
        }
        assertThat(fixture.bank.count(Endpoint.POTS), is(5));
    }

    @Test
    void showsMovesBetweenPotsWithTheirTransactions() {
        fixture.edit(accountThing, Map.of("transactions", true));
        connect();
        for (int turn = 0; turn < 5; turn++) {
            pots.get(0).withdraw(100);
            pots.get(1).deposit(100);
            refresh();
            assertPots();
            refresh();
        }
        assertThat(fixture.bank.count(Endpoint.POTS), is(5));
    }

    @Test
    void showsMovesMadeWhilePotsAndTransactionsAreFetched() {
        fixture.edit(accountThing, Map.of("transactions", true));
        connect();
        fixture.pass(Duration.ofMinutes(9));
        fixture.bank.faults().next(Endpoint.POTS, Fault.changedBody(body -> {
            pots.get(0).withdraw(100);
            pots.get(1).deposit(100);
            return body;
        }));
        refresh();
        refresh();
        assertPots();
    }

    @Test
    void showsMovesAfterAnErrorOfTheRequestForPots() {
        fixture.edit(accountThing, Map.of("transactions", true));
        connect();
        pots.get(0).withdraw(100);
        pots.get(1).deposit(100);
        fixture.bank.faults().next(Endpoint.POTS, Fault.tooManyRequests());
        refresh();
        refresh();
        assertPots();
    }

    @Test
    void requestsPotsForARefreshCommandAndANewThing() {
        connect();
        moveBetweenPots(100);
        command(potThings.get(0));
        fixture.pass(Duration.ofSeconds(6));
        assertPots();

        moveBetweenPots(100);
        BankPot another = account.addPot("Another", null, 0);
        pots.add(another);
        potThings.add(fixture.addPot(bridge, another.id()));
        fixture.pass(Duration.ofSeconds(6));
        assertPots();
    }

    @Test
    void showsGoalsAndLocksWithinTenMinutes() {
        connect();
        pots.get(0).goal(200_000L).lockUntil(Instant.parse("2030-01-01T00:00:00Z"));
        fixture.pass(TEN_MINUTES);
        assertThat(fixture.state(potThings.get(0), "goal"), is("2000.00"));
        assertThat(fixture.state(potThings.get(0), "locked"), is("ON"));
    }

    @Test
    void requestsPotsEachTimeWhereNoTotalMatches() {
        account.totalBalance(7L);
        connect();
        fixture.pass(Duration.ofMinutes(MINUTES));
        assertThat(fixture.bank.count(Endpoint.POTS), is(MINUTES));
        moveBetweenPots(100);
        refresh();
        assertPots();
    }

    @Test
    void requestsPotsEachTimeWithoutTotals() {
        account.withoutTotalBalance();
        connect();
        fixture.pass(Duration.ofMinutes(MINUTES));
        assertThat(fixture.bank.count(Endpoint.POTS), is(MINUTES));
    }

    /** Otherwise a total that never includes pots would prove that they stay empty. */
    @Test
    void requestsPotsEachTimeWhileAllAreEmpty() {
        pots.forEach(pot -> pot.balance(0));
        account.totalBalance(100_000L);
        connect();
        fixture.pass(TEN_MINUTES);
        assertThat(fixture.bank.count(Endpoint.POTS), is(10));
        pots.get(0).balance(100);
        refresh();
        assertPots();
    }

    @Test
    void acceptsTheTotalWithSavings() {
        fixture.bank.faults().always(Endpoint.BALANCE, Fault.changedBody(body -> {
            JsonObject json = new JsonParser().parse(body).getAsJsonObject();
            json.addProperty("total_balance", 1);
            return json.toString();
        }));
        connect();
        fixture.pass(Duration.ofMinutes(MINUTES));
        assertThat(fixture.bank.count(Endpoint.POTS), is(MINUTES / 10));
    }

    /** The total with savings pots alone may come to equal the money in all pots. */
    @Test
    void requestsPotsWhenTheOtherTotalMatchesByAccident() {
        fixture.bank.faults().always(Endpoint.BALANCE, Fault.changedBody(body -> {
            JsonObject json = new JsonParser().parse(body).getAsJsonObject();
            json.addProperty(
                    "balance_including_flexible_savings",
                    account.balance() + pots.get(0).balance());
            return json.toString();
        }));
        connect();
        pots.get(0).deposit(pots.get(1).balance() + pots.get(2).balance());
        refresh();
        assertPots();
    }

    @Test
    void requestsPotsWhileTheBalanceFails() {
        connect();
        fixture.bank.faults().always(Endpoint.BALANCE, Fault.serverError());
        moveBetweenPots(100);
        refresh();
        assertThat(BindingFixture.status(accountThing), is("OFFLINE/COMMUNICATION_ERROR offline.server-error"));
        assertPots();
    }
}
