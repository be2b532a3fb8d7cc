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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.fixture.BindingTestBase;
import org.openhab.binding.monzo.fixture.RuleCalls;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.core.thing.Thing;

/** Tests what the report says of the logins; {@code SecrecyTest} tests what it must not contain. */
class DiagnosticReportTest extends BindingTestBase {

    private List<String> report(MonzoBridgeHandler... bridges) {
        return new DiagnosticReport(() -> Map.of("openHAB", "3.0.1"), fixture.clock)
                .lines(Arrays.stream(bridges)
                        .map(MonzoBridgeHandler::connection)
                        .toList());
    }

    @Test
    void reportsALoginWithoutTokens() {
        MonzoBridgeHandler bridge = fixture.addBridge("alice");
        fixture.pass(Duration.ofSeconds(1));
        assertThat(
                report(bridge),
                contains(
                        "openHAB: 3.0.1",
                        "Monzo Logins: 1",
                        "",
                        "Monzo Login 1: OFFLINE CONFIGURATION_PENDING offline.login-needed",
                        "  changed settings: apiUrl, authUrl",
                        "  token: none",
                        "  refresh: last none, next none",
                        "  push: OFF",
                        "  accounts: none",
                        "  pots: none",
                        "  errors of balances: none",
                        "  errors of pots: none",
                        "  errors of transactions: none",
                        "  things: none",
                        "  requests today: 0, failed: 0"));
    }

    @Test
    void reportsACompleteLogin() {
        MonzoBridgeHandler bridge = fixture.addBridge(
                "alice", Map.of("allowFeed", true, "refreshInterval", 30, "transferLimit", "50.0")); // as Main UI
        fixture.addAccount(bridge, people.current().id());
        fixture.addAccount(bridge, people.joint().id());
        fixture.addPot(bridge, "pot_unknown");
        fixture.connect(bridge, people.alice());
        fixture.clock.advance(Duration.ofMinutes(90));
        List<String> report = report(bridge);
        assertThat(report, hasItem("Monzo Login 1: ONLINE NONE"));
        assertThat(report, hasItem("  changed settings: refreshInterval=30, allowFeed, apiUrl, authUrl"));
        assertThat(report, hasItem("  token: obtained 1 h 30 min ago, renewed in 3 h 59 min, expires in 4 h 29 min"));
        assertThat(report, hasItem(matchesPattern("  refresh: last 1 h 30 min ago, next in \\d+ s")));
        assertThat(
                report,
                hasItem(
                        "  accounts: 1 eu_retail, 1 uk_monzo_flex, 1 uk_monzo_flex_backing_loan closed, 1 uk_prepaid closed,"
                                + " 1 uk_retail, 1 uk_retail_joint, 1 uk_rewards, 1 uk_time_capsule"));
        assertThat(report, hasItem("  pots: 3 deleted, 4 open"));
        assertThat(
                report,
                hasItem("  things: 2 account ONLINE NONE, 1 pot OFFLINE CONFIGURATION_ERROR offline.pot-unknown"));
    }

    @Test
    void reportsErrorsByEndpointWithTheirAge() {
        MonzoBridgeHandler bridge = fixture.addBridge("alice");
        fixture.addAccount(bridge, people.current().id());
        fixture.addAccount(bridge, people.joint().id());
        fixture.connect(bridge, people.alice());
        fixture.bank.faults().forAccount(people.joint().id(), Endpoint.BALANCE, Fault.json("{}"));
        fixture.pass(Duration.ofMinutes(1));
        fixture.bank.faults().clear().next(Endpoint.TOKEN, Fault.serverError());
        fixture.bank.expireAccessTokens();
        fixture.pass(Duration.ofMinutes(2));

        List<String> report = report(bridge);
        assertThat(
                report,
                hasItem(matchesPattern(
                        "  last error of GET /balance: TOKEN_EXPIRED, HTTP 401 \\S+[.]expired, \\d+ (s|min) ago")));
        assertThat(
                report,
                hasItem(
                        matchesPattern(
                                "  last error of POST /oauth2/token: SERVER_ERROR, HTTP 500 internal_service, \\d+ (s|min) ago")));
        assertThat(report, hasItem(matchesPattern("  requests today: \\d\\d, failed: \\d+")));
    }

    @Test
    void reportsErrorsOfSingleAccounts() {
        MonzoBridgeHandler bridge = fixture.addBridge("alice");
        fixture.addAccount(bridge, people.current().id());
        fixture.addAccount(bridge, people.joint().id());
        fixture.connect(bridge, people.alice());
        fixture.bank.faults().forAccount(people.joint().id(), Endpoint.BALANCE, Fault.json("{}"));
        fixture.pass(Duration.ofMinutes(1));

        List<String> report = report(bridge);
        assertThat(report, hasItem("  errors of balances: 1 INVALID_RESPONSE"));
        assertThat(
                report,
                hasItem(matchesPattern(
                        "  last error of GET /balance: INVALID_RESPONSE, response has no 'balance', \\d+ s ago")));
        assertThat(
                report,
                hasItem("  things: 1 account OFFLINE COMMUNICATION_ERROR offline.invalid-response,"
                        + " 1 account ONLINE NONE"));
    }

    /** A label may be a name; a thing whose bridge is offline has it in its status. */
    @Test
    void numbersLoginsInsteadOfNamingThem() {
        MonzoBridgeHandler alice = fixture.addBridge("alice");
        MonzoBridgeHandler bob = fixture.addBridge("bob");
        fixture.addAccount(bob, null);
        fixture.pass(Duration.ofSeconds(1));
        String report = String.join("\n", report(alice, bob));
        assertThat(report, stringContainsInOrder("\nMonzo Login 1: ", "\nMonzo Login 2: "));
        assertThat(report, containsString("1 account OFFLINE BRIDGE_OFFLINE offline.bridge-offline"));
        assertThat(report.toLowerCase(), not(anyOf(containsString("alice"), containsString("bob"))));
    }

    /** The bank may give IDs any form. */
    @Test
    void hidesIdsOfAnyForm() {
        MonzoBridgeHandler bridge = fixture.addBridge("alice", Map.of("allowTransfers", true));
        fixture.bank
                .faults()
                .always(
                        Endpoint.POTS,
                        Fault.json("{\"pots\":[{\"id\":\"SecretId\",\"balance\":1,\"currency\":\"GBP\"}]}"))
                .always(Endpoint.POT_WITHDRAW, Fault.serverError());
        Thing pot = fixture.addPot(bridge, "SecretId");
        fixture.connect(bridge, people.alice());
        RuleCalls rules = new RuleCalls(fixture);
        rules.withdraw(pot, 1);

        String report = String.join("\n", report(bridge));
        assertThat(report, containsString("last error of PUT /pots/*/withdraw: SERVER_ERROR"));
        assertThat(report, not(containsString("SecretId")));
    }

    /** The bank could write anything there. */
    @ParameterizedTest
    @ValueSource(strings = {"Alice's 1st account", "alice_example"})
    void hidesUnusualAccountTypes(String type) {
        fixture.bank.openAccount(type, "GBP", people.alice());
        MonzoBridgeHandler bridge = fixture.addBridge("alice");
        fixture.connect(bridge, people.alice());
        assertThat(String.join("\n", report(bridge)), containsString("1 other type"));
    }
}
