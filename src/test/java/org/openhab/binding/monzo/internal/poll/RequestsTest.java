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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.fixture.BackgroundTask;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.fixture.BindingTestBase;
import org.openhab.binding.monzo.internal.api.RequestStatistics;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.binding.monzo.simulator.BankPot;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.core.thing.ChannelUID;
import org.openhab.core.thing.Thing;
import org.openhab.core.types.RefreshType;

/**
 * Tests that no more requests are sent than necessary.
 */
class RequestsTest extends BindingTestBase {

    private static final Duration A_MOMENT = Duration.ofSeconds(2);
    private static final List<String> CHANNELS =
            List.of("balance", "total-balance", "spend-today", "goal", "goal-progress", "locked");

    private MonzoBridgeHandler bridge;

    @BeforeEach
    void addThings() {
        bridge = fixture.addBridge("alice");
    }

    private void connect() {
        fixture.connect(bridge, people.alice());
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        fixture.pass(Duration.ofSeconds(10));
        fixture.bank.resetCounts();
    }

    private Thing addFirst() {
        return fixture.addAccount(bridge, null);
    }

    private Thing addPot(BankPot pot) {
        return fixture.addPot(bridge, pot.id());
    }

    /** A bank or a router may drop it meanwhile, and the next request on it would fail. */
    @Test
    void keepsNoConnectionUntilTheNextRefresh() {
        addFirst();
        connect(); // for requests at the same time, the client may open one more, which the next request uses
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(fixture.bank.count(Endpoint.BALANCE), is(1));
        BackgroundTask.until("no connection is open", () -> fixture.bank.openConnections() == 0);
    }

    /** Each letter is a thing: F first account, C current, J joint, H and R pots of the current account, B of joint. */
    @ParameterizedTest
    @CsvSource({
        "'',     0, 0",
        "F,      1, 0",
        "FC,     1, 0",
        "CJ,     2, 0",
        "H,      0, 10",
        "HR,     0, 10",
        "HRB,    0, 20",
        "FCJHRB, 2, 2"
    })
    void sendsOneRequestPerAccountAndKind(String things, int balances, int pots) {
        things.chars().forEach(this::add);
        connect();

        fixture.pass(BindingFixture.INTERVAL.multipliedBy(10));
        assertThat(fixture.bank.count(Endpoint.BALANCE), is(10 * balances));
        assertThat(fixture.bank.count(Endpoint.POTS), is(pots));
        int accounts = balances + pots == 0 ? 10 : 0; // without any other request, to check that the bank responds
        assertThat(fixture.bank.count(Endpoint.ACCOUNTS), is(accounts));
        assertThat(fixture.bank.requests(), hasSize(10 * balances + pots + accounts));
    }

    private void add(int letter) {
        switch (letter) {
            case 'F' -> addFirst();
            case 'C' -> fixture.addAccount(bridge, people.current().id());
            case 'J' -> fixture.addAccount(bridge, people.joint().id());
            case 'H' -> addPot(people.holiday());
            case 'R' -> addPot(people.rainyDay());
            default -> addPot(people.joint().pots().get(0));
        }
    }

    @Test
    void fetchesAccountsOnceAnHour() {
        addFirst();
        connect();
        fixture.pass(Duration.ofHours(5));
        assertThat(
                fixture.bank.count(Endpoint.ACCOUNTS), is(both(greaterThan(3)).and(lessThan(6))));
        assertThat("unused", fixture.bank.count(Endpoint.WHOAMI), is(0));
    }

    @Test
    void fetchesPotsOnceAnHourWithoutThings() {
        connect();
        fixture.pass(Duration.ofMinutes(58));
        assertThat(fixture.bank.count(Endpoint.POTS), is(0));
        assertThat("to check that the bank responds", fixture.bank.requests(), hasSize(58));
        fixture.pass(Duration.ofMinutes(3));
        assertThat(fixture.bank.count(Endpoint.ACCOUNTS), is(61));
        assertThat(fixture.bank.count(Endpoint.POTS), is(openAccounts()));
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
    }

