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

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.fixture.BackgroundTask;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.fixture.Hold;
import org.openhab.binding.monzo.fixture.SingleLoginTest;
import org.openhab.binding.monzo.simulator.BankAccount;
import org.openhab.binding.monzo.simulator.BankPot;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.core.thing.ChannelUID;
import org.openhab.core.thing.Thing;
import org.openhab.core.types.RefreshType;

/**
 * Tests that things never show outdated values or values of another account or user.
 */
class StaleValuesTest extends SingleLoginTest {

    private static final Duration A_MOMENT = Duration.ofSeconds(2);

    // New, re-enabled and edited things

    private enum Beginning {
        NEW,
        REENABLED,
        EDITED
    }

    /** Returns a pot of an account without pot things, whose pots are fetched once an hour. */
    private BankPot fetchedLongAgo(long goal, long balanceThen, long balanceNow) {
        BankPot savings = people.joint().addPot("Savings", goal, balanceThen);
        connected();
        fixture.pass(Duration.ofMinutes(5));
        savings.balance(balanceNow);
        fixture.pass(Duration.ofMinutes(50));
        fixture.bank.resetCounts();
        return savings;
    }

    private Thing begin(Beginning beginning, BankPot shown) {
        switch (beginning) {
            case NEW -> {
                return fixture.addPot(bridge, shown.id());
            }
            case REENABLED -> {
                fixture.end(pot);
                return fixture.addPot(bridge, shown.id());
            }
            case EDITED -> {
                fixture.edit(pot, Map.of("potId", shown.id()));
                fixture.callback(pot).forgetStates();
                return pot;
            }
            default -> throw new IllegalArgumentException();
        }
    }

    @ParameterizedTest
    @EnumSource(Beginning.class)
    void showsNoOutdatedPot(Beginning beginning) {
        BankPot savings = fetchedLongAgo(10_000, 9_000, 100);
        Thing thing = begin(beginning, savings);
        assertThat(BindingFixture.status(thing), is("UNKNOWN"));
        assertThat(fixture.state(thing, "balance"), is(nullValue()));

        fixture.pass(A_MOMENT);
        assertThat(BindingFixture.status(thing), is("ONLINE"));
        assertThat(fixture.state(thing, "balance"), is("1.00"));
    }

    @ParameterizedTest
    @EnumSource(Beginning.class)
    void doesNotTriggerForGoalReachedBefore(Beginning beginning) {
        Thing thing = begin(beginning, fetchedLongAgo(10_000, 9_000, 10_000));
        fixture.pass(BindingFixture.INTERVAL.multipliedBy(3));
        assertThat(fixture.state(thing, "goal-progress"), is("100.0 %"));
        assertThat(fixture.callback(thing).triggers(), is(empty()));
    }

