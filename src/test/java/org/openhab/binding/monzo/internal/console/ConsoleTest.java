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
package org.openhab.binding.monzo.internal.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.fixture.BindingTestBase;
import org.openhab.binding.monzo.fixture.RuleCalls;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.core.io.console.Console;
import org.openhab.core.thing.Thing;

/**
 * Tests the output of the console command.
 */
class ConsoleTest extends BindingTestBase {

    private static final String USED = ", used when no account ID is entered";

    private MonzoBridgeHandler bridge;

    @BeforeEach
    void addThings() {
        bridge = fixture.addBridge("alice");
    }

    private String output(String... arguments) {
        StringBuilder output = new StringBuilder();
        DiagnosticReport report = new DiagnosticReport(() -> Map.of("openHAB", "3.0.1"), fixture.clock);
        new MonzoCommandExtension(
                        fixture.bridges(), "Rule "::concat, fixture.core().statusTexts(), () -> ZoneOffset.UTC, report)
                .execute(arguments, new Console() {
                    @Override
                    public void print(String s) {
                        output.append(s);
                    }

                    @Override
                    public void println(String s) {
                        output.append(s).append('\n');
                    }

                    @Override
                    public void printUsage(String s) {
                        println(s);
                    }
                });
        return output.toString();
    }

    @Test
    void printsLabelOwnerAndApprovalOfALogin() {
        assertThat(output("logins"), containsString("label:    Login of alice"));
        assertThat(output("logins"), not(anyOf(containsString("owner:"), containsString("approved:"))));

        fixture.connect(bridge, people.alice());
        assertThat(
                output("logins"),
                stringContainsInOrder(
                        "monzo:bridge:alice  ONLINE\n",
                        "  label:    Login of alice\n",
                        "  owner:    Alice Example\n",
                        "  approved: 2026-11-21\n"));
        assertThat(output("accounts"), startsWith("monzo:bridge:alice  Login of alice\n"));
    }

    @Test
    void printsWhetherPushIsOn() {
        assertThat(output("logins"), containsString("  push:     off\n"));
        fixture.addBridge("bob", Map.of("push", true));
        assertThat(output("logins"), containsString("  push:     waiting for openHAB's webhook service."));
    }

    @Test
    void printsTheStateOfBudgets() {
        people.current().payments().pay(2_550, "Corner Shop");
        fixture.addBudget(bridge, "groceries", Map.of("limit", "100.0")).setLabel("Groceries"); // as Main UI
        fixture.addBudget(bridge, "all", Map.of()).setLabel("All");
        fixture.addBudget(bridge, "wrong", Map.of("limit", "£20")).setLabel("Wrong");
        assertThat(output("logins"), containsString("  budget:   monzo:budget:alice:groceries  UNKNOWN  Groceries\n"));

        fixture.connect(bridge, people.alice());
        fixture.pass(Duration.ofSeconds(5));

        assertThat(
                output("logins"),
                stringContainsInOrder(
                        "  budget:   monzo:budget:alice:groceries  ONLINE  Groceries: 25.50 of 100 GBP spent (25.5 %)\n",
                        "  budget:   monzo:budget:alice:all  ONLINE  All: 25.50 GBP spent\n",
                        "  budget:   monzo:budget:alice:wrong  OFFLINE  Wrong (The Limit is not a usable amount."));
        assertThat(output("diagnose"), containsString("2 budget ONLINE"));
        assertThat(output("diagnose"), not(containsString("25.50")));
    }

    @Test
    void printsTypeCurrencyAndOwnersOfAnAccount() {
        fixture.connect(bridge, people.alice());
        String output = output("accounts");

        assertThat(output, containsString(people.joint().id() + "  Joint Account, GBP, Alice Example, Bob Sample\n"));
        assertThat(output, containsString(people.euro().id() + "  Current Account, EUR, Alice Example\n"));
        assertThat(output, containsString("  Prepaid Account, GBP, Alice Example, closed\n"));
        assertThat(output, containsString("  Account (uk_time_capsule), GBP, Alice Example\n"));
        assertThat(output, not(containsString(people.alice().userId())));
    }

    @Test
    void printsAccountUsedWithoutAnId() {
        fixture.connect(bridge, people.alice());
        assertThat(
                output("accounts"),
                containsString(people.current().id() + "  Current Account, GBP, Alice Example" + USED));
        assertThat(output("accounts").split(USED, -1).length, is(2));
    }

    /** A chosen account is kept while it is open, even if another one is listed first now. */
    @Test
    void printsAccountChosenByAThing() {
        fixture.addAccount(bridge, null);
        fixture.connect(bridge, people.alice());
        fixture.bank.openAccount("uk_retail", "GBP", people.alice());
        bridge.getThing()
                .getThings()
                .get(0)
                .setProperty("accountId", people.joint().id());

        String output = output("accounts");
        assertThat(
                output, containsString(people.joint().id() + "  Joint Account, GBP, Alice Example, Bob Sample" + USED));
        assertThat(output.split(USED, -1).length, is(2));
    }

    @Test
    void marksNoAccountForThingsWithAnId() {
        fixture.addAccount(bridge, people.joint().id());
        fixture.connect(bridge, people.alice());
        assertThat(
                output("accounts"),
                containsString(people.current().id() + "  Current Account, GBP, Alice Example" + USED));
    }

    @Test
    void listsTheLatestTransfers() {
        bridge = fixture.addBridge("rules", Map.of("allowTransfers", true));
        assertThat(
                output("transfers"), containsString("monzo:bridge:rules  Login of rules\n  no transfers in the last"));
        fixture.connect(bridge, people.alice());
        Thing pot = fixture.addPot(bridge, people.holiday().id());
        fixture.pass(Duration.ofMinutes(1));
        RuleCalls rules = new RuleCalls(fixture);
        rules.deposit(pot, "1.50", "coffee 1");
        fixture.pass(Duration.ofSeconds(30));
        rules.withdraw(pot, "2");

        String name = people.holiday().name();
        assertThat(
                output("transfers"),
                stringContainsInOrder(
                        "  2026-11-21 08:01:40  " + name + "  out of the pot  £2.00  done\n",
                        "  2026-11-21 08:01:10  " + name + "  into the pot  £1.50  done  coffee 1\n"));
    }

    @Test
    void removesControlCharacters() {
        people.rainyDay().name("Rainy\u001b[31m\u009b day");
        bridge.getThing().setLabel("Login\u0007");
        fixture.connect(bridge, people.alice());
        assertThat(output("accounts"), containsString("Rainy[31m day"));
        assertThat(output("logins"), containsString("label:    Login\n"));
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
    }

    @Test
    void diagnosesWithAndWithoutLogins() {
        assertThat(output("diagnose"), startsWith("openHAB: 3.0.1\nMonzo Logins: 1\n\nMonzo Login 1: "));
        fixture.end(bridge.getThing());
        assertThat(output("diagnose"), is("openHAB: 3.0.1\nMonzo Logins: 0\n"));
    }

    @Test
    void listsItsCommands() {
        assertThat(
                output("help"),
                stringContainsInOrder(
                        "monzo logins",
                        "monzo accounts",
                        "monzo transfers",
                        "monzo refresh [<bridge UID>]",
                        "monzo diagnose"));
    }
}
