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

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openhab.binding.monzo.internal.model.Account;
import org.openhab.binding.monzo.internal.model.Balance;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.internal.model.Pot;
import org.openhab.binding.monzo.internal.model.Transaction;
import org.openhab.binding.monzo.simulator.AdjustableClock;
import org.openhab.binding.monzo.simulator.BankAccount;
import org.openhab.binding.monzo.simulator.BankPot;
import org.openhab.binding.monzo.simulator.BankTransaction;
import org.openhab.binding.monzo.simulator.Customer;
import org.openhab.binding.monzo.simulator.JsonForm;
import org.openhab.binding.monzo.simulator.SimulatedBank;

/**
 * Contract test with the recorded responses in {@code src/test/resources/monzo-api}: the API client reads them, and the
 * simulated bank sends the same shapes, so that the two cannot drift away from Monzo together.
 */
class MonzoApiShapesTest {

    private static final Path RECORDED =
            Path.of(System.getProperty("monzo.repository", "."), "src/test/resources/monzo-api");

    private static String recorded(String name) {
        try {
            return Files.readString(RECORDED.resolve(name + ".json"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Nested
    class TheClient {

        private final CannedTransport bank = new CannedTransport();
        private final MonzoApi api = new MonzoApi("https://api.example", bank, Clock.systemUTC());

        @Test
        void readsTheNewestAccount() throws MonzoException {
            bank.answer(200, recorded("accounts-newest"));

            Account account = api.accounts().send("token").await().get(0);

            assertEquals("acc_00009exampleNewest001", account.id());
            assertEquals("uk_retail", account.type());
            assertEquals("GBP", account.currency());
            assertTrue(account.isCurrentAccount());
        }

        @Test
        void treatsFlexAndLoanAsOtherAccounts() throws MonzoException {
            bank.answer(200, recorded("accounts-newest-other-kinds"));

            assertEquals(
                    List.of(false, false),
                    api.accounts().send("token").await().stream()
                            .map(Account::isCurrentAccount)
                            .toList());
        }

        @Test
        void readsAccountsOf2022() throws MonzoException {
            bank.answer(200, recorded("accounts-2022"));

            List<Account> accounts = api.accounts().send("token").await();

            assertThat(accounts.stream().map(Account::type).toList(), contains("uk_retail_joint", "uk_prepaid"));
            assertThat(accounts.stream().map(Account::closed).toList(), contains(false, true));
        }

        @Test
        void readsTheDocumentedAccount() throws MonzoException {
            bank.answer(200, recorded("accounts-documented"));

            assertEquals(
                    "acc_00009exampleDocs00001",
                    api.accounts().send("token").await().get(0).id());
        }

        @ParameterizedTest
        @CsvSource({"balance, 47.00, 72.00, 3.00", "balance-documented, 50.00, 60.00, 0.00"})
        void readsBalances(String file, BigDecimal balance, BigDecimal total, BigDecimal spent) throws MonzoException {
            bank.answer(200, recorded(file));

            Balance read = api.balance("acc_1", null).send("token").await();

            assertEquals(balance, read.balance());
            assertEquals(total, read.totalBalance());
            assertEquals(spent, read.spentToday());
            assertEquals("GBP", read.currency());
        }

        @Test
        void readsPots() throws MonzoException {
            bank.answer(200, recorded("pots"));

            List<Pot> pots = api.pots("acc_1", null).send("token").await();

            Pot holiday = pots.get(0);
            assertEquals("Holiday 🏖", holiday.name());
            assertEquals(new BigDecimal("123.45"), holiday.balance());
            assertEquals(new BigDecimal("200.00"), holiday.goal());
            assertEquals(true, holiday.locked());
            assertEquals("2027-04-20T00:00:00Z", holiday.lockedUntil());
            assertTrue(pots.get(1).deleted());
        }

        @Test
        void readsTheDocumentedPot() throws MonzoException {
            bank.answer(200, recorded("pots-documented"));

            assertEquals(
                    new BigDecimal("1337.00"),
                    api.pots("acc_1", null).send("token").await().get(0).balance());
        }

        @Test
        void readsTransactions() throws MonzoException {
            bank.answer(200, recorded("transactions"));

            List<Transaction> read = transactions();

            Transaction card = read.get(0);
            assertEquals(new BigDecimal("-3.22"), card.amount());
            assertEquals(Instant.parse("2026-02-01T19:49:05.817Z"), card.created());
            assertEquals("2026-02-02T08:42:02.15Z", card.settled());
            assertEquals("mastercard", card.scheme());
            assertEquals("groceries", card.category());
            assertEquals("CORNER SHOP            LONDON        GBR", card.description());
            assertEquals(null, card.merchant(), "an ID is no name");
            assertEquals(null, card.notes());
            assertEquals("pot_00009example00000001", read.get(2).pot());
            assertEquals("Sam Friend", read.get(3).description());
            assertEquals(null, read.get(1).settled());
            assertThat(read.stream().map(Transaction::movesMoney).toList(), contains(true, false, false, true));
        }

        @Test
        void readsDocumentedTransactions() throws MonzoException {
            bank.answer(200, recorded("transactions-documented"));

            Transaction breakfast = transactions().get(0);

            assertEquals("acc_1", breakfast.accountId());
            assertEquals("Breakfast 🍞", breakfast.notes());
            assertEquals(new BigDecimal("-5.10"), breakfast.localAmount());
            assertEquals("GBP", breakfast.localCurrency());
            assertEquals(null, breakfast.scheme());
            assertTrue(breakfast.movesMoney());
        }

        @Test
        void readsTheExpandedMerchant() throws MonzoException {
            JsonObject list = new JsonObject();
            JsonArray transactions = new JsonArray();
            transactions.add(new JsonParser()
                    .parse(recorded("transaction-documented"))
                    .getAsJsonObject()
                    .get("transaction"));
            list.add("transactions", transactions);
            bank.answer(200, list.toString());

            Transaction coffee = transactions().get(0);
            assertEquals("Coffee Bar", coffee.merchant());
            assertEquals("51.5,-0.08", coffee.details().location());
        }

        private List<Transaction> transactions() throws MonzoException {
            return api.transactions("acc_1", "GBP", Instant.parse("2026-01-01T00:00:00.123456Z"), 100)
                    .send("token")
                    .await();
        }

        @Test
        void asksForTransactionsInMonzosWords() throws MonzoException {
            bank.answer(200, recorded("transactions"));
            transactions();
            api.transactionsAfter("acc_1", "GBP", "tx_1", 100).send("token").await();

            assertThat(
                    bank.requests().stream()
                            .map(request -> Set.of(request.split("[?& ]")))
                            .toList(),
                    contains(
                            Set.of(
                                    "GET",
                                    "https://api.example/transactions",
                                    "account_id=acc_1",
                                    "expand%5B%5D=merchant",
                                    "limit=100",
                                    "since=2026-01-01T00%3A00%3A00.123Z",
                                    "token"),
                            Set.of(
                                    "GET",
                                    "https://api.example/transactions",
                                    "account_id=acc_1",
                                    "expand%5B%5D=merchant",
                                    "limit=100",
                                    "since=tx_1",
                                    "token")));
        }

        @Test
        void readsTokens() throws MonzoException {
            bank.answer(200, recorded("token"));

            TokenGrant grant = endpoint().refresh("refresh-token");

            assertEquals("access-token-of-the-example", grant.accessToken());
            assertEquals("refresh-token-of-the-example", grant.refreshToken());
            assertEquals("user_00009example00000001", grant.userId());
            assertEquals(Duration.ofHours(6), grant.expiresIn());
        }

        @ParameterizedTest
        @CsvSource({
            "403, error-approval-missing, NOT_PERMITTED",
            "403, error-verification-required, VERIFICATION_REQUIRED",
            "401, error-token-expired, TOKEN_EXPIRED",
            "401, error-token-evicted, LOGIN_EVICTED",
        })
        void mapsRecordedErrors(int status, String file, ErrorKind expected) {
            bank.answer(status, recorded(file));

            assertEquals(
                    expected,
                    assertThrows(
                                    MonzoException.class,
                                    () -> api.accounts().send("token").await())
                            .kind());
        }

        @ParameterizedTest
        @CsvSource({"error-refresh-token-refused, LOGIN_REFUSED", "error-refresh-token-evicted, LOGIN_EVICTED"})
        void mapsRecordedRefreshErrors(String file, ErrorKind expected) {
            bank.answer(401, recorded(file));

            assertEquals(
                    expected,
                    assertThrows(MonzoException.class, () -> endpoint().refresh("refresh-token"))
                            .kind());
        }

        private TokenEndpoint endpoint() {
            return new TokenEndpoint(
                    "https://api.example",
                    "client",
                    "secret",
                    bank,
                    Clock.systemUTC(),
                    new RequestStatistics(Clock.systemUTC()));
        }
    }

    @Nested
    class TheSimulatedBank {

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
            BankAccount account = bank.openAccount("uk_retail", "GBP", alice)
                    .form(JsonForm.DOCS)
                    .balance(5_000);
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
                String push = pushes.poll(10, TimeUnit.SECONDS);
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
                    form(
                            "PUT",
                            deposit,
                            Map.of("source_account_id", account.id(), "amount", "100", "dedupe_id", "again")));
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
                    .header(
                            "Authorization",
                            "Bearer " + tokens.get("access_token").getAsString())
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
                    .header(
                            "Authorization",
                            "Bearer " + tokens.get("access_token").getAsString()));
        }

        private JsonObject send(HttpRequest.Builder request) throws Exception {
            String body = http.send(request.timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString())
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
