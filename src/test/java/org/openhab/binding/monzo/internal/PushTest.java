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

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.binding.monzo.internal.model.PushStatus.State;
import org.openhab.binding.monzo.simulator.BankAccount;
import org.openhab.binding.monzo.simulator.BankTransaction;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.core.thing.Thing;

/** Push with a public address that the user has entered. */
class PushTest extends PushFixtureTest {

    private MonzoBridgeHandler bridge;
    private BankAccount current;
    private Thing account;

    @BeforeEach
    void connect() {
        current = people.current();
        bridge = addBridge("alice");
        account = fixture.addAccount(bridge, current.id());
        fixture.connect(bridge, people.alice());
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        fixture.scheduler.runDue();
    }

    @Test
    void registersOneWebhookPerShownAccount() {
        assertThat(hook(current), matchesPattern(PUBLIC_URL + "/[\\w-]{43}"));
        assertThat(hookedAccounts(), is(java.util.Set.of(current.id())));
        assertThat(state(bridge), is(State.ON));
        assertThat(lastNotice(bridge), is(nullValue()));

        fixture.addPot(bridge, people.joint().pots().get(0).id());
        fixture.addAccount(bridge, null); // the first current account, which is shown already
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(hooks(people.joint()), is(hooks(current)));
        assertThat(
                hookedAccounts(),
                is(java.util.Set.of(current.id(), people.joint().id())));
    }

    @Test
    void refreshesAtOnceWhenANoticeComes() {
        String before = fixture.state(account, "balance");
        fixture.pass(Duration.ofSeconds(20));
        payWithNotice(current, 350);
        assertThat(fixture.state(account, "balance"), is(not(before)));
        assertThat(fixture.state(account, "balance"), is("1231.06"));
    }

    @Test
    void requestsNoWebhooksInAnOrdinaryRefresh() {
        fixture.bank.resetCounts();
        fixture.pass(Duration.ofHours(23));
        assertThat(fixture.bank.count(Endpoint.WEBHOOKS), is(0));
        fixture.pass(Duration.ofHours(1));
        assertThat(fixture.bank.count(Endpoint.WEBHOOKS), is(1));
    }

    @Test
    void refreshesLessOftenWhilePushWorks() {
        assertThat(refreshesIn(PUSH_INTERVAL), is(15));
        payWithNotice(current, 350);
        fixture.scheduler.runDue();
        assertThat(state(bridge), is(State.ON));
        assertThat(lastNotice(bridge), is(fixture.clock.instant()));
        assertThat(refreshesIn(PUSH_INTERVAL.multipliedBy(4)), is(4));
    }

    @Test
    void refreshesAtTheUsualIntervalOnceANoticeIsMissing() {
        payWithNotice(current, 350);
        refreshesIn(PUSH_INTERVAL);
        payWithoutNotice(current, 500);
        fixture.pass(PUSH_INTERVAL);
        fixture.scheduler.runDue();
        assertThat(fixture.state(account, "balance"), is("1226.06"));
        assertThat(state(bridge), is(State.NOT_GETTING_THROUGH));
        assertThat(refreshesIn(PUSH_INTERVAL), is(15));

        payWithNotice(current, 100);
        assertThat(state(bridge), is(State.ON));
        fixture.pass(Duration.ofSeconds(2));
        assertThat(refreshesIn(PUSH_INTERVAL.multipliedBy(2)), is(2));
    }

    @Test
    void keepsTheIntervalWhenABalanceChangesWithoutATransaction() {
        payWithNotice(current, 350);
        refreshesIn(PUSH_INTERVAL);
        current.balance(1_000);
        refreshesIn(PUSH_INTERVAL);
        assertThat(fixture.state(account, "balance"), is("10.00"));
        assertThat(state(bridge), is(State.ON));
        assertThat(refreshesIn(PUSH_INTERVAL), is(1));
    }

