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
package org.openhab.binding.monzo.internal.discovery;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.fixture.BackgroundTask;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.fixture.BindingFixtureTest;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.binding.monzo.simulator.BankAccount;
import org.openhab.binding.monzo.simulator.BankPot;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.core.config.discovery.DiscoveryListener;
import org.openhab.core.config.discovery.DiscoveryResult;
import org.openhab.core.config.discovery.DiscoveryService;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingTypeUID;
import org.openhab.core.thing.ThingUID;
import org.openhab.core.thing.binding.ThingHandlerService;
import org.openhab.core.thing.internal.BridgeImpl;

/**
 * Tests the results that discovery adds to openHAB's Inbox and removes from it.
 */
class DiscoveryTest extends BindingFixtureTest {

    private static final Duration A_MOMENT = Duration.ofSeconds(2);

    private MonzoBridgeHandler bridge;
    private MonzoDiscoveryService discovery;
    private Inbox inbox;

    @BeforeEach
    void addThings() {
        bridge = fixture.addBridge("alice");
        discovery = serviceOf(bridge);
        inbox = new Inbox(discovery);
        discovery.activate();
    }

    @AfterEach
    void stopDiscovery() {
        discovery.deactivate();
    }

    /** Records the results of a discovery service. */
    private static final class Inbox implements DiscoveryListener {
        final List<DiscoveryResult> added = new ArrayList<>();
        final List<ThingUID> removed = new ArrayList<>();

        Inbox(MonzoDiscoveryService service) {
            service.addDiscoveryListener(this);
        }

        @Override
        public void thingDiscovered(DiscoveryService source, DiscoveryResult result) {
            added.add(result);
        }

        @Override
        public void thingRemoved(DiscoveryService source, ThingUID thing) {
            removed.add(thing);
        }

        @Override
        public Collection<ThingUID> removeOlderResults(
                DiscoveryService source, long timestamp, Collection<ThingTypeUID> types, ThingUID bridge) {
            return List.of();
        }

        List<String> labels() {
            return added.stream().map(DiscoveryResult::getLabel).toList();
        }

        void forget() {
            added.clear();
            removed.clear();
        }
    }

    private static MonzoDiscoveryService serviceOf(MonzoBridgeHandler bridge) {
        MonzoDiscoveryService service = new MonzoDiscoveryService();
        service.setThingHandler(bridge);
        return service;
    }

    private static ThingUID potUid(BankPot pot) {
        return new ThingUID("monzo:pot:alice:" + pot.id());
    }

    private void scan() {
        discovery.startScan(null);
        fixture.pass(A_MOMENT);
        discovery.abortScan();
    }

    private void connect() {
        fixture.connect(bridge, people.alice());
    }

    @Test
    void discoversOpenAccountsAndPotsOnceAfterLogin() {
        connect();

        assertThat(
                inbox.labels(),
                containsInAnyOrder(
                        "Monzo Current Account, Alice Example",
                        "Monzo Joint Account, Alice Example, Bob Sample",
                        "Monzo Flex, Alice Example",
                        "Monzo Rewards, Alice Example",
                        "Monzo Current Account EUR, Alice Example",
                        "Monzo Account (uk_time_capsule), Alice Example",
                        "Monzo Pot Holiday 🏖",
                        "Monzo Pot House deposit",
                        "Monzo Pot Rainy day",
                        "Monzo Pot Bills"));
        assertThat(
                inbox.added,
                everyItem(hasProperty("bridgeUID", is(bridge.getThing().getUID()))));
    }

    @Test
    void removesResultsWhenTheUserChanges() {
        connect();
        List<ThingUID> found =
                inbox.added.stream().map(DiscoveryResult::getThingUID).toList();
        inbox.forget();
        fixture.edit(bridge.getThing(), Map.of("refreshInterval", 30));
        fixture.pass(A_MOMENT);
        assertThat("nothing for an edit that keeps the login", inbox.removed, is(empty()));

        fixture.bank.addClient("oauth2client_bob", "mnzconf.bob");
        fixture.edit(bridge.getThing(), Map.of("clientId", "oauth2client_bob", "clientSecret", "mnzconf.bob"));
        fixture.pass(A_MOMENT);
        assertThat(inbox.removed, containsInAnyOrder(found.toArray()));
        inbox.forget();
        fixture.connect(bridge, people.bob());
        assertThat(inbox.labels(), hasItem("Monzo Joint Account, Alice Example, Bob Sample"));
        assertThat(inbox.removed, is(empty()));
    }

