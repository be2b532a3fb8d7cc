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
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.spy;
import static org.mockito.Mockito.verify;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.internal.connection.ConnectionRegistry;
import org.openhab.binding.monzo.simulator.BankTransaction;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.core.automation.Action;
import org.openhab.core.automation.Rule;
import org.openhab.core.automation.handler.ActionHandler;
import org.openhab.core.automation.util.ModuleBuilder;
import org.openhab.core.automation.util.RuleBuilder;
import org.openhab.core.config.core.Configuration;
import org.openhab.core.thing.ChannelUID;
import org.openhab.core.thing.binding.ThingHandler;
import org.openhab.core.thing.events.ThingEventFactory;
import org.openhab.core.thing.internal.BridgeImpl;

/** The action {@code monzo.PotTransfer} in rules of openHAB's engine: what it moves, and for whom. */
class PotTransferHandlerTest extends MoneyRuleTest {

    @Test
    void movesAFixedSumForEachTransaction() {
        add("r", transfer("value", decimal("5.00")));
        pay(1_000);
        pay(2_000);
        assertThat(moved(), is(List.of(500L, 500L)));
        assertThat(warnings(), is(empty()));
    }

    @Test
    void roundsPaymentsUp() {
        add("r", transfer("amount", "ROUND_UP", "factor", decimal("2")));
        pay(1_060);
        pay(2_000);
        current.payments().receive(1_050, "Sam Friend", "Thanks");
        refresh();
        assertThat(moved(), is(List.of(80L)));
    }

    @Test
    void paysPurchasesBackAndReturnsRefunds() {
        add("r", transfer("direction", "WITHDRAW", "amount", "PAYMENT"));
        pay(1_234);
        current.payments().refund(234, "Corner Shop");
        refresh();
        current.payments().receive(5_000, "Sam Friend", "Rent");
        refresh();
        assertThat(moved(), is(List.of(-1_234L, 234L)));
    }

    @Test
    void movesAShareOfTheSalary() {
        add(
                "r",
                List.of(condition("direction", "IN", "payday", true)),
                action(transfer("amount", "SHARE", "value", decimal("12.5"))));
        current.payments().salary(30_007, "Acme");
        refresh();
        assertThat("down to the penny", moved(), is(List.of(3_750L)));
    }

    @Test
    void movesWhatWasLeftBeforeTheSalaryCame() {
        add(
                "r",
                List.of(condition("direction", "IN")),
                action(transfer("amount", "LEFTOVER", "value", decimal("980"))));
        current.payments().salary(250_000, "Acme");
        refresh();
        assertThat(moved(), is(List.of(2_000L)));
        current.payments().receive(100, "Sam Friend", "");
        refresh();
        assertThat("the first salary was kept, so more is left", moved(), is(List.of(2_000L)));
        assertThat(warnings(), contains(containsString("above the Transfer Limit.")));
    }

    @Test
    void keepsABalanceWithAMargin() {
        fixture.edit(
                bridge.getThing(), Map.of("transferLimit", decimal("1000"), "dailyTransferLimit", decimal("9000")));
        refresh();
        Rule rule = add(
                "keep",
                transfer(
                        "direction",
                        "EITHER",
                        "amount",
                        "TO_TARGET",
                        "value",
                        decimal("900"),
                        "margin",
                        decimal("20")));
        run(rule);
        assertThat(moved(), is(List.of(10_000L)));
        run(rule);
        current.spend(2_000);
        run(rule);
        assertThat("within the margin", moved(), is(List.of(10_000L)));
        current.spend(1);
        run(rule);
        assertThat(moved(), is(List.of(10_000L, -2_001L)));
        assertThat(current.balance(), is(90_000L));
    }

    private void run(Rule rule) {
        rules.runNow(rule, true, Map.of());
        refresh();
    }

    @Test
    void paysForPaymentsAbroadInTheCurrencyOfTheAccount() {
        add("r", transfer("direction", "WITHDRAW", "amount", "PAYMENT"));
        current.payments().payAbroad(521, "Ramen Ya", 1_000, "JPY");
        refresh();
        assertThat(moved(), is(List.of(-521L)));
    }

    @Test
    void movesNothingForWhatMovesNoMoney() {
        add("r", transfer("value", decimal("5.00")));
        current.payments().decline(1_000, "Corner Shop", "INSUFFICIENT_FUNDS");
        current.payments().checkCard("Corner Shop");
        refresh();
        pay(100);
        refresh();
        assertThat("its own move is a transaction, too", moved(), is(List.of(500L)));
    }

