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
package org.openhab.binding.monzo.openhab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.openhab.binding.monzo.openhab.OpenHabFixture.AWAIT_TIMEOUT;

import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.simulator.BankTransaction;

/**
 * Tests the README's example files and rules by form.
 */
abstract class ExampleRulesScenario extends RulesScenario {
    private static final String TIGHT = "Money_Tight";
    private static final String OVERDRAWN = "Overdrawn";
    private static final String NEWS = "Pot_News";
    private static final String TRIGGERS = "openhab.event.ChannelTriggeredEvent";

    /** Adds rules as created in Main UI without a script. */
    @BeforeAll
    static void addUiRules() {
        awaitRulesOfFiles();
        addRule(
                "form-from-to",
                changed("Current_Balance", "previousState", "20.00", "state", "19.99"),
                null,
                "Form_From_To");
        addRule("form-undefined", changed("Current_Balance", "state", "UNDEF"), null, "Form_Undefined");
        addRule("form-spent", changed("Spent_Today"), isAbove("Spent_Today", "50"), "Form_Spent");
        addRule("form-total", changed("Current_Total"), isAbove("Current_Total", "20000"), "Form_Rich");
        addRule(
                "form-goal",
                JsonRule.module("1", "core.ChannelEventTrigger", "channelUID", Examples.HOLIDAY + ":goal-reached"),
                null,
                "Form_Goal");
        Await.until(
                "rules by form that wait for events",
                AWAIT_TIMEOUT,
                () -> OpenHabFixture.objects(rest.rules())
                                .filter(rule -> rule.get("uid").getAsString().startsWith("form-"))
                                .filter(rule -> rule.toString().contains("\"status\":\"IDLE\""))
                                .count()
                        == 5);
    }

    private static void addRule(String uid, JsonObject trigger, JsonObject condition, String itemToTurnOn) {
        JsonObject action = JsonRule.module("3", "core.ItemCommandAction", "itemName", itemToTurnOn, "command", "ON");
        rest.createRule(JsonRule.of(uid, trigger, condition, action));
    }

    private static JsonObject changed(String item, String... fromTo) {
        JsonObject trigger = JsonRule.module("1", "core.ItemStateChangeTrigger", fromTo);
        trigger.getAsJsonObject("configuration").addProperty("itemName", item);
        return trigger;
    }

    private static JsonObject isAbove(String item, String threshold) {
        return JsonRule.module("2", "core.ItemStateCondition", "itemName", item, "operator", ">", "state", threshold);
    }

    /** One test, as each step starts with the balance of the previous one. */
    @Test
    void switchesFollowTheBalance() {
        showBalance(2_000, "20.00");
        awaitSwitches("OFF", "OFF");
        showBalance(1_999, "19.99");
        awaitSwitches("ON", "OFF");
        rest.awaitItemState("Changed_From_To", "from 20.00 to 19.99", AWAIT_TIMEOUT);
        rest.awaitItemState("Changed_By", "-0.01", AWAIT_TIMEOUT);
        rest.awaitItemState("Form_From_To", "ON", AWAIT_TIMEOUT);

        rest.postUpdate("Current_Balance", "UNDEF");
        // The probe rule receives the same event as the examples.
        rest.awaitItemState("Seen_Undefined", "ON", AWAIT_TIMEOUT);
        rest.awaitItemState("Form_Undefined", "ON", AWAIT_TIMEOUT);
        awaitSwitches("ON", "OFF");

        showBalance(-1, "-0.01");
        awaitSwitches("ON", "ON");
        showBalance(0, "0.00");
        awaitSwitches("ON", "OFF");
    }

    @Test
    void triggersGoalReachedOncePerCrossing() {
        fixture.people().holiday().balance(150_000);
        fixture.awaitShown("Holiday_Balance", "1500.00");
        rest.awaitItemState(NEWS, "The holiday is paid for!", AWAIT_TIMEOUT);
        rest.awaitItemState("Form_Goal", "ON", AWAIT_TIMEOUT);

        rest.postUpdate(NEWS, "none");
        rest.awaitItemState(NEWS, "none", AWAIT_TIMEOUT);
        fixture.people().holiday().balance(160_000);
        fixture.awaitShown("Holiday_Balance", "1600.00");
        assertEquals("none", rest.itemState(NEWS));

        fixture.people().holiday().balance(149_999);
        fixture.awaitShown("Holiday_Balance", "1499.99");
        fixture.people().holiday().balance(150_000);
        fixture.awaitShown("Holiday_Balance", "1500.00");
        rest.awaitItemState(NEWS, "The holiday is paid for!", AWAIT_TIMEOUT);
    }

