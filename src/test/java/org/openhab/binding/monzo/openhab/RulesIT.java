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
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.openhab.binding.monzo.openhab.OpenHabFixture.AWAIT_TIMEOUT;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.simulator.BankAccount;
import org.openhab.binding.monzo.simulator.BankTransaction;
import org.openhab.binding.monzo.simulator.PotTransfer;

/**
 * Tests the README's example files and other uses of the channels in rules.
 */
class RulesIT {
    private static final String TIGHT = "Money_Tight";
    private static final String OVERDRAWN = "Overdrawn";
    private static final String NEWS = "Pot_News";
    private static final String TRIGGERS = "openhab.event.ChannelTriggeredEvent";
    private static final String WATCHED = "monzo:account:alice:watched";

    private static OpenHabFixture fixture;
    private static OpenHabRest rest;
    private static BankAccount current;

    @BeforeAll
    static void startOpenHab() {
        fixture = OpenHabFixture.prepare("rules");
        current = fixture.people().current().balance(5_000);
        fixture.openHab().installBinding(Repository.bindingJar());
        Examples.install(fixture);
        fixture.openHab().writeConf("items/probe.items", OpenHabFixture.resource("/probe/probe.items"));
        fixture.openHab().writeConf("sitemaps/monzo.sitemap", OpenHabFixture.resource("/probe/monzo.sitemap"));
        fixture.openHab().writeConf("rules/probe.rules", OpenHabFixture.resource("/probe/probe.rules"));
        allowTransfers();
        fixture.start();
        rest = fixture.rest();
        fixture.logIn(Examples.BRIDGE, fixture.people().alice());
        fixture.awaitOnline(Examples.CURRENT, Examples.JOINT, Examples.HOLIDAY);
        addUiRules();
        addRulesFromTemplates();
    }

    /** Allows transfers, and adds the README's examples of them. */
    private static void allowTransfers() {
        String things = "things/monzo.things";
        fixture.openHab()
                .writeConf(things, readConf(things).replace("refreshInterval", "allowTransfers=true, refreshInterval"));
        for (String file : List.of("items/transfers.items", "rules/transfers.rules", "rules/actions.rules")) {
            String resource = "/transfers" + file.substring(file.indexOf('/'));
            fixture.openHab().writeConf(file, OpenHabFixture.resource(resource));
        }
    }

