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
package org.openhab.binding.monzo.internal.handler;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.fixture.BackgroundTask;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.fixture.Browser;
import org.openhab.binding.monzo.fixture.SingleLoginTestBase;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.core.thing.ChannelUID;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingStatus;
import org.openhab.core.types.RefreshType;
import org.openhab.core.types.UnDefType;

/**
 * Tests editing, removing and disposing things, also during tasks, and several things together.
 */
class ThingLifecycleTest extends SingleLoginTestBase {

    private static final String HANDLE = "monzo:bridge:alice";

    // Removal

    private void removeBridge() {
        fixture.end(account);
        fixture.end(pot);
        fixture.remove(fixture.bridgeNow("alice").getThing());
    }

    private void assertRemoved() {
        assertThat(bridge.getThing().getStatus(), is(ThingStatus.REMOVED));
        assertThat(fixture.core().stored(STORE), not(containsString(HANDLE)));
        assertThat(fixture.scheduler.waiting(), is(0));
    }

    @Test
    void removalLogsOutOnceAndDeletesTokens() {
        connected();
        assertThat(fixture.core().stored(STORE), containsString(HANDLE));
        removeBridge();
        assertRemoved();
        assertThat(fixture.bank.count(Endpoint.LOGOUT), is(1));
        assertThat(fixture.bank.currentAccessToken(alice).isPresent(), is(false));
        fixture.restart(Duration.ofMinutes(1));
        assertThat(fixture.core().stored(STORE), not(containsString(HANDLE)));
    }

    @ParameterizedTest
    @CsvSource({"PT1M", "PT9H"})
    void removalAfterARestartLogsOutAndDeletesTokens(Duration downtime) {
        connected();
        fixture.restart(downtime);
        removeBridge();
        assertRemoved();
        assertThat(fixture.bank.currentAccessToken(alice).isPresent(), is(false));
    }

    @Test
    void removalWorksDuringAnOutage() {
        connected();
        fixture.bank.stopListening();
        removeBridge();
        assertRemoved();
    }

    @Test
    void removalWorksWithoutALogin() {
        fixture.pass(Duration.ofSeconds(1));
        removeBridge();
        assertRemoved();
        assertThat(fixture.bank.requests(), is(empty()));
    }

    @Test
    void removalWorksWithIncompleteConfiguration() {
        connected();
        fixture.edit(bridge.getThing(), Map.of("clientSecret", ""));
        removeBridge();
        assertRemoved();
    }

    @Test
    void removalDuringARefreshDeletesTokens() throws Exception {
        people.current().withoutTotalBalance(); // otherwise the totals show that pots are unchanged
        connected();
        CompletableFuture<Void> answer = new CompletableFuture<>();
        fixture.bank.faults().next(Endpoint.POTS, Fault.lateReply(answer));
        BackgroundTask refresh = BackgroundTask.run(() -> fixture.pass(BindingFixture.INTERVAL));
        assertThat(fixture.bank.awaitCount(Endpoint.POTS, 1, AWAIT_TIMEOUT), is(true));
        removeBridge();
        answer.complete(null);
        refresh.join();
        assertRemoved();
    }

    // Edits

    @Test
    void editingTheIntervalKeepsTheLogin() {
        connected();
        fixture.edit(bridge.getThing(), Map.of("refreshInterval", 30));
        fixture.pass(Duration.ofSeconds(1));
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        fixture.bank.resetCounts();
        fixture.pass(Duration.ofMinutes(5));
        assertThat(fixture.bank.count(Endpoint.BALANCE), is(10));
        assertThat(fixture.bank.count(Endpoint.TOKEN) + fixture.bank.count(Endpoint.LOGOUT), is(0));
        assertThat(fixture.scheduler.waiting(), is(1));
    }

