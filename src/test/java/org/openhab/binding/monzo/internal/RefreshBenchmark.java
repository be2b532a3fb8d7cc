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
package org.openhab.binding.monzo.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.binding.monzo.simulator.BankAccount;
import org.openhab.binding.monzo.simulator.Customer;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;

/**
 * Measures the requests and the duration of refreshes at a bank that answers each request after 40 ms, over an hour;
 * with the environment variable {@code MONZOPY}, the path of {@code monzopy.py} of Home Assistant's client, its
 * refreshes too.
 */
public final class RefreshBenchmark {

    private static final int MILLIS_OF_A_REQUEST = 40;
    private static final int REFRESHES = 60;

    private RefreshBenchmark() {}

    /**
     * Prints a line for each login.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) throws IOException {
        measure(1, 3, true);
        measure(5, 20, true);
        measure(1, 3, false);
        measure(5, 20, false);
        System.exit(0);
    }

    private static void measure(int accounts, int pots, boolean isTotalKnown) throws IOException {
        Path folder = Files.createTempDirectory("refresh-benchmark");
        try (BindingFixture fixture = new BindingFixture(folder)) {
            Customer person = fixture.bank.addCustomer("Bench Example");
            MonzoBridgeHandler bridge = fixture.addBridge("bench");
            for (int i = 0; i < accounts; i++) {
                BankAccount account =
                        fixture.bank.openAccount("uk_retail", "GBP", person).balance(123_456);
                if (!isTotalKnown) {
                    account.withoutTotalBalance();
                }
                fixture.addAccount(bridge, account.id());
                for (int pot = 0; pot < pots / accounts; pot++) {
                    fixture.addPot(
                            bridge,
                            account.addPot("Pot " + pot, 100_000L, 1_000).id());
                }
            }
            fixture.connect(bridge, person);
            fixture.pass(BindingFixture.INTERVAL);
            Executor later = CompletableFuture.delayedExecutor(MILLIS_OF_A_REQUEST, TimeUnit.MILLISECONDS);
            for (Endpoint endpoint : List.of(Endpoint.BALANCE, Endpoint.POTS, Endpoint.ACCOUNTS)) {
                fixture.bank
                        .faults()
                        .always(
                                endpoint,
                                exchange -> Fault.lateReply(CompletableFuture.runAsync(() -> {}, later))
                                        .strike(exchange));
            }
            String name = accounts + " accounts, " + pots + " pots" + (isTotalKnown ? "" : ", no totals");
            measure(name, fixture);
            String monzopy = System.getenv("MONZOPY");
            if (monzopy != null && isTotalKnown) {
                measureOther(name, fixture, person, monzopy);
            }
        }
    }

    private static void measureOther(String name, BindingFixture fixture, Customer person, String monzopy)
            throws IOException {
        fixture.bank.resetCounts();
        Process client = new ProcessBuilder(
                        "python3",
                        "src/test/resources/bench/monzopy_refresh.py",
                        monzopy,
                        fixture.bank.url(),
                        fixture.bank.currentAccessToken(person).orElseThrow(),
                        String.valueOf(REFRESHES))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<Long> millis = new ArrayList<>();
        try (BufferedReader output = client.inputReader()) {
            output.lines().map(Long::valueOf).forEach(millis::add);
        }
        report(name + ", Home Assistant's client", fixture, millis);
    }

    private static void measure(String name, BindingFixture fixture) {
        fixture.bank.resetCounts();
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < REFRESHES; i++) {
            long begin = System.nanoTime();
            fixture.pass(BindingFixture.INTERVAL);
            millis.add(Duration.ofNanos(System.nanoTime() - begin).toMillis());
        }
        report(name, fixture, millis);
    }

    private static void report(String name, BindingFixture fixture, List<Long> millis) {
        millis.sort(null);
        System.out.printf(
                "%s: %.1f requests a refresh; ms from its start to its end: median %d, longest %d%n",
                name,
                (double) fixture.bank.requests().size() / REFRESHES,
                millis.get(REFRESHES / 2),
                millis.get(REFRESHES - 1));
    }
}