    @Test
    void actsOncePerTransactionWhateverTriggersIt() {
        Rule rule = add("r", transfer("value", decimal("5.00")));
        BankTransaction paid = pay(1_000);
        String payload = fixture.callback(account).payloads().get(0);
        for (int i = 0; i < 3; i++) {
            rules.trigger(channel(account), payload);
            rules.runNow(rule, false, context(channel(account), payload));
            rules.runNow(
                    rule, false, context(channel(account), "{\"id\":\"" + paid.id() + "\",\"amount\":\"-99999\"}"));
            refresh();
        }
        rules.restart(Duration.ofMinutes(3));
        refresh();
        rules.trigger(channel(account), payload);
        refresh();
        assertThat(moved(), is(List.of(500L)));
    }

    private static Map<String, Object> context(ChannelUID channel, String payload) {
        return new HashMap<>(Map.of("event", ThingEventFactory.createTriggerEvent(payload, channel)));
    }

    @Test
    void ignoresForgedEvents() {
        Rule rule = add("r", transfer("direction", "WITHDRAW", "amount", "PAYMENT"));
        String forged = "{\"id\":\"tx_forged\",\"account\":\"" + current.id()
                + "\",\"amount\":\"-50.00\",\"currency\":\"GBP\"}";
        rules.trigger(channel(account), forged);
        rules.runNow(rule, false, context(channel(account), forged));
        rules.runNow(rule, false, new HashMap<>(Map.of("event", forged)));
        rules.runNow(rule, false, new HashMap<>());
        refresh();
        assertThat(moved(), is(empty()));
    }

    /** Its conditions hold, although a caller may skip them. */
    @Test
    void judgesTheConditionsAgain() {
        Rule rule = add(
                "r",
                List.of(condition("merchant", "Book Shop")),
                action(transfer("direction", "WITHDRAW", "amount", "PAYMENT")));
        pay(1_000);
        String payload = fixture.callback(account).payloads().get(0);
        rules.runNow(rule, false, context(channel(account), payload.replace("Corner", "Book")));
        refresh();
        assertThat(moved(), is(empty()));
    }

    @Test
    void ignoresTransactionsOfOtherAccounts() {
        var joint = fixture.addWatchedAccount(bridge, people.joint().id());
        refresh();
        Rule rule = add("r", transfer("direction", "WITHDRAW", "amount", "PAYMENT"));
        people.joint().payments().pay(777, "Corner Shop");
        refresh();
        String payload = fixture.callback(joint).payloads().get(0);
        rules.runNow(rule, false, context(channel(joint), payload));
        rules.runNow(rule, false, context(channel(account), payload));
        refresh();
        assertThat(moved(), is(empty()));
        assertThat(warnings(), is(empty()));
    }

    @Test
    void refusesAPotOfAnotherAccount() {
        var joint = fixture.addWatchedAccount(bridge, people.joint().id());
        refresh();
        rules.registry()
                .add(RuleBuilder.create("other")
                        .withTriggers(ModuleBuilder.createTrigger()
                                .withId("t")
                                .withTypeUID("core.ChannelEventTrigger")
                                .withConfiguration(new Configuration(
                                        Map.of("channelUID", channel(joint).toString())))
                                .build())
                        .withActions(action(transfer("direction", "WITHDRAW", "amount", "PAYMENT")))
                        .build());
        people.joint().payments().pay(777, "Corner Shop");
        refresh();
        people.joint().payments().pay(778, "Corner Shop");
        refresh();
        assertThat(moved(), is(empty()));
        assertThat(warnings(), contains("The rule other: This pot belongs to another account than the transaction."));
    }

    /** As {@code POST /rest/actions} makes it. */
    @Test
    void doesNothingOutsideOfARule() {
        Rule rule = add("r", List.of(condition("merchant", "nobody")), action(transfer("value", decimal("5.00"))));
        pay(1_000);
        Map<String, Object> context =
                context(channel(account), fixture.callback(account).payloads().get(0));
        Map<String, Object> greedy = transfer("value", decimal("50.00"));
        for (String uid : List.of("made-up", rule.getUID())) {
            for (String module : List.of("move", "copied")) {
                for (String type : List.of(PotTransferHandler.TYPE, FeedMessageHandler.TYPE)) {
                    var handler = (ActionHandler) new MonzoModuleHandlerFactory(
                                    null,
                                    null,
                                    rules.registry(),
                                    fixture.ledgers(),
                                    fixture.bridges(),
                                    fixture::things,
                                    fixture.clock)
                            .getHandler(action(module, type, greedy), uid);
                    handler.execute(context);
                    if (!module.equals("move") || !uid.equals(rule.getUID())) {
                        handler.setCallback(alwaysEnabled());
                        handler.execute(context);
                    }
                }
            }
        }
        refresh();
        assertThat(moved(), is(empty()));
        assertThat(warnings(), everyItem(startsWith("Refused: monzo.PotTransfer and monzo.FeedMessage act only")));
    }