    @Test
    void usesMonzosIdAsRepresentationProperty() {
        connect();

        DiscoveryResult account = result("Monzo Current Account, Alice Example");
        assertThat(
                account.getThingUID().toString(),
                is("monzo:account:alice:" + people.current().id()));
        assertThat(account.getRepresentationProperty(), is("accountId"));
        assertThat(account.getProperties().get("accountId"), is(people.current().id()));
        DiscoveryResult pot = result("Monzo Pot Rainy day");
        assertThat(pot.getThingUID(), is(potUid(people.rainyDay())));
        assertThat(pot.getRepresentationProperty(), is("potId"));
        assertThat(pot.getProperties().get("potId"), is(people.rainyDay().id()));
    }

    private DiscoveryResult result(String label) {
        return inbox.added.stream()
                .filter(result -> result.getLabel().equals(label))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void announcesResultsAgainOnlyForAScan() {
        fixture.addPot(bridge, people.holiday().id());
        connect();
        int all = inbox.added.size();
        inbox.forget();

        fixture.pass(Duration.ofHours(3));
        assertThat(inbox.added, is(empty()));
        scan();
        assertThat(inbox.added, hasSize(all));
        inbox.forget();
        fixture.pass(Duration.ofHours(3));
        assertThat(inbox.added, is(empty()));
        assertThat(inbox.removed, is(empty()));
    }

    @Test
    void addsNewAndRemovesMissingResults() {
        fixture.addPot(bridge, people.holiday().id());
        connect();
        inbox.forget();

        people.rainyDay().delete();
        people.current().addPot("Piano", null, 1);
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(inbox.labels(), contains("Monzo Pot Piano"));
        assertThat(inbox.removed, contains(potUid(people.rainyDay())));

        inbox.forget();
        people.joint().close();
        scan();
        assertThat(
                inbox.removed,
                containsInAnyOrder(
                        new ThingUID("monzo:account:alice:" + people.joint().id()),
                        potUid(people.joint().pots().get(0))));
    }

    private void leaveOutOnce(BankAccount account) {
        fixture.bank
                .faults()
                .next(Endpoint.ACCOUNTS, Fault.changedBody(list -> list.replace(account.id(), "acc_another")));
    }

    @Test
    void keepsResultsAfterOneIncompleteList() {
        connect();
        inbox.forget();
        leaveOutOnce(people.joint());
        bridge.connection().poller().refreshAll();
        fixture.pass(A_MOMENT);
        assertThat(inbox.removed, is(empty()));

        inbox.forget();
        fixture.pass(BindingFixture.INTERVAL.multipliedBy(2));
        assertThat(inbox.labels(), is(empty()));
        assertThat(inbox.removed, contains(new ThingUID("monzo:account:alice:acc_another")));
    }

    @Test
    void announcesRemovedThingAfterIncompleteList() {
        Thing joint = fixture.addAccount(bridge, people.joint().id());
        connect();
        inbox.forget();
        leaveOutOnce(people.joint());
        bridge.connection().poller().refreshAll();
        fixture.pass(A_MOMENT);
        fixture.end(joint);
        fixture.pass(BindingFixture.INTERVAL.multipliedBy(2));
        List<ThingUID> found =
                inbox.added.stream().map(DiscoveryResult::getThingUID).toList();
        assertThat(Collections.frequency(found, joint.getUID()), is(1));
    }

    @Test
    void removesResultsMissingFromTwoLists() {
        connect();
        inbox.forget();
        fixture.bank.faults().always(Endpoint.ACCOUNTS, Fault.json("{\"accounts\":[]}"));
        bridge.connection().poller().refreshAll();
        fixture.pass(A_MOMENT);
        assertThat(inbox.removed, is(empty()));
        fixture.pass(BindingFixture.INTERVAL.multipliedBy(2));
        assertThat(inbox.removed, hasSize(10));
    }

    /** The client of the bridge is changed while a snapshot is being announced. */
    @Test
    void announcesNothingOfThePreviousUser() {
        connect();
        inbox.forget();
        fixture.bank.addClient("oauth2client_bob", "mnzconf.bob");
        BackgroundTask refresh;
        synchronized (discovery) {
            refresh = BackgroundTask.run(() -> fixture.pass(BindingFixture.INTERVAL))
                    .awaitDoneOrBlocked();
            fixture.edit(bridge.getThing(), Map.of("clientId", "oauth2client_bob", "clientSecret", "mnzconf.bob"));
            fixture.scheduler.runDue();
            assertThat(inbox.removed, hasSize(10));
            inbox.forget();
        }
        refresh.join();
        assertThat(inbox.added, is(empty()));
    }

    /** Results of the next user are announced as new ones, not as those of removed things. */
    @Test
    void forgetsThingsOfThePreviousUser() {
        Thing joint = fixture.addAccount(bridge, people.joint().id());
        connect();
        fixture.pass(BindingFixture.INTERVAL);
        fixture.bank.addClient("oauth2client_bob", "mnzconf.bob");
        fixture.edit(bridge.getThing(), Map.of("clientId", "oauth2client_bob", "clientSecret", "mnzconf.bob"));
        fixture.pass(A_MOMENT);
        fixture.end(joint);
        inbox.forget();
        fixture.connect(bridge, people.bob());
        fixture.pass(BindingFixture.INTERVAL.multipliedBy(2));
        assertThat(Collections.frequency(inbox.labels(), "Monzo Joint Account, Alice Example, Bob Sample"), is(1));
    }

    @Test
    void removesResultsGoneDuringDowntimeAtStartup() {
        people.rainyDay().delete();
        connect();
        assertThat(inbox.removed, hasItem(potUid(people.rainyDay())));
    }

    /** openHAB would reset an edited thing to its discovered configuration. */
    @Test
    void announcesNothingForExistingThings() {
        fixture.addPot(bridge, people.holiday().id());
        connect();
        scan();
        people.holiday().name("Summer");
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(inbox.labels(), not(hasItem(containsString("Holiday"))));
        assertThat(inbox.labels(), not(hasItem(containsString("Summer"))));
        assertThat(inbox.labels(), hasItem("Monzo Pot Rainy day"));
        assertThat(inbox.removed, not(hasItem(potUid(people.holiday()))));
    }

    @Test
    void announcesRenamedPotUnderItsNewName() {
        fixture.addPot(bridge, people.holiday().id());
        connect();
        inbox.forget();

        people.rainyDay().name("Sunny day");
        fixture.pass(BindingFixture.INTERVAL.multipliedBy(3));
        assertThat(inbox.labels(), contains("Monzo Pot Sunny day"));
        assertThat(inbox.removed, is(empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"🏖🎄", "<script>alert(1)</script>", "@text/offline.login-needed", "{0} it's", "$1 \\", "%s"})
    void keepsSpecialCharactersInPotNames(String name) {
        people.holiday().name(name);
        connect();
        assertThat(inbox.labels(), hasItem("Monzo Pot " + name));
    }

    @Test
    void labelsPotWithoutName() {
        people.holiday().name(" ");
        connect();
        assertThat(inbox.labels(), hasItem("Monzo Pot"));
    }

    @Test
    void discoversOnlyByScanWithoutBackgroundDiscovery() {
        MonzoDiscoveryService quiet = new MonzoDiscoveryService() {
            @Override
            public boolean isBackgroundDiscoveryEnabled() {
                return false;
            }
        };
        discovery.deactivate();
        discovery = quiet;
        quiet.setThingHandler(bridge);
        inbox = new Inbox(quiet);
        quiet.activate();
        connect();
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(inbox.added, is(empty()));

        scan();
        assertThat(inbox.added, hasSize(10));
        inbox.forget();
        people.current().addPot("Piano", null, 1);
        fixture.pass(Duration.ofHours(2));
        assertThat(inbox.added, is(empty()));
    }

    @Test
    void scanDuringARefreshFindsAllResults() throws Exception {
        fixture.addAccount(bridge, people.current().id());
        connect();
        people.joint().addPot("Piano", null, 1);
        fixture.bank.resetCounts();
        CompletableFuture<Void> release = new CompletableFuture<>();
        fixture.bank.faults().next(Endpoint.BALANCE, Fault.lateReply(release));
        CompletableFuture<Void> time = CompletableFuture.runAsync(() -> fixture.pass(BindingFixture.INTERVAL));
        assertThat(fixture.bank.awaitCount(Endpoint.BALANCE, 1, Duration.ofSeconds(10)), is(true));
        discovery.startScan(null);
        release.complete(null);
        time.get(10, TimeUnit.SECONDS);

        fixture.pass(A_MOMENT);
        assertThat(inbox.labels(), hasItem("Monzo Pot Piano"));
    }

    @Test
    void scanWithoutLoginFindsNothing() {
        scan();
        assertThat(inbox.added, is(empty()));
        assertThat(fixture.bank.requests(), is(empty()));

        connect();
        assertThat(inbox.added, hasSize(10));
    }

    @Test
    void discoversResultsPerBridge() {
        MonzoBridgeHandler bobs = fixture.addBridge("bob");
        MonzoDiscoveryService his = serviceOf(bobs);
        Inbox hisInbox = new Inbox(his);
        his.initialize(); // called by the framework from openHAB 4.2 on
        fixture.connect(bobs, people.bob());
        connect();

        assertThat(
                hisInbox.labels(),
                containsInAnyOrder(
                        "Login of bob: Monzo Joint Account, Alice Example, Bob Sample",
                        "Login of bob: Monzo Current Account, Bob Sample",
                        "Login of bob: Monzo Pot Bills",
                        "Login of bob: Monzo Pot Guitar"));
        assertThat(
                hisInbox.added,
                everyItem(hasProperty("bridgeUID", is(bobs.getThing().getUID()))));
        assertThat(inbox.added, hasSize(10));
        his.dispose();
    }

    // Removed things

    @Test
    void announcesRemovedThingOnceWithTheNextSnapshot() {
        connect();
        Thing pot = fixture.addPot(bridge, people.holiday().id());
        fixture.pass(BindingFixture.INTERVAL);
        inbox.forget();

        fixture.end(pot);
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(inbox.labels(), contains("Monzo Pot Holiday 🏖"));
        fixture.pass(Duration.ofHours(2));
        assertThat(inbox.labels(), contains("Monzo Pot Holiday 🏖"));
    }

    @Test
    void announcesAThingAddedAndRemovedBetweenTwoSnapshots() {
        connect();
        fixture.pass(BindingFixture.INTERVAL);
        inbox.forget();

        fixture.end(fixture.addPot(bridge, people.holiday().id()));
        fixture.pass(BindingFixture.INTERVAL.multipliedBy(3));
        assertThat(inbox.labels(), contains("Monzo Pot Holiday 🏖"));
    }

    @Test
    void announcesAThingRemovedBeforeTheFirstSnapshotOnce() {
        Thing pot = fixture.addPot(bridge, people.holiday().id());
        connect();
        assertThat(inbox.labels(), not(hasItem(containsString("Holiday"))));

        fixture.end(pot);
        fixture.pass(BindingFixture.INTERVAL.multipliedBy(3));
        assertThat(Collections.frequency(inbox.labels(), "Monzo Pot Holiday 🏖"), is(1));
    }

    /** As in a text file, where users choose the IDs of things. */
    @Test
    void announcesAccountOfRemovedThingWithOtherUid() {
        Thing first = fixture.addAccount(bridge, null);
        connect();
        fixture.pass(BindingFixture.INTERVAL);
        inbox.forget();
        scan();
        assertThat(inbox.labels(), not(hasItem("Monzo Current Account, Alice Example")));

        inbox.forget();
        fixture.end(first);
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(inbox.labels(), contains("Monzo Current Account, Alice Example"));
    }

    // Things without an account ID

    private ThingUID currentUid() {
        return new ThingUID("monzo:account:alice:" + people.current().id());
    }

    /** As after a restart of the bundle, when openHAB has not initialized a thing of a text file yet. */
    @Test
    void doesNotOfferWhatAnUninitializedThingWillShow() {
        Thing first = fixture.addAccount(bridge, null);
        fixture.end(first);
        ((BridgeImpl) bridge.getThing()).addThing(first);
        connect();
        assertThat(first.getProperties(), is(anEmptyMap()));
        assertThat(inbox.labels(), not(hasItem("Monzo Current Account, Alice Example")));
        assertThat(inbox.labels(), hasItem("Monzo Joint Account, Alice Example, Bob Sample"));
    }

    @Test
    void removesResultOnceAThingShowsIt() {
        connect();
        assertThat(inbox.labels(), hasItem("Monzo Current Account, Alice Example"));
        inbox.forget();
        fixture.addAccount(bridge, null);
        assertThat(inbox.removed, contains(currentUid()));
        fixture.pass(BindingFixture.INTERVAL.multipliedBy(3));
        assertThat("once", inbox.removed, contains(currentUid()));
    }

    @Test
    void removesResultOfTheNextFirstAccount() {
        fixture.addAccount(bridge, null);
        connect();
        inbox.forget();
        people.current().close();
        bridge.connection().poller().refreshAll();
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(
                inbox.removed,
                hasItem(new ThingUID("monzo:account:alice:" + people.joint().id())));
    }

    /** openHAB keeps the Inbox while it is off. */
    @Test
    void removesResultLeftInTheInboxAtStartup() {
        fixture.addAccount(bridge, null);
        fixture.addPot(bridge, people.holiday().id());
        connect();
        assertThat(inbox.removed, hasItem(currentUid()));
        assertThat("removed by openHAB", inbox.removed, not(hasItem(potUid(people.holiday()))));
    }

    // Labels of several logins, and of pots with the same name

    @Test
    void appendsLoginToLabelsWithSeveralLogins() {
        connect();
        fixture.pass(BindingFixture.INTERVAL);
        inbox.forget();

        MonzoBridgeHandler bobs = fixture.addBridge("bob");
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(inbox.added, hasSize(10));
        assertThat(inbox.labels(), everyItem(startsWith("Login of alice: ")));
        assertThat(inbox.labels(), hasItem("Login of alice: Monzo Pot Bills"));
        inbox.forget();
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(inbox.added, is(empty()));

        fixture.end(bobs.getThing());
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(inbox.added, hasSize(10));
        assertThat(inbox.labels(), everyItem(not(containsString("Login of"))));
        assertThat(inbox.removed, is(empty()));
    }

    @Test
    void addsIdOfLoginWithDuplicateLabel() {
        fixture.addBridge("bob").getThing().setLabel("Login of alice");
        connect();
        assertThat(inbox.labels(), hasItem("Login of alice alice: Monzo Pot Bills"));
    }

    @Test
    void addsAccountToLabelsOfPotsWithTheSameName() {
        people.current().addPot("Bills", null, 1);
        people.euro().addPot("Piano", null, 1);
        people.euro().addPot(" ", null, 1);
        people.flex().addPot("", null, 1);
        connect();
        assertThat(
                inbox.labels(),
                hasItems(
                        "Monzo Pot Bills, Current Account",
                        "Monzo Pot Bills, Joint Account",
                        "Monzo Pot Piano",
                        "Monzo Pot, Current Account EUR",
                        "Monzo Pot, Flex",
                        "Monzo Pot Rainy day"));
    }

    @Test
    void discoversKnownSnapshotWhenActivatedLate() {
        connect();
        MonzoDiscoveryService late = serviceOf(bridge);
        Inbox its = new Inbox(late);
        late.initialize();
        assertThat(its.added, hasSize(10));
        late.dispose();
    }

    /** openHAB registers the service under each of its interfaces, which fails for interfaces of the binding. */
    @Test
    void implementsOnlyInterfacesThatOpenHabCanRegister() {
        assertThat(MonzoDiscoveryService.class.getInterfaces(), is(new Class<?>[] {ThingHandlerService.class}));
    }

    @Test
    void announcesNothingAfterDisposalDuringScan() {
        connect();
        inbox.forget();
        discovery.startScan(null);
        discovery.dispose();
        fixture.end(bridge.getThing());

        fixture.pass(A_MOMENT);
        assertThat(inbox.added, is(empty()));
        assertThat(fixture.scheduler.waiting(), is(0));
    }
}
