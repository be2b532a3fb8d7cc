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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.simulator.FeedItem;
import org.openhab.core.automation.Action;
import org.openhab.core.automation.Rule;
import org.openhab.core.thing.events.ThingEventFactory;

/** The action {@code monzo.FeedMessage} in rules of openHAB's engine. */
class FeedMessageHandlerTest extends MoneyRuleTestBase {

    private Action message(String title) {
        return action(
                "tell",
                FeedMessageHandler.TYPE,
                Map.of("account", account.getUID().toString(), "title", title, "text", "in the kitchen"));
    }

    private List<String> shown() {
        return fixture.bank.feed().stream().map(FeedItem::title).toList();
    }

    @Test
    void showsAMessage() {
        Rule rule = add("r", List.of(), message("Fire"));
        rules.runNow(rule, true, Map.of());
        assertThat(shown(), is(List.of("Fire")));
        assertThat(warnings(), is(empty()));
    }

    @Test
    void showsAMessageOnceForAPaymentThatTheBankKnows() {
        Rule rule = add("r", List.of(condition("merchant", "corner")), message("Paid"));
        pay(1_000);
        assertThat(shown(), is(List.of("Paid")));
        String payload = fixture.callback(account).payloads().get(0);
        fixture.skip(Duration.ofHours(2)); // the same message would be shown again
        for (String event : List.of(payload, "{\"id\":\"tx_forged\",\"description\":\"corner\"}")) {
            rules.runNow(
                    rule,
                    false,
                    new HashMap<>(Map.of("event", ThingEventFactory.createTriggerEvent(event, channel(account)))));
        }
        assertThat(shown(), is(List.of("Paid")));
        pay(1_000);
        assertThat(shown(), is(List.of("Paid", "Paid")));
    }

    @Test
    void warnsOfARefusalOnceADay() {
        fixture.edit(bridge.getThing(), Map.of("allowFeed", false));
        refresh();
        Rule rule = add("r", List.of(), message("Fire"));
        rules.runNow(rule, true, Map.of());
        rules.runNow(rule, true, Map.of());
        assertThat(shown(), is(empty()));
        assertThat(
                warnings(), contains("The rule r: Not sent: switch on Allow Feed Messages in the Monzo Login first."));
    }

    @Test
    void warnsOfAnAccountThatIsNotThere() {
        Rule rule = add(
                "r",
                List.of(),
                action(
                        "tell",
                        FeedMessageHandler.TYPE,
                        Map.of("account", pot.getUID().toString(), "title", "Fire")));
        rules.runNow(rule, true, Map.of());
        assertThat(
                warnings(),
                contains("The rule r: there is no such Monzo Account, or it or its Monzo" + " Login is disabled"));
    }
}
