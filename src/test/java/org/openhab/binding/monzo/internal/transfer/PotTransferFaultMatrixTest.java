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
package org.openhab.binding.monzo.internal.transfer;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.fixture.RuleCalls;
import org.openhab.binding.monzo.fixture.RuleCalls.Result;
import org.openhab.binding.monzo.fixture.TestExtent;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.binding.monzo.simulator.BankAccount;
import org.openhab.binding.monzo.simulator.BankPot;
import org.openhab.binding.monzo.simulator.Customer;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.binding.monzo.simulator.PotTransfer;
import org.openhab.core.thing.Thing;

/**
 * Tests every fault of a transfer, once and lasting, whether or not the bank moved the money. The results that rules
 * receive, also for the same ID after the fault, are compared with the bank's ledger.
 */
class PotTransferFaultMatrixTest {

    /** Faults that leave open whether the money was moved. */
    private static final List<Fault> AMBIGUOUS = List.of(
            Fault.serverError(),
            Fault.status(503),
            Fault.html(502),
            Fault.status(504),
            Fault.status(418),
            Fault.status(400, "<html>", "text/html"),
            Fault.reset(),
            Fault.closeWithoutReply(),
            Fault.halfBody(),
            Fault.html(200),
            Fault.emptyBody(200),
            Fault.emptyBody(204),
            Fault.json("[]"),
            Fault.json("null"),
            Fault.json("{}"),
            Fault.json("{\"id\":\"pot_0000another\",\"balance\":1}"),
            Fault.json("[".repeat(100_000)),
            Fault.endlessBody(),
            Fault.redirect("https://attacker.example/"));

    private static final List<Fault> TIMEOUTS = List.of(Fault.hang(), Fault.slowBody());

    /** Faults with which the bank certainly moved nothing. */
    private static final List<Fault> REFUSALS = List.of(
            Fault.tooManyRequests(),
            Fault.tooManyRequests("2"),
            Fault.tooManyRequests("999999"),
            Fault.forbidden(),
            Fault.status(400, "{\"code\":\"bad_request.insufficient_funds\"}", "application/json"),
            Fault.status(404, "{\"code\":\"not_found\"}", "application/json"),
            Fault.unauthorized("unauthorized.bad_access_token.expired", true),
            Fault.unauthorized("unauthorized.bad_access_token.expired", false),
            Fault.unauthorized("unauthorized.bad_access_token", false),
            Fault.unauthorized("unauthorized.bad_access_token.evicted", false),
            Fault.status(401));

    private record Cell(Endpoint endpoint, Fault fault, boolean lasting, String outcome) {

        @Override
        public String toString() {
            String name = fault.toString();
            return endpoint + (lasting ? " always " : " once ") + (name.length() > 70 ? name.substring(0, 70) : name);
        }
    }

