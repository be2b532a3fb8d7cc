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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.fixture.BackgroundTask;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.core.config.discovery.DiscoveryResult;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingUID;
import org.openhab.core.thing.binding.ThingHandlerService;

/** Tests which accounts and pots are in the Inbox, after a login, a scan and each change at the bank. */
class DiscoveryResultsTest extends DiscoveryTestBase {

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
        assertThat(fixture.bank.awaitCount(Endpoint.BALANCE, 1, AWAIT_TIMEOUT), is(true));
        discovery.startScan(null);
        release.complete(null);
        time.get(AWAIT_TIMEOUT.toSeconds(), TimeUnit.SECONDS);

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
