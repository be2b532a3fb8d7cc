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
package org.openhab.binding.monzo.internal.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.simulator.AdjustableClock;
import org.openhab.binding.monzo.simulator.BankAccount;
import org.openhab.binding.monzo.simulator.BankPot;
import org.openhab.binding.monzo.simulator.BankTransaction;
import org.openhab.binding.monzo.simulator.Customer;
import org.openhab.binding.monzo.simulator.JsonForm;
import org.openhab.binding.monzo.simulator.SimulatedBank;

/** Tests that the simulated bank sends responses of the recorded shapes. */
class SimulatedBankContractTest extends RecordedResponsesTestBase {

    private static final String REDIRECT = "http://openhab.example/connectmonzo/callback";
    private static final String SECRET = "secret";

    private final AdjustableClock clock = new AdjustableClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final SimulatedBank bank = SimulatedBank.start(0, clock);
    private final HttpClient http = HttpClient.newHttpClient();
    private Customer alice;
    private JsonObject tokens;

    @BeforeEach
    void logIn() throws Exception {
        bank.addClient("client", SECRET, REDIRECT);
        alice = bank.addCustomer("Alice Example");
        tokens = grant(bank, "authorization_code", "code", code(), "redirect_uri", REDIRECT);
        bank.approve(alice);
    }

    @AfterEach
    void close() {
        bank.close();
    }

    @Test
    void sendsTheNewestAccount() throws Exception {
        bank.openAccount("uk_retail", "GBP", alice);

        assertSameShape("accounts-newest", get("/accounts"));
    }

    @Test
    void sendsOtherKindsOfAccounts() throws Exception {
        bank.openAccount("uk_monzo_flex", "GBP", alice);
        bank.openAccount("uk_loan", "GBP", alice);

        assertSameShape("accounts-newest-other-kinds", get("/accounts"));
    }

    @Test
    void sendsAccountsOf2022() throws Exception {
        bank.openAccount("uk_retail_joint", "GBP", alice, bank.addCustomer("Bob Example"))
                .form(JsonForm.RECORDED_2022);
        bank.openAccount("uk_prepaid", "GBP", alice)
                .form(JsonForm.RECORDED_2022)
                .close();

        assertSameShape("accounts-2022", get("/accounts"));
    }

    @Test
    void sendsTheDocumentedForms() throws Exception {
        BankAccount account =
                bank.openAccount("uk_retail", "GBP", alice).form(JsonForm.DOCS).balance(5_000);
        account.addPot("Flat in London", null, 100).form(JsonForm.DOCS);

        assertSameShape("accounts-documented", get("/accounts"));
        assertSameShape("balance-documented", get("/balance?account_id=" + account.id()));
        assertSameShape("pots-documented", get("/pots?current_account_id=" + account.id()));
    }

    @Test
    void sendsBalanceAndPots() throws Exception {
        BankAccount account = bank.openAccount("uk_retail", "GBP", alice)
                .form(JsonForm.RECORDED_2022)
                .balance(5_000);
        account.addPot("Holiday 🏖", 20_000L, 12_345)
                .form(JsonForm.RECORDED_2022)
                .roundUp(1)
                .lockUntil(Instant.parse("2027-04-20T00:00:00Z"));
        account.addPot("Old", null, 0)
                .form(JsonForm.RECORDED_2022)
                .flexibleSavings()
                .delete();
        account.spend(300);

        assertSameShape("balance", get("/balance?account_id=" + account.id()));
        assertSameShape("pots", get("/pots?current_account_id=" + account.id()));
    }

    @Test
    void sendsTokens() {
        assertSameShape("token", tokens);
    }

    @Test
    void sendsErrors() throws Exception {
        String refreshToken = tokens.get("refresh_token").getAsString();
        bank.revoke(alice);
        assertSameShape("error-approval-missing", get("/accounts"));
        bank.evict(alice);
        assertSameShape("error-token-evicted", get("/accounts"));
        assertSameShape("error-refresh-token-evicted", grant(bank, "refresh_token", "refresh_token", refreshToken));
        assertSameShape("error-refresh-token-refused", grant(bank, "refresh_token", "refresh_token", "invented"));
    }

    @Test
    void sendsTheErrorOfAnExpiredToken() throws Exception {
        bank.expireAccessTokens();

        assertSameShape("error-token-expired", get("/accounts"));
    }

    @Test
    void sendsTransactions() throws Exception {
        BankAccount account = bank.openAccount("uk_retail", "GBP", alice).balance(50_000);
        account.payments().pay(322, "Corner Shop").settle();
        account.payments().checkCard("Video Shop");
        account.addPot("Holiday", null, 0).deposit(1_234);
        account.payments().receive(1_500, "Sam Friend", "Thank you");

        assertSameShape("transactions", get("/transactions?account_id=" + account.id()));
    }

    @Test
    void sendsDocumentedTransactions() throws Exception {
        BankAccount account = bank.openAccount("uk_retail", "GBP", alice).form(JsonForm.DOCS);
        BankTransaction first = account.payments().pay(510, "Coffee Bar");
        account.payments().pay(679, "Coffee Bar");

        assertSameShape("transactions-documented", get("/transactions?account_id=" + account.id()));
        assertSameShape("transaction-documented", get("/transactions/" + first.id() + "?expand%5B%5D=merchant"));
    }