    @ParameterizedTest
    @CsvSource({"clientId, oauth2client_other", "clientSecret, mnzconf.other", "apiUrl, http://localhost:1"})
    void editingClientOrUrlRequiresNewLogin(String setting, String value) {
        connected();
        Object before = bridge.getThing().getConfiguration().get(setting);
        fixture.edit(bridge.getThing(), Map.of(setting, value));
        fixture.pass(Duration.ofMinutes(5));
        assertThat(BindingFixture.status(bridge), is("OFFLINE/CONFIGURATION_PENDING offline.login-needed"));
        assertThat(BindingFixture.status(account), is("OFFLINE/BRIDGE_OFFLINE offline.bridge-offline"));

        fixture.edit(bridge.getThing(), Map.of(setting, before));
        fixture.pass(Duration.ofMinutes(5));
        assertThat(BindingFixture.status(bridge), is("OFFLINE/CONFIGURATION_PENDING offline.login-needed"));
        assertThat(fixture.bank.requests(), is(empty()));
        connected();
    }

    @Test
    void loginUsesLatestConfiguration() {
        fixture.pass(Duration.ofSeconds(1));
        String authorize = fixture.url() + "/connectmonzo/authorize?bridge=" + HANDLE;
        assertThat(Browser.location(fixture.browser.get(authorize)), containsString(BindingFixture.CLIENT_ID));
        fixture.edit(bridge.getThing(), Map.of("clientId", "oauth2client_b", "authUrl", "https://b.example/"));
        assertThat(
                Browser.location(fixture.browser.get(authorize)),
                allOf(startsWith("https://b.example/?"), containsString("client_id=oauth2client_b&")));
    }

    @ParameterizedTest
    @CsvSource({
        "clientId, '', offline.client-id-missing",
        "clientId, '  ', offline.client-id-missing",
        "clientSecret, '', offline.client-secret-missing",
        "refreshInterval, 5, offline.refresh-interval-too-short",
        "apiUrl, '', offline.api-url-invalid",
        "apiUrl, http://api.monzo.com, offline.api-url-invalid",
        "apiUrl, 'https:// bad', offline.api-url-invalid",
        "apiUrl, 'https:', offline.api-url-invalid",
        "authUrl, ftp://auth.monzo.com, offline.auth-url-invalid",
        "callbackUrl, connectmonzo, offline.callback-url-invalid"
    })
    void reportsInvalidSetting(String setting, String value, String text) {
        connected();
        Object entered = "refreshInterval".equals(setting) ? Integer.valueOf(value) : value;
        fixture.edit(bridge.getThing(), Map.of(setting, entered));
        fixture.pass(Duration.ofHours(1));
        assertThat(BindingFixture.status(bridge), is("OFFLINE/CONFIGURATION_ERROR " + text));
        assertThat(fixture.bank.requests(), is(empty()));
        assertThat(fixture.scheduler.waiting(), is(0));
        assertThat(
                fixture.browser
                        .get(fixture.url() + "/connectmonzo/authorize?bridge=" + HANDLE)
                        .statusCode(),
                is(404));
    }

    // During tasks

    private enum Busy {
        REFRESH,
        RENEWAL,
        LOGIN
    }

