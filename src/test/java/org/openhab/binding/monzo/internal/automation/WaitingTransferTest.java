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
package org.openhab.binding.monzo.internal.automation;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.core.automation.Rule;
import org.openhab.core.automation.util.RuleBuilder;

/** Transfers of rules that cannot be made at once: which of them wait, for how long, and what ends them. */
class WaitingTransferTest extends MoneyRuleTestBase {

    @Test
    void waitsForTheBankAndMovesOnce() {
        add("r", transfer("value", decimal("5.00")));
        fixture.bank.faults().next(Endpoint.POT_DEPOSIT, 6, Fault.serverError());
        pay(1_000);
        rules.pass(Duration.ofMinutes(3));
        assertThat(moved(), is(List.of(500L)));
        assertThat(
                fixture.bank.requests().stream()
                        .filter(r -> r.endpoint() == Endpoint.POT_DEPOSIT)
                        .map(r -> r.form().get("dedupe_id"))
                        .distinct()
                        .toList(),
                hasSize(1));
    }

    /** As after an edit of the login while Monzo fails. */
    @Test
    void waitsWhileThePotsAreNotReadYet() {
        add("r", transfer("value", decimal("5.00")));
        fixture.bank.faults().always(Endpoint.POTS, Fault.serverError());
        fixture.edit(bridge.getThing(), Map.of("refreshInterval", 50));
        pay(1_000);
        assertThat(moved(), is(empty()));
        fixture.bank.faults().clear();
        rules.pass(Duration.ofMinutes(5));
        assertThat(moved(), is(List.of(500L)));
        assertThat(warnings(), is(empty()));
    }

    @Test
    void waitsOverARestart() {
        add("r", transfer("value", decimal("5.00")));
        fixture.bank.faults().always(Endpoint.POT_DEPOSIT, Fault.tooManyRequests());
        pay(1_000);
        rules.restart(Duration.ofHours(2));
        fixture.bank.faults().clear();
        rules.pass(Duration.ofMinutes(3));
        assertThat(moved(), is(List.of(500L)));
    }

    @Test
    void keepsABalanceThatWaitedOverARestart() {
        Rule rule = add("keep", transfer("direction", "EITHER", "amount", "TO_TARGET", "value", decimal("970")));
        fixture.bank.faults().always(Endpoint.POT_DEPOSIT, Fault.tooManyRequests());
        run(rule);
        rules.restart(Duration.ofHours(1));
        fixture.bank.faults().clear();
        rules.pass(Duration.ofMinutes(3));
        assertThat(moved(), is(List.of(3_000L)));
    }

    @Test
    void settlesALostReplyWithItsId() {
        add("r", transfer("value", decimal("5.00")));
        fixture.bank.faults().always(Endpoint.POT_DEPOSIT, Fault.carriedOut(Fault.serverError()));
        pay(1_000);
        rules.restart(Duration.ofHours(1));
        fixture.bank.faults().clear();
        rules.pass(Duration.ofMinutes(3));
        assertThat(moved(), is(List.of(500L)));
        assertThat(warnings(), is(empty()));
    }

    @ParameterizedTest
    @ValueSource(ints = {25, 49})
    void givesUpAfterADay(int hours) {
        add("r", transfer("value", decimal("5.00")));
        fixture.bank.faults().always(Endpoint.POT_DEPOSIT, Fault.tooManyRequests());
        pay(1_000);
        fixture.skip(Duration.ofHours(hours));
        fixture.bank.faults().clear();
        rules.pass(Duration.ofHours(1));
        assertThat(moved(), is(empty()));
        assertThat(warnings(), contains("The rule r: A transfer could not be made for a day, and will not be."));
    }

    @Test
    void dropsWhatAnEditedRuleWaitsFor() {
        Rule rule = add("r", transfer("value", decimal("5.00")));
        fixture.bank.faults().always(Endpoint.POT_DEPOSIT, Fault.tooManyRequests());
        pay(1_000);
        rules.registry()
                .update(RuleBuilder.create(rule)
                        .withActions(action(transfer("value", decimal("6.00"))))
                        .build());
        fixture.bank.faults().clear();
        rules.pass(Duration.ofMinutes(30));
        assertThat(moved(), is(empty()));
        pay(1_000);
        assertThat(moved(), is(List.of(600L)));
    }

