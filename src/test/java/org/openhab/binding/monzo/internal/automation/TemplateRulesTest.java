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
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.core.automation.RuleStatus;
import org.openhab.core.automation.util.RuleBuilder;
import org.openhab.core.config.core.Configuration;

/** Rules made from the templates that move money, several of them on one account and pot. */
class TemplateRulesTest extends MoneyRuleTestBase {

    /** Adds a rule with what a person enters. */
    private void add(String template, Object... entered) {
        Map<String, Object> configuration = new HashMap<>(Map.of(
                "account", account.getUID().getAsString(), "pot", pot.getUID().getAsString()));
        for (int i = 0; i < entered.length; i += 2) {
            configuration.put((String) entered[i], entered[i + 1]);
        }
        String uid = template + rules.registry().getAll().size();
        rules.registry()
                .add(RuleBuilder.create(uid)
                        .withName(uid)
                        .withTemplateUID("monzo:" + template)
                        .withConfiguration(new Configuration(configuration))
                        .build());
        assertEquals(RuleStatus.IDLE, rules.engine().getStatus(uid));
    }

    /** Lets the rules come to rest, and returns what they have moved; positive into the pot. */
    private List<Long> movedInTheEnd() {
        for (int i = 0; i < 10; i++) {
            refresh();
        }
        return moved();
    }

    @Test
    void eachRuleMovesItsOwnForOnePayment() {
        add("round-up");
        add("pay-from-pot", "merchant", "corner");
        pay(230);
        assertThat(movedInTheEnd(), containsInAnyOrder(-230L, 70L));
    }

    @Test
    void keepBalanceSeesWhatTheOthersMove() {
        add("keep-balance", "target", decimal("1000"), "margin", decimal("5"));
        add("payday-sweep", "salary", decimal("10"), "value", decimal("20"));
        add("round-up");
        current.payments().salary(4_000, "Employer");
        pay(1_030);
        movedInTheEnd();
        assertThat(Math.abs(current.balance() - 100_000), is(lessThan(501L)));
        int settled = moved().size();
        movedInTheEnd();
        assertEquals(settled, moved().size());
    }

    /** They never agree, so the Daily Transfer Limit ends it, with one warning. */
    @Test
    void twoKeptBalancesStopAtTheDailyLimit() {
        add("keep-balance", "target", decimal("1000"));
        add("keep-balance", "target", decimal("960"));
        pay(100);
        assertThat(
                movedInTheEnd().stream().mapToLong(Math::abs).sum(),
                is(allOf(greaterThan(15_000L), lessThan(20_001L))));
        assertThat(warnings(), hasSize(greaterThan(0)));
        assertThat(warnings(), everyItem(containsString("Daily Transfer Limit")));
    }

    /** What waits belongs to the rule as openHAB has stored it, with the template's defaults. */
    @Test
    void whatWaitsSurvivesARestart() {
        add("round-up", "step", decimal("5.00"), "factor", 2);
        add("pay-from-pot", "merchant", "corner");
        fixture.bank.faults().always(Endpoint.POT_DEPOSIT, Fault.tooManyRequests());
        fixture.bank.faults().always(Endpoint.POT_WITHDRAW, Fault.tooManyRequests());
        pay(230);
        for (int i = 0; i < 2; i++) {
            rules.restart(Duration.ofMinutes(30));
            refresh();
        }
        fixture.bank.faults().clear();
        assertThat(movedInTheEnd(), containsInAnyOrder(-230L, 540L));
    }
}