    @Test
    void distrustsNoticesOfUnknownTransactions() {
        fixture.bank.resetCounts();
        for (int i = 0; i < 50; i++) {
            post(localUrl(current), notice(current.id(), "tx_" + i));
            fixture.pass(Duration.ofSeconds(6));
        }
        assertThat(fixture.bank.count(Endpoint.TRANSACTION), is(6)); // one a minute
        assertThat(state(bridge), is(State.ON));
        assertThat(lastNotice(bridge), is(nullValue()));
        assertThat(refreshesIn(PUSH_INTERVAL), is(15));
    }

    @Test
    void distrustsNoticesOfTransactionsOfAnotherAccount() {
        BankTransaction other = people.joint().payments().pay(100, "Coffee Bar");
        post(localUrl(current), notice(current.id(), other.id()));
        fixture.scheduler.runDue();
        assertThat(fixture.bank.count(Endpoint.TRANSACTION), is(1));
        assertThat(lastNotice(bridge), is(nullValue()));
    }

    @Test
    void refreshesAtMostOnceInTwoSecondsHoweverManyNoticesCome() {
        fixture.pass(Duration.ofSeconds(30));
        fixture.bank.resetCounts();
        String url = localUrl(current);
        for (int i = 0; i < 600; i++) {
            assertThat(post(url, notice(current.id(), "tx_" + i)).statusCode(), is(200));
            fixture.pass(Duration.ofMillis(50));
        }
        assertThat(
                fixture.bank.count(Endpoint.BALANCE),
                is(both(greaterThanOrEqualTo(14)).and(lessThanOrEqualTo(16))));
        assertThat(fixture.bank.requests(), hasSize(lessThanOrEqualTo(17)));
    }

    @Test
    void refreshesOnceMoreForANoticeDuringTheInterval() {
        fixture.pass(Duration.ofSeconds(30));
        fixture.bank.resetCounts();
        payWithNotice(current, 100);
        payWithNotice(current, 200);
        assertThat(fixture.bank.count(Endpoint.BALANCE), is(1));
        fixture.pass(Duration.ofMillis(1999));
        assertThat(fixture.bank.count(Endpoint.BALANCE), is(1));
        fixture.pass(Duration.ofMillis(1));
        assertThat(fixture.bank.count(Endpoint.BALANCE), is(2));
        assertThat(fixture.state(account, "balance"), is("1231.56"));
    }

    @Test
    void keepsBackoffHoweverManyNoticesCome() {
        fixture.bank.faults().always(Endpoint.BALANCE, Fault.tooManyRequests("600"));
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(BindingFixture.status(bridge), startsWith("OFFLINE/COMMUNICATION_ERROR"));
        fixture.bank.resetCounts();
        String url = localUrl(current);
        for (int i = 0; i < 100; i++) {
            post(url, notice(current.id(), "tx_" + i));
            fixture.pass(Duration.ofSeconds(5));
        }
        assertThat(fixture.bank.requests(), is(empty()));
    }

    @Test
    void ignoresNoticesOfAccountsThatNoThingShows() {
        fixture.pass(Duration.ofSeconds(30));
        fixture.bank.resetCounts();
        for (BankAccount other : List.of(people.joint(), people.euro())) {
            assertThat(post(localUrl(current), notice(other.id(), "tx_1")).statusCode(), is(200));
        }
        fixture.pass(Duration.ofSeconds(5));
        assertThat(fixture.bank.requests(), is(empty()));
    }

    @Test
    void keepsTheSecretOverARestart() {
        String before = hook(current);
        fixture.restart(Duration.ofMinutes(1));
        fixture.scheduler.runDue();
        assertThat(hook(current), is(before));
        assertThat(fixture.bank.webhooks().all(), hasSize(1));
    }

    @Test
    void keepsTheSecretsOfTwoBridgesOverARestart() {
        MonzoBridgeHandler bobs = addBridge("bob");
        fixture.addAccount(bobs, people.joint().id());
        fixture.connect(bobs, people.bob());
        fixture.scheduler.runDue();
        List<String> before = List.of(hook(current), hook(people.joint()));
        fixture.addAccount(bridge, people.euro().id());
        fixture.pass(BindingFixture.INTERVAL);
        BackgroundTask.until(
                "it is written", () -> stored().contains(people.euro().id()));
        for (int i = 0; i < 2; i++) {
            fixture.restart(Duration.ofMinutes(1));
            fixture.pass(Duration.ofMinutes(1));
            assertThat(List.of(hook(current), hook(people.joint())), is(before));
        }
    }

