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
package org.openhab.binding.monzo.internal.webhook;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.internal.BridgeImpl;

/** Tests which webhooks are registered and deleted at the bank. */
class PushWebhooksTest extends PublicUrlPushTestBase {

    /** For tests that take days. */
    private static final Map<String, Object> HOURLY = Map.of("refreshInterval", 3600);

    @Test
    void registersOneWebhookPerShownAccount() {
        assertThat(hook(current), matchesPattern(PUBLIC_URL + "/[\\w-]{43}"));
        assertThat(accountsWithWebhook(), is(java.util.Set.of(current.id())));
        assertThat(state(bridge), is(Push.Status.AWAITING_NOTICE));

        fixture.addPot(bridge, people.joint().pots().get(0).id());
        fixture.addAccount(bridge, null); // the first current account, which is shown already
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(hooks(people.joint()), is(hooks(current)));
        assertThat(
                accountsWithWebhook(),
                is(java.util.Set.of(current.id(), people.joint().id())));
    }

    @Test
    void requestsNoWebhooksInAnOrdinaryRefresh() {
        fixture.bank.resetCounts();
        fixture.pass(Duration.ofHours(23));
        assertThat(fixture.bank.count(Endpoint.WEBHOOKS), is(0));
        fixture.pass(Duration.ofHours(1));
        assertThat(fixture.bank.count(Endpoint.WEBHOOKS), is(1));
    }

    /** Monzo may list URLs in another form, or leave webhooks out. */
    @ParameterizedTest
    @ValueSource(strings = {"$1/\"", "$1?a=b\"", "https://HOME.example:443/x\"", ""})
    void registersNoWebhookTwiceHoweverMonzoListsIt(String listed) {
        fixture.bank
                .faults()
                .always(
                        Endpoint.WEBHOOKS,
                        Fault.changedBody(body -> listed.isEmpty()
                                ? body.replaceAll("\"webhooks\":\\[.*]", "\"webhooks\":[]")
                                : body.replaceAll("(https://home\\.example[^\"]*)\"", listed)));
        fixture.edit(bridge.getThing(), HOURLY);
        fixture.restart(Duration.ofMinutes(1));
        fixture.pass(Duration.ofDays(10));
        assertThat(hooks(current), hasSize(1));
        assertThat(hook(current), startsWith(PUBLIC_URL));
    }

    @Test
    void deletesDuplicatesAndOutdatedOnesOfItsOwnOnly() {
        String own = hook(current);
        String secret = own.substring(own.lastIndexOf('/'));
        fixture.bank.webhooks().register(current, BindingFixture.CLIENT_ID, own);
        fixture.bank.webhooks().register(current, BindingFixture.CLIENT_ID, "https://former.example/x" + secret);
        fixture.bank.webhooks().register(current, BindingFixture.CLIENT_ID, "https://another.example/hook");
        fixture.bank.webhooks().register(current, "oauth2client_of_another", own);
        fixture.pass(Duration.ofHours(24));
        assertThat(hooks(current), containsInAnyOrder(own, own, "https://another.example/hook"));
    }

    @Test
    void registersAgainWhatHasVanished() {
        payWithNotice(current, 100);
        fixture.bank.webhooks().delete(fixture.bank.webhooks().of(current).get(0));
        fixture.pass(PUSH_INTERVAL.multipliedBy(2));
        current.payments().pay(100, "Coffee Bar"); // without a webhook
        fixture.pass(PUSH_INTERVAL);
        fixture.pass(GRACE_PERIOD);
        assertThat(hooks(current), hasSize(1));
        fixture.scheduler.runDue();
        payWithNotice(current, 100);
        assertThat(state(bridge), is(Push.Status.ON));
    }

    @Test
    void replacesTheWebhookWhenTheAddressChanges() {
        String before = hook(current);
        fixture.edit(bridge.getThing(), Map.of("webhookUrl", "https://moved.example/"));
        fixture.scheduler.runDue();
        assertThat(hook(current), is("https://moved.example" + before.substring(PUBLIC_URL.length())));
    }

