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
package org.openhab.binding.monzo.simulator;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Tests the start, the end, the log and the sample customers of the simulated bank. */
class BankLifecycleTest extends SimulatedBankTestBase {

    @Test
    void countsRequests() throws Exception {
        JsonObject tokens = logIn(alice);
        refresh(tokens);
        bank.faults().next(Endpoint.POTS, Fault.serverError());
        api("/pots?current_account_id=acc_1", tokens);
        assertEquals(2, bank.count(Endpoint.TOKEN));
        assertEquals(2, bank.count(Endpoint.AUTHORIZE));
        assertEquals(
                List.of("authorization_code", "refresh_token"),
                bank.requests().stream()
                        .filter(r -> r.endpoint() == Endpoint.TOKEN)
                        .map(RecordedRequest::grantType)
                        .toList());
        assertThat(
                bank.requests(),
                hasItem(new RecordedRequest("GET", "/pots", "current_account_id=acc_1", Endpoint.POTS, "acc_1", null)));
        assertTrue(bank.awaitCount(Endpoint.POTS, 1, AWAIT_TIMEOUT));
        assertFalse(bank.awaitCount(Endpoint.POTS, 2, Duration.ofMillis(1)));
        bank.resetCounts();
        assertThat(bank.requests(), empty());
    }

    @Test
    void stopsListeningAndStartsAgainOnTheSamePort() throws Exception {
        JsonObject tokens = logIn(alice);
        String url = bank.url();
        bank.stopListening();
        assertThrows(
                ConnectException.class,
                () -> newHttpClient()
                        .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString()));
        assertEquals(0, bank.openConnections());
        bank.startListening();
        assertEquals(url, bank.url());
        assertEquals(200, api("/ping/whoami", tokens).statusCode());
    }

    @Test
    void leavesNoThread() throws Exception {
        bank.faults().always(Endpoint.ACCOUNTS, Fault.slowBody());
        HttpResponse<InputStream> open = http.send(
                HttpRequest.newBuilder(URI.create(bank.url() + "/accounts")).build(), BodyHandlers.ofInputStream());
        assertThat(bankThreads().size(), is(lessThan(20)));
        assertTrue(bankThreads().stream().allMatch(Thread::isDaemon));
        bank.close();
        await(() -> bankThreads().isEmpty(), "all threads of the bank end");
        open.body().close();
    }

    @Test
    void hasASamplePopulation() throws Exception {
        bank.behaviour().approvesAtOnce(true);
        SampleCustomers sample = SampleCustomers.fill(bank);
        JsonArray accounts = json(api("/accounts", logIn(sample.alice())), 200).getAsJsonArray("accounts");
        assertEquals(bank.accounts(sample.alice()).size(), accounts.size());
        assertTrue(accounts.get(0).getAsJsonObject().get("closed").getAsBoolean());
        assertThat(sample.joint().owners(), contains(sample.alice(), sample.bob()));
        assertEquals(
                3, sample.current().pots().stream().filter(p -> !p.isDeleted()).count());
        assertEquals(200, app().statusCode());
    }

    @Test
    void givesASamplePopulationTheSameIdsEveryTime() {
        try (SimulatedBank one = SimulatedBank.start();
                SimulatedBank other = SimulatedBank.start()) {
            SampleCustomers first = SampleCustomers.fill(one);
            SampleCustomers second = SampleCustomers.fill(other);
            assertEquals(first.current().id(), second.current().id());
            assertEquals(first.holiday().id(), second.holiday().id());
        }
    }

    private Set<Thread> bankThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().startsWith("bank"))
                .collect(Collectors.toSet());
    }
}
