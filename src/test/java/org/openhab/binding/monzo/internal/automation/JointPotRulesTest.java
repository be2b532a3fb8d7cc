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

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.binding.monzo.simulator.BankPot;
import org.openhab.core.automation.util.ModuleBuilder;
import org.openhab.core.automation.util.RuleBuilder;
import org.openhab.core.config.core.Configuration;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.internal.BridgeImpl;

/** Rules of two people with a joint account, each with a login of their own. */
class JointPotRulesTest extends MoneyRuleTestBase {

    private BankPot jointPot;
    private MonzoBridgeHandler bobs;

    @BeforeEach
    void addBob() {
        people.joint().balance(100_000);
        jointPot = people.joint().addPot("Ours", null, 50_000);
        bobs = fixture.addBridge("bob", Map.of("allowTransfers", true));
        fixture.connect(bobs, people.bob());
        refresh();
    }

    /** Adds the same rule for the joint account in a login. */
    private void addOf(MonzoBridgeHandler login, String uid, Object... parameters) {
        Thing joint = fixture.addWatchedAccount(login, people.joint().id());
        Thing ours = fixture.addPot(login, jointPot.id());
        Map<String, Object> configuration = new HashMap<>(transfer(parameters));
        configuration.put("pot", ours.getUID().toString());
        rules.registry()
                .add(RuleBuilder.create(uid)
                        .withTriggers(ModuleBuilder.createTrigger()
                                .withId("transaction")
                                .withTypeUID("core.ChannelEventTrigger")
                                .withConfiguration(new Configuration(
                                        Map.of("channelUID", channel(joint).toString())))
                                .build())
                        .withActions(action(configuration))
                        .build());
        refresh();
    }

    @Test
    void rulesOfBothMoveOnceForAPayment() {
        addOf(bridge, "alice", "value", decimal("5.00"));
        addOf(bobs, "bob", "value", decimal("5.00"));
        for (int i = 0; i < 3; i++) {
            people.joint().payments().pay(1_000, "Corner Shop");
            refresh();
            refresh();
        }
        assertThat(moved(), is(List.of(500L, 500L, 500L)));
        assertThat(warnings(), is(empty()));
    }

    @Test
    void rulesOfBothKeepOneBalance() {
        addOf(bridge, "alice", "direction", "EITHER", "amount", "TO_TARGET", "value", decimal("990"));
        addOf(bobs, "bob", "direction", "EITHER", "amount", "TO_TARGET", "value", decimal("990"));
        people.joint().payments().pay(500, "Corner Shop");
        refresh();
        refresh();
        people.joint().payments().pay(2_000, "Corner Shop");
        refresh();
        refresh();
        assertThat(moved(), is(List.of(500L, -2_000L)));
        assertThat(people.joint().balance(), is(99_000L));
    }

    @Test
    void movesByTheLoginToWhichThePotWasMoved() {
        addOf(bobs, "bob", "value", decimal("5.00"));
        bobs.getThing().getThings().forEach(((BridgeImpl) bridge.getThing())::addThing);
        fixture.edit(bridge.getThing(), Map.of("allowTransfers", false));
        refresh();
        people.joint().payments().pay(1_000, "Corner Shop");
        refresh();
        refresh();
        assertThat(moved(), is(List.of(500L)));
        assertThat(warnings(), is(empty()));
    }

    @Test
    void limitsCountForEachLogin() {
        fixture.edit(bobs.getThing(), Map.of("dailyTransferLimit", decimal("10")));
        fixture.edit(bridge.getThing(), Map.of("dailyTransferLimit", decimal("10")));
        refresh();
        addOf(bridge, "alice", "value", decimal("5.00"));
        addOf(bobs, "bob", "direction", "WITHDRAW", "value", decimal("4.00"));
        for (int i = 0; i < 4; i++) {
            people.joint().payments().pay(1_000, "Corner Shop");
            refresh();
            refresh();
        }
        assertThat(moved(), containsInAnyOrder(500L, 500L, -400L, -400L));
        assertThat(
                warnings(),
                containsInAnyOrder(
                        "The rule alice: Today's transfers would exceed the Daily Transfer Limit.",
                        "The rule bob: Today's transfers would exceed the Daily Transfer Limit."));
    }
}
