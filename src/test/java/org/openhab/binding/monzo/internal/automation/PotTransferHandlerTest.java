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
class PotTransferHandlerTest extends MoneyRuleTestBase {

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
