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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Webhook;

/**
 * Tests a login in a real openHAB, from the login page to the removal of the bridge. Each test continues the one
 * before.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class EndToEndScenario {
    private static final String BRIDGE = "monzo:bridge:home";

    private static OpenHabFixture fixture;
    private static String current;
    private static String holiday;

    @BeforeAll
    static void prepare() {
        fixture = StartedOpenHabIT.newFixture();
        current = "monzo:account:home:" + fixture.people().current().id();
        holiday = "monzo:pot:home:" + fixture.people().holiday().id();
        fixture.people().current().balance(1_840);
        fixture.awaitBinding();
    }

    @AfterAll
    static void cleanUp() {
        if (fixture != null) {
            fixture.close();
        }
    }

    @Test
    @Order(1)
    void logsInAndAwaitsApproval() {
        OpenHabRest rest = fixture.rest();
        rest.createThing(fixture.bridge(BRIDGE, "Home"));
        ThingStatus pending = rest.awaitThingStatus(BRIDGE, "OFFLINE", "CONFIGURATION_PENDING", AWAIT_TIMEOUT);
        assertTrue(pending.description().contains("/connectmonzo"), pending.toString());

        Web.Page page = fixture.authorise(BRIDGE, fixture.people().alice());
        assertTrue(page.body().contains("approve in the Monzo app"), page.body());
        ThingStatus waiting = Await.until(
                "the wait for the approval",
                AWAIT_TIMEOUT,
                () -> rest.thingStatus(BRIDGE),
                s -> s.description().contains("app on your phone"));
        assertEquals("CONFIGURATION_PENDING", waiting.detail());

        fixture.bank().approve(fixture.people().alice());
        rest.awaitThingStatus(BRIDGE, "ONLINE", AWAIT_TIMEOUT);
        assertEquals(1, fixture.tokenCalls());
    }

    @Test
    @Order(2)
    void discoversAccountsAndPots() {
        OpenHabRest rest = fixture.rest();
        Await.until(
                "the inbox",
                AWAIT_TIMEOUT,
                () -> OpenHabFixture.objects(rest.inbox()).count() == 10);
        Map<String, JsonObject> byLabel = OpenHabFixture.objects(rest.inbox())
                .collect(Collectors.toMap(r -> r.get("label").getAsString(), r -> r));
        List<String> labels = byLabel.keySet().stream().sorted().toList();
        assertEquals(
                List.of(
                        "Monzo Account (uk_time_capsule), Alice Example",
                        "Monzo Current Account EUR, Alice Example",
                        "Monzo Current Account, Alice Example",
                        "Monzo Flex, Alice Example",
                        "Monzo Joint Account, Alice Example, Bob Sample",
                        "Monzo Pot Bills",
                        "Monzo Pot Holiday 🏖",
                        "Monzo Pot House deposit",
                        "Monzo Pot Rainy day",
                        "Monzo Rewards, Alice Example"),
                labels);
        JsonObject account = byLabel.get("Monzo Current Account, Alice Example");
        assertEquals(current, account.get("thingUID").getAsString());
        assertEquals(BRIDGE, account.get("bridgeUID").getAsString());
        assertEquals("accountId", account.get("representationProperty").getAsString());
        assertEquals(
                fixture.people().current().id(),
                account.getAsJsonObject("properties").get("accountId").getAsString());
        JsonObject pot = byLabel.get("Monzo Pot Holiday 🏖");
        assertEquals(holiday, pot.get("thingUID").getAsString());
        assertEquals("potId", pot.get("representationProperty").getAsString());
    }

    @Test
    @Order(3)
    void showsAmountsOfAcceptedThings() {
        OpenHabRest rest = fixture.rest();
        rest.approveInbox(current, "Current account");
        rest.approveInbox(holiday, "Holiday pot");
        fixture.awaitOnline(current, holiday);

        rest.createItem("Number", "Home_Balance", "Balance");
        rest.createItem("Number", "Home_Total", "Total");
        rest.createItem("Number", "Home_Spent", "Spent today");
        rest.createItem("Number", "Pot_Balance", "Saved");
        rest.createItem("Number", "Pot_Goal", "Goal");
        rest.createItem("Number:Dimensionless", "Pot_Progress", "Progress");
        rest.createItem("Switch", "Pot_Locked", "Locked");
        rest.link("Home_Balance", current + ":balance");
        rest.link("Home_Total", current + ":total-balance");
        rest.link("Home_Spent", current + ":spend-today");
        rest.link("Pot_Balance", holiday + ":balance");
        rest.link("Pot_Goal", holiday + ":goal");
        rest.link("Pot_Progress", holiday + ":goal-progress");
        rest.link("Pot_Locked", holiday + ":locked");

        rest.awaitItemState("Home_Balance", "18.40", AWAIT_TIMEOUT);
        rest.awaitItemState("Home_Total", "10263.50", AWAIT_TIMEOUT);
        rest.awaitItemState("Home_Spent", "12.50", AWAIT_TIMEOUT);
        rest.awaitItemState("Pot_Balance", "1475.00", AWAIT_TIMEOUT);
        rest.awaitItemState("Pot_Goal", "1500.00", AWAIT_TIMEOUT);
        rest.awaitItemState("Pot_Progress", "98.3 %", AWAIT_TIMEOUT);
        rest.awaitItemState("Pot_Locked", "OFF", AWAIT_TIMEOUT);
        for (String amount : List.of("Home_Balance", "Home_Total", "Home_Spent", "Pot_Balance", "Pot_Goal")) {
            JsonObject description = rest.item(amount).getAsJsonObject("stateDescription");
            assertTrue(description.get("pattern").getAsString().contains("£"), amount + ": " + description);
            assertTrue(description.get("readOnly").getAsBoolean(), amount);
        }
        List<String> left = OpenHabFixture.objects(rest.inbox())
                .map(r -> r.get("thingUID").getAsString())
                .toList();
        assertFalse(left.contains(current) || left.contains(holiday), left.toString());
    }

    @Test
    @Order(4)
    void restoresAmountAfterACommand() {
        OpenHabRest rest = fixture.rest();
        rest.sendCommand("Home_Balance", "5");
        rest.sendCommand("Pot_Locked", "ON");
        fixture.people().current().balance(1_841);
        fixture.awaitShown("Home_Balance", "18.41");
        fixture.people().current().balance(1_840);
        fixture.awaitShown("Home_Balance", "18.40");
        String events = fixture.openHab().events();
        assertTrue(events.contains("'Home_Balance' received command 5"), events);
        assertFalse(events.contains("'Home_Balance' changed from 18.40 to 5"), events);
        assertFalse(events.contains("'Pot_Locked' changed from OFF to ON"), events);
    }

    @Test
    @Order(5)
    void returnsRemovedThingToTheInbox() {
        OpenHabRest rest = fixture.rest();
        String rainyDay = "monzo:pot:home:" + fixture.people().rainyDay().id();
        String flex = "monzo:account:home:" + fixture.people().flex().id();
        rest.send("POST", "/inbox/" + Web.encode(flex) + "/ignore", "text/plain", "");
        rest.approveInbox(rainyDay, "Rainy day");
        fixture.awaitOnline(rainyDay);
        assertEquals("", inboxFlag(rainyDay));

        rest.removeThing(rainyDay);
        Await.until("the pot to be in the Inbox again", AWAIT_TIMEOUT, () -> inboxFlag(rainyDay), "NEW"::equals);
        assertEquals("IGNORED", inboxFlag(flex));
    }

    /** Returns NEW or IGNORED, empty if it is not in the Inbox. */
    private static String inboxFlag(String uid) {
        return OpenHabFixture.objects(fixture.rest().inbox())
                .filter(result -> result.get("thingUID").getAsString().equals(uid))
                .map(result -> result.get("flag").getAsString())
                .findFirst()
                .orElse("");
    }

    @Test
    @Order(6)
    void runsRulesOnBalanceAndGoal() {
        OpenHabRest rest = fixture.rest();
        rest.createItem("Switch", "Tight_By_File", "Tight, says the rule of the file");
        rest.createItem("Switch", "Tight_By_Form", "Tight, says the rule of the form");
        rest.createItem("Switch", "Goal_By_Form", "Goal reached");
        fixture.openHab().writeConf("rules/tight.rules", """
                        rule "Tight"
                        when
                            Item Home_Balance changed
                        then
                            Tight_By_File.postUpdate(if ((Home_Balance.state as Number) < 10) ON else OFF)
                        end
                        """);
        rest.createRule(JsonRule.of(
                "tight-by-form",
                JsonRule.module("1", "core.ItemStateChangeTrigger", "itemName", "Home_Balance"),
                JsonRule.module(
                        "2", "core.ItemStateCondition", "itemName", "Home_Balance", "operator", "<", "state", "10"),
                JsonRule.module(
                        "3",
                        "script.ScriptAction",
                        "type",
                        "application/vnd.openhab.dsl.rule",
                        "script",
                        "Tight_By_Form.postUpdate(ON)")));
        rest.createRule(JsonRule.of(
                "goal-by-form",
                JsonRule.module("1", "core.ChannelEventTrigger", "channelUID", holiday + ":goal-reached"),
                null,
                JsonRule.module("2", "core.ItemCommandAction", "itemName", "Goal_By_Form", "command", "ON")));
        Await.until(
                "three rules that wait for events",
                AWAIT_TIMEOUT,
                () -> rest.rules().toString(),
                r -> r.split("\"status\":\"IDLE\"", -1).length == 4);

        fixture.people().current().spend(1_000);
        fixture.awaitShownByCommand("Home_Balance", "8.40");
        rest.awaitItemState("Tight_By_File", "ON", AWAIT_TIMEOUT);
        rest.awaitItemState("Tight_By_Form", "ON", AWAIT_TIMEOUT);
        assertEquals("NULL", rest.itemState("Goal_By_Form"));

        fixture.people().holiday().deposit(2_500);
        fixture.awaitShownByCommand("Pot_Balance", "1500.00");
        rest.awaitItemState("Goal_By_Form", "ON", AWAIT_TIMEOUT);
        assertEquals("100 %", rest.itemState("Pot_Progress").replace(".0", ""));
        fixture.awaitShown("Home_Balance", "-16.60");
        fixture.assertLogClean();
    }

    @Test
    @Order(7)
    void logsOutAndDeletesTokensWhenTheBridgeIsRemoved() {
        fixture.awaitOnline(BRIDGE);
        assertTrue(fixture.storedLogins().contains(BRIDGE), fixture.storedLogins());
        int logouts = fixture.bank().count(Endpoint.LOGOUT);
        int tokenCalls = fixture.tokenCalls();

        fixture.rest().removeThing(BRIDGE);
        Await.until(
                "the end of the bridge",
                AWAIT_TIMEOUT,
                () -> OpenHabFixture.objects(fixture.rest().things())
                        .noneMatch(t -> t.get("UID").getAsString().equals(BRIDGE)));
        Await.until(
                "the end of the tokens",
                AWAIT_TIMEOUT,
                () -> !fixture.storedLogins().contains(BRIDGE));
        assertEquals(logouts + 1, fixture.bank().count(Endpoint.LOGOUT));
        assertEquals(tokenCalls, fixture.tokenCalls());
        assertTrue(fixture.bank().currentAccessToken(fixture.people().alice()).isEmpty());
        assertFalse(new Web().get(fixture.connectPage()).ok().body().contains(BRIDGE));
        fixture.assertLogClean();
    }

    @Test
    @Order(8)
    void rediscoversThingsWhenTheBridgeIsAddedAgain() {
        OpenHabRest rest = fixture.rest();
        rest.awaitThingStatus(current, "UNINITIALIZED", "HANDLER_MISSING_ERROR", AWAIT_TIMEOUT);
        fixture.people().current().balance(4_200);
        rest.createThing(fixture.bridge(BRIDGE, "Alice's \"Home\", again"));
        ThingStatus offline = rest.awaitThingStatus(current, "OFFLINE", "BRIDGE_OFFLINE", AWAIT_TIMEOUT);
        assertTrue(offline.description().contains("See Alice's ”Home”‚ again."), offline.toString());

        fixture.logIn(BRIDGE, fixture.people().alice());
        fixture.awaitOnline(current, holiday);
        rest.awaitItemState("Home_Balance", "42.00", AWAIT_TIMEOUT);
        rest.awaitItemState("Pot_Balance", "1500.00", AWAIT_TIMEOUT);
        assertTrue(rest.item("Home_Balance").toString().contains("£"));
        fixture.assertLogClean();
    }

    /** With refreshes an hour apart, only a notice can bring the new balance. */
    @Test
    @Order(9)
    void refreshesAtOnceWhenANoticeComes() {
        configurePush(fixture.connectPage() + "/webhook");
        awaitPush("set up");
        assertEquals(List.of(fixture.people().current().id()), accountsWithWebhook());

        fixture.people().current().payments().pay(1_000, "Coffee Bar");
        fixture.rest().awaitItemState("Home_Balance", "32.00", AWAIT_TIMEOUT);
        awaitPush("on<");
        assertTrue(fixture.openHab().console("openhab:monzo logins").contains("push:     on"));
        fixture.assertLogClean();
    }

    @Test
    @Order(10)
    void usesOpenHabsWebhookServiceWithoutAPublicAddress() throws IOException {
        String publicUrl = "https://myopenhab.example/api/hooks/1";
        Path requests = fixture.openHab().userdata().resolve("webhook-path");
        Path bundle = fixture.openHab().userdata().resolve("webhook-service.jar");
        WebhookServiceBundle.write(bundle, publicUrl, requests);
        configurePush("");
        awaitPush("waiting for openHAB");

        fixture.openHab().console("bundle:install -s " + bundle.toUri());
        awaitPush("set up");
        assertEquals(
                List.of(publicUrl),
                fixture.bank().webhooks().all().stream().map(Webhook::url).toList());
        fixture.bank().pushes().deliver(publicUrl, fixture.openHab().baseUrl() + Files.readString(requests));
        fixture.people().current().payments().pay(1_000, "Coffee Bar");
        fixture.rest().awaitItemState("Home_Balance", "22.00", AWAIT_TIMEOUT);
        awaitPush("on<");

        fixture.openHab().console("bundle:stop webhook.service");
        awaitPush("waiting for openHAB");
        fixture.openHab().console("bundle:start webhook.service");
        awaitPush("on<");
        fixture.assertLogClean();
    }

    @Test
    @Order(11)
    void deletesWebhooksWhenTheBridgeIsRemoved() throws IOException {
        Path requests = fixture.openHab().userdata().resolve("webhook-path");
        String secret = Files.readString(requests).replaceFirst(".*/", "");
        assertFalse(fixture.openHab().log().contains(secret));
        fixture.rest().removeThing(BRIDGE);
        Await.until(
                "the end of the webhooks",
                AWAIT_TIMEOUT,
                () -> accountsWithWebhook().isEmpty());
        Await.until(
                "the release of the URL",
                AWAIT_TIMEOUT,
                () -> Files.readString(requests).isEmpty());
        Path stored = fixture.openHab().userdata().resolve("jsondb/org.openhab.binding.monzo.webhooks.json");
        Await.until(
                "the end of the secret",
                AWAIT_TIMEOUT,
                () -> !Files.readString(stored).contains(secret));
        fixture.assertLogClean();
    }

    private static void configurePush(String webhookUrl) {
        JsonObject configuration = new JsonObject();
        configuration.addProperty("push", true);
        configuration.addProperty("refreshInterval", 3600);
        configuration.addProperty("webhookUrl", webhookUrl);
        fixture.rest().setThingConfig(BRIDGE, configuration);
        fixture.awaitOnline(BRIDGE, current);
    }

    private static void awaitPush(String text) {
        Await.until(
                "push: " + text,
                AWAIT_TIMEOUT,
                () -> new Web().get(fixture.connectPage()).ok().body(),
                page -> page.contains("Push: " + text));
    }

    private static List<String> accountsWithWebhook() {
        return fixture.bank().webhooks().all().stream().map(Webhook::accountId).toList();
    }
}
