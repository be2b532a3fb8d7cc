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
package org.openhab.binding.monzo.internal;

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
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.fixture.Browser;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.core.thing.ChannelUID;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingStatus;
import org.openhab.core.types.RefreshType;

/**
 * What openHAB does to things: edit, remove, stop them in the middle of something; and several of them side by side.
 */
class ThingLifeTest extends AliceTest {

    private static final String HANDLE = "monzo:bridge:alice";

    // Removal

    private void removeBridge() {
        house.end(account);
        house.end(pot);
        house.remove(house.bridgeNow("alice").getThing());
    }

    private void assertRemoved() {
        assertThat(bridge.getThing().getStatus(), is(ThingStatus.REMOVED));
        assertThat(house.core().stored(STORE), not(containsString(HANDLE)));
        assertThat(house.scheduler.waiting(), is(0));
    }

    @Test
    void removalLogsOutOnceAndLeavesNothing() {
        connected();
        assertThat(house.core().stored(STORE), containsString(HANDLE));
        removeBridge();
        assertRemoved();
        assertThat(house.bank.count(Endpoint.LOGOUT), is(1));
        assertThat(house.bank.currentAccessToken(alice).isPresent(), is(false));
        house.restart(Duration.ofMinutes(1));
        assertThat(house.core().stored(STORE), not(containsString(HANDLE)));
    }

    @ParameterizedTest
    @CsvSource({"PT1M", "PT9H"})
    void removalRightAfterARestartDoesSoToo(Duration downtime) {
        connected();
        house.restart(downtime);
        removeBridge();
        assertRemoved();
        assertThat(house.bank.currentAccessToken(alice).isPresent(), is(false));
    }

    @Test
    void removalWorksWhileTheBankIsDown() {
        connected();
        house.bank.stopListening();
        removeBridge();
        assertRemoved();
    }

    @Test
    void removalWorksWithoutALogin() {
        house.pass(Duration.ofSeconds(1));
        removeBridge();
        assertRemoved();
        assertThat(house.bank.requests(), is(empty()));
    }

    @Test
    void removalWorksWithAConfigurationThatIsNotComplete() {
        connected();
        house.edit(bridge.getThing(), Map.of("clientSecret", ""));
        removeBridge();
        assertRemoved();
    }

    @Test
    void removalDuringALookLeavesNothingEither() throws Exception {
        connected();
        CompletableFuture<Void> answer = new CompletableFuture<>();
        house.bank.faults().next(Endpoint.POTS, Fault.lateReply(answer));
        BackgroundTask look = BackgroundTask.run(() -> house.pass(BindingFixture.INTERVAL));
        assertThat(house.bank.awaitCount(Endpoint.POTS, 1, PATIENCE), is(true));
        removeBridge();
        answer.complete(null);
        look.join();
        assertRemoved();
    }

    // Edits

    @Test
    void anEditOfTheIntervalKeepsTheLogin() {
        connected();
        house.edit(bridge.getThing(), Map.of("refreshInterval", 30));
        house.pass(Duration.ofSeconds(1));
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        house.bank.resetCounts();
        house.pass(Duration.ofMinutes(5));
        assertThat(house.bank.count(Endpoint.BALANCE), is(10));
        assertThat(house.bank.count(Endpoint.TOKEN) + house.bank.count(Endpoint.LOGOUT), is(0));
        assertThat(house.scheduler.waiting(), is(1));
    }

    @ParameterizedTest
    @CsvSource({"clientId, oauth2client_other", "clientSecret, mnzconf.other", "apiUrl, http://localhost:1"})
    void anEditOfClientOrBankStartsClean(String setting, String value) {
        connected();
        Object before = bridge.getThing().getConfiguration().get(setting);
        house.edit(bridge.getThing(), Map.of(setting, value));
        house.pass(Duration.ofMinutes(5));
        assertThat(BindingFixture.status(bridge), is("OFFLINE/CONFIGURATION_PENDING offline.login-needed"));
        assertThat(BindingFixture.status(account), is("OFFLINE/BRIDGE_OFFLINE offline.bridge-offline"));

        house.edit(bridge.getThing(), Map.of(setting, before));
        house.pass(Duration.ofMinutes(5));
        assertThat(BindingFixture.status(bridge), is("OFFLINE/CONFIGURATION_PENDING offline.login-needed"));
        assertThat(house.bank.requests(), is(empty()));
        connected();
    }

