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

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.fixture.BackgroundTask;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.fixture.RuleCalls;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.binding.monzo.internal.model.PushStatus;
import org.openhab.binding.monzo.simulator.BankAccount;
import org.openhab.binding.monzo.simulator.BankTransaction;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.core.thing.Thing;

/** Push with a public address that the user has entered. */
class PushTest extends PushFixtureTest {

    /** For tests that take days. */
    private static final Map<String, Object> HOURLY = Map.of("refreshInterval", 3600);

    private static final Duration GRACE_PERIOD = Duration.ofMinutes(1);
    private static final Duration REPORTING_DELAY = Duration.ofMinutes(5);

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
        assertThat(accountsWithWebhook(), is(java.util.Set.of(current.id())));
        assertThat(state(bridge), is(PushStatus.AWAITING_NOTICE));

        fixture.addPot(bridge, people.joint().pots().get(0).id());
        fixture.addAccount(bridge, null); // the first current account, which is shown already
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(hooks(people.joint()), is(hooks(current)));
        assertThat(
                accountsWithWebhook(),
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
        assertThat(state(bridge), is(PushStatus.ON));
        assertThat(refreshesIn(PUSH_INTERVAL.multipliedBy(4)), is(4));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void refreshesAtTheUsualIntervalOnceANoticeIsMissing(boolean watched) {
        watch(watched);
        payWithNotice(current, 350);
        refreshesIn(PUSH_INTERVAL);
        payWithoutNotice(current, 500);
        fixture.pass(PUSH_INTERVAL);
        assertThat(fixture.state(account, "balance"), is("1226.06"));
        assertThat("the notice may be on its way", state(bridge), is(PushStatus.ON));
        fixture.pass(GRACE_PERIOD);
        assertThat(state(bridge), is(PushStatus.NOT_RECEIVING));
        assertThat(refreshesIn(PUSH_INTERVAL), is(15));

        payWithNotice(current, 100);
        fixture.pass(Duration.ofSeconds(2));
        assertThat(state(bridge), is(PushStatus.ON));
        assertThat(refreshesIn(PUSH_INTERVAL.multipliedBy(2)), is(2));
    }

    private void watch(boolean transactions) {
        if (transactions) {
            fixture.edit(account, Map.of("transactions", true));
            fixture.pass(BindingFixture.INTERVAL.multipliedBy(2));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void acceptsALateNotice(boolean watched) {
        watch(watched);
        payWithoutNotice(current, 350);
        fixture.pass(BindingFixture.INTERVAL);
        fixture.pass(GRACE_PERIOD);
        assertThat(state(bridge), is(PushStatus.NOT_RECEIVING));
        post(localUrl(current), notice(current.id(), "tx_late"));
        assertThat(state(bridge), is(PushStatus.ON));
        fixture.pass(REPORTING_DELAY.plus(BindingFixture.INTERVAL));
        assertThat(refreshesIn(PUSH_INTERVAL), is(1));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void needsNoNoticeOfMoneyMovedWithPots(boolean watched) {
        watch(watched);
        payWithNotice(current, 350);
        fixture.bank.pushes().suspend(true);
        for (int i = 0; i < 8; i++) {
            fixture.pass(PUSH_INTERVAL);
            people.holiday().deposit(5_000);
            fixture.pass(PUSH_INTERVAL);
            people.holiday().withdraw(4_000);
        }
        fixture.pass(PUSH_INTERVAL);
        assertThat(fixture.state(account, "balance"), is("1151.06"));
        assertThat(state(bridge), is(PushStatus.ON));
        assertThat(refreshesIn(PUSH_INTERVAL), is(1));
    }

    /** As without the sum of the balance and the pots, or while that sum is wrong for a moment. */
    @Test
    void needsNoNoticeOfItsOwnTransfers() {
        current.withoutTotalBalance();
        fixture.edit(bridge.getThing(), Map.of("allowTransfers", true));
        Thing pot = fixture.addPot(bridge, people.holiday().id());
        fixture.pass(BindingFixture.INTERVAL.multipliedBy(2));
        payWithNotice(current, 350);
        fixture.pass(PUSH_INTERVAL);
        fixture.bank.pushes().suspend(true);
        assertThat(new RuleCalls(fixture).deposit(pot, 10).outcome(), is("DONE"));
        fixture.pass(GRACE_PERIOD.multipliedBy(2));
        assertThat(fixture.state(account, "balance"), is("1221.06"));
        assertThat(state(bridge), is(PushStatus.ON));
        assertThat(refreshesIn(PUSH_INTERVAL), is(1));
    }

    @Test
    void judgesByTheLastChangeOfAnyAccount() {
        fixture.addAccount(bridge, people.joint().id());
        fixture.pass(BindingFixture.INTERVAL.multipliedBy(2));
        payWithNotice(current, 350);
        payWithoutNotice(people.joint(), 100); // interest, for example
        fixture.pass(PUSH_INTERVAL);
        fixture.pass(GRACE_PERIOD);
        assertThat(state(bridge), is(PushStatus.NOT_RECEIVING));
        payWithNotice(current, 350);
        assertThat(state(bridge), is(PushStatus.ON));
    }

    @Test
    void findsADeclinedPaymentWithoutNotice() {
        watch(true);
        payWithNotice(current, 350);
        fixture.pass(PUSH_INTERVAL);
        fixture.bank.pushes().suspend(true);
        current.payments().decline(100_000, "Jeweller", "INSUFFICIENT_FUNDS");
        fixture.pass(PUSH_INTERVAL);
        fixture.pass(GRACE_PERIOD);
        assertThat(state(bridge), is(PushStatus.NOT_RECEIVING));
    }

    @Test
    void acceptsOneNoticeOfTwoPaymentsAtNearlyTheSameTime() {
        watch(true);
        payWithNotice(current, 350);
        fixture.pass(PUSH_INTERVAL);
        payWithoutNotice(current, 500);
        payWithNotice(current, 350);
        fixture.pass(PUSH_INTERVAL);
        assertThat(state(bridge), is(PushStatus.ON));
    }

    @Test
    void refreshesAtTheUsualIntervalUntilTheChangeOfANoticeIsReported() {
        watch(true);
        payWithNotice(current, 350);
        fixture.pass(PUSH_INTERVAL);
        fixture.bank.faults().next(Endpoint.TRANSACTIONS, Fault.json("{\"transactions\":[]}"));
        BankTransaction late = payWithNotice(current, 500);
        fixture.pass(Duration.ofSeconds(2));
        assertThat(fixture.callback(account).payloads(), hasSize(1));
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(fixture.callback(account).payloads(), hasSize(2));
        assertThat(fixture.callback(account).payloads().get(1), containsString(late.id()));
        assertThat(refreshesIn(PUSH_INTERVAL.multipliedBy(2)), is(2));

        post(localUrl(current), notice(current.id(), "tx_never"));
        assertThat(
                refreshesIn(PUSH_INTERVAL.multipliedBy(2)),
                is(both(greaterThan(5)).and(lessThan(9))));
    }

    @Test
    void changesTheIntervalAtMostOnceInTenMinutes() {
        List<Boolean> extended = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            payWithNotice(current, 100);
            extended.add(isIntervalExtended());
            payWithoutNotice(current, 100);
            bridge.connection().poller().refreshAllNow();
            fixture.pass(GRACE_PERIOD.multipliedBy(2));
            extended.add(isIntervalExtended());
        }
        long changes = IntStream.range(1, extended.size())
                .filter(i -> !extended.get(i).equals(extended.get(i - 1)))
                .count();
        assertThat(changes, is(both(greaterThan(2L)).and(lessThanOrEqualTo(12L))));
    }

    private boolean isIntervalExtended() {
        bridge.connection().poller().refreshAllNow();
        fixture.scheduler.runDue();
        return bridge.connection().poller().untilNextRefresh().compareTo(BindingFixture.INTERVAL) > 0;
    }

    @Test
    void beginsAnewAfterARestart() {
        payWithNotice(current, 350);
        fixture.restart(Duration.ofMinutes(1));
        deliverNotices();
        fixture.pass(Duration.ofSeconds(10));
        assertThat(state(fixture.bridgeNow("alice")), is(PushStatus.AWAITING_NOTICE));
        assertThat(refreshesIn(PUSH_INTERVAL), is(15));
        payWithNotice(current, 350);
        assertThat(refreshesIn(PUSH_INTERVAL), is(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void survivesAClockSetWrong(int days) {
        payWithNotice(current, 350);
        fixture.clock.advance(Duration.ofDays(days));
        bridge.connection().poller().refreshAllNow();
        fixture.pass(Duration.ofSeconds(10));
        assertThat(refreshesIn(PUSH_INTERVAL), is(1));
        payWithoutNotice(current, 350);
        fixture.pass(PUSH_INTERVAL);
        fixture.pass(GRACE_PERIOD);
        assertThat(state(bridge), is(PushStatus.NOT_RECEIVING));
        assertThat(refreshesIn(PUSH_INTERVAL), is(15));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void needsNoNoticeFromBeforeTheWebhook(boolean watched) {
        MonzoBridgeHandler bobs = addBridge("bob");
        Thing joint = fixture.addAccount(
                bobs, "joint", Map.of("accountId", people.joint().id(), "transactions", watched));
        people.joint().payments().pay(700, "Grocer");
        fixture.connect(bobs, people.bob());
        fixture.pass(BindingFixture.INTERVAL.multipliedBy(3));
        assertThat(fixture.state(joint, "balance"), is("980.00"));
        assertThat(state(bobs), is(PushStatus.AWAITING_NOTICE));
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
        assertThat(state(bridge), is(PushStatus.ON));
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
        assertThat(state(bridge), is(PushStatus.OFF));
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
        assertThat(state(bridge), is(PushStatus.ON));
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

    private BankAccount bobsAccount() {
        return fixture.bank.accounts(people.bob()).stream()
                .filter(owned -> owned != people.joint())
                .findFirst()
                .orElseThrow();
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "[]",
                "{\"secret\":\"a\"}",
                "{\"secret\":{}}",
                "{\"secret\":null,\"webhooks\":5}",
                "{\"webhooks\":{\"acc_1\":null}}",
                "{\"webhooks\":{\"acc_1\":[null]}}",
                "{\"webhooks\":{\"acc_1\":{\"https://x\":{}}}}"
            })
    void createsAnotherSecretIfTheStoredOneIsDamaged(String text) {
        damageStore(text);
        assertThat(hooks(current), hasItem(matchesPattern(PUBLIC_URL + "/[\\w-]{43}")));
    }

    @Test
    void createsAnotherSecretIfSomethingElseIsStored() {
        damageStore(5);
        assertThat(hooks(current), hasSize(2)); // the former one is unknown
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
    void describesPushOnThePage() {
        assertThat(page(), containsString("Push: set up; on as soon as a notice arrives"));
        payWithNotice(current, 350);
        assertThat(page(), containsString("Push: on<"));
        fixture.pass(PUSH_INTERVAL);
        payWithoutNotice(current, 350);
        fixture.pass(PUSH_INTERVAL);
        fixture.pass(GRACE_PERIOD);
        assertThat(page(), containsString("Push: not receiving notices"));
        assertThat(page(), containsString("Notifications &amp; Remote Access"));
        fixture.edit(bridge.getThing(), Map.of("push", false));
        assertThat(page(), not(containsString("Push")));
        fixture.edit(bridge.getThing(), Map.of("push", true, "webhookUrl", ""));
        assertThat(page(), containsString("Push: waiting for openHAB&#39;s webhook service"));
    }

    @Test
    void rejectsATooShortPushInterval() {
        fixture.edit(bridge.getThing(), Map.of("pushRefreshInterval", 9));
        assertThat(
                BindingFixture.status(bridge),
                is("OFFLINE/CONFIGURATION_ERROR offline.push-refresh-interval-too-short"));
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
