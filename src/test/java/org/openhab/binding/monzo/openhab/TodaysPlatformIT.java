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
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.openhab.binding.monzo.openhab.OpenHabFixture.AWAIT_TIMEOUT;

import com.google.gson.JsonObject;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.openhab.binding.monzo.foreignservlet.Activator;
import org.openhab.binding.monzo.simulator.BankAccount;
import org.openhab.binding.monzo.simulator.PotTransfer;

/**
 * Tests the binding in the web container of openHAB 4 and 5: each way in which its servlets come, beside another
 * add-on's servlet without a name. Each test continues the one before.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TodaysPlatformIT {
    private static final String BRIDGE = "monzo:bridge:today";
    private static final String ACCOUNT = "monzo:account:today:current";
    private static final String POT = "monzo:pot:today:holiday";

    private static OpenHabFixture fixture;
    private static Addons addons;
    private static Pages pages;

    @BeforeAll
    static void startOpenHab() {
        fixture = OpenHabFixture.prepare("todays-platform", Platform.TODAY);
        addons = new Addons(fixture);
        pages = new Pages(fixture);
        OpenHab openHab = fixture.openHab();
        openHab.writeConf("things/today.things", """
                Bridge %s "Today" [ %s ] {
                    Thing account current [ accountId="%s" ]
                    Thing pot     holiday [ potId="%s" ]
                }
                """.formatted(
                        BRIDGE,
                        fixture.bridgeSettings()
                                .replace(
                                        "refreshInterval=10",
                                        "refreshInterval=3600, allowTransfers=true, push=true, webhookUrl=\"%s/webhook\""
                                                .formatted(fixture.connectPage())),
                        fixture.people().current().id(),
                        fixture.people().holiday().id()));
        openHab.writeConf("items/today.items", "Number Balance { channel=\"%s:balance\" }".formatted(ACCOUNT));
        fixture.people().current().balance(10_000);
        fixture.start();
    }

    @AfterAll
    static void stopOpenHab() {
        if (fixture != null) {
            fixture.close();
        }
    }

    @AfterEach
    void logsNoErrors() {
        fixture.assertLogClean();
    }

    @Test
    @Order(1)
    void servesPagesWhenDroppedIntoRunningOpenHab() {
        addons.drop("monzo.jar", "1.0.1");
        fixture.rest().awaitThingStatus(BRIDGE, "OFFLINE", "CONFIGURATION_PENDING", AWAIT_TIMEOUT);
        fixture.awaitBinding();
        pages.assertServed(BRIDGE);
    }

    @Test
    @Order(2)
    void logsInAndDiscovers() {
        fixture.logIn(BRIDGE, fixture.people().alice());
        assertWorking();
        List<String> inbox = OpenHabFixture.objects(fixture.rest().inbox())
                .map(result -> result.get("thingUID").getAsString())
                .toList();
        assertTrue(
                inbox.contains("monzo:pot:today:" + fixture.people().rainyDay().id()), inbox.toString());
        String logins = fixture.openHab().console("openhab:monzo logins");
        assertTrue(logins.contains(BRIDGE + "  ONLINE"), logins);
    }

    @Test
    @Order(3)
    void movesMoneyByScript() {
        JsonObject script = JsonRule.module(
                "1",
                "script.ScriptAction",
                "type",
                "application/vnd.openhab.dsl.rule",
                "script",
                "getActions(\"monzo\", \"%s\").deposit(1.25)".formatted(POT));
        fixture.rest().createRule(JsonRule.of("deposit", null, null, script));
        fixture.rest().send("POST", "/rules/deposit/runnow", "text/plain", "");
        Await.until(
                "the transfer",
                AWAIT_TIMEOUT,
                () -> fixture.bank().transfers().stream()
                        .map(PotTransfer::amount)
                        .toList(),
                List.of(125L)::equals);
    }

    @Test
    @Order(4)
    void servesPagesBeforeForeignServlet() {
        addons.addForeignServlet();
        assertWorkingBesideForeignServlet();
    }

    @Test
    @Order(5)
    void servesPagesOfUpdatedJar() {
        addons.replaceWhileDisabled(BRIDGE, "monzo.jar", "1.0.2");
        assertWorkingBesideForeignServlet();
        assertTrue(addons.bundles().contains("1.0.2"), addons.bundles());
    }

    @Test
    @Order(6)
    void servesPagesAfterRestart() {
        fixture.openHab().restart();
        assertWorkingBesideForeignServlet();
    }

    @Test
    @Order(7)
    void leavesNothingWhenJarIsRemoved() {
        addons.delete("monzo.jar");
        Await.until(
                "the end of the bundle", AWAIT_TIMEOUT, () -> addons.bundles().isEmpty());
        pages.awaitGone();
        assertForeignServletServed();
    }

    @Test
    @Order(8)
    void servesPagesAfterForeignServlet() {
        addons.drop("monzo.jar", "1.0.3");
        assertWorkingBesideForeignServlet();
    }

    @Test
    @Order(9)
    void servesPagesWhenThereAtFirstStart() {
        try (OpenHabFixture other = OpenHabFixture.prepare("first-start", Platform.TODAY)) {
            other.openHab()
                    .writeConf(
                            "things/first.things",
                            "Bridge monzo:bridge:first [ %s ]".formatted(other.bridgeSettings()));
            other.openHab().installBinding(Repository.bindingJar());
            other.start();
            other.awaitBinding();
            other.rest().awaitThingStatus("monzo:bridge:first", "OFFLINE", "CONFIGURATION_PENDING", AWAIT_TIMEOUT);
            new Pages(other).assertServed("monzo:bridge:first");
            other.assertLogClean();
        }
    }

    private static void assertWorkingBesideForeignServlet() {
        fixture.awaitBinding();
        assertForeignServletServed();
        assertWorking();
    }

    private static void assertForeignServletServed() {
        URI page = URI.create(fixture.openHab().baseUrl() + Activator.PATH);
        Await.until("the foreign page", AWAIT_TIMEOUT, () -> new Web().get(page).body(), Activator.TEXT::equals);
    }

    /** Asserts that both servlets respond, and that a notice brings a new balance with the login of the first start. */
    private static void assertWorking() {
        fixture.awaitOnline(BRIDGE, ACCOUNT, POT);
        pages.assertServed(BRIDGE);
        BankAccount current = fixture.people().current();
        Await.until(
                "the webhook",
                AWAIT_TIMEOUT,
                () -> fixture.bank().webhooks().all().toString().contains(current.id()));
        current.payments().pay(100, "Coffee Bar");
        fixture.rest().awaitItemState("Balance", OpenHabFixture.pounds(current.balance()), AWAIT_TIMEOUT);
        assertEquals(1, fixture.tokenCalls(), "calls of the token endpoint");
    }
}
