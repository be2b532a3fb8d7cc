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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.fixture.BackgroundTask;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.fixture.Hold;
import org.openhab.binding.monzo.simulator.BankPot;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.core.thing.ChannelUID;
import org.openhab.core.thing.Thing;
import org.openhab.core.types.RefreshType;

/** Tests that no value of a previous account, pot or user is shown, by links, edits and properties. */
class PreviousValuesTest extends StaleValuesTestBase {

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
}
