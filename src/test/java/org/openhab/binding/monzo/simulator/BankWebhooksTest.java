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

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.openhab.binding.monzo.simulator.BankClient.assertError;
import static org.openhab.binding.monzo.simulator.BankClient.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests the simulated bank's webhooks with a local receiver. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BankWebhooksTest {
    private static final Duration AWAIT_TIMEOUT = SimulatedBankTestBase.AWAIT_TIMEOUT;
    private static final String PUBLIC = "https://myopenhab.example/api/hooks/1";

    private final SimulatedBank bank =
            SimulatedBank.start(0, new AdjustableClock(Instant.parse("2026-03-01T12:00:00Z")));
    private Customer alice;
    private BankAccount account;
    private BankClient client;

    @BeforeEach
    void logIn() throws Exception {
        alice = bank.addCustomer("Alice Example");
        account = bank.openAccount("uk_retail", "GBP", alice);
        client = BankClient.logIn(bank, "oauth2client_1", alice);
        bank.pushes().retryDelay(Duration.ofMillis(2));
    }

    @AfterEach
    void closeBank() {
        bank.close();
    }

    @Nested
    class Lists {

        @Test
        void areKeptForEachAccount() throws Exception {
            BankAccount joint = bank.openAccount("uk_retail_joint", "GBP", alice, bank.addCustomer("Bob"));
            String first = register(account, PUBLIC);
            String second = register(account, PUBLIC);
            register(joint, PUBLIC);
            assertEquals(List.of(first, second), list(client, account));
            assertEquals("{}", client.delete("/webhooks/" + first).body());
            assertEquals(List.of(second), list(client, account));
            assertEquals(1, list(client, joint).size());
        }

        @Test
        void showAProgramItsOwnAlone() throws Exception {
            BankClient other = BankClient.logIn(bank, "oauth2client_2", alice);
            String id = register(account, PUBLIC);
            assertEquals(List.of(), list(other, account));
            assertError(404, "not_found", other.delete("/webhooks/" + id));
            assertEquals(1, bank.webhooks().all().size());
            assertEquals("oauth2client_1", bank.webhooks().of(account).get(0).clientId());
        }

        @Test
        void refuseWrongRequests() throws Exception {
            assertError(400, "bad_request.missing_param.account_id", client.get("/webhooks"));
            assertError(
                    400, "bad_request.missing_param.url", client.post("/webhooks", Map.of("account_id", account.id())));
            assertError(
                    400,
                    "bad_request.bad_param.bad_param.url",
                    client.post("/webhooks", Map.of("account_id", account.id(), "url", "javascript:alert(1)")));
            BankAccount bobs = bank.openAccount("uk_retail", "GBP", bank.addCustomer("Bob"));
            assertError(404, "not_found", client.post("/webhooks", Map.of("account_id", bobs.id(), "url", PUBLIC)));
            assertError(404, "not_found", client.delete("/webhooks/webhook_0000unknown"));
            assertError(405, "method_not_allowed", client.get("/webhooks/webhook_0000unknown"));
        }
    }

    @Nested
    class APush {
        private final Queue<String> bodies = new ConcurrentLinkedQueue<>();
        private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
        private HttpServer receiver;

        @BeforeEach
        void listen() throws Exception {
            receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            receiver.createContext("/hook", exchange -> {
                bodies.add(exchange.getRequestURI() + " "
                        + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
                Integer answer = answers.poll();
                // Otherwise the JDK's client would use the connection again while the JDK's server closes it.
                exchange.getResponseHeaders().set("Connection", "close");
                exchange.sendResponseHeaders(answer == null ? 200 : answer, -1);
                exchange.close();
            });
            receiver.start();
        }

        @AfterEach
        void stopListening() {
            receiver.stop(0);
        }

        @Test
        void notifiesOfATransactionOnce() throws Exception {
            register(account, local());
            BankTransaction payment = account.payments().pay(350, "Coffee Bar");
            assertTrue(bank.pushes().awaitAttempts(1, AWAIT_TIMEOUT));
            JsonObject push = new JsonParser()
                    .parse(bodies.remove().substring("/hook ".length()))
                    .getAsJsonObject();
            assertEquals("transaction.created", push.get("type").getAsString());
            JsonObject data = push.getAsJsonObject("data");
            assertEquals(payment.id(), data.get("id").getAsString());
            assertEquals(account.id(), data.get("account_id").getAsString());
            assertEquals(
                    "Coffee Bar", data.getAsJsonObject("merchant").get("name").getAsString());

            payment.settle();
            account.payments().receive(100, "Sam", "Thanks");
            assertTrue(bank.pushes().awaitAttempts(2, AWAIT_TIMEOUT));
            assertEquals(1, bodies.size(), "settling sends no notice");
            assertTrue(bodies.remove().contains("\"merchant\":null"));
        }

        @Test
        void isRepeatedUntilItIsTaken() throws Exception {
            answers.addAll(List.of(500, 302, 404));
            register(account, local());
            account.spend(100);
            assertTrue(bank.pushes().awaitAttempts(4, AWAIT_TIMEOUT));
            assertEquals(
                    List.of(500, 302, 404, 200),
                    bank.pushes().attempts().stream().map(PushAttempt::status).toList());
            assertEquals(
                    List.of(1, 2, 3, 4),
                    bank.pushes().attempts().stream().map(PushAttempt::number).toList());
        }

        @Test
        void isGivenUpAfterFiveAttempts() throws Exception {
            receiver.stop(0);
            register(account, local());
            account.spend(100);
            assertTrue(bank.pushes().awaitAttempts(5, AWAIT_TIMEOUT));
            assertFalse(bank.pushes().awaitAttempts(6, Duration.ofMillis(200)));
            assertTrue(bank.pushes().attempts().stream().noneMatch(PushAttempt::succeeded));
        }

        @Test
        void followsAPublicUrlOnThisMachineAlone() throws Exception {
            register(account, PUBLIC);
            account.spend(100);
            assertTrue(bank.pushes().awaitAttempts(1, AWAIT_TIMEOUT));
            assertNull(bank.pushes().attempts().get(0).calledUrl());

            bank.pushes().deliver("https://myopenhab.example/api/hooks/", local() + "/");
            account.spend(100);
            assertTrue(bank.pushes().awaitAttempts(2, AWAIT_TIMEOUT));
            assertEquals(local() + "/1", bank.pushes().attempts().get(1).calledUrl());
            assertTrue(bodies.remove().startsWith("/hook/1 "));
            assertEquals(2, bank.pushes().attempts().size(), "what leads away is not repeated");
            assertThrows(
                    IllegalArgumentException.class,
                    () -> bank.pushes().deliver("https://a.example", "http://b.example"));
        }

        @Test
        void isNotSentToDeletedHooksOrDuringAnOutage() throws Exception {
            register(account, local());
            bank.pushes().suspend(true);
            account.spend(100);
            bank.pushes().suspend(false);
            bank.webhooks().delete(bank.webhooks().of(account).get(0));
            account.spend(100);
            register(account, local());
            BankTransaction payment = account.payments().pay(100, "Coffee Bar");
            assertTrue(bank.pushes().awaitAttempts(1, AWAIT_TIMEOUT));
            assertEquals(payment.id(), bank.pushes().attempts().get(0).transactionId());
        }

        @Test
        void endsWithTheBankWhenTheReceiverHangs() throws Exception {
            CountDownLatch release = new CountDownLatch(1);
            CountDownLatch reached = new CountDownLatch(1);
            receiver.createContext("/hang", exchange -> {
                reached.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            try {
                register(account, local().replace("/hook", "/hang"));
                account.spend(100);
                assertTrue(reached.await(AWAIT_TIMEOUT.toSeconds(), TimeUnit.SECONDS));
                bank.close();
                assertTrue(bank.pushes().awaitEnd(AWAIT_TIMEOUT));
            } finally {
                release.countDown(); // the receiver could not be stopped otherwise
            }
        }

        private String local() {
            return "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
        }
    }

    private String register(BankAccount where, String url) throws Exception {
        JsonObject body = json(client.post("/webhooks", Map.of("account_id", where.id(), "url", url)), 200);
        JsonObject webhook = body.getAsJsonObject("webhook");
        assertEquals(url, webhook.get("url").getAsString());
        return webhook.get("id").getAsString();
    }

    private static List<String> list(BankClient who, BankAccount where) throws Exception {
        JsonArray webhooks =
                json(who.get("/webhooks?account_id=" + where.id()), 200).getAsJsonArray("webhooks");
        List<String> ids = new ArrayList<>();
        for (JsonElement webhook : webhooks) {
            ids.add(webhook.getAsJsonObject().get("id").getAsString());
        }
        return ids;
    }
}