    @ParameterizedTest
    @EnumSource(Busy.class)
    void disposalDuringATaskUpdatesNothingAndKeepsTokens(Busy task) throws Exception {
        connected();
        CompletableFuture<Void> answer = new CompletableFuture<>();
        Endpoint endpoint = task == Busy.REFRESH ? Endpoint.BALANCE : Endpoint.TOKEN;
        fixture.bank.faults().next(endpoint, Fault.lateReply(answer));
        if (task == Busy.RENEWAL) {
            fixture.clock.advance(Duration.ofHours(9));
        }
        BackgroundTask busy = task == Busy.LOGIN
                ? BackgroundTask.call(() -> fixture.logIn(bridge, alice))
                : BackgroundTask.run(() -> fixture.pass(BindingFixture.INTERVAL));
        assertThat(fixture.bank.awaitCount(endpoint, 1, AWAIT_TIMEOUT), is(true));

        people.current().spend(100);
        bridge.dispose();
        int statuses = fixture.callback(bridge.getThing()).statuses().size();
        var states = fixture.callback(account).states();
        answer.complete(null);
        busy.join();
        fixture.pass(Duration.ofHours(1));
        assertThat(fixture.callback(bridge.getThing()).statuses(), hasSize(statuses));
        assertThat(fixture.callback(account).states(), is(states));
        assertThat(fixture.callback(pot).triggers(), is(empty()));
        assertThat(fixture.scheduler.waiting(), is(0));

        fixture.bank.approve(alice);
        fixture.bank.resetCounts();
        bridge.initialize();
        fixture.pass(Duration.ofSeconds(1));
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        assertThat(fixture.bank.count(Endpoint.TOKEN), is(0));
        fixture.skip(Duration.ofHours(7));
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
    }

    @Test
    void acceptsLoginCompletedAfterReinitialization() throws Exception {
        fixture.pass(Duration.ofSeconds(1));
        CompletableFuture<Void> answer = new CompletableFuture<>();
        fixture.bank.faults().next(Endpoint.TOKEN, Fault.lateReply(answer));
        BackgroundTask login = BackgroundTask.call(() -> fixture.logIn(bridge, alice));
        assertThat(fixture.bank.awaitCount(Endpoint.TOKEN, 1, AWAIT_TIMEOUT), is(true));
        fixture.edit(bridge.getThing(), Map.of("refreshInterval", 30));
        answer.complete(null);
        login.join();
        fixture.bank.approve(alice);
        fixture.pass(Duration.ofSeconds(10));
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        assertThat(fixture.scheduler.waiting(), is(1));
    }

    @Test
    void rejectsLoginWithPreviousClient() throws Exception {
        fixture.pass(Duration.ofSeconds(1));
        CompletableFuture<Void> answer = new CompletableFuture<>();
        fixture.bank.faults().next(Endpoint.TOKEN, Fault.lateReply(answer));
        BackgroundTask login = BackgroundTask.call(() -> fixture.logIn(bridge, alice));
        assertThat(fixture.bank.awaitCount(Endpoint.TOKEN, 1, AWAIT_TIMEOUT), is(true));
        fixture.edit(bridge.getThing(), Map.of("clientId", "oauth2client_b"));
        answer.complete(null);
        login.join();
        fixture.bank.approve(alice);
        fixture.pass(Duration.ofMinutes(1));
        assertThat(BindingFixture.status(bridge), is("OFFLINE/CONFIGURATION_PENDING offline.login-needed"));
        assertThat(fixture.bank.currentAccessToken(alice).isPresent(), is(false));
    }

    // Bridges of things, several things

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void updatesThingWhoseBridgeIsSetLater(boolean online) {
        Thing late = fixture.addAccount(bridge, people.joint().id());
        fixture.move(late, null);
        assertThat(BindingFixture.status(late), is("OFFLINE/CONFIGURATION_ERROR offline.bridge-missing"));
        if (online) {
            connected();
        }
        fixture.move(late, bridge);
        if (!online) {
            connected();
        }
        fixture.pass(Duration.ofSeconds(2));
        assertThat(BindingFixture.status(late), is("ONLINE"));
        assertThat(fixture.state(late, "balance"), is("987.00"));
        people.joint().balance(45_678);
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(fixture.state(late, "balance"), is("456.78"));
    }

    @Test
    void updatesThingFromItsNewBridge() {
        connected();
        MonzoBridgeHandler bobs = fixture.addBridge("bob");
        fixture.connect(bobs, people.bob());
        Thing moved = fixture.addAccount(bridge, null);
        fixture.pass(Duration.ofSeconds(10));
        assertThat(fixture.state(moved, "balance"), is("1234.56"));

        fixture.move(moved, bobs);
        fixture.end(account);
        fixture.pass(Duration.ofSeconds(2));
        assertThat(fixture.state(moved, "balance"), is("987.00"));
        fixture.bank.resetCounts();
        fixture.pass(BindingFixture.INTERVAL.multipliedBy(2));
        assertThat(fixture.state(moved, "balance"), is("987.00"));
        assertThat("for Bob alone", fixture.bank.count(Endpoint.BALANCE), is(2));
    }