    private int openAccounts() {
        return (int) fixture.bank.accounts(people.alice()).stream()
                .filter(account -> !account.isClosed())
                .count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "closed"})
    void goesOfflineDuringOutageWithoutThingRequests(String things) {
        if (things.equals("closed")) {
            fixture.addAccount(bridge, people.euro().id());
            people.euro().close();
        }
        connect();
        fixture.bank.stopListening();
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(BindingFixture.status(bridge), is("OFFLINE/COMMUNICATION_ERROR offline.unreachable"));

        fixture.bank.startListening();
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
    }

    // Links and commands

    @Test
    void sendsNoRequestForLinks() {
        List<Thing> things = List.of(addFirst(), addPot(people.holiday()), addPot(people.rainyDay()));
        connect();
        for (Thing thing : things) {
            CHANNELS.forEach(channel -> fixture.childNow(thing).channelLinked(new ChannelUID(thing.getUID(), channel)));
        }
        fixture.pass(A_MOMENT);
        assertThat(fixture.bank.requests(), is(empty()));
    }

    @Test
    void combinesRefreshCommands() {
        List<Thing> things =
                List.of(addFirst(), addPot(people.holiday()), addPot(people.rainyDay()), addPot(people.house()));
        connect();
        people.current().spend(100);
        refreshAll(things, Duration.ofMillis(40));

        fixture.pass(A_MOMENT);
        assertThat(fixture.bank.count(Endpoint.BALANCE), is(1));
        assertThat(fixture.bank.count(Endpoint.POTS), is(1));
        assertThat(fixture.state(things.get(0), "balance"), is("1233.56"));
        fixture.pass(BindingFixture.INTERVAL);
        assertThat("the next one after the interval", fixture.bank.requests(), hasSize(3));
    }

    /** With push, the next refresh may be 15 minutes away. */
    @Test
    void delaysRefreshCommandJustAfterARefresh() {
        fixture.edit(bridge.getThing(), Map.of("refreshInterval", 900));
        Thing account = addFirst();
        connect();
        refreshAll(List.of(account), Duration.ZERO);
        fixture.pass(A_MOMENT);
        people.current().spend(100);
        fixture.bank.resetCounts();
        refreshAll(List.of(account), Duration.ZERO);
        fixture.pass(Duration.ofSeconds(5));
        assertThat(fixture.state(account, "balance"), is("1233.56"));
        assertThat(fixture.bank.count(Endpoint.BALANCE), is(1));
        fixture.pass(Duration.ofMinutes(10));
        assertThat(fixture.bank.count(Endpoint.BALANCE), is(1));
    }

    @Test
    void ignoresRefreshCommandWhileAwaitingApproval() {
        List<Thing> things = List.of(addFirst(), addPot(people.holiday()));
        fixture.logIn(bridge, people.alice());
        fixture.pass(Duration.ofMillis(100));
        fixture.bank.resetCounts();
        refreshAll(things, Duration.ofMillis(100));

        fixture.pass(A_MOMENT);
        assertThat(fixture.bank.requests(), is(empty()));
    }

    @Test
    void ignoresRefreshCommandDuringBackoff() {
        List<Thing> things = List.of(addFirst(), addPot(people.holiday()));
        connect();
        fixture.bank.faults().always(Endpoint.BALANCE, Fault.tooManyRequests("300"));
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(BindingFixture.status(bridge), is("OFFLINE/COMMUNICATION_ERROR offline.rate-limited"));
        fixture.bank.resetCounts();

        refreshAll(things, Duration.ofMillis(100));
        addPot(people.rainyDay());
        bridge.connection().poller().refreshAll();
        fixture.pass(Duration.ofMinutes(3));
        assertThat(fixture.bank.requests(), is(empty()));
    }

    private void refreshAll(List<Thing> things, Duration between) {
        for (Thing thing : things) {
            for (String channel : CHANNELS) {
                fixture.childNow(thing).handleCommand(new ChannelUID(thing.getUID(), channel), RefreshType.REFRESH);
                fixture.pass(between);
            }
        }
    }

    // New things and scans

    @Test
    void refreshesOnceForThingsAddedTogether() {
        connect();
        Thing account = addFirst();
        Thing pot = addPot(people.holiday());
        addPot(people.house());

        fixture.pass(A_MOMENT);
        assertThat(fixture.state(account, "balance"), is("1234.56"));
        assertThat(fixture.state(pot, "balance"), is("1475.00"));
        assertThat(fixture.bank.count(Endpoint.BALANCE), is(1));
        assertThat(fixture.bank.count(Endpoint.POTS), is(lessThan(2)));
        assertThat(fixture.bank.count(Endpoint.ACCOUNTS), is(0));
    }

    /** Its amounts are known from the last full refresh, but may be an hour old. */
    @Test
    void fetchesPotOfNewThingSoon() {
        addFirst();
        connect();
        fixture.pass(Duration.ofMinutes(5));
        people.holiday().balance(100);
        fixture.pass(Duration.ofMinutes(50));
        fixture.bank.resetCounts();
        Thing pot = addPot(people.holiday());

        fixture.pass(A_MOMENT);
        assertThat(fixture.bank.count(Endpoint.POTS), is(1));
        assertThat(BindingFixture.status(pot), is("ONLINE"));
        assertThat(fixture.state(pot, "balance"), is("1.00"));
    }

    @Test
    void fetchesAccountOfReplacedThingSoon() {
        addFirst();
        Thing euro = fixture.addAccount(bridge, people.euro().id());
        connect();
        fixture.end(euro);
        people.euro().balance(100);
        fixture.pass(Duration.ofMinutes(30));
        fixture.bank.resetCounts();
        Thing again = fixture.addAccount(bridge, people.euro().id());

        fixture.pass(A_MOMENT);
        assertThat(fixture.bank.count(Endpoint.BALANCE), is(2));
        assertThat(fixture.state(again, "balance"), is("1.00"));
    }

    @Test
    void honoursLongRetryAfterForAnHour() {
        addFirst();
        connect();
        fixture.bank.faults().always(Endpoint.BALANCE, Fault.tooManyRequests("7200"));
        fixture.pass(Duration.ofMinutes(60));
        assertThat(fixture.bank.requests(), hasSize(1));
        assertThat(BindingFixture.status(bridge), is("OFFLINE/COMMUNICATION_ERROR offline.rate-limited"));
        fixture.bank.faults().clear();
        fixture.pass(Duration.ofMinutes(1));
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
    }

    @Test
    void backsOffWhereRetryAfterIsShorter() {
        addFirst();
        connect();
        fixture.bank.faults().always(Endpoint.BALANCE, Fault.tooManyRequests("1"));
        fixture.pass(Duration.ofMinutes(60));
        assertThat(fixture.bank.requests(), hasSize(lessThan(15)));
    }

    @Test
    void refreshesAgainForThingAddedDuringARefresh() throws Exception {
        Thing first = addFirst();
        connect();
        Thing euro =
                duringARefresh(() -> fixture.addAccount(bridge, people.euro().id()));

        fixture.pass(A_MOMENT);
        assertThat(fixture.state(euro, "balance"), is("205.15"));
        assertThat(BindingFixture.status(first), is("ONLINE"));
        assertThat(fixture.bank.count(Endpoint.BALANCE), is(3));
    }

    @Test
    void refreshesAgainForScanDuringARefresh() throws Exception {
        addFirst();
        connect();
        duringARefresh(() -> {
            bridge.connection().poller().refreshAll();
            return null;
        });
        fixture.pass(A_MOMENT);
        assertThat(fixture.bank.count(Endpoint.ACCOUNTS), is(1));
    }

    @Test
    void delaysRequestsUntilBackoffAfterFailedRefresh() throws Exception {
        fixture.addAccount(bridge, people.current().id());
        fixture.addAccount(bridge, people.joint().id());
        connect();
        duringARefresh(() -> {
            fixture.bank.faults().next(Endpoint.BALANCE, Fault.tooManyRequests("120"));
            return fixture.addAccount(bridge, people.euro().id());
        });
        assertThat(BindingFixture.status(bridge), is("OFFLINE/COMMUNICATION_ERROR offline.rate-limited"));
        fixture.bank.resetCounts();

        fixture.pass(Duration.ofSeconds(60));
        assertThat(fixture.bank.requests(), is(empty()));
    }

    /** Runs an action while a response of the bank is pending. */
    private <T> T duringARefresh(Supplier<T> action) throws Exception {
        CompletableFuture<Void> release = new CompletableFuture<>();
        fixture.bank.faults().next(Endpoint.BALANCE, Fault.lateReply(release));
        CompletableFuture<Void> time = CompletableFuture.runAsync(() -> fixture.pass(BindingFixture.INTERVAL));
        assertThat(fixture.bank.awaitCount(Endpoint.BALANCE, 1, AWAIT_TIMEOUT), is(true));
        T result = action.get();
        release.complete(null);
        time.get(AWAIT_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        return result;
    }

    @Test
    void sendsTwoRequestsAtATime() throws Exception {
        "FJHB".chars().forEach(this::add);
        people.current().withoutTotalBalance(); // otherwise the totals show that pots are unchanged
        people.joint().withoutTotalBalance();
        connect();
        CompletableFuture<Void> release = new CompletableFuture<>();
        for (Endpoint endpoint : List.of(Endpoint.BALANCE, Endpoint.POTS)) {
            fixture.bank.faults().always(endpoint, Fault.lateReply(release));
        }
        CompletableFuture<Void> time = CompletableFuture.runAsync(() -> fixture.pass(BindingFixture.INTERVAL));

        // Two without a response so far; openHAB's client opens no more connections.
        assertThat(fixture.bank.awaitCount(Endpoint.POTS, 2, AWAIT_TIMEOUT), is(true));
        fixture.bank.faults().clear();
        release.complete(null);
        time.get(AWAIT_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        assertThat(fixture.bank.requests(), hasSize(4));
    }

    @Test
    void sendsOneRequestAtATimeAfterAnError() throws Exception {
        "FJHB".chars().forEach(this::add);
        people.current().withoutTotalBalance(); // otherwise the totals show that pots are unchanged
        people.joint().withoutTotalBalance();
        connect();
        for (Endpoint endpoint : List.of(Endpoint.BALANCE, Endpoint.POTS)) {
            fixture.bank.faults().always(endpoint, Fault.tooManyRequests("300"));
        }
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(BindingFixture.status(bridge), is("OFFLINE/COMMUNICATION_ERROR offline.rate-limited"));
        // The first error ends a refresh; the other request may still be pending.
        assertThat(fixture.bank.awaitCount(Endpoint.POTS, 2, AWAIT_TIMEOUT), is(true));
        fixture.bank.resetCounts();

        fixture.pass(Duration.ofSeconds(301));
        assertThat(fixture.bank.requests(), hasSize(1));
    }

    @Test
    void scanIsOneFullRefresh() {
        addFirst();
        connect();
        bridge.connection().poller().refreshAll();
        bridge.connection().poller().refreshAll();

        fixture.pass(A_MOMENT);
        assertThat(fixture.bank.count(Endpoint.ACCOUNTS), is(1));
        assertThat(fixture.bank.count(Endpoint.POTS), is(openAccounts()));
        assertThat(fixture.bank.count(Endpoint.BALANCE), is(1));
    }

    @Test
    void searchesForUnknownIdsWithEachRefresh() {
        addPot(people.holiday());
        connect();
        Thing pot = fixture.addPot(bridge, "pot_mistyped");
        Thing account = fixture.addAccount(bridge, "acc_mistyped");

        fixture.pass(Duration.ofMinutes(30));
        assertThat(
                fixture.bank.count(Endpoint.ACCOUNTS), is(both(greaterThan(28)).and(lessThan(32))));
        assertThat(fixture.bank.count(Endpoint.BALANCE), is(0));
        assertThat(BindingFixture.status(pot), is("OFFLINE/CONFIGURATION_ERROR offline.pot-unknown"));
        assertThat(BindingFixture.status(account), is("OFFLINE/CONFIGURATION_ERROR offline.account-unknown"));

        BankPot created = people.current().addPot("New", null, 100);
        fixture.edit(pot, Map.of("potId", created.id()));
        fixture.pass(A_MOMENT);
        assertThat(BindingFixture.status(pot), is("ONLINE"));
    }

    @Test
    void sendsNoRequestForRemovedThing() {
        List<Thing> pots = new ArrayList<>(List.of(addPot(people.holiday()), addPot(people.rainyDay())));
        connect();
        Thing account = addFirst();
        fixture.pass(A_MOMENT);
        fixture.bank.resetCounts();
        pots.forEach(fixture::end);

        fixture.pass(Duration.ofMinutes(10));
        assertThat(fixture.bank.count(Endpoint.POTS), is(0));
        assertThat(fixture.bank.requests(), hasSize(10));
        fixture.end(account);
        fixture.bank.resetCounts();

        fixture.pass(Duration.ofMinutes(10));
        assertThat(fixture.bank.count(Endpoint.BALANCE), is(0));
        assertThat("the list", fixture.bank.requests(), hasSize(10));
    }

    @Test
    void refreshesOnceForEditedThing() {
        Thing account = addFirst();
        connect();
        fixture.edit(account, Map.of("accountId", people.joint().id()));

        fixture.pass(A_MOMENT);
        assertThat(fixture.state(account, "balance"), is("987.00"));
        assertThat(fixture.bank.requests(), hasSize(1));
    }

    @Test
    void countsEveryRequest() {
        fixture.addAccount(bridge, people.current().id());
        connect();
        RequestStatistics statistics = bridge.connection().statistics();
        int before = statistics.sentToday();
        fixture.edit(bridge.getThing(), Map.of("push", true, "webhookUrl", "https://home.example/notices"));
        fixture.pass(A_MOMENT);
        fixture.edit(bridge.getThing(), Map.of("push", false));
        fixture.pass(A_MOMENT);
        fixture.remove(bridge.getThing());
        assertThat(fixture.bank.count(Endpoint.WEBHOOK), is(1));
        assertThat(fixture.bank.count(Endpoint.LOGOUT), is(1));
        assertThat(statistics.sentToday() - before, is(fixture.bank.requests().size()));
    }
}
