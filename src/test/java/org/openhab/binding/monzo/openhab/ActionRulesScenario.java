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
import static org.openhab.binding.monzo.openhab.OpenHabFixture.AWAIT_TIMEOUT;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.simulator.PotTransfer;

/**
 * Tests what scripts can do with the actions of pots and accounts.
 */
abstract class ActionRulesScenario extends RulesScenario {
    @BeforeAll
    static void awaitRules() {
        awaitRulesOfFiles();
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
        assertEquals("Not moved: this thing is not a Monzo Pot.", rest.itemState("Transfer_Message"));
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
     * Has a rule call an action. Its file must not be named after another with a hyphen: openHAB 3.0.1 removes the
     * rules of {@code probe-x.rules} when it loads {@code probe.rules} again.
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
}