    @Test
    void showsGoalProgressInPercent() {
        fixture.people().holiday().balance(30_000);
        fixture.awaitShown("Holiday_Balance", "300.00");
        rest.awaitItemState("Holiday_Progress", "20.0 %", AWAIT_TIMEOUT);
        rest.awaitItemState("Progress_Number", "20.0", AWAIT_TIMEOUT);
        rest.awaitItemState("Progress_Half", "OFF", AWAIT_TIMEOUT);
        fixture.people().holiday().balance(75_000);
        fixture.awaitShown("Holiday_Balance", "750.00");
        rest.awaitItemState("Progress_Half", "ON", AWAIT_TIMEOUT);

        fixture.people().holiday().goal(null);
        fixture.awaitShown("Holiday_Goal", "UNDEF");
        rest.awaitItemState("Holiday_Progress", "UNDEF", AWAIT_TIMEOUT);
        fixture.people().holiday().goal(150_000L).balance(147_500);
        fixture.awaitShown("Holiday_Goal", "1500.00");
    }

    @Test
    void showsTotalBalance() {
        current.totalBalance(2_000_000L);
        fixture.awaitShown("Current_Total", "20000.00");
        rest.awaitItemState("Total_Rich", "OFF", AWAIT_TIMEOUT);
        assertEquals("NULL", rest.itemState("Form_Rich"));
        current.totalBalance(2_000_001L);
        fixture.awaitShown("Current_Total", "20000.01");
        rest.awaitItemState("Total_Rich", "ON", AWAIT_TIMEOUT);
        rest.awaitItemState("Form_Rich", "ON", AWAIT_TIMEOUT);
    }

    @Test
    void showsSpendingAsPositiveNumber() {
        current.spendToday(-2_500);
        fixture.awaitShown("Spent_Today", "25.00");
        rest.awaitItemState("Spent_Much", "OFF", AWAIT_TIMEOUT);
        current.spendToday(-5_001);
        fixture.awaitShown("Spent_Today", "50.01");
        rest.awaitItemState("Spent_Much", "ON", AWAIT_TIMEOUT);
        rest.awaitItemState("Form_Spent", "ON", AWAIT_TIMEOUT);
        current.withoutSpendToday().withoutTotalBalance();
        fixture.awaitShown("Spent_Today", "UNDEF");
        rest.awaitItemState("Current_Total", "UNDEF", AWAIT_TIMEOUT);
        assertEquals("ON", rest.itemState("Spent_Much"));
    }

    @Test
    void sitemapShowsAmountsWithCurrency() {
        JsonObject sitemap = rest.get("/sitemaps/monzo").getAsJsonObject();
        assertEquals("Money", sitemap.get("label").getAsString());
        String page = rest.get("/sitemaps/monzo/monzo").toString();
        List<String> labels = Pattern.compile("\"label\":\"([^\"]*)\"")
                .matcher(page)
                .results()
                .map(label -> label.group(1))
                .toList();
        String joint = String.format(Locale.UK, "Balance [£%,.2f]", new BigDecimal(rest.itemState("Joint_Balance")));
        assertTrue(labels.contains(joint), labels.toString());
        assertTrue(labels.stream().anyMatch(label -> label.matches("Saved so far \\[[\\d.]+ %]")), labels.toString());
    }

    /** As the README says in its section Privacy. */
    @Test
    void showsWherePeopleShopAndKeepsItOutOfTheEventLog() {
        BankTransaction logged = payAndAwait(101);
        rest.awaitItemState("Last_Place", "51.5,-0.08", AWAIT_TIMEOUT);
        awaitEvent(logged);

        fixture.openHab().logLevel(TRIGGERS, "WARN");
        BankTransaction hidden = payAndAwait(102);
        fixture.openHab().logLevel(TRIGGERS, "DEFAULT");
        awaitEvent(payAndAwait(103));
        assertFalse(fixture.openHab().events().contains(hidden.id()));
    }

    /** Pays with the watched account and waits until it is shown. */
    private static BankTransaction payAndAwait(long pence) {
        BankTransaction payment = fixture.people().joint().payments().pay(pence, "Corner Shop");
        rest.awaitItemState("Last_Paid", "-" + BigDecimal.valueOf(pence, 2), AWAIT_TIMEOUT);
        return payment;
    }

    private static void awaitEvent(BankTransaction transaction) {
        Await.until(
                "the event in the log",
                AWAIT_TIMEOUT,
                fixture.openHab()::events,
                text -> text.contains(transaction.id()));
    }

    private static void awaitSwitches(String tight, String overdrawn) {
        rest.awaitItemState(TIGHT, tight, AWAIT_TIMEOUT);
        rest.awaitItemState(OVERDRAWN, overdrawn, AWAIT_TIMEOUT);
    }
}