    @Test
    void sendsWebhooksAndPushes() throws Exception {
        BankAccount account = bank.openAccount("uk_retail", "GBP", alice);
        BlockingQueue<String> pushes = new LinkedBlockingQueue<>();
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            pushes.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        receiver.start();
        try {
            String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
            assertSameShape("webhook", form("POST", "/webhooks", Map.of("account_id", account.id(), "url", url)));
            form("POST", "/webhooks", Map.of("account_id", account.id(), "url", "https://home.example/hook2"));
            JsonObject listed = get("/webhooks?account_id=" + account.id());
            assertSameShape("webhooks", listed);

            account.payments().pay(350, "Coffee Bar");
            String push = pushes.poll(60, TimeUnit.SECONDS);
            assertSameShape("webhook-push", new JsonParser().parse(push).getAsJsonObject());

            String id = listed.getAsJsonArray("webhooks")
                    .get(0)
                    .getAsJsonObject()
                    .get("id")
                    .getAsString();
            assertSameShape("empty", form("DELETE", "/webhooks/" + id, Map.of()));
        } finally {
            receiver.stop(0);
        }
    }

    @Test
    void sendsAnswersToPotTransfersAndFeedItems() throws Exception {
        BankAccount account = bank.openAccount("uk_retail", "GBP", alice).balance(5_000);
        BankPot pot = account.addPot("Flat", null, 100).form(JsonForm.DOCS);
        String deposit = "/pots/" + pot.id() + "/deposit";
        Map<String, String> transfer =
                Map.of("source_account_id", account.id(), "amount", "100", "dedupe_id", "shapes");

        assertSameShape("pot-deposit-documented", form("PUT", deposit, transfer));
        assertSameShape(
                "empty",
                form(
                        "POST",
                        "/feed",
                        Map.of(
                                "account_id",
                                account.id(),
                                "type",
                                "basic",
                                "params[title]",
                                "Title",
                                "params[image_url]",
                                "https://home.example/icon.png")));
        account.balance(0);
        assertSameShape(
                "error-insufficient-funds",
                form("PUT", deposit, Map.of("source_account_id", account.id(), "amount", "100", "dedupe_id", "again")));
    }

    @Test
    void sendsErrorsOfWrongRequests() throws Exception {
        BankAccount account = bank.openAccount("uk_retail", "GBP", alice);
        assertSameShape("error-missing-parameter", get("/pots"));
        clock.advance(Duration.ofMinutes(5));
        assertSameShape("error-verification-required", get("/transactions?account_id=" + account.id()));
    }

    private JsonObject form(String method, String path, Map<String, String> fields) throws Exception {
        String body = fields.entrySet().stream()
                .map(field -> URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(URI.create(bank.url() + path))
                .header("Authorization", "Bearer " + tokens.get("access_token").getAsString())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .method(method, BodyPublishers.ofString(body)));
    }

    private String code() {
        String url = bank.url() + "/?client_id=client&response_type=code&state=s&redirect_uri="
                + URLEncoder.encode(REDIRECT, StandardCharsets.UTF_8);
        String query = bank.logIn(url, alice).getQuery();
        return Stream.of(query.split("&"))
                .filter(pair -> pair.startsWith("code="))
                .findFirst()
                .orElseThrow()
                .substring("code=".length());
    }

    private JsonObject grant(SimulatedBank bank, String type, String... fields) throws Exception {
        Map<String, String> form =
                new TreeMap<>(Map.of("grant_type", type, "client_id", "client", "client_secret", SECRET));
        for (int i = 0; i < fields.length; i += 2) {
            form.put(fields[i], fields[i + 1]);
        }
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(URI.create(bank.url() + "/oauth2/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    private JsonObject get(String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(bank.url() + path))
                .header("Authorization", "Bearer " + tokens.get("access_token").getAsString()));
    }

    private JsonObject send(HttpRequest.Builder request) throws Exception {
        String body = http.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString())
                .body();
        return new JsonParser().parse(body).getAsJsonObject();
    }

    private void assertSameShape(String file, JsonObject sent) {
        JsonObject expected = new JsonParser().parse(recorded(file)).getAsJsonObject();
        assertEquals(shape("", expected), shape("", sent), file);
        if (expected.has("code")) {
            assertEquals(expected.get("code"), sent.get("code"));
        }
    }

    /** Returns the JSON type by path in a response, with list items by index. */
    private static Set<String> shape(String path, JsonElement element) {
        Set<String> shape = new TreeSet<>();
        if (element instanceof JsonObject object) {
            object.entrySet().forEach(entry -> shape.addAll(shape(path + "." + entry.getKey(), entry.getValue())));
        } else if (element instanceof JsonArray array) {
            shape.add(path + ": list of " + array.size());
            for (int i = 0; i < array.size(); i++) {
                shape.addAll(shape(path + "[" + i + "]", array.get(i)));
            }
        } else if (element.isJsonNull()) {
            shape.add(path + ": null");
        } else if (element.getAsJsonPrimitive().isNumber()) {
            shape.add(path + ": number");
        } else {
            shape.add(path + ": " + (element.getAsJsonPrimitive().isBoolean() ? "boolean" : "string"));
        }
        return shape;
    }
}
