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

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.openhab.binding.monzo.fixture.RuleFixture;
import org.openhab.binding.monzo.fixture.SingleLoginTestBase;
import org.openhab.binding.monzo.fixture.WarningLog;
import org.openhab.binding.monzo.simulator.BankAccount;
import org.openhab.binding.monzo.simulator.BankTransaction;
import org.openhab.binding.monzo.simulator.PotTransfer;
import org.openhab.core.automation.Action;
import org.openhab.core.automation.Condition;
import org.openhab.core.automation.Rule;
import org.openhab.core.automation.util.ModuleBuilder;
import org.openhab.core.automation.util.RuleBuilder;
import org.openhab.core.config.core.Configuration;
import org.openhab.core.thing.ChannelUID;
import org.openhab.core.thing.Thing;

/** Base class of tests of rules that move money, in openHAB's rule engine, with Alice's account and holiday pot. */
abstract class MoneyRuleTestBase extends SingleLoginTestBase {

    RuleFixture rules;
    BankAccount current;
    private WarningLog refusals;
    private WarningLog problems;

    @BeforeEach
    final void startRules() {
        refusals = new WarningLog(MonzoModuleHandlerFactory.class);
        problems = new WarningLog(Parameters.Problems.class);
        current = people.current().balance(100_000);
        fixture.edit(bridge.getThing(), Map.of("allowTransfers", true, "allowFeed", true));
        fixture.edit(account, Map.of("transactions", true));
        connected();
        rules = new RuleFixture(fixture);
    }

    @AfterEach
    final void stopRules() {
        rules.close();
        refusals.close();
        problems.close();
    }

    final ChannelUID channel(Thing of) {
        return new ChannelUID(of.getUID(), "transaction");
    }

    /** The configuration of an action with the holiday pot. */
    final Map<String, Object> transfer(Object... parameters) {
        Map<String, Object> configuration =
                new HashMap<>(Map.of("pot", pot.getUID().toString(), "direction", "DEPOSIT"));
        for (int i = 0; i < parameters.length; i += 2) {
            configuration.put(parameters[i].toString(), parameters[i + 1]);
        }
        return configuration;
    }

    static Action action(String id, String type, Map<String, Object> configuration) {
        return ModuleBuilder.createAction()
                .withId(id)
                .withTypeUID(type)
                .withConfiguration(new Configuration(configuration))
                .build();
    }

    static Action action(Map<String, Object> configuration) {
        return action("move", PotTransferHandler.TYPE, configuration);
    }

    /** Adds a rule for each transaction of Alice's account; as one of Main UI, it connects no inputs. */
    final Rule add(String uid, List<Condition> conditions, Action... actions) {
        Rule rule = RuleBuilder.create(uid)
                .withName("Rule " + uid)
                .withTriggers(ModuleBuilder.createTrigger()
                        .withId("transaction")
                        .withTypeUID("core.ChannelEventTrigger")
                        .withConfiguration(new Configuration(
                                Map.of("channelUID", channel(account).toString())))
                        .build())
                .withConditions(conditions)
                .withActions(actions)
                .build();
        rules.registry().add(rule);
        return rule;
    }

    final Rule add(String uid, Map<String, Object> configuration) {
        return add(uid, List.of(), action(configuration));
    }

    static Condition condition(Object... parameters) {
        Map<String, Object> configuration = new HashMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            configuration.put(parameters[i].toString(), parameters[i + 1]);
        }
        return ModuleBuilder.createCondition()
                .withId("payment")
                .withTypeUID(PaymentConditionHandler.TYPE)
                .withConfiguration(new Configuration(configuration))
                .build();
    }

    /** Lets the binding read what happened at the bank, and the rules act on it. */
    final void refresh() {
        rules.pass(Duration.ofSeconds(70));
    }

    final BankTransaction pay(long minor) {
        BankTransaction paid = current.payments().pay(minor, "Corner Shop");
        refresh();
        return paid;
    }

    /** Runs a rule that no transaction triggers, such as one at a time of day. */
    final void run(Rule rule) {
        rules.runNow(rule, true, Map.of());
        refresh();
    }

    /** What the bank has moved, in minor units; withdrawals are negative. */
    final List<Long> moved() {
        return fixture.bank.transfers().stream().map(PotTransfer::amount).toList();
    }

    final List<String> warnings() {
        List<String> warnings = new ArrayList<>(refusals.messages());
        warnings.addAll(problems.messages());
        return warnings;
    }

    static BigDecimal decimal(String text) {
        return new BigDecimal(text);
    }
}