    /**
     * Returns each fault in one direction, each refusal once in one and lasting in the other; with {@code
     * -Dmonzo.tests=full}, every fault in every way.
     */
    static Stream<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (Endpoint endpoint : List.of(Endpoint.POT_DEPOSIT, Endpoint.POT_WITHDRAW)) {
            int odd = endpoint == Endpoint.POT_DEPOSIT ? 0 : 1;
            addAmbiguous(cells, endpoint, everySecond(AMBIGUOUS, odd));
            addAmbiguous(cells, endpoint, everySecond(TIMEOUTS, odd));
            for (Fault fault : everySecond(REFUSALS, odd)) {
                cells.add(new Cell(endpoint, fault, true, "REFUSED"));
            }
            for (Fault fault : everySecond(REFUSALS, 1 - odd)) {
                cells.add(new Cell(endpoint, fault, false, afterOne(fault)));
            }
        }
        for (Fault fault : List.of(
                Fault.serverError(), Fault.reset(), Fault.html(200), Fault.tooManyRequests(), Fault.lostReply())) {
            cells.add(new Cell(Endpoint.TOKEN, fault, true, "REFUSED"));
        }
        cells.add(new Cell(Endpoint.TOKEN, Fault.serverError(), false, "DONE"));
        cells.add(new Cell(Endpoint.TOKEN, Fault.lostReply(), false, "REFUSED"));
        return cells.stream();
    }

    private static void addAmbiguous(List<Cell> cells, Endpoint endpoint, List<Fault> faults) {
        for (Fault fault : faults) {
            for (Fault variant : List.of(fault, Fault.carriedOut(fault))) {
                cells.add(new Cell(endpoint, variant, false, "DONE"));
                cells.add(new Cell(endpoint, variant, true, "UNKNOWN"));
            }
        }
    }

    private static List<Fault> everySecond(List<Fault> faults, int odd) {
        return IntStream.range(0, faults.size())
                .filter(i -> TestExtent.isFull() || i % 2 == odd)
                .mapToObj(faults::get)
                .toList();
    }

    /** Those that may pass are repeated. */
    private static String afterOne(Fault fault) {
        String name = fault.toString();
        boolean passes = name.equals("tooManyRequests")
                || name.endsWith("Retry-After 2")
                || name.contains("expired")
                || name.equals("status 401")
                || name.equals("unauthorized unauthorized.bad_access_token");
        return passes ? "DONE" : "REFUSED";
    }

    @TempDir
    Path folder;

    private BindingFixture fixture;
    private Customer alice;
    private BankAccount account;
    private BankPot bankPot;
    private MonzoBridgeHandler bridge;
    private Thing pot;
    private RuleCalls rules;

    private void build() {
        fixture = new BindingFixture(folder);
        alice = fixture.bank.addCustomer("Alice Example");
        account = fixture.bank.openAccount("uk_retail", "GBP", alice).balance(12_345);
        bankPot = account.addPot("Holiday", 100_000L, 50_000);
        bridge = fixture.addBridge("alice", Map.of("allowTransfers", true));
        pot = fixture.addPot(bridge, bankPot.id());
        fixture.connect(bridge, alice);
        rules = new RuleCalls(fixture);
    }

    @AfterEach
    void tearDown() {
        fixture.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void agreesWithTheBooks(Cell cell) {
        build();
        if (cell.endpoint() == Endpoint.TOKEN) {
            fixture.bank.expireAccessTokens();
        }
        if (cell.lasting()) {
            fixture.bank.faults().always(cell.endpoint(), cell.fault());
        } else {
            fixture.bank.faults().next(cell.endpoint(), cell.fault());
        }

        Result first = transfer(cell);
        assertThat(first.message(), first.outcome(), is(cell.outcome()));
        assertBooks(cell, first);

        fixture.bank.faults().clear();
        recover();
        Result second = transfer(cell);
        assertThat(second.message(), second.outcome(), is("DONE"));
        assertBooks(cell, second);
    }

    private Result transfer(Cell cell) {
        return cell.endpoint() == Endpoint.POT_DEPOSIT
                ? rules.deposit(pot, "7.65", "name")
                : rules.withdraw(pot, "7.65", "name");
    }

    private void assertBooks(Cell cell, Result result) {
        List<Long> moved =
                fixture.bank.transfers().stream().map(PotTransfer::amount).toList();
        long amount = cell.endpoint() == Endpoint.POT_DEPOSIT ? 765 : -765;
        assertThat(
                "moved after " + result.outcome(),
                moved,
                switch (result.outcome()) {
                    case "DONE" -> is(List.of(amount));
                    case "REFUSED" -> is(empty());
                    default -> anyOf(is(empty()), is(List.of(amount)));
                });
        long sum = moved.stream().mapToLong(Long::longValue).sum();
        assertThat(account.balance(), is(12_345 - sum));
        assertThat(bankPot.balance(), is(50_000 + sum));
    }

    private void recover() {
        fixture.skip(Duration.ofMinutes(16));
        if (!BindingFixture.status(bridge).equals("ONLINE")) {
            fixture.connect(bridge, alice);
        }
        assertThat(BindingFixture.status(pot), is("ONLINE"));
    }
}
