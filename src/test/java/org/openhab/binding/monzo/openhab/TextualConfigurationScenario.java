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
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.openhab.binding.monzo.simulator.SampleCustomers;

/**
 * Tests two users who configure everything in files, in an unfavourable order.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class TextualConfigurationScenario {
    private static final String ALICE = "monzo:bridge:alice";
    private static final String BOB = "monzo:bridge:bob";
    private static final String ALICES_JOINT = "monzo:account:alice:joint";
    private static final String BOBS_JOINT = "monzo:account:bob:joint";
    private static final String BOBS_FIRST = "monzo:account:bob:first";
    private static final String ALICES_FIRST = "monzo:account:alice:first";
    private static final String HOLIDAY = "monzo:pot:alice:holiday";
    private static final List<String> CHILDREN = List.of(ALICES_JOINT, BOBS_JOINT, BOBS_FIRST, ALICES_FIRST, HOLIDAY);

    private static OpenHabFixture fixture;
    private static OpenHabRest rest;
    private static SampleCustomers people;

    @BeforeAll
    static void prepare() {
        fixture = StartedOpenHabIT.newFixture();
        people = fixture.people();
        // Read in the order of their names: both children before their bridges.
        fixture.openHab()
                .writeConf("things/a.things", """
                        Thing monzo:account:alice:first "Alice" (monzo:bridge:alice)
                        Thing monzo:pot:alice:holiday "Holiday" (monzo:bridge:alice) [ potId="%s" ]
                        Thing monzo:pot:alice:nameless "No ID" (monzo:bridge:alice)
                        """.formatted(people.holiday().id()));
        writeBob("Bob");
        writeAlice("Alice", 10);
        fixture.openHab().writeConf("items/money.items", """
                        Group Money
                        Number Alice_Joint "Joint" <price> (Money) ["Point"] { channel="monzo:account:alice:joint:balance", stateDescription=""[pattern="%.0f pounds"], autoupdate="false" }
                        Number Bob_Joint   "Joint" { channel="monzo:account:bob:joint:balance" }
                        Number Bob_First   "Bob"   { channel="monzo:account:bob:first:balance" }
                        Number Alice_First "Alice" { channel="monzo:account:alice:first:balance" }
                        Number:Dimensionless Holiday_Progress "Saved" { channel="monzo:pot:alice:holiday:goal-progress", unit="%" }
                        Number Everything  "Both"  { channel="monzo:account:alice:first:balance", channel="monzo:account:bob:first:balance" }
                        """);
        fixture.openHab().writeConf("sitemaps/money.sitemap", """
                        sitemap money label="Money" {
                            Text item=Alice_Joint
                            Text item=Bob_Joint
                        }
                        """);
        rest = fixture.rest();
    }

    @AfterAll
    static void cleanUp() {
        if (fixture != null) {
            fixture.close();
        }
    }

    private static void writeAlice(String label, int refreshInterval) {
        fixture.openHab().writeConf("things/z.things", """
                        Bridge monzo:bridge:alice "%s" [ %s ] {
                            Thing account joint "Joint" [ accountId="%s" ]
                        }
                        """.formatted(
                        label,
                        fixture.bridgeSettings().replace("refreshInterval=10", "refreshInterval=" + refreshInterval),
                        people.joint().id()));
    }

    /** His things precede their bridge in the same file. */
    private static void writeBob(String label) {
        fixture.openHab()
                .writeConf("things/m.things", """
                        Thing monzo:account:bob:joint "Joint" (monzo:bridge:bob) [ accountId="%s" ]
                        Thing monzo:account:bob:first "Bob's" (monzo:bridge:bob)
                        Bridge monzo:bridge:bob "%s" [ %s ]
                        """.formatted(people.joint().id(), label, fixture.bridgeSettings()));
    }

    @Test
    @Order(1)
    void logsInTwoUsers() {
        fixture.logIn(ALICE, people.alice());
        fixture.logIn(BOB, people.bob());
        fixture.awaitOnline(CHILDREN.toArray(String[]::new));
        assertEquals(2, fixture.tokenCalls());
        fixture.assertLogClean();
    }

    @Test
    @Order(2)
    void showsSameJointAccountToBothUsers() {
        rest.awaitItemState("Alice_Joint", "987.00", AWAIT_TIMEOUT);
        rest.awaitItemState("Bob_Joint", "987.00", AWAIT_TIMEOUT);
        people.joint().spend(700);
        fixture.awaitShown("Alice_Joint", "980.00");
        fixture.awaitShown("Bob_Joint", "980.00");
    }

    @Test
    @Order(3)
    void usesFirstOpenCurrentAccountWithoutId() {
        rest.awaitItemState("Alice_First", "1234.56", AWAIT_TIMEOUT);
        // Bob's joint account is older than his own, and a current account too.
        rest.awaitItemState("Bob_First", "980.00", AWAIT_TIMEOUT);
        assertEquals(
                people.current().id(),
                rest.thing(ALICES_FIRST)
                        .getAsJsonObject("properties")
                        .get("accountId")
                        .getAsString());
    }

    @Test
    @Order(4)
    void metadataAndSitemapOverrideThePattern() {
        JsonObject item = rest.get("/items/Alice_Joint?metadata=stateDescription,autoupdate")
                .getAsJsonObject();
        assertTrue(item.getAsJsonObject("metadata").has("autoupdate"), item.toString());
        assertEquals(
                "%.0f pounds",
                item.getAsJsonObject("stateDescription").get("pattern").getAsString());
        String page = rest.get("/sitemaps/money/money").toString();
        assertTrue(page.contains("Joint [980 pounds]"), page);
        assertTrue(page.contains("Joint [£980.00]"), page);
    }

    /** openHAB 4 and later require the unit; openHAB 3 must ignore it. */
    @Test
    @Order(4)
    void showsGoalProgressInPercentWithUnitMetadata() {
        rest.awaitItemState("Holiday_Progress", "98.3 %", AWAIT_TIMEOUT);
        JsonObject item = rest.get("/items/Holiday_Progress?metadata=unit").getAsJsonObject();
        assertEquals(
                "%",
                item.getAsJsonObject("metadata")
                        .getAsJsonObject("unit")
                        .get("value")
                        .getAsString());
    }

    @Test
    @Order(4)
    void doesNotStartThingWithoutRequiredSetting() {
        ThingStatus status = rest.thingStatus("monzo:pot:alice:nameless");
        assertEquals("UNINITIALIZED", status.status());
        assertEquals("HANDLER_CONFIGURATION_PENDING", status.detail());
    }

    @Test
    @Order(5)
    void hidesConfiguredThingsFromTheInbox() {
        List<String> inbox = OpenHabFixture.objects(rest.inbox())
                .filter(r -> r.get("flag").getAsString().equals("NEW"))
                .map(r -> r.get("thingUID").getAsString())
                .toList();
        for (String id : List.of(
                people.current().id(), people.joint().id(), people.holiday().id())) {
            assertTrue(inbox.stream().noneMatch(uid -> uid.endsWith(id)), id + " in " + inbox);
        }
        assertTrue(inbox.stream().anyMatch(uid -> uid.endsWith(people.euro().id())), inbox.toString());
    }

    @Test
    @Order(6)
    void reloadWithOtherLabelAndIntervalKeepsTheLogin() {
        int tokenCalls = fixture.tokenCalls();
        writeAlice("Alice's money", 11);
        Await.until(
                "the new label",
                AWAIT_TIMEOUT,
                () -> rest.thing(ALICE).get("label").getAsString(),
                "Alice's money"::equals);
        Await.until(
                "the new interval",
                AWAIT_TIMEOUT,
                () -> rest.thing(ALICE)
                        .getAsJsonObject("configuration")
                        .get("refreshInterval")
                        .getAsInt(),
                i -> i == 11);
        fixture.awaitOnline(ALICE);
        fixture.awaitOnline(CHILDREN.toArray(String[]::new));
        people.current().balance(100);
        fixture.awaitShown("Alice_First", "1.00");

        writeBob("Bob's money");
        Await.until(
                "the new label",
                AWAIT_TIMEOUT,
                () -> rest.thing(BOB).get("label").getAsString(),
                "Bob's money"::equals);
        fixture.awaitOnline(BOB);
        people.joint().balance(5);
        fixture.awaitShown("Bob_Joint", "0.05");
        fixture.awaitShown("Alice_Joint", "0.05");
        assertEquals(tokenCalls, fixture.tokenCalls());
        fixture.assertLogClean();
    }

    @Test
    @Order(7)
    void endOfOneLoginDoesNotAffectTheOther() {
        fixture.bank().evict(people.bob());
        rest.awaitThingStatus(BOB, "OFFLINE", "CONFIGURATION_ERROR", AWAIT_TIMEOUT);
        rest.awaitThingStatus(BOBS_JOINT, "OFFLINE", "BRIDGE_OFFLINE", AWAIT_TIMEOUT);
        people.joint().balance(6);
        fixture.awaitShown("Alice_Joint", "0.06");
        assertTrue(rest.thingStatus(ALICE).isOnline());
        assertFalse(rest.thingStatus(BOBS_FIRST).isOnline());
    }

    @Test
    @Order(8)
    void updatesUsersOwnLoginWhenAnotherIsAuthorised() {
        String page = fixture.authorise(ALICE, people.bob()).body();
        assertTrue(page.contains("Authorised instead: Bob&#39;s money"), page);
        assertTrue(page.contains("Alice&#39;s money was not changed"), page);
        fixture.bank().approve(people.bob());
        fixture.awaitOnline(BOB, BOBS_JOINT, BOBS_FIRST);
        assertTrue(rest.thingStatus(ALICE).isOnline());
        fixture.assertLogClean();
    }
}