    @Test
    void deletesTheWebhooksWhenPushIsSwitchedOff() {
        fixture.edit(bridge.getThing(), Map.of("push", false));
        fixture.scheduler.runDue();
        assertThat(fixture.bank.webhooks().all(), is(empty()));
        assertThat(state(bridge), is(Push.Status.OFF));
        fixture.bank.resetCounts();
        fixture.pass(Duration.ofHours(25));
        assertThat(fixture.bank.count(Endpoint.WEBHOOKS), is(0));
    }

    @Test
    void deletesTheWebhooksOfAFormerClient() {
        fixture.bank.addClient("oauth2client_other", "mnzconf.other");
        String before = hook(current);
        fixture.edit(bridge.getThing(), Map.of("clientId", "", "clientSecret", "mnzconf.other"));
        fixture.pass(Duration.ofMinutes(1));
        fixture.edit(bridge.getThing(), Map.of("clientId", "oauth2client_other"));
        fixture.scheduler.runDue();
        assertThat(hooks(current), is(empty()));

        fixture.connect(bridge, people.alice());
        fixture.pass(Duration.ofMinutes(1));
        assertThat(hook(current), is(before));
    }

    @Test
    void sendsTheTokenOfAFormerClientToNoOtherBank() {
        fixture.bank.resetCounts();
        fixture.edit(
                bridge.getThing(),
                Map.of(
                        "clientId",
                        "oauth2client_other",
                        "apiUrl",
                        fixture.bank.url().replace("127.0.0.1", "localhost")));
        fixture.scheduler.runDue();
        assertThat(fixture.bank.requests(), is(empty()));
    }

    @Test
    void deletesTheWebhookOfAnAccountThatIsNoLongerShown() {
        Thing joint = fixture.addAccount(bridge, people.joint().id());
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(hooks(people.joint()), hasSize(1));
        fixture.remove(joint);
        fixture.pass(BindingFixture.INTERVAL.multipliedBy(2)); // a refresh may miss a thing that is still there
        assertThat(hooks(people.joint()), is(empty()));
        assertThat(hooks(current), hasSize(1));
    }

    /** The first refresh may be over before openHAB has created the handlers of the bridge's things. */
    @Test
    void keepsTheWebhooksOfThingsThatOpenHabInitializesLater() {
        fixture.end(account);
        fixture.restart(Duration.ofMinutes(1));
        fixture.bank.resetCounts();
        fixture.pass(Duration.ofSeconds(1));
        fixture.enable(account);
        fixture.pass(BindingFixture.INTERVAL.multipliedBy(3));
        assertThat(fixture.bank.count(Endpoint.WEBHOOK), is(0)); // none was deleted
        assertThat(hooks(current), hasSize(1));
    }

    /** While openHAB updates a thing, the bridge has one thing less. */
    @Test
    void keepsTheWebhookOfAThingThatARefreshMisses() {
        Thing joint = fixture.addAccount(bridge, people.joint().id());
        fixture.pass(PUSH_INTERVAL);
        fixture.bank.resetCounts();
        BridgeImpl things = (BridgeImpl) bridge.getThing();
        things.removeThing(joint);
        bridge.connection().poller().refreshAll();
        fixture.pass(Duration.ofSeconds(1));
        things.addThing(joint);
        fixture.pass(PUSH_INTERVAL.multipliedBy(2));
        assertThat(fixture.bank.count(Endpoint.WEBHOOK), is(0));
        assertThat(hooks(people.joint()), hasSize(1));
    }