    @Test
    void deletesDuplicatesAndOutdatedOnesAndNobodyElses() {
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
        current.payments().pay(100, "Coffee Bar"); // nobody is told
        fixture.pass(PUSH_INTERVAL);
        fixture.scheduler.runDue();
        assertThat(hooks(current), hasSize(1));
        fixture.scheduler.runDue();
        payWithNotice(current, 100);
        assertThat(state(bridge), is(State.ON));
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
        assertThat(state(bridge), is(State.OFF));
        fixture.bank.resetCounts();
        fixture.pass(Duration.ofHours(25));
        assertThat(fixture.bank.count(Endpoint.WEBHOOKS), is(0));
    }

    @Test
    void deletesTheWebhookOfAnAccountThatIsNoLongerShown() {
        Thing joint = fixture.addAccount(bridge, people.joint().id());
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(hooks(people.joint()), hasSize(1));
        fixture.remove(joint);
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(hooks(people.joint()), is(empty()));
        assertThat(hooks(current), hasSize(1));
    }

    @Test
    void deletesWebhooksAndSecretOfARemovedBridge() {
        String secret = hook(current).substring(PUBLIC_URL.length() + 1);
        String url = localUrl(current);
        assertThat(stored(), containsString(secret));
        fixture.remove(bridge.getThing());
        assertThat(fixture.bank.webhooks().all(), is(empty()));
        assertThat(fixture.bank.count(Endpoint.LOGOUT), is(1));
        assertThat(stored(), not(containsString(secret)));
        assertThat(post(url, "{}").statusCode(), is(404));
    }

