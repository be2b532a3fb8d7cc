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

import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.openhab.binding.monzo.simulator.HouseholdMonth;
import org.openhab.binding.monzo.simulator.PotTransfer;
import org.openhab.binding.monzo.simulator.SampleCustomers;
import org.openhab.binding.monzo.simulator.SimulatedBank;

/**
 * The bank of the demo: the simulated one with its sample customers and what they spent in the last weeks. Alice has
 * little left to spend.
 */
final class DemoBank implements AutoCloseable {
    static final String CLIENT_ID = "oauth2client_demo";
    static final String CLIENT_SECRET = "mnzconf.demo";
    private static final long LEFT_TO_SPEND = 1_840;
    private static final long COFFEE = 280;

    private final SimulatedBank bank;
    private final SampleCustomers customers;

    private DemoBank(SimulatedBank bank) {
        this.bank = bank;
        customers = SampleCustomers.fill(bank);
        HouseholdMonth.fill(customers.current(), customers.joint(), Instant.now(), ZoneId.systemDefault());
        customers.current().payments().pay(1_250, "Corner Shop");
        customers.current().balance(LEFT_TO_SPEND + COFFEE);
    }

    static DemoBank open(String redirectUrl) {
        SimulatedBank bank = SimulatedBank.start();
        bank.addClient(CLIENT_ID, CLIENT_SECRET, redirectUrl);
        return new DemoBank(bank);
    }

    /** Returns the values of the placeholders in the demo's files. */
    Map<String, String> placeholders() {
        return Map.of(
                "bankUrl", bank.url(),
                "clientId", CLIENT_ID,
                "clientSecret", CLIENT_SECRET,
                "joint", customers.joint().id(),
                "euro", customers.euro().id(),
                "holiday", customers.holiday().id(),
                "house", customers.house().id(),
                "rainy", customers.rainyDay().id());
    }

    /** Logs Alice in with her e-mail address and the link in the mail; returns the URL of the redirect to openHAB. */
    URI logIn(URI authorizePage) {
        return bank.logIn(authorizePage.toString(), customers.alice());
    }

    /** Approves access in Alice's app. */
    void approveInApp(Web browser) {
        browser.get(URI.create(appPage())).ok();
        browser.submit(
                        URI.create(appPage() + "/approve"),
                        Map.of("user_id", customers.alice().userId()))
                .ok();
    }

    /** Lets Alice pay, so that there is a transaction to see. */
    void payForCoffee() {
        customers.current().payments().pay(COFFEE, "Coffee Bar");
    }

    /** Returns what programs moved into pots, in minor units. */
    long movedIntoPots() {
        return bank.transfers().stream().mapToLong(PotTransfer::amount).sum();
    }

    String url() {
        return bank.url();
    }

    String appPage() {
        return bank.url() + "/app";
    }

    @Override
    public void close() {
        bank.close();
    }
}