    /** Otherwise its sum would be as old as the extended interval allows. */
    @Test
    void registersTheWebhookOfAnAccountWithABudget() {
        Thing budget = fixture.addBudget(
                bridge, "budget", Map.of("accountIds", people.joint().id()));
        fixture.pass(PUSH_INTERVAL);
        assertThat(hooks(people.joint()), hasSize(1));
        payWithNotice(people.joint(), 300);
        fixture.pass(PUSH_INTERVAL);
        payWithNotice(people.joint(), 200);
        fixture.pass(Duration.ofSeconds(3));
        assertThat(fixture.state(budget, "spent"), is("5.00"));
    }

    @Test
    void removesABridgeWhoseBankDoesNotRespond() {
        fixture.bank.resetCounts();
        fixture.bank.faults().always(Endpoint.WEBHOOKS, Fault.hang());
        fixture.remove(bridge.getThing());
        assertThat(fixture.bank.count(Endpoint.WEBHOOKS), is(1));
        assertThat(fixture.bank.count(Endpoint.LOGOUT), is(1));
        assertThat(bridge.getThing().getStatus().name(), is("REMOVED"));
    }

    @Test
    void pushesOtherAccountsWhenMonzoForbidsOne() {
        people.joint().forbid(Endpoint.WEBHOOKS);
        fixture.addAccount(bridge, people.joint().id());
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(hooks(current), hasSize(1));
        payWithNotice(current, 350);
        assertThat(fixture.state(account, "balance"), is("1231.06"));
        assertThat(state(bridge), is(Push.Status.ON));
        // The forbidden one is refreshed as often as without push.
        fixture.bank.resetCounts();
        fixture.pass(PUSH_INTERVAL);
        assertThat(fixture.bank.count(Endpoint.BALANCE), is(greaterThanOrEqualTo(28)));
        assertThat(fixture.bank.count(Endpoint.WEBHOOKS), is(0));
    }

    @Test
    void givesTwoLoginsOfAJointAccountAWebhookEach() {
        MonzoBridgeHandler bobs = addBridge("bob");
        fixture.connect(bobs, people.bob());
        Thing ofBob = fixture.addAccount(bobs, people.joint().id());
        Thing ofAlice = fixture.addAccount(bridge, people.joint().id());
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(new java.util.HashSet<>(hooks(people.joint())), hasSize(2));

        int before = fixture.bank.pushes().attempts().size();
        people.joint().payments().pay(700, "Grocer");
        awaitNotices(before + 2);
        fixture.pass(Duration.ofSeconds(2));
        assertThat(fixture.state(ofBob, "balance"), is("980.00"));
        assertThat(fixture.state(ofAlice, "balance"), is("980.00"));

        fixture.remove(bobs.getThing());
        assertThat(hooks(people.joint()), is(hooks(current)));
    }

    @Test
    void registersOneWebhookIfListsHaveNoIds() {
        fixture.bank.faults().always(Endpoint.WEBHOOKS, Fault.changedBody(body -> body.replace("\"id\"", "\"x\"")));
        fixture.edit(bridge.getThing(), HOURLY);
        fixture.restart(Duration.ofMinutes(1));
        fixture.pass(Duration.ofDays(2));
        assertThat(hooks(current), hasSize(1));

        fixture.edit(fixture.bridgeNow("alice").getThing(), Map.of("webhookUrl", "https://moved.example/x"));
        fixture.pass(Duration.ofDays(2));
        assertThat(hooks(current), hasSize(2)); // the former one cannot be deleted

        fixture.bank.faults().clear();
        fixture.pass(Duration.ofDays(1));
        assertThat(hooks(current), contains(startsWith("https://moved.example/x/")));
    }

    @Test
    void leavesTheWebhooksOfAnotherOpenHabAlone() {
        String another = PUBLIC_URL + "/" + "x".repeat(43);
        fixture.bank.webhooks().register(current, BindingFixture.CLIENT_ID, another);
        fixture.pass(Duration.ofHours(25));
        fixture.edit(bridge.getThing(), Map.of("push", false));
        fixture.scheduler.runDue();
        assertThat(hooks(current), contains(another));
    }
}