    private String stored() {
        return fixture.core().stored("org.openhab.binding.monzo.webhooks");
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
        assertThat(state(bridge), is(State.ON));
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
    void ignoresItsOwnPaymentsFromBeforeTheWebhook() {
        MonzoBridgeHandler bobs = addBridge("bob");
        Thing joint = fixture.addAccount(bobs, people.joint().id());
        people.joint().payments().pay(700, "Grocer");
        fixture.connect(bobs, people.bob());
        fixture.pass(BindingFixture.INTERVAL.multipliedBy(3));
        assertThat(fixture.state(joint, "balance"), is("980.00"));
        assertThat(state(bobs), is(State.ON));
    }

    /** Bob's current account with its transactions, in steady state. */
    private MonzoBridgeHandler watchBobsAccount() {
        MonzoBridgeHandler bobs = addBridge("bob");
        fixture.addWatchedAccount(bobs, bobsAccount().id());
        fixture.connect(bobs, people.bob());
        fixture.pass(BindingFixture.INTERVAL.multipliedBy(2));
        assertThat(state(bobs), is(State.ON));
        assertThat(lastNotice(bobs), is(nullValue()));
        fixture.end(account);
        fixture.bank.resetCounts();
        return bobs;
    }

    private BankAccount bobsAccount() {
        return fixture.bank.accounts(people.bob()).stream()
                .filter(owned -> owned != people.joint())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void verifiesNoticesByTheTransactionsOfARefresh() {
        MonzoBridgeHandler bobs = watchBobsAccount();
        payWithNotice(bobsAccount(), 350);
        assertThat(lastNotice(bobs), is(notNullValue()));
        assertThat(fixture.bank.count(Endpoint.TRANSACTION), is(0));
        fixture.bank.resetCounts();
        fixture.pass(PUSH_INTERVAL.multipliedBy(4));
        assertThat(fixture.bank.count(Endpoint.TRANSACTIONS), is(4));
    }

    @Test
    void findsTransactionsWithoutNotice() {
        MonzoBridgeHandler bobs = watchBobsAccount();
        payWithNotice(bobsAccount(), 350);
        fixture.pass(PUSH_INTERVAL);
        fixture.bank.pushes().suspend(true);
        BankTransaction declined = bobsAccount().payments().decline(100_000, "Jeweller", "INSUFFICIENT_FUNDS");
        fixture.bank.pushes().suspend(false);
        fixture.bank.resetCounts();
        fixture.pass(PUSH_INTERVAL);
        assertThat(state(bobs), is(State.NOT_GETTING_THROUGH));
        fixture.bank.resetCounts();
        fixture.pass(PUSH_INTERVAL);
        assertThat(fixture.bank.count(Endpoint.TRANSACTIONS), is(15));

        // A late notice is a notice.
        post(localUrl(bobsAccount()), notice(bobsAccount().id(), declined.id()));
        assertThat(state(bobs), is(State.ON));
        fixture.pass(Duration.ofMinutes(1));
        fixture.bank.resetCounts();
        fixture.pass(PUSH_INTERVAL);
        assertThat(fixture.bank.count(Endpoint.TRANSACTIONS), is(1));
    }

    @Test
    void expectsTheNoticesOfPaymentsAtNearlyTheSameTime() {
        MonzoBridgeHandler bobs = watchBobsAccount();
        BankTransaction second = payWithoutNotice(bobsAccount(), 500);
        payWithNotice(bobsAccount(), 350);
        fixture.pass(Duration.ofSeconds(2));
        assertThat(state(bobs), is(State.ON));
        post(localUrl(bobsAccount()), notice(bobsAccount().id(), second.id()));
        fixture.pass(Duration.ofMinutes(2));
        assertThat(state(bobs), is(State.ON));

        payWithoutNotice(bobsAccount(), 500);
        payWithNotice(bobsAccount(), 350);
        fixture.pass(PUSH_INTERVAL);
        assertThat(state(bobs), is(State.NOT_GETTING_THROUGH));
    }

    @Test
    void looksAgainForATransactionThatIsListedAfterItsNotice() {
        MonzoBridgeHandler bobs = watchBobsAccount();
        Thing watched = bobs.getThing().getThings().get(0);
        payWithNotice(bobsAccount(), 350);
        fixture.pass(PUSH_INTERVAL);
        fixture.bank.faults().next(Endpoint.TRANSACTIONS, Fault.json("{\"transactions\":[]}"));
        BankTransaction late = payWithNotice(bobsAccount(), 500);
        fixture.pass(Duration.ofSeconds(2));
        assertThat(fixture.callback(watched).payloads(), hasSize(1));
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(fixture.callback(watched).payloads(), hasSize(2));
        assertThat(fixture.callback(watched).payloads().get(1), containsString(late.id()));
        assertThat(refreshesIn(PUSH_INTERVAL.multipliedBy(2)), is(2));
    }

    @Test
    void registersOneWebhookIfListsHaveNoIds() {
        fixture.bank.faults().always(Endpoint.WEBHOOKS, Fault.changedBody(body -> body.replace("\"id\"", "\"x\"")));
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

    @Test
    void findsThatNoticesAreMissingBehindForgedOnes() {
        payWithNotice(current, 350);
        fixture.pass(PUSH_INTERVAL);
        String url = localUrl(current);
        for (int i = 0; i < 4; i++) {
            payWithoutNotice(current, 100 + i);
            post(url, notice(current.id(), "tx_forged" + i));
            fixture.pass(Duration.ofMinutes(10));
        }
        assertThat(state(bridge), is(State.NOT_GETTING_THROUGH));
        assertThat(lastNotice(bridge), is(fixture.clock.instant().minus(Duration.ofMinutes(55))));
        assertThat(refreshesIn(PUSH_INTERVAL), is(15));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void takesARepeatedNoticeForNoProof(boolean watched) {
        if (watched) {
            fixture.edit(account, Map.of("transactions", true));
            fixture.pass(BindingFixture.INTERVAL.multipliedBy(2));
        }
        BankTransaction real = payWithNotice(current, 350);
        fixture.pass(PUSH_INTERVAL);
        payWithoutNotice(current, 100);
        fixture.pass(PUSH_INTERVAL);
        fixture.scheduler.runDue();
        assertThat(state(bridge), is(State.NOT_GETTING_THROUGH));

        for (int i = 0; i < 3; i++) {
            post(localUrl(current), notice(current.id(), real.id()));
            fixture.pass(Duration.ofMinutes(2));
            assertThat(state(bridge), is(State.NOT_GETTING_THROUGH));
        }
        payWithNotice(current, 200);
        fixture.pass(Duration.ofSeconds(2));
        assertThat(state(bridge), is(State.ON));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "[]",
                "{\"secret\":\"a\"}",
                "{\"secret\":{}}",
                "{\"secret\":null,\"urls\":5}",
                "{\"urls\":{\"acc_1\":null}}",
                "{\"urls\":{\"acc_1\":[null]}}"
            })
    void createsAnotherSecretIfTheStoredOneIsDamaged(String text) {
        damageStore(text);
        assertThat(hooks(current), hasItem(matchesPattern(PUBLIC_URL + "/[\\w-]{43}")));
    }

    @Test
    void createsAnotherSecretIfSomethingElseIsStored() {
        damageStore(5);
        assertThat(hooks(current), hasSize(2)); // nobody knows the former one any more
    }

    private void damageStore(Object value) {
        fixture.core()
                .storageService()
                .<Object>getStorage("org.openhab.binding.monzo.webhooks")
                .put(bridge.getThing().getUID().getAsString(), value);
        fixture.restart(Duration.ofMinutes(1));
        fixture.pass(Duration.ofMinutes(1));
        assertThat(BindingFixture.status(fixture.bridgeNow("alice")), is("ONLINE"));
    }

    @Test
    void neverShortensTheInterval() {
        fixture.edit(bridge.getThing(), Map.of("refreshInterval", 3600, "pushRefreshInterval", 900));
        fixture.scheduler.runDue();
        payWithNotice(current, 350);
        fixture.pass(Duration.ofSeconds(2));
        assertThat(refreshesIn(Duration.ofHours(2)), is(2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://home.example/x",
                "home.example",
                "https://home.example/x?a=b",
                "ftp://home.example",
                "https://"
            })
    void rejectsAnInvalidWebhookUrl(String url) {
        fixture.edit(bridge.getThing(), Map.of("webhookUrl", url));
        assertThat(BindingFixture.status(bridge), is("OFFLINE/CONFIGURATION_ERROR offline.webhook-url-invalid"));
    }

    @Test
    void rejectsATooShortPushInterval() {
        fixture.edit(bridge.getThing(), Map.of("pushRefreshInterval", 9));
        assertThat(
                BindingFixture.status(bridge),
                is("OFFLINE/CONFIGURATION_ERROR offline.push-refresh-interval-too-short"));
    }

    @Test
    void describesPushOnThePage() {
        assertThat(page(), containsString("Push: on; no notice yet"));
        payWithNotice(current, 350);
        fixture.zone = ZoneId.of("Asia/Tokyo");
        assertThat(page(), containsString("Push: on; last notice: 21 Nov 2026, 17:00:10"));
        fixture.pass(PUSH_INTERVAL);
        payWithoutNotice(current, 350);
        fixture.pass(PUSH_INTERVAL);
        fixture.scheduler.runDue();
        assertThat(page(), containsString("Push: not getting through"));
        fixture.edit(bridge.getThing(), Map.of("push", false));
        assertThat(page(), containsString("Push: off"));
        fixture.edit(bridge.getThing(), Map.of("push", true, "webhookUrl", ""));
        assertThat(page(), containsString("Push: waiting for openHAB&#39;s webhook service"));
    }

    private String page() {
        return fixture.browser
                .get(fixture.url() + "/connectmonzo", "Accept-Language", "en-GB")
                .body();
    }

    static String notice(String account, String transaction) {
        return "{\"type\":\"transaction.created\",\"data\":{\"account_id\":\"" + account + "\",\"id\":\"" + transaction
                + "\",\"amount\":-350}}";
    }

    private HttpResponse<String> post(String url, String body) {
        return fixture.browser.post(url, body);
    }
}
