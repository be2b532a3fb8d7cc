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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.openhab.binding.monzo.simulator.BankClient.assertError;
import static org.openhab.binding.monzo.simulator.BankClient.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Tests the simulated bank's transactions. */
class BankTransactionsTest {
    private final AdjustableClock clock = new AdjustableClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final SimulatedBank bank = SimulatedBank.start(0, clock);
    private Customer alice;
    private BankAccount account;
    private BankClient client;

    @BeforeEach
    void logIn() throws Exception {
        alice = bank.addCustomer("Alice Example");
        account = bank.openAccount("uk_retail", "GBP", alice).balance(100_000);
        client = BankClient.logIn(bank, "oauth2client_1", alice);
    }

    @AfterEach
    void closeBank() {
        bank.close();
    }

    @Nested
    class Pages {

        @Test
        void areOldestFirstAndContinueAfterAnId() throws Exception {
            List<String> made = pay(250);
            assertEquals(made.subList(0, 30), ids("&since=2026-03-01T12:00:00Z"));

            List<String> read = new ArrayList<>(ids("&limit=100&since=2026-03-01T12:00:00Z"));
            while (read.size() % 100 == 0) {
                read.addAll(ids("&limit=100&since=" + read.get(read.size() - 1)));
            }
            assertEquals(made, read);
            assertEquals(List.of(), ids("&since=" + made.get(249)));
        }

        @Test
        void includeTheirStartAndExcludeTheirEnd() throws Exception {
            List<String> made = pay(3);
            assertEquals(made.subList(1, 2), ids("&since=2026-03-01T12:00:02Z&before=2026-03-01T12:00:03Z"));
            assertEquals(made.subList(1, 3), ids("&since=2026-03-01T13:00:02%2B01:00"));
        }

        @Test
        void doNotShowALateTransactionAfterTheIdOfAYoungerOne() throws Exception {
            List<String> made = pay(2);
            clock.advance(Duration.ofHours(1));
            BankTransaction late = account.payments()
                    .createdAt(Instant.parse("2026-03-01T12:00:01.500Z"))
                    .pay(500, "Coffee Bar");
            assertEquals(List.of(), ids("&since=" + made.get(1)));
            assertEquals(List.of(made.get(0), late.id(), made.get(1)), ids("&since=2026-03-01T12:00:01Z"));
        }

        @Test
        void areRefusedForWrongParameters() throws Exception {
            for (String wrong : List.of("limit=0", "limit=101", "limit=x")) {
                assertError(400, "bad_request.bad_param.bad_param.limit", get("&" + wrong));
            }
            for (String wrong : List.of("yesterday", "2026-03-01", "tx_0000unknown", "2026-03-01T13:00:00+01:00")) {
                assertError(400, "bad_request.bad_param.bad_param.since", get("&since=" + wrong));
            }
            assertError(400, "bad_request.missing_param.account_id", client.get("/transactions"));
            assertError(405, "method_not_allowed", client.post("/transactions", Map.of()));
        }

