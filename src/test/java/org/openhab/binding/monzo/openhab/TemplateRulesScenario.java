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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.simulator.BankAccount;

/**
 * Tests rules made from the templates that switch an item or send it a command.
 */
abstract class TemplateRulesScenario extends RulesScenario {
    /** Adds rules as Main UI does with what a person enters for a template. */
    @BeforeAll
    static void addRulesFromTemplates() {
        List.of("Tight", "Tighter", "Overdrawn", "Spent", "Goal", "Payment", "Shop", "Category", "Received", "Salary")
                .forEach(name -> rest.createItem("Switch", "Template_" + name, name));
        addRuleFromTemplate("tight", "money-tight", "item", "Current_Balance", "limit", 20, "switch", "Template_Tight");
        addRuleFromTemplate(
                "tighter",
                "money-tight",
                "item",
                "Current_Balance",
                "limit",
                10.5,
                "margin",
                5,
                "switch",
                "Template_Tighter");
        addRuleFromTemplate("overdrawn", "overdraft", "item", "Current_Balance", "switch", "Template_Overdrawn");
        addRuleFromTemplate("spent", "spent-today", "item", "Spent_Today", "limit", 50, "switch", "Template_Spent");
        addRuleFromTemplate("goal", "goal-reached", "pot", Examples.HOLIDAY, "item", "Template_Goal", "command", "ON");
        addTransactionRule("Payment", "large-payment", "amount", 100);
        addTransactionRule("Shop", "payment-at", "merchant", "green");
        addTransactionRule("Category", "payment-at", "category", "eating out", "amount", 10);
        addTransactionRule("Received", "money-received", "amount", 100);
        addTransactionRule("Salary", "money-received", "payday", true);
        awaitRulesFromTemplates(10);
    }

    /** Adds a rule that sends ON to the item of its name. */
    private static void addTransactionRule(String name, String template, Object... configuration) {
        Stream<Object> common = Stream.of("account", WATCHED, "item", "Template_" + name, "command", "ON");
        addRuleFromTemplate(
                name.toLowerCase(Locale.ROOT),
                template,
                Stream.concat(common, Arrays.stream(configuration)).toArray());
    }

    @AfterAll
    static void removeRulesFromTemplates() {
        removeRules("template-");
    }

    @Test
    void listsTemplatesWithTheirTexts() {
        List<JsonObject> templates = OpenHabFixture.objects(rest.get("/templates"))
                .filter(template -> template.get("uid").getAsString().startsWith("monzo:"))
                .toList();
        assertEquals(13, templates.size());
        assertTrue(templates.toString().contains("\"label\":\"Monzo: money is tight\""), templates.toString());
        assertTrue(templates.toString().contains("\"context\":\"item\""), templates.toString());
        assertFalse(templates.toString().contains("@text"), templates.toString());
        assertTrue(templates.toString().contains("\"value\":\"" + Examples.HOLIDAY + "\""), templates.toString());
        String action = rest.get("/module-types/monzo.SwitchByAmount").toString();
        assertTrue(action.contains("\"label\":\"switch an item by an amount\""), action);
        assertTrue(action.contains("\"label\":\"below the limit\""), action);
        assertFalse(action.contains("@text"), action);
    }

    @Test
    void templatesSwitchByTheBalance() {
        showBalance(2_000, "20.00");
        awaitTemplates("OFF", "OFF", "OFF");
        showBalance(1_999, "19.99");
        awaitTemplates("ON", "OFF", "OFF");
        showBalance(1_049, "10.49");
        awaitTemplates("ON", "ON", "OFF");
        showBalance(-1, "-0.01");
        awaitTemplates("ON", "ON", "ON");
        rest.postUpdate("Current_Balance", "UNDEF");
        rest.awaitItemState("Seen_Undefined", "ON", AWAIT_TIMEOUT);
        awaitTemplates("ON", "ON", "ON");
        showBalance(1_549, "15.49");
        awaitTemplates("ON", "ON", "OFF");
        showBalance(1_550, "15.50");
        awaitTemplates("ON", "OFF", "OFF");
        showBalance(2_000, "20.00");
        awaitTemplates("OFF", "OFF", "OFF");
    }

    private static void awaitTemplates(String tight, String tighter, String overdrawn) {
        rest.awaitItemState("Template_Tight", tight, AWAIT_TIMEOUT);
        rest.awaitItemState("Template_Tighter", tighter, AWAIT_TIMEOUT);
        rest.awaitItemState("Template_Overdrawn", overdrawn, AWAIT_TIMEOUT);
    }

    @Test
    void templateSwitchesByTheAmountSpentToday() {
        current.spendToday(-5_000);
        fixture.awaitShown("Spent_Today", "50.00");
        rest.awaitItemState("Template_Spent", "OFF", AWAIT_TIMEOUT);
        current.spendToday(-5_001);
        fixture.awaitShown("Spent_Today", "50.01");
        rest.awaitItemState("Template_Spent", "ON", AWAIT_TIMEOUT);
        current.spendToday(0);
        fixture.awaitShown("Spent_Today", "0.00");
        rest.awaitItemState("Template_Spent", "OFF", AWAIT_TIMEOUT);
    }

    @Test
    void templateSendsACommandWhenTheGoalIsReached() {
        fixture.people().holiday().balance(149_999);
        fixture.awaitShown("Holiday_Balance", "1499.99");
        rest.sendCommand("Template_Goal", "OFF");
        rest.awaitItemState("Template_Goal", "OFF", AWAIT_TIMEOUT);
        fixture.people().holiday().balance(150_000);
        fixture.awaitShown("Holiday_Balance", "1500.00");
        rest.awaitItemState("Template_Goal", "ON", AWAIT_TIMEOUT);
    }