    @Test
    void dropsWhatADisabledOrRemovedRuleWaitsFor() {
        Rule disabled = add("disabled", transfer("value", decimal("5.00")));
        Rule removed = add("removed", transfer("direction", "WITHDRAW", "value", decimal("6.00")));
        fixture.bank.faults().always(Endpoint.POT_DEPOSIT, Fault.tooManyRequests());
        fixture.bank.faults().always(Endpoint.POT_WITHDRAW, Fault.tooManyRequests());
        pay(1_000);
        rules.engine().setEnabled("disabled", false);
        rules.registry().remove("removed");
        refresh();
        rules.engine().setEnabled("disabled", true);
        rules.registry().add(removed);
        fixture.bank.faults().clear();
        rules.pass(Duration.ofMinutes(30));
        assertThat(moved(), is(empty()));
        assertThat(disabled.getUID(), is("disabled"));
    }

    @Test
    void settlesAnUnclearMoveBeforeItKeepsABalanceAgain() {
        fixture.edit(
                bridge.getThing(), Map.of("transferLimit", decimal("1000"), "dailyTransferLimit", decimal("9000")));
        refresh();
        Rule rule = add("keep", transfer("direction", "EITHER", "amount", "TO_TARGET", "value", decimal("900")));
        fixture.bank.faults().always(Endpoint.POT_DEPOSIT, Fault.serverError());
        run(rule);
        current.spend(5_000);
        run(rule);
        fixture.bank.faults().clear();
        rules.pass(Duration.ofMinutes(30));
        assertThat("the first is sent with its ID, and the balance corrected", moved(), is(List.of(10_000L, -5_000L)));
        assertThat(current.balance(), is(90_000L));
    }

    @Test
    void neverSendsForAnEditedRuleWhatMayHaveBeenMoved() {
        Rule rule = add("r", transfer("value", decimal("5.00")));
        fixture.bank.faults().always(Endpoint.POT_DEPOSIT, Fault.serverError());
        pay(1_000);
        rules.registry()
                .update(RuleBuilder.create(rule)
                        .withActions(action(transfer("value", decimal("6.00"))))
                        .build());
        fixture.bank.faults().clear();
        rules.pass(Duration.ofMinutes(30));
        assertThat(moved(), is(empty()));
        assertThat(
                bridge.connection().transfers().latest(10, "Rule "::concat).stream()
                        .map(transfer -> transfer.outcome())
                        .toList(),
                is(List.of("not confirmed")));
    }

    @Test
    void dropsWhatWaitsForAPotThingOfAnotherPot() {
        add("r", transfer("value", decimal("5.00")));
        fixture.bank.faults().always(Endpoint.POT_DEPOSIT, Fault.serverError());
        pay(1_000);
        fixture.edit(pot, Map.of("potId", people.rainyDay().id()));
        fixture.bank.faults().clear();
        rules.pass(Duration.ofMinutes(30));
        assertThat(moved(), is(empty()));
    }

    @Test
    void waitsWhileThePotsThingOrItsLoginIsDisabled() {
        add("r", transfer("value", decimal("5.00")));
        fixture.bank.faults().always(Endpoint.POT_DEPOSIT, Fault.tooManyRequests());
        pay(1_000);
        fixture.bank.faults().clear();
        fixture.end(pot);
        rules.pass(Duration.ofMinutes(20));
        fixture.enable(pot);
        fixture.end(bridge.getThing());
        rules.pass(Duration.ofMinutes(20));
        assertThat(moved(), is(empty()));
        fixture.enable(bridge.getThing());
        rules.pass(Duration.ofMinutes(20));
        assertThat(moved(), is(List.of(500L)));
    }

    @Test
    void movesForOtherRulesWhileOneFails() {
        add("failing", transfer("value", decimal("5.00")));
        fixture.bank.faults().always(Endpoint.POT_DEPOSIT, Fault.tooManyRequests());
        pay(1_000);
        rules.pass(Duration.ofHours(2));
        add("other", transfer("direction", "WITHDRAW", "value", decimal("6.00")));
        pay(1_000);
        assertThat(moved(), is(List.of(-600L)));
    }

    @Test
    void movesOtherTransfersOfARuleWhileOneFails() {
        add(
                "r",
                List.of(condition("direction", "EITHER")),
                action(transfer("direction", "WITHDRAW", "amount", "PAYMENT")));
        fixture.bank.faults().always(Endpoint.POT_WITHDRAW, Fault.serverError());
        pay(1_000);
        current.payments().refund(300, "Corner Shop");
        refresh();
        rules.pass(Duration.ofMinutes(30));
        assertThat(moved(), is(List.of(300L)));
        fixture.bank.faults().clear();
        rules.pass(Duration.ofMinutes(30));
        assertThat(moved(), is(List.of(300L, -1_000L)));
    }