        private List<String> pay(int count) {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                clock.advance(Duration.ofSeconds(1));
                ids.add(account.payments().pay(100, "Corner Shop").id());
            }
            return ids;
        }
    }

    @Nested
    class Window {
        private BankTransaction old;

        @BeforeEach
        void payLongAgo() {
            old = account.payments()
                    .createdAt(Instant.parse("2025-06-01T08:00:00Z"))
                    .pay(100, "Corner Shop");
        }

        @Test
        void isOpenForFiveMinutesAfterTheLogin() throws Exception {
            clock.advance(Duration.ofSeconds(299));
            assertEquals(List.of(old.id()), ids(""));
            clock.advance(Duration.ofSeconds(1));
            assertError(403, "forbidden.verification_required", get(""));
            assertError(403, "forbidden.verification_required", get("&since=" + old.id()));
        }

        @Test
        void isNinetyDaysAfterwards() throws Exception {
            clock.advance(Duration.ofHours(1));
            Instant edge = clock.instant().minus(Duration.ofDays(90));
            assertError(403, "forbidden.verification_required", get("&since=" + edge));
            assertEquals(List.of(), ids("&since=" + edge.plusSeconds(1)));
        }

        @Test
        void doesNotHoldForSingleTransactions() throws Exception {
            clock.advance(Duration.ofHours(1));
            JsonObject body = json(client.get("/transactions/" + old.id()), 200);
            assertEquals("2025-06-01T08:00:00Z", text(body.getAsJsonObject("transaction"), "created"));
        }
    }

    @Nested
    class Permissions {

        @Test
        void areMissingForSomeKindsOfAccounts() throws Exception {
            for (String type : List.of("uk_monzo_flex_backing_loan", "uk_rewards")) {
                BankAccount other = bank.openAccount(type, "GBP", alice);
                assertError(
                        403,
                        "forbidden.insufficient_permissions",
                        client.get("/transactions?account_id=" + other.id()));
                assertEquals(
                        200, client.get("/balance?account_id=" + other.id()).statusCode());
            }
        }

        @Test
        void doNotReachOtherPeoplesTransactions() throws Exception {
            BankAccount bobs = bank.openAccount("uk_retail", "GBP", bank.addCustomer("Bob"));
            BankTransaction hidden = bobs.payments().pay(100, "Corner Shop");
            assertError(404, "not_found", client.get("/transactions?account_id=" + bobs.id()));
            assertError(404, "not_found", client.get("/transactions/" + hidden.id()));
        }
    }

    @Nested
    class Fields {

        @Test
        void ofACardPayment() throws Exception {
            clock.advance(Duration.ofMillis(120));
            BankTransaction payment = account.payments().pay(350, "Coffee Bar");
            JsonObject json = only("");
            assertEquals(-350, json.get("amount").getAsLong());
            assertEquals("2026-03-01T12:00:00.12Z", text(json, "created"));
            assertEquals("", text(json, "settled"));
            assertEquals("mastercard", text(json, "scheme"));
            assertEquals("eating_out", text(json, "category"));
            assertTrue(text(json, "merchant").startsWith("merch_0000"));
            assertFalse(json.has("decline_reason"));

            JsonObject merchant =
                    only("&expand[]=account&expand%5B%5D=merchant").getAsJsonObject("merchant");
            assertEquals("Coffee Bar", text(merchant, "name"));
            assertEquals(text(json, "merchant"), text(merchant, "id"));
            JsonObject single = json(client.get("/transactions/" + payment.id() + "?expand%5B%5D=merchant"), 200);
            assertEquals(merchant, single.getAsJsonObject("transaction").getAsJsonObject("merchant"));
        }

        @Test
        void changeWhenAPaymentSettles() throws Exception {
            BankTransaction payment = account.payments().pay(5_000, "Petrol Station");
            clock.advance(Duration.ofMinutes(1));
            payment.settle(-4_200);
            JsonObject json = only("");
            assertEquals("2026-03-01T12:01:00Z", text(json, "settled"));
            assertEquals("2026-03-01T12:01:00Z", text(json, "updated"));
            assertEquals("2026-03-01T12:00:00Z", text(json, "created"));
            assertEquals(-4_200, json.get("amount").getAsLong());
            assertEquals(-4_200, json.get("local_amount").getAsLong());
            assertEquals(95_800, account.balance());
        }

        @Test
        void ofAPaymentAbroad() throws Exception {
            account.payments().payAbroad(8_512, "Hotel Paris", 10_000, "EUR");
            JsonObject json = only("");
            assertEquals(-8_512, json.get("amount").getAsLong());
            assertEquals("GBP", text(json, "currency"));
            assertEquals(-10_000, json.get("local_amount").getAsLong());
            assertEquals("EUR", text(json, "local_currency"));
        }

        @Test
        void ofADeclinedPaymentAndACardCheckMoveNoMoney() throws Exception {
            account.payments().decline(9_999_999, "Jeweller", "INSUFFICIENT_FUNDS");
            assertEquals("INSUFFICIENT_FUNDS", text(only(""), "decline_reason"));
            BankAccount other = bank.openAccount("uk_retail", "GBP", alice);
            BankTransaction check = other.payments().checkCard("Video Shop");
            JsonObject json =
                    json(client.get("/transactions/" + check.id()), 200).getAsJsonObject("transaction");
            assertEquals(0, json.get("amount").getAsLong());
            assertEquals("", text(json, "settled"));
            assertEquals(100_000, account.balance());
            assertEquals(0, account.spendToday());
        }

        @Test
        void ofTransfersNameTheCounterpartyAndNoMerchant() throws Exception {
            BankTransaction salary = account.payments().salary(250_000, "Acme <Ltd>");
            JsonObject json = only("&expand[]=merchant");
            assertTrue(json.get("merchant").isJsonNull());
            assertEquals("Acme <Ltd>", text(json.getAsJsonObject("counterparty"), "name"));
            assertEquals("bacs", text(json, "scheme"));
            assertEquals("income", text(json, "category"));
            assertEquals(salary.created(), salary.settled());
            assertEquals(350_000, account.balance());
        }

        @Test
        void ofATransferBetweenCustomersAreOnBothSides() {
            BankAccount bobs = bank.openAccount("uk_retail", "GBP", bank.addCustomer("Bob"));
            account.payments().sendTo(bobs, 1_500, "Pizza 🍕");
            assertEquals(-1_500, account.transactions().get(0).amount());
            assertEquals(1_500, bobs.transactions().get(0).amount());
            assertEquals(1_500, bobs.balance());
        }

        @Test
        void ofAPotMoveNameThePot() throws Exception {
            BankPot pot = account.addPot("Holiday", null, 0);
            pot.deposit(2_500);
            JsonObject json = only("");
            assertEquals(-2_500, json.get("amount").getAsLong());
            assertEquals("uk_retail_pot", text(json, "scheme"));
            assertEquals(pot.id(), text(json, "description"));
            assertEquals(pot.id(), text(json.getAsJsonObject("metadata"), "pot_id"));
            assertTrue(json.getAsJsonObject("metadata").has("pot_deposit_id"));
            assertTrue(json.get("merchant").isJsonNull());
        }

        @Test
        void ofAPetrolPumpChangeTheirAmount() throws Exception {
            BankTransaction fuel = account.payments().hold(100, "Petrol Station");
            assertTrue(only("").get("amount_is_pending").getAsBoolean());
            fuel.correct(-4_512);
            assertEquals(-4_512, only("").get("amount").getAsLong());
            assertEquals(-4_512, only("").get("local_amount").getAsLong());
            assertEquals("", text(only(""), "settled"));
            assertEquals(100_000 - 4_512, account.balance());
            fuel.settle();
            assertFalse(only("").get("amount_is_pending").getAsBoolean());
            assertEquals("2026-03-01T12:00:00Z", text(only(""), "settled"));
        }

        @Test
        void areReleasedOrDeclinedAfterAll() throws Exception {
            BankTransaction fuel = account.payments().hold(100, "Petrol Station");
            assertEquals(0, fuel.correct(0).amount());
            assertEquals(100_000, account.balance());
            fuel.correct(-100).decline("OTHER");
            assertEquals("OTHER", text(only(""), "decline_reason"));
            assertEquals(100_000, account.balance());
        }

        @Test
        void areSplitBetweenCategories() throws Exception {
            account.payments()
                    .pay(6_420, "Supermarket")
                    .split(Map.of("personal_care", -1_250L))
                    .correct(-6_400);
            JsonObject categories = only("").getAsJsonObject("categories");
            assertEquals(Set.of("groceries", "personal_care"), categories.keySet());
            assertEquals(-5_150, categories.get("groceries").getAsLong());
            assertEquals(-1_250, categories.get("personal_care").getAsLong());
        }

        /** As in 100 recorded transactions. */
        @Test
        void countAsSpendingByTheirKind() throws Exception {
            BankPot pot = account.addPot("Holiday", null, 0).deposit(500);
            BankAccount bobs = bank.openAccount("uk_retail", "GBP", bank.addCustomer("Bob"));
            account.payments().decline(300, "Jeweller", "OTHER");
            account.payments().checkCard("Video Shop");
            account.payments().salary(9_000, "Acme");
            account.payments().receive(700, "Sam", "Pizza");
            pot.withdraw(100);
            assertFalse(inSpending().contains(true));

            account.payments().pay(100, "Coffee Bar");
            account.payments().refund(50, "Coffee Bar");
            account.payments().directDebit(2_000, "Energy Company");
            account.payments().send(4_000, "Landlord", "Rent");
            account.payments().sendTo(bobs, 1_500, "Pizza");
            assertEquals(5, Collections.frequency(inSpending(), true));

            account.payments().pay(100, "Coffee Bar").includeInSpending(false);
            assertEquals(5, Collections.frequency(inSpending(), true));
        }

        private List<Boolean> inSpending() throws Exception {
            return all("").stream()
                    .map(each -> each.get("include_in_spending").getAsBoolean())
                    .toList();
        }

        @Test
        void atShopsInTheInternetHaveNoAddress() throws Exception {
            account.payments().pay(4_999, "Shoe Shop Online");
            JsonObject shop = only("&expand[]=merchant").getAsJsonObject("merchant");
            assertTrue(shop.get("online").getAsBoolean());
            assertEquals(0, shop.getAsJsonObject("address").size());
        }

        @Test
        void canHaveUnknownValues() throws Exception {
            account.payments()
                    .pay(100, "Corner Shop")
                    .category("category_0000custom")
                    .notes("Breakfast 🍞")
                    .field("merchant", new JsonPrimitive("tx_0000flex"))
                    .field("categories", JsonNull.INSTANCE)
                    .without("scheme", "local_amount");
            JsonObject json = only("&expand[]=merchant");
            assertEquals("category_0000custom", text(json, "category"));
            assertEquals("Breakfast 🍞", text(json, "notes"));
            assertEquals("tx_0000flex", text(json, "merchant"));
            assertTrue(json.get("categories").isJsonNull());
            assertFalse(json.has("scheme"));
            assertFalse(json.has("local_amount"));
        }
    }

    @Test
    void sumUpToTheBalance() {
        account.addPot("Gone", null, 0).deposit(700).delete();
        account.addPot("Holiday", null, 0).deposit(5_000).withdraw(1_200);
        account.spend(300).receive(1_000);
        account.payments().pay(999, "Coffee Bar").settle(-1_099);
        account.payments().payAbroad(500, "Hotel Paris", 600, "EUR");
        account.payments().refund(200, "Corner Shop");
        account.payments().decline(123, "Corner Shop", "OTHER");
        account.payments().send(4_000, "Landlord", "Rent");
        account.payments().directDebit(2_000, "Energy Company");
        account.payments().salary(9_000, "Acme");

        long sum = account.transactions().stream()
                .mapToLong(t -> t.declineReason() == null ? t.amount() : 0)
                .sum();
        assertEquals(account.balance() - 100_000, sum);
        assertEquals(13, account.transactions().size());
        assertEquals(-300 - 999 - 500, account.spendToday());
    }

    private HttpResponse<String> get(String parameters) throws Exception {
        return client.get("/transactions?account_id=" + account.id() + parameters.replace("[]", "%5B%5D"));
    }

    private List<String> ids(String parameters) throws Exception {
        return StreamSupport.stream(
                        json(get(parameters), 200)
                                .getAsJsonArray("transactions")
                                .spliterator(),
                        false)
                .map(t -> text(t, "id"))
                .toList();
    }

    private JsonObject only(String parameters) throws Exception {
        List<JsonObject> all = all(parameters);
        assertEquals(1, all.size());
        return all.get(0);
    }

    private List<JsonObject> all(String parameters) throws Exception {
        List<JsonObject> all = new ArrayList<>();
        json(get(parameters), 200).getAsJsonArray("transactions").forEach(each -> all.add(each.getAsJsonObject()));
        return all;
    }

    private static String text(JsonElement json, String name) {
        return json.getAsJsonObject().get(name).getAsString();
    }
}