    private org.openhab.core.automation.ModuleHandlerCallback alwaysEnabled() {
        return (org.openhab.core.automation.ModuleHandlerCallback) java.lang.reflect.Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {org.openhab.core.automation.ModuleHandlerCallback.class},
                (proxy, method, arguments) -> method.getName().equals("isEnabled") ? Boolean.TRUE : null);
    }

    /** Two actions, or rules, on one pot and direction pay once; others have their own transfer. */
    @Test
    void movesOnceIntoEachPotForATransaction() {
        add(
                "first",
                List.of(),
                action(transfer("value", decimal("5.00"))),
                action("copy", PotTransferHandler.TYPE, transfer("value", decimal("7.00"))));
        add("second", transfer("value", decimal("6.00")));
        add("back", transfer("direction", "WITHDRAW", "amount", "PAYMENT"));
        pay(1_000);
        refresh();
        assertThat(moved(), hasSize(2));
        assertThat(moved(), hasItem(-1_000L));
    }

    /** Which of two rules runs first is not known, and the refusal of one must not stop the other. */
    @Test
    void movesForOneRuleWhatIsRefusedToAnother() {
        add("above-limit", transfer("value", decimal("60.00")));
        String payload = "{\"id\":\"" + pay(1_000).id() + "\"}";
        assertThat(moved(), is(empty()));
        add("within-limit", transfer("value", decimal("5.00")));
        for (int i = 0; i < 3; i++) {
            rules.trigger(channel(account), payload);
            refresh();
        }
        assertThat(moved(), is(List.of(500L)));
        assertThat(warnings(), contains("The rule above-limit: The amount is above the Transfer Limit."));
    }

    @Test
    void movesNothingLaterOnceItWasRefused() {
        add("above-limit", transfer("value", decimal("60.00")));
        String payload = "{\"id\":\"" + pay(1_000).id() + "\"}";
        add("also-above-limit", transfer("value", decimal("70.00")));
        rules.trigger(channel(account), payload);
        refresh();
        assertThat(warnings(), hasSize(2));
        fixture.edit(bridge.getThing(), Map.of("transferLimit", decimal("100")));
        refresh();
        rules.trigger(channel(account), payload);
        refresh();
        assertThat(moved(), is(empty()));
    }

    /** As after a downtime. */
    @Test
    void refreshesSeldomDuringManyTransfers() {
        add("r", transfer("amount", "ROUND_UP"));
        for (int i = 0; i < 30; i++) {
            current.payments().pay(150, "Corner Shop");
        }
        fixture.bank.resetCounts();
        refresh();
        assertThat(moved(), hasSize(30));
        rules.pass(Duration.ofSeconds(10));
        assertThat(fixture.state(pot, "balance"), is("1490.00"));
        assertThat(fixture.bank.count(Endpoint.TRANSACTIONS), is(lessThan(15)));
    }

    @Test
    void needsAllowTransfers() {
        fixture.edit(bridge.getThing(), Map.of("allowTransfers", false));
        refresh();
        add("r", transfer("value", decimal("5.00")));
        pay(1_000);
        pay(1_000);
        fixture.edit(bridge.getThing(), Map.of("allowTransfers", true));
        refresh();
        assertThat(moved(), is(empty()));
        assertThat(warnings(), contains("The rule r: Transfers are not allowed: switch on Allow Transfers."));
    }

    @Test
    void warnsOfARefusalOnceADay() {
        add("r", transfer("value", decimal("50.01")));
        for (int i = 0; i < 3; i++) {
            pay(100);
        }
        assertThat(warnings(), contains("The rule r: The amount is above the Transfer Limit."));
        fixture.skip(Duration.ofDays(1));
        pay(100);
        assertThat(warnings(), hasSize(2));
        assertThat(moved(), is(empty()));
    }

    @Test
    void respectsTheMinimumBalance() {
        fixture.edit(bridge.getThing(), Map.of("minimumBalance", decimal("995")));
        refresh();
        add("r", transfer("value", decimal("5.00")));
        pay(1);
        assertThat(moved(), is(empty()));
        assertThat(warnings(), contains(containsString("Minimum Balance")));
    }

    // Waiting

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
    void warnsOfAnUnusableConfiguration() {
        add("r", transfer("direction", "EITHER", "value", decimal("5")));
        assertThat(
                warnings(),
                contains("The rule r does not work as configured: direction EITHER needs the amount TO_TARGET"));
    }

    @Test
    void describesTransfersOfRules() {
        add("r", transfer("value", decimal("5.00")));
        pay(1_000);
        fixture.bank.faults().always(Endpoint.POT_DEPOSIT, Fault.tooManyRequests());
        pay(1_000);
        fixture.edit(bridge.getThing(), Map.of("allowTransfers", false));
        refresh();
        pay(1_000);
        assertThat(
                bridge.connection().transfers().latest(10, "Rule "::concat).stream()
                        .map(transfer -> transfer.direction() + " " + transfer.amount() + " " + transfer.outcome() + " "
                                + transfer.origin())
                        .toList(),
                is(List.of(
                        "into the pot £5.00 refused rule Rule r",
                        "into the pot £5.00 refused rule Rule r",
                        "into the pot £5.00 done rule Rule r")));
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

    /** Anyone on the network can. */
    @Test
    void readsTheBalanceRarelyForARuleThatRunsAllTheTime() {
        Rule rule = add("keep", transfer("direction", "EITHER", "amount", "TO_TARGET", "value", decimal("1000")));
        fixture.bank.resetCounts();
        for (int i = 0; i < 100; i++) {
            rules.runNow(rule, false, Map.of());
            rules.pass(Duration.ofMillis(100));
        }
        assertThat(
                fixture.bank.requests().stream()
                        .filter(request -> request.endpoint() == Endpoint.BALANCE)
                        .count(),
                is(lessThan(5L)));
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
    void warnsOfARuleThatNoTransactionTriggers() {
        rules.registry()
                .add(RuleBuilder.create("weekly")
                        .withActions(action(transfer("value", decimal("5.00"))))
                        .build());
        assertThat(
                warnings(),
                contains("The rule weekly does not work as configured: it needs a trigger by the channel transaction of"
                        + " the pot's account"));
    }

    @Test
    void keepsOneJobOfARuleThatIsRunAllTheTime() {
        Rule rule = add("keep", transfer("direction", "EITHER", "amount", "TO_TARGET", "value", decimal("970")));
        fixture.bank.faults().forAccount(current.id(), Endpoint.BALANCE, Fault.serverError());
        for (int i = 0; i < 100; i++) {
            rules.runNow(rule, false, Map.of());
        }
        rules.pass(Duration.ofSeconds(1));
        assertThat(fixture.scheduler.waiting(), is(lessThan(5)));
        fixture.bank.faults().clear();
        rules.pass(Duration.ofMinutes(5));
        assertThat(moved(), is(List.of(3_000L)));
    }

    /** For a moment, the new one has no handler, and is not among the things of the bridge. */
    @Test
    void movesWhileOpenHabUpdatesThePotsThing() {
        add("r", transfer("value", decimal("5.00")));
        BridgeImpl parent = (BridgeImpl) bridge.getThing();
        ThingHandler handler = pot.getHandler();
        parent.removeThing(pot);
        pot.setHandler(null);
        pay(1_000);
        parent.addThing(pot);
        pot.setHandler(handler);
        refresh();
        assertThat(moved(), is(List.of(500L)));
        assertThat(warnings(), is(empty()));
    }

    /** The UIDs of things often contain IDs of the bank. */
    @Test
    void warnsOfADisabledPotWithoutItsId() {
        add("r", transfer("value", decimal("5.00")));
        fixture.end(pot);
        pay(1_000);
        assertThat(
                warnings(),
                contains("The rule r: there is no such Monzo Pot, or it or its Monzo Login" + " is disabled"));
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

    /** Anyone on the network can be such a caller, any number of times. */
    @Test
    void keepsNothingOfCallersOutsideOfRules() {
        ConnectionRegistry connections = spy(fixture.bridges());
        var factory = new MonzoModuleHandlerFactory(
                null, null, rules.registry(), fixture.ledgers(), connections, fixture::things, fixture.clock);
        Action action = action(transfer("value", decimal("50.00")));
        var handler = (ActionHandler) factory.getHandler(action, "made-up");
        handler.execute(new HashMap<>());
        factory.ungetHandler(action, "made-up", handler);
        verify(connections, never()).addListener(any());
    }
}