    private static String readConf(String path) {
        try {
            return Files.readString(fixture.openHab().conf().resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds rules as created in Main UI without a script. */
    private static void addUiRules() {
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

    /** Adds rules as Main UI does with what a person enters for a template. */
    private static void addRulesFromTemplates() {
        addWatchedAccount();
        List.of("Tight", "Tighter", "Overdrawn", "Spent", "Goal", "Payment")
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
        addRuleFromTemplate(
                "payment",
                "large-payment",
                "account",
                WATCHED,
                "amount",
                100,
                "item",
                "Template_Payment",
                "command",
                "ON");
        awaitRulesFromTemplates();
    }

    private static void awaitRulesFromTemplates() {
        Await.until(
                "rules from templates that wait for events",
                AWAIT_TIMEOUT,
                () -> OpenHabFixture.objects(rest.rules())
                        .filter(rule -> rule.get("uid").getAsString().startsWith("template-"))
                        .map(Object::toString)
                        .toList(),
                rules -> rules.size() == 6 && rules.stream().allMatch(rule -> rule.contains("\"status\":\"IDLE\"")));
    }

    private static void addRuleFromTemplate(String name, String template, Object... configuration) {
        rest.createRule(JsonRule.ofTemplate("template-" + name, "monzo:" + template, configuration));
    }

    private static void addWatchedAccount() {
        JsonObject configuration = new JsonObject();
        configuration.addProperty("accountId", fixture.people().joint().id());
        configuration.addProperty("transactions", true);
        JsonObject account = new JsonObject();
        account.addProperty("UID", WATCHED);
        account.addProperty("thingTypeUID", "monzo:account");
        account.addProperty("bridgeUID", Examples.BRIDGE);
        account.addProperty("label", "Watched account");
        account.add("configuration", configuration);
        rest.createThing(account);
        fixture.awaitOnline(WATCHED);
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

    @AfterAll
    static void stopOpenHab() {
        if (fixture != null) {
            fixture.close();
        }
    }

    @Test
    void listsTemplatesWithTheirTexts() {
        List<JsonObject> templates = OpenHabFixture.objects(rest.get("/templates"))
                .filter(template -> template.get("uid").getAsString().startsWith("monzo:"))
                .toList();
        assertEquals(5, templates.size());
        assertTrue(templates.toString().contains("\"label\":\"Monzo: money is tight\""), templates.toString());
        assertTrue(templates.toString().contains("\"context\":\"item\""), templates.toString());
        assertFalse(templates.toString().contains("@text"), templates.toString());
        String action = rest.get("/module-types/monzo.SwitchByAmount").toString();
        assertTrue(action.contains("\"label\":\"switch an item by an amount\""), action);
        assertTrue(action.contains("\"label\":\"below the limit\""), action);
        assertFalse(action.contains("@text"), action);
    }

    /** As the README says in its section Privacy. */
    @Test
    void showsWherePeopleShopAndKeepsItOutOfTheEventLog() {
        rest.createItem("Number", "Last_Paid", "Last paid");
        rest.link("Last_Paid", WATCHED + ":last-transaction-amount");
        rest.createItem("Location", "Last_Place", "Last place");
        rest.link("Last_Place", WATCHED + ":last-transaction-location");
        BankTransaction logged = payAndAwait(101);
        rest.awaitItemState("Last_Place", "51.5,-0.08", AWAIT_TIMEOUT);
        awaitEvent(logged);

        fixture.openHab().logLevel(TRIGGERS, "WARN");
        BankTransaction hidden = payAndAwait(102);
        fixture.openHab().logLevel(TRIGGERS, "DEFAULT");
        awaitEvent(payAndAwait(103));
        assertFalse(events().contains(hidden.id()));
    }

    /** Pays with the watched account and waits until it is shown. */
    private static BankTransaction payAndAwait(long pence) {
        BankTransaction payment = fixture.people().joint().payments().pay(pence, "Corner Shop");
        rest.awaitItemState("Last_Paid", "-" + BigDecimal.valueOf(pence, 2), AWAIT_TIMEOUT);
        return payment;
    }

    private static void awaitEvent(BankTransaction transaction) {
        Await.until("the event in the log", AWAIT_TIMEOUT, RulesIT::events, text -> text.contains(transaction.id()));
    }

    private static String events() {
        try {
            return Files.readString(fixture.openHab().userdata().resolve("logs/events.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        fixture.openHab().console("bundle:restart org.openhab.binding.monzo");
        fixture.awaitBinding();
        fixture.awaitOnline(Examples.CURRENT);
        awaitRulesFromTemplates();
        showBalance(1_999, "19.99");
        rest.awaitItemState("Template_Tight", "ON", AWAIT_TIMEOUT);
        showBalance(2_000, "20.00");
        rest.awaitItemState("Template_Tight", "OFF", AWAIT_TIMEOUT);
    }

    /** The large payment is not the newest transaction. */
    @Test
    void templateSendsACommandForALargePayment() {
        BankAccount joint = fixture.people().joint().balance(1_000_000);
        rest.sendCommand("Template_Payment", "OFF");
        rest.awaitItemState("Template_Payment", "OFF", AWAIT_TIMEOUT);
        joint.payments().pay(9_999, "Greengrocer");
        joint.payments().salary(200_000, "Employer");
        fixture.awaitShown("Joint_Balance", "11900.01");
        assertEquals("OFF", rest.itemState("Template_Payment"));

        joint.payments().pay(10_000, "Shoe shop");
        joint.payments().pay(300, "Café");
        fixture.awaitShown("Joint_Balance", "11797.01");
        rest.awaitItemState("Template_Payment", "ON", AWAIT_TIMEOUT);
        joint.balance(98_700);
        fixture.awaitShown("Joint_Balance", "987.00");
    }

    @Test
    void ruleShowsAMessageInTheFeed() {
        rest.sendCommand("Feed_Text", "Twenty pounds left");
        rest.awaitItemState("Feed_Result", "DONE: Shown in the Monzo app.", AWAIT_TIMEOUT);
        assertEquals(
                List.of("From a rule 💸: Twenty pounds left"),
                fixture.bank().feed().stream()
                        .map(item -> item.title() + ": " + item.body())
                        .toList());
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

    @Test
    void examplesMoveMoneyOnce() {
        fixture.people().holiday().goal(150_000L).balance(100_000);
        current.balance(150_000);
        fixture.awaitShown("Current_Balance", "1450.00");
        rest.awaitItemState("Holiday_Balance", "1050.00", AWAIT_TIMEOUT);
        showBalance(150_037, "1500.37");
        run("transfers-1");
        run("transfers-2");
        run("transfers-2");
        rest.awaitItemState("Holiday_Balance", "1050.37", AWAIT_TIMEOUT);

        assertEquals(
                List.of(5_000L, 37L),
                moved().stream().filter(amount -> amount > 0).toList());
        showBalance(5_000, "50.00");
    }

    @Test
    void actionsTakeAmountsOfAllTypes() {
        fixture.people().holiday().balance(100_000);
        int before = moved().size();
        rest.postUpdate("Transfer_Amount", "0.30");

        assertEquals("DONE", outcome("decimal"));
        rest.awaitItemState("Transfer_Pot_Balance", "999.90", AWAIT_TIMEOUT);
        assertEquals("£0.10 was moved out of the pot.", rest.itemState("Transfer_Message"));
        assertEquals("DONE", outcome("integer"));
        assertEquals("DONE", outcome("text"));
        assertEquals("DONE", outcome("text"));
        assertEquals(
                "The transfer with this ID was made earlier. Nothing was moved again.",
                rest.itemState("Transfer_Message"));
        assertEquals("DONE", outcome("state"));
        for (String wrong : List.of("null", "no pot", "account")) {
            assertEquals("REFUSED", outcome(wrong));
        }
        assertEquals(
                "This is no Monzo pot: check the UID of the thing. Nothing was moved.",
                rest.itemState("Transfer_Message"));
        assertEquals(List.of(-10L, -100L, -20L, -30L), moved().subList(before, moved().size()));
    }

    /** Anyone on the network can call a module type at {@code /rest/actions} of openHAB 4 and later. */
    @ParameterizedTest
    @ValueSource(strings = {"monzo.deposit", "monzo.withdraw", "monzo.postToFeed"})
    void offersNoActionWithoutAScript(String action) {
        OpenHabRest.RestException missing =
                assertThrows(OpenHabRest.RestException.class, () -> rest.get("/module-types/" + action));

        assertEquals(404, missing.status());
        assertFalse(rest.get("/module-types").toString().contains(action));
    }

    /**
     * Has a rule call an action. Its file must not be named after another with a hyphen: openHAB 3.0.1 removes the rules
     * of {@code probe-x.rules} when it loads {@code probe.rules} again.
     */
    private static String outcome(String kind) {
        rest.postUpdate("Transfer_Outcome", "none");
        rest.awaitItemState("Transfer_Outcome", "none", AWAIT_TIMEOUT);
        rest.sendCommand("Transfer_Kind", kind);
        return rest.awaitItemState("Transfer_Outcome", state -> state.matches("[A-Z]+"), AWAIT_TIMEOUT);
    }

    private static void run(String rule) {
        rest.send("POST", "/rules/" + rule + "/runnow", "text/plain", "");
    }

    private static List<Long> moved() {
        return fixture.bank().transfers().stream().map(PotTransfer::amount).toList();
    }

    @AfterEach
    void logsNoErrors() {
        fixture.assertLogClean();
        assertEquals(List.of(), ruleFailures());
    }

    private static void showBalance(long minor, String shown) {
        current.balance(minor);
        fixture.awaitShown("Current_Balance", shown);
    }

    private static void awaitSwitches(String tight, String overdrawn) {
        rest.awaitItemState(TIGHT, tight, AWAIT_TIMEOUT);
        rest.awaitItemState(OVERDRAWN, overdrawn, AWAIT_TIMEOUT);
    }

    private static List<String> ruleFailures() {
        return fixture.log()
                .lines()
                .filter(l -> l.contains("[ERROR]") || l.contains("[WARN ]"))
                .filter(l -> l.contains("rule") || l.contains("script"))
                // A warning about the jar's installation contains a directory "rules"; see assertLogClean.
                .filter(l -> !l.contains("felix.fileinstall"))
                .filter(l -> l.matches(".*(monzo|probe|Script execution|Error during).*"))
                .toList();
    }
}