    @Test
    void showsNoOldAmountsOfReaddedThing() {
        connected();
        fixture.end(account);
        people.current().balance(77_700);
        fixture.pass(BindingFixture.INTERVAL);
        Thing again = fixture.addAccount(bridge, people.current().id());
        assertThat(fixture.state(again, "balance"), is(nullValue()));
        fixture.pass(Duration.ofSeconds(2));
        assertThat(fixture.state(again, "balance"), is("777.00"));
    }

    @Test
    void editedThingSendsNoValuesOfPreviousAccount() {
        connected();
        fixture.edit(account, Map.of("accountId", "acc_nobodys"));
        fixture.callback(account).forgetStates();
        fixture.childNow(account).handleCommand(new ChannelUID(account.getUID(), "balance"), RefreshType.REFRESH);
        fixture.childNow(account).channelLinked(new ChannelUID(account.getUID(), "total-balance"));
        fixture.pass(Duration.ofSeconds(2));
        assertThat(fixture.callback(account).states().values(), everyItem(is(UnDefType.UNDEF)));
        assertThat(BindingFixture.status(account), is("OFFLINE/CONFIGURATION_ERROR offline.account-unknown"));
    }

    @Test
    void errorOfOneAccountDoesNotAffectOthers() {
        Thing joint = fixture.addAccount(bridge, people.joint().id());
        connected();
        fixture.bank.faults().forAccount(people.current().id(), Endpoint.BALANCE, Fault.serverError());
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        assertThat(BindingFixture.status(account), is("OFFLINE/COMMUNICATION_ERROR offline.server-error"));
        assertThat(fixture.state(account, "balance"), is("1234.56"));
        assertThat(BindingFixture.status(joint), is("ONLINE"));
        assertThat(BindingFixture.status(pot), is("ONLINE"));

        fixture.bank.faults().always(Endpoint.BALANCE, Fault.serverError()).always(Endpoint.POTS, Fault.serverError());
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(BindingFixture.status(bridge), is("OFFLINE/COMMUNICATION_ERROR offline.server-error"));
        assertThat(BindingFixture.status(joint), is("OFFLINE/BRIDGE_OFFLINE offline.bridge-offline"));

        fixture.bank.faults().clear();
        fixture.pass(BindingFixture.INTERVAL.multipliedBy(2));
        assertThat(BindingFixture.status(account), is("ONLINE"));
        assertThat(BindingFixture.status(joint), is("ONLINE"));
    }

    @Test
    void supportsTwoUsersWithAJointAccount() {
        connected();
        MonzoBridgeHandler bobs = fixture.addBridge("bob");
        Thing alicesJoint = fixture.addAccount(bridge, people.joint().id());
        Thing bobsJoint = fixture.addAccount(bobs, people.joint().id());
        fixture.connect(bobs, people.bob());
        people.joint().balance(45_678);
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        assertThat(BindingFixture.status(bobs), is("ONLINE"));
        assertThat(fixture.state(alicesJoint, "balance"), is("456.78"));
        assertThat(fixture.state(bobsJoint, "balance"), is("456.78"));

        fixture.bank.evict(people.bob());
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(BindingFixture.status(bobs), is("OFFLINE/CONFIGURATION_ERROR offline.login-evicted"));
        assertThat(BindingFixture.status(bobsJoint), is("OFFLINE/BRIDGE_OFFLINE offline.bridge-offline"));
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        assertThat(BindingFixture.status(alicesJoint), is("ONLINE"));
    }
}