    @Test
    void theLoginUsesWhatWasEnteredLast() {
        house.pass(Duration.ofSeconds(1));
        String authorize = house.url() + "/connectmonzo/authorize?bridge=" + HANDLE;
        assertThat(Browser.location(house.browser.get(authorize)), containsString(BindingFixture.CLIENT_ID));
        house.edit(bridge.getThing(), Map.of("clientId", "oauth2client_b", "authUrl", "https://b.example/"));
        assertThat(
                Browser.location(house.browser.get(authorize)),
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
    void whatWasEnteredWrongIsNamed(String setting, String value, String text) {
        connected();
        Object entered = "refreshInterval".equals(setting) ? Integer.valueOf(value) : value;
        house.edit(bridge.getThing(), Map.of(setting, entered));
        house.pass(Duration.ofHours(1));
        assertThat(BindingFixture.status(bridge), is("OFFLINE/CONFIGURATION_ERROR " + text));
        assertThat(house.bank.requests(), is(empty()));
        assertThat(house.scheduler.waiting(), is(0));
        assertThat(
                house.browser
                        .get(house.url() + "/connectmonzo/authorize?bridge=" + HANDLE)
                        .statusCode(),
                is(404));
    }

    // In the middle of something

    private enum Middle {
        LOOK,
        RENEWAL,
        LOGIN
    }

    @ParameterizedTest
    @EnumSource(Middle.class)
    void whoeverIsStoppedInTheMiddleSaysNothingMoreAndLosesNothing(Middle middle) throws Exception {
        connected();
        CompletableFuture<Void> answer = new CompletableFuture<>();
        Endpoint endpoint = middle == Middle.LOOK ? Endpoint.BALANCE : Endpoint.TOKEN;
        house.bank.faults().next(endpoint, Fault.lateReply(answer));
        if (middle == Middle.RENEWAL) {
            house.clock.advance(Duration.ofHours(9));
        }
        BackgroundTask busy = middle == Middle.LOGIN
                ? BackgroundTask.call(() -> house.logIn(bridge, alice))
                : BackgroundTask.run(() -> house.pass(BindingFixture.INTERVAL));
        assertThat(house.bank.awaitCount(endpoint, 1, PATIENCE), is(true));

        people.current().spend(100);
        bridge.dispose();
        int statuses = house.callback(bridge.getThing()).statuses().size();
        var states = house.callback(account).states();
        answer.complete(null);
        busy.join();
        house.pass(Duration.ofHours(1));
        assertThat(house.callback(bridge.getThing()).statuses(), hasSize(statuses));
        assertThat(house.callback(account).states(), is(states));
        assertThat(house.callback(pot).triggers(), is(empty()));
        assertThat(house.scheduler.waiting(), is(0));

        house.bank.approve(alice);
        house.bank.resetCounts();
        bridge.initialize();
        house.pass(Duration.ofSeconds(1));
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        assertThat(house.bank.count(Endpoint.TOKEN), is(0));
        house.pass(Duration.ofHours(7));
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
    }

    @Test
    void aLoginThatEndsInTheBridgesNextLifeIsTakenByIt() throws Exception {
        house.pass(Duration.ofSeconds(1));
        CompletableFuture<Void> answer = new CompletableFuture<>();
        house.bank.faults().next(Endpoint.TOKEN, Fault.lateReply(answer));
        BackgroundTask login = BackgroundTask.call(() -> house.logIn(bridge, alice));
        assertThat(house.bank.awaitCount(Endpoint.TOKEN, 1, PATIENCE), is(true));
        house.edit(bridge.getThing(), Map.of("refreshInterval", 30));
        answer.complete(null);
        login.join();
        house.bank.approve(alice);
        house.pass(Duration.ofSeconds(10));
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        assertThat(house.scheduler.waiting(), is(1));
    }

    @Test
    void aLoginWithAClientThatWasReplacedMeanwhileIsNotTaken() throws Exception {
        house.pass(Duration.ofSeconds(1));
        CompletableFuture<Void> answer = new CompletableFuture<>();
        house.bank.faults().next(Endpoint.TOKEN, Fault.lateReply(answer));
        BackgroundTask login = BackgroundTask.call(() -> house.logIn(bridge, alice));
        assertThat(house.bank.awaitCount(Endpoint.TOKEN, 1, PATIENCE), is(true));
        house.edit(bridge.getThing(), Map.of("clientId", "oauth2client_b"));
        answer.complete(null);
        login.join();
        house.bank.approve(alice);
        house.pass(Duration.ofMinutes(1));
        assertThat(BindingFixture.status(bridge), is("OFFLINE/CONFIGURATION_PENDING offline.login-needed"));
        assertThat(house.bank.currentAccessToken(alice).isPresent(), is(false));
    }

    // Side by side

    // Bridges of children

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aThingThatIsGivenItsBridgeLateIsShownToo(boolean online) {
        Thing late = house.addAccount(bridge, people.joint().id());
        house.move(late, null);
        assertThat(BindingFixture.status(late), is("OFFLINE/CONFIGURATION_ERROR offline.bridge-missing"));
        if (online) {
            connected();
        }
        house.move(late, bridge);
        if (!online) {
            connected();
        }
        house.pass(Duration.ofSeconds(2));
        assertThat(BindingFixture.status(late), is("ONLINE"));
        assertThat(house.state(late, "balance"), is("987.00"));
        people.joint().balance(45_678);
        house.pass(BindingFixture.INTERVAL);
        assertThat(house.state(late, "balance"), is("456.78"));
    }

    @Test
    void aThingThatIsGivenAnotherBridgeShowsWhatThatOneSees() {
        connected();
        MonzoBridgeHandler bobs = house.addBridge("bob");
        house.connect(bobs, people.bob());
        Thing moved = house.addAccount(bridge, null);
        house.pass(Duration.ofSeconds(10));
        assertThat(house.state(moved, "balance"), is("1234.56"));

        house.move(moved, bobs);
        house.end(account);
        house.pass(Duration.ofSeconds(2));
        assertThat(house.state(moved, "balance"), is("987.00"));
        house.bank.resetCounts();
        house.pass(BindingFixture.INTERVAL.multipliedBy(2));
        assertThat(house.state(moved, "balance"), is("987.00"));
        assertThat("for Bob alone", house.bank.count(Endpoint.BALANCE), is(2));
    }

    @Test
    void aThingThatComesBackShowsNoAmountOfBefore() {
        connected();
        house.end(account);
        people.current().balance(77_700);
        house.pass(BindingFixture.INTERVAL);
        Thing again = house.addAccount(bridge, people.current().id());
        assertThat(house.state(again, "balance"), is(nullValue()));
        house.pass(Duration.ofSeconds(2));
        assertThat(house.state(again, "balance"), is("777.00"));
    }

    @Test
    void anEditedThingAnswersWithNothingOfItsFormerAccount() {
        connected();
        house.edit(account, Map.of("accountId", "acc_nobodys"));
        house.callback(account).forgetStates();
        house.childNow(account).handleCommand(new ChannelUID(account.getUID(), "balance"), RefreshType.REFRESH);
        house.childNow(account).channelLinked(new ChannelUID(account.getUID(), "total-balance"));
        house.pass(Duration.ofSeconds(2));
        assertThat(house.callback(account).states().isEmpty(), is(true));
        assertThat(BindingFixture.status(account), is("OFFLINE/CONFIGURATION_ERROR offline.account-unknown"));
    }

    @Test
    void oneAccountsTroubleIsItsOwn() {
        Thing joint = house.addAccount(bridge, people.joint().id());
        connected();
        house.bank.faults().forAccount(people.current().id(), Endpoint.BALANCE, Fault.serverError());
        house.pass(BindingFixture.INTERVAL);
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        assertThat(BindingFixture.status(account), is("OFFLINE/COMMUNICATION_ERROR offline.server-error"));
        assertThat(house.state(account, "balance"), is("1234.56"));
        assertThat(BindingFixture.status(joint), is("ONLINE"));
        assertThat(BindingFixture.status(pot), is("ONLINE"));

        house.bank.faults().always(Endpoint.BALANCE, Fault.serverError()).always(Endpoint.POTS, Fault.serverError());
        house.pass(BindingFixture.INTERVAL);
        assertThat(BindingFixture.status(bridge), is("OFFLINE/COMMUNICATION_ERROR offline.server-error"));
        assertThat(BindingFixture.status(joint), is("OFFLINE/BRIDGE_OFFLINE offline.bridge-offline"));

        house.bank.faults().clear();
        house.pass(BindingFixture.INTERVAL.multipliedBy(2));
        assertThat(BindingFixture.status(account), is("ONLINE"));
        assertThat(BindingFixture.status(joint), is("ONLINE"));
    }

    @Test
    void twoPeopleWithAJointAccountHaveABridgeEach() {
        connected();
        MonzoBridgeHandler bobs = house.addBridge("bob");
        Thing alicesJoint = house.addAccount(bridge, people.joint().id());
        Thing bobsJoint = house.addAccount(bobs, people.joint().id());
        house.connect(bobs, people.bob());
        people.joint().balance(45_678);
        house.pass(BindingFixture.INTERVAL);
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        assertThat(BindingFixture.status(bobs), is("ONLINE"));
        assertThat(house.state(alicesJoint, "balance"), is("456.78"));
        assertThat(house.state(bobsJoint, "balance"), is("456.78"));

        house.bank.evict(people.bob());
        house.pass(BindingFixture.INTERVAL);
        assertThat(BindingFixture.status(bobs), is("OFFLINE/CONFIGURATION_ERROR offline.login-evicted"));
        assertThat(BindingFixture.status(bobsJoint), is("OFFLINE/BRIDGE_OFFLINE offline.bridge-offline"));
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        assertThat(BindingFixture.status(alicesJoint), is("ONLINE"));
    }
}