    /** Refreshes in the middle of an attempt start none of their own. */
    @Test
    void triesLessOftenWhileTheBankFails() {
        add("r", transfer("value", decimal("5.00")));
        fixture.bank.faults().always(Endpoint.POT_DEPOSIT, Fault.serverError());
        pay(1_000);
        for (int i = 0; i < 30; i++) {
            rules.pass(Duration.ofSeconds(31));
            fixture.bridgeNow("alice").connection().poller().refreshAllNow();
        }
        fixture.bank.resetCounts();
        for (int i = 0; i < 20 * 60; i++) {
            rules.pass(Duration.ofSeconds(3));
            fixture.bridgeNow("alice").connection().poller().refreshAllNow();
        }
        assertThat(fixture.bank.count(Endpoint.POT_DEPOSIT), is(allOf(greaterThan(12), lessThan(30))));
    }

    @Test
    void triesNotBeforeTheTimeThatTheBankAsksFor() {
        add("r", transfer("value", decimal("5.00")));
        fixture.bank.faults().next(Endpoint.POT_DEPOSIT, Fault.tooManyRequests("1800"));
        pay(1_000);
        rules.pass(Duration.ofMinutes(28));
        assertThat(fixture.bank.count(Endpoint.POT_DEPOSIT), is(1));
        rules.pass(Duration.ofMinutes(3));
        assertThat(moved(), is(List.of(500L)));
    }

    @Test
    void readsNoBalanceBeforeTheTimeThatTheBankAsksFor() {
        Rule rule = add("keep", transfer("direction", "EITHER", "amount", "TO_TARGET", "value", decimal("970")));
        fixture.bank.faults().next(Endpoint.BALANCE, Fault.tooManyRequests("1800"));
        fixture.bank.resetCounts();
        run(rule);
        assertThat("of the rule and of the refresh", fixture.bank.count(Endpoint.BALANCE), is(2));
        run(rule);
        assertThat("of the next refresh", fixture.bank.count(Endpoint.BALANCE), is(3));
        rules.pass(Duration.ofMinutes(26));
        assertThat(moved(), is(empty()));
        rules.pass(Duration.ofMinutes(4));
        assertThat(moved(), is(List.of(3_000L)));
    }

    @Test
    void waitsWhileTheClockIsSetBackForAWhile() {
        add("r", transfer("value", decimal("5.00")));
        fixture.bank.faults().always(Endpoint.POT_DEPOSIT, Fault.tooManyRequests());
        pay(1_000);
        fixture.clock.advance(Duration.ofDays(-5));
        rules.pass(Duration.ofMinutes(5));
        fixture.clock.advance(Duration.ofDays(5));
        rules.pass(Duration.ofMinutes(5));
        fixture.bank.faults().clear();
        rules.pass(Duration.ofMinutes(30));
        assertThat(moved(), is(List.of(500L)));
    }

    @Test
    void dropsWhatADisabledRuleIsAboutToRepeat() {
        add("r", transfer("value", decimal("5.00")));
        fixture.bank.faults().always(Endpoint.POT_DEPOSIT, Fault.tooManyRequests());
        current.payments().pay(1_000, "Corner Shop");
        while (fixture.bank.count(Endpoint.POT_DEPOSIT) == 0) {
            rules.pass(Duration.ofMillis(500));
        }
        rules.engine().setEnabled("r", false);
        fixture.bridges()
                .connections()
                .forEach(connection -> connection.poller().refreshAllNow());
        refresh();
        fixture.bank.faults().clear();
        rules.engine().setEnabled("r", true);
        rules.pass(Duration.ofMinutes(30));
        assertThat(moved(), is(empty()));
    }

    @Test
    void waitsADayFromTheLatestTimeThatABalanceIsToBeKept() {
        Rule rule = add("keep", transfer("direction", "EITHER", "amount", "TO_TARGET", "value", decimal("970")));
        fixture.bank.faults().always(Endpoint.BALANCE, Fault.serverError());
        run(rule);
        fixture.skip(Duration.ofHours(20));
        run(rule);
        fixture.skip(Duration.ofHours(6));
        fixture.bank.faults().clear();
        rules.pass(Duration.ofMinutes(30));
        assertThat(moved(), is(List.of(3_000L)));
        assertThat(warnings(), is(empty()));
    }
}