    /** The rules have modules of the binding, which are gone for a moment. */
    @Test
    void rulesFromTemplatesSurviveARestartOfTheBinding() {
        fixture.restartBinding();
        fixture.awaitOnline(Examples.CURRENT);
        awaitRulesFromTemplates(10);
        showBalance(1_999, "19.99");
        rest.awaitItemState("Template_Tight", "ON", AWAIT_TIMEOUT);
        showBalance(2_000, "20.00");
        rest.awaitItemState("Template_Tight", "OFF", AWAIT_TIMEOUT);
    }

    /** The large payment is not the newest transaction. */
    @Test
    void templatesSendCommandsForTransactions() {
        BankAccount joint = fixture.people().joint().balance(1_000_000);
        List<String> names = List.of("Payment", "Shop", "Category", "Received", "Salary");
        names.forEach(name -> rest.sendCommand("Template_" + name, "OFF"));
        names.forEach(name -> rest.awaitItemState("Template_" + name, "OFF", AWAIT_TIMEOUT));
        joint.payments().pay(9_999, "Bookshop");
        joint.payments().pay(999, "Café").category("eating_out");
        joint.payments().decline(20_000, "Greengrocer", "INSUFFICIENT_FUNDS");
        joint.payments().receive(9_999, "Sam Friend", "Thank you");
        fixture.awaitShown("Joint_Balance", "9990.01");
        assertEquals(List.of("OFF", "OFF", "OFF", "OFF", "OFF"), states(names));

        joint.payments().pay(500, "Greengrocer");
        joint.payments().pay(1_000, "Café").category("eating_out");
        joint.payments().pay(10_000, "Shoe shop");
        joint.payments().pay(300, "Café");
        joint.payments().receive(10_000, "Sam Friend", "Thank you");
        fixture.awaitShown("Joint_Balance", "9972.01");
        List.of("Payment", "Shop", "Category", "Received")
                .forEach(name -> rest.awaitItemState("Template_" + name, "ON", AWAIT_TIMEOUT));
        assertEquals("OFF", rest.itemState("Template_Salary"));

        joint.payments().salary(200_000, "Employer");
        fixture.awaitShown("Joint_Balance", "11972.01");
        rest.awaitItemState("Template_Salary", "ON", AWAIT_TIMEOUT);
        joint.balance(98_700);
        fixture.awaitShown("Joint_Balance", "987.00");
    }

    private static List<String> states(List<String> names) {
        return names.stream().map(name -> rest.itemState("Template_" + name)).toList();
    }

    @Test
    void templateSendsACommandOnceWhenALoginNeedsAPerson() {
        String bob = "monzo:bridge:bob";
        rest.createItem("Switch", "Needs_Bob", "Needs Bob");
        addRuleFromTemplate("login", "login-needs-you", "login", bob, "item", "Needs_Bob", "command", "ON");
        rest.createThing(fixture.bridge(bob, "Bob's login"));
        rest.awaitItemState("Needs_Bob", "ON", AWAIT_TIMEOUT);
        fixture.authorise(bob, fixture.people().bob());
        rest.awaitThingStatus(bob, "OFFLINE", "CONFIGURATION_PENDING", AWAIT_TIMEOUT);
        fixture.bank().approve(fixture.people().bob());
        fixture.awaitOnline(bob);
        assertEquals(1, commandsTo("Needs_Bob"));

        fixture.bank().evict(fixture.people().bob());
        fixture.openHab().console("openhab:monzo refresh");
        rest.awaitThingStatus(bob, "OFFLINE", "CONFIGURATION_ERROR", AWAIT_TIMEOUT);
        Await.until("the second command", AWAIT_TIMEOUT, () -> commandsTo("Needs_Bob") == 2);
        rest.removeThing(bob);
        rest.send("DELETE", "/rules/template-login", "application/json", "");
    }

    @Test
    void templateSendsACommandWhenABudgetReachesAPercentage() {
        String budget = "monzo:budget:alice:shop";
        BankAccount joint = fixture.people().joint();
        addThing(budget, "limit", 100, "accountIds", List.of(joint.id()), "merchants", List.of("Budget Shop"));
        addBudgetRule("Any", budget, "");
        addBudgetRule("80", budget, "80");
        addBudgetRule("100", budget, "100");
        awaitRulesFromTemplates(13);
        joint.payments().pay(8_100, "Budget Shop");
        fixture.openHab().console("openhab:monzo refresh");
        rest.awaitItemState("Budget_Any", "ON", AWAIT_TIMEOUT);
        rest.awaitItemState("Budget_80", "ON", AWAIT_TIMEOUT);
        assertEquals("NULL", rest.itemState("Budget_100"));
        removeRules("template-budget");
        rest.removeThing(budget);
    }

    private static void addBudgetRule(String name, String budget, String percentage) {
        rest.createItem("Switch", "Budget_" + name, name);
        addRuleFromTemplate(
                "budget-" + name,
                "budget-alert",
                "budget",
                budget,
                "percentage",
                percentage,
                "item",
                "Budget_" + name,
                "command",
                "ON");
    }

    private static long commandsTo(String item) {
        String command = "'" + item + "' received command";
        return fixture.openHab()
                .events()
                .lines()
                .filter(line -> line.contains(command))
                .count();
    }
}
