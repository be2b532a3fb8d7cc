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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.fixture.RuleCalls;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.binding.monzo.simulator.BankTransaction;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.core.thing.Thing;

/** Tests the refresh interval: longer while push works, the usual one once a notice is missing. */
class PushIntervalTest extends PublicUrlPushTestBase {

    private static final Duration REPORTING_DELAY = Duration.ofMinutes(5);

    @Test
    void refreshesLessOftenWhilePushWorks() {
        assertThat(refreshesIn(PUSH_INTERVAL), is(15));
        payWithNotice(current, 350);
        assertThat(state(bridge), is(Push.Status.ON));
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
        assertThat("the notice may be on its way", state(bridge), is(Push.Status.ON));
        fixture.pass(GRACE_PERIOD);
        assertThat(state(bridge), is(Push.Status.NOT_RECEIVING));
        assertThat(refreshesIn(PUSH_INTERVAL), is(15));

        payWithNotice(current, 100);
        fixture.pass(Duration.ofSeconds(2));
        assertThat(state(bridge), is(Push.Status.ON));
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
        assertThat(state(bridge), is(Push.Status.NOT_RECEIVING));
        post(localUrl(current), notice(current.id(), "tx_late"));
        assertThat(state(bridge), is(Push.Status.ON));
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
        assertThat(state(bridge), is(Push.Status.ON));
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
        assertThat(state(bridge), is(Push.Status.ON));
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
        assertThat(state(bridge), is(Push.Status.NOT_RECEIVING));
        payWithNotice(current, 350);
        assertThat(state(bridge), is(Push.Status.ON));
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
        assertThat(state(bridge), is(Push.Status.NOT_RECEIVING));
    }

    @Test
    void acceptsOneNoticeOfTwoPaymentsAtNearlyTheSameTime() {
        watch(true);
        payWithNotice(current, 350);
        fixture.pass(PUSH_INTERVAL);
        payWithoutNotice(current, 500);
        payWithNotice(current, 350);
        fixture.pass(PUSH_INTERVAL);
        assertThat(state(bridge), is(Push.Status.ON));
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
        assertThat(state(fixture.bridgeNow("alice")), is(Push.Status.AWAITING_NOTICE));
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
        assertThat(state(bridge), is(Push.Status.NOT_RECEIVING));
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
        assertThat(state(bobs), is(Push.Status.AWAITING_NOTICE));
    }

    @Test
    void neverShortensTheInterval() {
        fixture.edit(bridge.getThing(), Map.of("refreshInterval", 3600, "pushRefreshInterval", 900));
        fixture.scheduler.runDue();
        payWithNotice(current, 350);
        fixture.pass(Duration.ofSeconds(2));
        assertThat(refreshesIn(Duration.ofHours(2)), is(2));
    }
}