    @Test
    void showsCurrentValuesAtOnce() {
        BankPot bills = people.current().addPot("Bills", null, 4_200);
        connected();
        fixture.pass(BindingFixture.INTERVAL);
        fixture.bank.resetCounts();
        Thing thing = fixture.addPot(bridge, bills.id());
        assertThat(BindingFixture.status(thing), is("ONLINE"));
        assertThat(fixture.state(thing, "balance"), is("42.00"));
        fixture.pass(A_MOMENT);
        assertThat(fixture.bank.requests(), is(empty()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isUnknownUntilItsIdWasRequested(boolean exists) {
        connected();
        BankAccount opened = fixture.bank.openAccount("uk_retail", "GBP", alice).balance(700);
        BankPot made = people.current().addPot("Made", null, 300);
        Thing newAccount = fixture.addAccount(bridge, exists ? opened.id() : "acc_mistyped");
        Thing newPot = fixture.addPot(bridge, exists ? made.id() : "pot_mistyped");
        assertThat(BindingFixture.status(newAccount), is("UNKNOWN"));
        assertThat(BindingFixture.status(newPot), is("UNKNOWN"));

        for (int i = 0; i < 3; i++) {
            fixture.pass(i == 0 ? A_MOMENT : BindingFixture.INTERVAL);
            assertThat(
                    BindingFixture.status(newAccount),
                    is(exists ? "ONLINE" : "OFFLINE/CONFIGURATION_ERROR offline.account-unknown"));
            assertThat(
                    BindingFixture.status(newPot),
                    is(exists ? "ONLINE" : "OFFLINE/CONFIGURATION_ERROR offline.pot-unknown"));
        }
    }

    @Test
    void isUnknownAfterRefreshStartedWithoutIt() throws Exception {
        BankPot savings = fetchedLongAgo(10_000, 9_000, 100);
        CompletableFuture<Void> answer = new CompletableFuture<>();
        fixture.bank.faults().next(Endpoint.BALANCE, Fault.lateReply(answer));
        Duration untilRefresh = fixture.scheduler.untilNext();
        BackgroundTask refresh = BackgroundTask.run(() -> fixture.pass(untilRefresh));
        assertThat(fixture.bank.awaitCount(Endpoint.BALANCE, 1, AWAIT_TIMEOUT), is(true));
        Thing thing = fixture.addPot(bridge, savings.id());
        Thing mistyped = fixture.addPot(bridge, "pot_mistyped");
        answer.complete(null);
        refresh.join();
        assertThat(BindingFixture.status(account), is("ONLINE"));
        assertThat(BindingFixture.status(thing), is("UNKNOWN"));
        assertThat(fixture.state(thing, "balance"), is(nullValue()));
        assertThat(BindingFixture.status(mistyped), is("UNKNOWN"));

        fixture.pass(A_MOMENT);
        assertThat(BindingFixture.status(thing), is("ONLINE"));
        assertThat(fixture.state(thing, "balance"), is("1.00"));
        assertThat(BindingFixture.status(mistyped), is("OFFLINE/CONFIGURATION_ERROR offline.pot-unknown"));
    }

    // New links and REFRESH

    private static final List<String> AMOUNTS = List.of("balance", "total-balance", "spend-today", "goal");

    /** Returns the states sent to a new link and after REFRESH. */
    private Map<String, ?> shownAgain(Thing thing) {
        fixture.callback(thing).forgetStates();
        for (String channel : AMOUNTS) {
            ChannelUID uid = new ChannelUID(thing.getUID(), channel);
            fixture.childNow(thing).channelLinked(uid);
            fixture.childNow(thing).handleCommand(uid, RefreshType.REFRESH);
        }
        return fixture.callback(thing).states();
    }

    @Test
    void sendsLastValuesToNewLinkDuringAnOutage() {
        connected();
        fixture.bank.faults().always(Endpoint.BALANCE, Fault.serverError()).always(Endpoint.POTS, Fault.serverError());
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(BindingFixture.status(account), is("OFFLINE/BRIDGE_OFFLINE offline.bridge-offline"));
        assertThat(shownAgain(account).get("balance"), hasToString("1234.56"));
        assertThat(shownAgain(pot).get("goal"), hasToString("1500.00"));
    }

    @Test
    void sendsNoValuesOfPreviousFirstAccountToNewLink() {
        Thing first = fixture.addAccount(bridge, null);
        fixture.addAccount(bridge, people.euro().id());
        connected();
        fixture.pass(Duration.ofSeconds(10));
        assertThat(shownAgain(first).get("balance"), hasToString("1234.56"));

        people.current().close();
        fixture.bank.faults().forAccount(people.joint().id(), Endpoint.BALANCE, Fault.serverError());
        bridge.connection().poller().refreshAll();
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(BindingFixture.status(first), is("OFFLINE/COMMUNICATION_ERROR offline.server-error"));
        assertThat(shownAgain(first).values(), everyItem(hasToString("UNDEF")));
    }

    @Test
    void sendsNoValuesOfMissingAccountOrPotToNewLink() {
        connected();
        people.holiday().delete();
        people.current().close();
        bridge.connection().poller().refreshAll();
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(BindingFixture.status(account), is("OFFLINE/GONE offline.account-closed"));
        assertThat(BindingFixture.status(pot), startsWith("OFFLINE/GONE"));
        assertThat(shownAgain(account).values(), everyItem(hasToString("UNDEF")));
        assertThat(shownAgain(pot).values(), everyItem(hasToString("UNDEF")));
    }

    private void enterBobsClient() {
        fixture.bank.addClient("oauth2client_bob", "mnzconf.bob");
        fixture.edit(bridge.getThing(), Map.of("clientId", "oauth2client_bob", "clientSecret", "mnzconf.bob"));
    }

    @Test
    void sendsNoValuesOfPreviousUserToNewLink() {
        connected();
        enterBobsClient();
        assertThat(shownAgain(account), is(anEmptyMap()));
        fixture.pass(Duration.ofMinutes(1));
        fixture.logIn(bridge, people.bob());
        fixture.pass(Duration.ofMinutes(5));
        assertThat(BindingFixture.status(bridge), is("OFFLINE/CONFIGURATION_PENDING offline.approval-needed"));
        assertThat(shownAgain(account), is(anEmptyMap()));

        fixture.bank.approve(people.bob());
        fixture.pass(Duration.ofSeconds(10));
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        assertThat(BindingFixture.status(account), is("UNKNOWN"));
        assertThat(shownAgain(account), is(anEmptyMap()));
        assertThat(shownAgain(pot), is(anEmptyMap()));

        fixture.pass(Duration.ofMinutes(3));
        assertThat(BindingFixture.status(account), is("OFFLINE/GONE offline.account-gone"));
        assertThat(BindingFixture.status(pot), is("OFFLINE/GONE offline.pot-gone"));
        assertThat(shownAgain(account).values(), everyItem(hasToString("UNDEF")));
    }

    @Test
    void discardsSnapshotOfPreviousUser() {
        connected();
        assertThat(bridge.snapshot().accounts(), is(not(empty())));
        enterBobsClient();
        assertThat(bridge.snapshot().accounts(), is(empty()));
        fixture.pass(Duration.ofMinutes(1));
        assertThat(BindingFixture.status(bridge), is("OFFLINE/CONFIGURATION_PENDING offline.login-needed"));
        assertThat(bridge.snapshot().accounts(), is(empty()));
    }

    @Test
    void ignoresSnapshotOfPreviousClient() throws Exception {
        connected();
        people.current().spend(100);
        CompletableFuture<Void> answer = new CompletableFuture<>();
        fixture.bank.faults().next(Endpoint.BALANCE, Fault.lateReply(answer));
        BackgroundTask refresh = BackgroundTask.run(() -> fixture.pass(BindingFixture.INTERVAL));
        assertThat(fixture.bank.awaitCount(Endpoint.BALANCE, 1, AWAIT_TIMEOUT), is(true));
        enterBobsClient();
        answer.complete(null);
        refresh.join();
        assertThat(bridge.snapshot().accounts(), is(empty()));
        assertThat(shownAgain(account), is(anEmptyMap()));
        assertThat(BindingFixture.status(bridge), is("OFFLINE/CONFIGURATION_PENDING offline.login-needed"));
    }

    @Test
    void discardsDataOfPreviousUserWhenEditedDuringAnUpdate() {
        connected();
        Hold hold = fixture.stateDescriptions.holdNext(account.getUID());
        BackgroundTask refresh = BackgroundTask.run(() -> fixture.pass(BindingFixture.INTERVAL));
        hold.awaitReached();
        BackgroundTask edit = BackgroundTask.run(this::enterBobsClient).awaitDoneOrBlocked();
        hold.release();
        edit.join();
        refresh.join();
        assertThat(shownAgain(account), is(anEmptyMap()));
        assertThat(shownAgain(pot), is(anEmptyMap()));
        assertThat(bridge.snapshot().accounts(), is(empty()));
    }

    // Edits during a refresh

    @Test
    void showsNothingOfPreviousPotWhenEditedDuringAnUpdate() {
        BankPot full = people.current().addPot("Full", 10_000L, 20_000); // goal reached before
        connected();
        fixture.pass(BindingFixture.INTERVAL);
        people.holiday().name("Renamed").balance(1);
        Hold hold = fixture.stateDescriptions.holdNext(pot.getUID());
        BackgroundTask refresh = BackgroundTask.run(() -> fixture.pass(BindingFixture.INTERVAL));
        hold.awaitReached();
        BackgroundTask edit = BackgroundTask.run(() -> fixture.edit(pot, Map.of("potId", full.id())))
                .awaitDoneOrBlocked();
        hold.release();
        edit.join();
        refresh.join();

        for (int refreshes = 0; refreshes < 2; refreshes++) {
            assertThat(BindingFixture.status(pot), is("ONLINE"));
            assertThat(fixture.state(pot, "balance"), is("200.00"));
            assertThat(fixture.state(pot, "goal"), is("100.00"));
            assertThat(fixture.state(pot, "goal-progress"), is("200.0 %"));
            assertThat(pot.getProperties(), hasEntry("potId", full.id()));
            assertThat(pot.getProperties(), hasEntry("name", "Full"));
            assertThat(fixture.callback(pot).triggers(), is(empty()));
            fixture.pass(BindingFixture.INTERVAL);
        }
    }

    @Test
    void showsNothingAfterDisposalDuringAnUpdate() {
        connected();
        people.current().balance(1);
        Hold hold = fixture.stateDescriptions.holdNext(account.getUID());
        BackgroundTask refresh = BackgroundTask.run(() -> fixture.pass(BindingFixture.INTERVAL));
        hold.awaitReached();
        BackgroundTask end = BackgroundTask.call(() -> {
                    fixture.end(account);
                    return fixture.callback(account).states();
                })
                .awaitDoneOrBlocked();
        hold.release();
        Object statesAtTheEnd = end.join();
        refresh.join();
        assertThat(fixture.callback(account).states(), is(statesAtTheEnd));
        assertThat("no pattern", fixture.pattern(account, "balance"), is(nullValue()));
    }

    // Outdated properties and patterns

    @Test
    void removesPropertiesOfPreviousAccountOrPot() {
        connected();
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(account.getProperties(), hasKey("owners"));
        fixture.edit(account, Map.of("accountId", "acc_mistyped"));
        fixture.edit(pot, Map.of("potId", "pot_mistyped"));
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(account.getProperties(), is(anEmptyMap()));
        assertThat(fixture.callback(account).storedProperties(), is(anEmptyMap()));
        assertThat(pot.getProperties(), is(anEmptyMap()));

        fixture.edit(pot, Map.of("potId", people.rainyDay().id()));
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(pot.getProperties(), hasEntry("name", "Rainy day"));
    }

    @Test
    void removesPatternOfPreviousCurrency() {
        fixture.end(pot);
        fixture.end(account);
        fixture.bank.faults().always(Endpoint.ACCOUNTS, accounts(false));
        Thing first = fixture.addAccount(bridge, null);
        connected();
        assertThat(fixture.pattern(first, "balance"), is("€%,.2f"));

        fixture.bank.faults().always(Endpoint.ACCOUNTS, accounts(true));
        fixture.bank.faults().always(Endpoint.BALANCE, Fault.json("{\"balance\":7700}"));
        bridge.connection().poller().refreshAll();
        fixture.pass(A_MOMENT);
        assertThat(fixture.state(first, "balance"), is("77.00"));
        assertThat(fixture.pattern(first, "balance"), is(nullValue()));
    }

    private Fault accounts(boolean closed) {
        return Fault.json(
                "{\"accounts\":[{\"id\":\"%s\",\"type\":\"eu_retail\",\"currency\":\"EUR\",\"closed\":%s},{\"id\":\"%s\"}]}"
                        .formatted(people.euro().id(), closed, people.current().id()));
    }

    // States of what no longer exists

    private static final List<String> ACCOUNT_STATES = List.of(
            "balance",
            "total-balance",
            "spend-today",
            "last-transaction-amount",
            "last-transaction-description",
            "last-transaction-category",
            "last-transaction-time",
            "last-transaction-location");
    private static final List<String> POT_STATES = List.of("balance", "goal", "goal-progress", "locked");

    private Map<String, String> states(Thing thing) {
        return fixture.callback(thing).states().entrySet().stream()
                .collect(toMap(Map.Entry::getKey, entry -> entry.getValue().toString()));
    }

    private static Map<String, String> undefined(List<String> channels) {
        return channels.stream().collect(toMap(channel -> channel, channel -> "UNDEF"));
    }

    /** Each is another way in which the account and the pot cease to exist. */
    private enum End {
        DELETED_AND_CLOSED,
        ACCOUNT_CLOSED,
        NO_LONGER_LISTED,
        EDITED_TO_UNKNOWN_ID
    }

    private void cease(End end) {
        switch (end) {
            case DELETED_AND_CLOSED -> {
                people.holiday().delete();
                people.current().close();
            }
            case ACCOUNT_CLOSED -> people.current().close();
            case NO_LONGER_LISTED -> listInThisOrder(people.joint(), people.euro());
            case EDITED_TO_UNKNOWN_ID -> {
                fixture.edit(account, Map.of("accountId", "acc_mistyped"));
                fixture.edit(pot, Map.of("potId", "pot_mistyped"));
            }
        }
        bridge.connection().poller().refreshAll();
        fixture.pass(BindingFixture.INTERVAL.multipliedBy(3));
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void undefinesAllStatesOfWhatNoLongerExists(End end) {
        fixture.edit(account, Map.of("transactions", true));
        people.current().spend(100);
        connected();
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(states(account).get("balance"), is("1233.56"));
        assertThat(states(pot).get("goal-progress"), is("98.3 %"));

        cease(end);
        assertThat(BindingFixture.status(account), startsWith("OFFLINE/"));
        assertThat(states(account), is(undefined(ACCOUNT_STATES)));
        assertThat(states(pot), is(undefined(POT_STATES)));

        fixture.callback(pot).forgetStates();
        fixture.pass(BindingFixture.INTERVAL);
        assertThat("only once", fixture.callback(pot).states(), is(anEmptyMap()));
    }

    @Test
    void undefinesStatesOfAnIdNeverSeen() {
        Thing mistyped = fixture.addPot(bridge, "pot_mistyped");
        connected();
        assertThat(BindingFixture.status(mistyped), is("OFFLINE/CONFIGURATION_ERROR offline.pot-unknown"));
        assertThat(states(mistyped), is(undefined(POT_STATES)));
    }

    @Test
    void undefinesStatesOfPreviousIdAtOnce() {
        connected();
        fixture.pass(BindingFixture.INTERVAL);
        fixture.bank.faults().always(Endpoint.ACCOUNTS, Fault.serverError());
        fixture.pass(Duration.ofHours(1));
        fixture.edit(pot, Map.of("potId", people.rainyDay().id()));
        assertThat(states(pot), is(undefined(POT_STATES)));
    }

    @Test
    void showsRestoredAccountAgain() {
        connected();
        fixture.bank.faults().always(Endpoint.ACCOUNTS, Fault.json("{\"accounts\":[]}"));
        bridge.connection().poller().refreshAll();
        fixture.pass(BindingFixture.INTERVAL.multipliedBy(3));
        assertThat(states(account).get("balance"), is("UNDEF"));

        fixture.bank.faults().clear();
        bridge.connection().poller().refreshAll();
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(states(account).get("balance"), is("1234.56"));
    }

    // The first account

    private void listInThisOrder(BankAccount... accounts) {
        String list = Stream.of(accounts)
                .map(account -> "{\"id\":\"%s\",\"type\":\"%s\",\"currency\":\"%s\",\"closed\":false}"
                        .formatted(account.id(), account.type(), account.currency()))
                .collect(joining(","));
        fixture.bank.faults().always(Endpoint.ACCOUNTS, Fault.json("{\"accounts\":[" + list + "]}"));
    }

    @Test
    void keepsFirstAccountAcrossARestart() {
        Thing first = fixture.addAccount(bridge, null);
        connected();
        fixture.pass(Duration.ofSeconds(10));
        assertThat(
                fixture.callback(first).storedProperties(),
                hasEntry("accountId", people.current().id()));
        listInThisOrder(people.joint(), people.current());
        fixture.restart(Duration.ofMinutes(1));
        fixture.pass(Duration.ofSeconds(10));
        assertThat(BindingFixture.status(first), is("ONLINE"));
        assertThat(fixture.state(first, "balance"), is("1234.56"));
    }

    @Test
    void choosesNextAccountAfterFirstWasClosedBeforeARestart() {
        Thing first = fixture.addAccount(bridge, null);
        connected();
        fixture.pass(Duration.ofSeconds(10));
        people.current().close();
        fixture.restart(Duration.ofMinutes(1));
        fixture.pass(Duration.ofSeconds(10));
        assertThat(BindingFixture.status(first), is("ONLINE"));
        assertThat(fixture.state(first, "balance"), is("987.00"));
        listInThisOrder(people.euro(), people.joint());
        fixture.restart(Duration.ofMinutes(1));
        fixture.pass(Duration.ofSeconds(10));
        assertThat(fixture.state(first, "balance"), is("987.00"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void usesFirstAccountAfterIdWasCleared(boolean whileDown) {
        Thing edited = fixture.addAccount(bridge, people.euro().id());
        connected();
        fixture.pass(Duration.ofSeconds(10));
        assertThat(fixture.state(edited, "balance"), is("205.15"));
        if (whileDown) {
            edited.getConfiguration().put("accountId", "");
            fixture.restart(Duration.ofMinutes(1));
        } else {
            fixture.edit(edited, Map.of("accountId", ""));
        }
        fixture.pass(Duration.ofSeconds(10));
        assertThat(fixture.state(edited, "balance"), is("1234.56"));
    }

    @Test
    void forgetsChosenAccountOnceAnIdIsEntered() {
        Thing edited = fixture.addAccount(bridge, null);
        connected();
        fixture.pass(Duration.ofSeconds(10));
        assertThat(fixture.state(edited, "balance"), is("1234.56"));
        fixture.edit(edited, Map.of("accountId", people.euro().id()));
        fixture.pass(Duration.ofSeconds(10));
        listInThisOrder(people.joint(), people.current(), people.euro());
        bridge.connection().poller().refreshAll();
        fixture.pass(A_MOMENT);
        fixture.edit(edited, Map.of("accountId", " "));
        fixture.restart(Duration.ofMinutes(1));
        fixture.pass(Duration.ofSeconds(10));
        assertThat(fixture.state(edited, "balance"), is("987.00"));
    }

    @Test
    void chosenAccountDoesNotProveAnotherId() {
        Thing edited = fixture.addAccount(bridge, null);
        connected();
        fixture.pass(Duration.ofSeconds(10));
        fixture.edit(edited, Map.of("accountId", "acc_mistyped"));
        fixture.pass(Duration.ofSeconds(10));
        assertThat(BindingFixture.status(edited), is("OFFLINE/CONFIGURATION_ERROR offline.account-unknown"));
    }
}
