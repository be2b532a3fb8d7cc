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
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.openhab.binding.monzo.simulator.BankClient.assertError;
import static org.openhab.binding.monzo.simulator.BankClient.json;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Tests transfers with pots at the simulated bank. */
class BankPotTransfersTest {
    private final SimulatedBank bank =
            SimulatedBank.start(0, new AdjustableClock(Instant.parse("2026-03-01T12:00:00Z")));
    private Customer alice;
    private BankAccount account;
    private BankPot pot;
    private BankClient client;

    @BeforeEach
    void logIn() throws Exception {
        alice = bank.addCustomer("Alice Example");
        account = bank.openAccount("uk_retail", "GBP", alice).balance(10_000);
        pot = account.addPot("Holiday", null, 5_000);
        client = BankClient.logIn(bank, "oauth2client_1", alice);
    }

    @AfterEach
    void closeBank() {
        bank.close();
    }

    @Test
    void moveMoneyAndListItsTransaction() throws Exception {
        JsonObject deposited = json(deposit(2_500, "a"), 200);
        assertEquals(pot.id(), deposited.get("id").getAsString());
        assertEquals(7_500, deposited.get("balance").getAsLong());
        assertEquals(6_500, json(withdraw(1_000, "b"), 200).get("balance").getAsLong());
        assertEquals(8_500, account.balance());
        assertEquals(6_500, pot.balance());

        assertEquals(
                List.of(2_500L, -1_000L),
                bank.transfers().stream().map(PotTransfer::amount).toList());
        assertEquals(
                account.transactions().stream().map(BankTransaction::id).toList(),
                bank.transfers().stream().map(PotTransfer::transactionId).toList());
        assertEquals(-2_500, account.transactions().get(0).amount());
        JsonObject listed = json(
                        client.get(
                                "/transactions/" + account.transactions().get(0).id()),
                        200)
                .getAsJsonObject("transaction");
        assertEquals(
                pot.id() + ":" + account.id() + ":deposit:" + alice.userId() + ":a",
                listed.get("dedupe_id").getAsString());
    }

    @Nested
    class Repeated {

        @Test
        void moveNothingAndGetTheSameAnswer() throws Exception {
            String first = deposit(2_500, "a").body();
            withdraw(100, "b");
            assertEquals(first, deposit(2_500, "a").body());
            assertEquals(7_600, account.balance());
            assertEquals(2, bank.transfers().size());
        }

        @Test
        void atTheSameTimeMoveMoneyOnce() throws Exception {
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                answers.add(client.putAsync(
                        "/pots/" + pot.id() + "/deposit", form("source_account_id", account, 2_500, "a")));
            }
            Set<String> bodies = new HashSet<>();
            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                bodies.add(answer.get().body());
            }
            assertEquals(1, bodies.size());
            assertEquals(7_500, account.balance());
            assertEquals(1, bank.transfers().size());
        }

        @Test
        void afterALostReplyMoveNothingMore() throws Exception {
            bank.faults().next(Endpoint.POT_DEPOSIT, Fault.lostReply());
            assertThrows(IOException.class, () -> deposit(2_500, "a"));
            assertEquals(1, bank.transfers().size());
            assertEquals(7_500, json(deposit(2_500, "a"), 200).get("balance").getAsLong());
            assertEquals(7_500, account.balance());
            assertEquals("a", bank.transfers().get(0).dedupeId());
        }

        @Test
        void afterAFaultThatStoppedThemMoveTheMoney() throws Exception {
            bank.faults().next(Endpoint.POT_DEPOSIT, Fault.serverError());
            assertEquals(500, deposit(2_500, "a").statusCode());
            assertTrue(bank.transfers().isEmpty());
            json(deposit(2_500, "a"), 200);
            assertEquals(7_500, account.balance());
        }

        @Test
        void withAnotherAmountMoveNothing() throws Exception {
            String first = deposit(2_500, "a").body();
            assertEquals(first, deposit(2_600, "a").body());
            bank.behaviour().refusesChangedAmounts(true);
            assertError(400, "bad_request.bad_param.bad_param.dedupe_id", deposit(2_600, "a"));
            assertEquals(first, deposit(2_500, "a").body());
            assertEquals(7_500, account.balance());
        }

        @Test
        void inTheOtherDirectionOrToAnotherPotAreOthers() throws Exception {
            BankPot other = account.addPot("House", null, 0);
            json(deposit(2_500, "a"), 200);
            json(withdraw(500, "a"), 200);
            json(put(other, "deposit", form("source_account_id", account, 100, "a")), 200);
            assertEquals(3, bank.transfers().size());
            assertEquals(10_000 - 2_500 + 500 - 100, account.balance());
        }

        @Test
        void afterARefusalMayMoveTheMoney() throws Exception {
            assertError(400, "bad_request.insufficient_funds", deposit(10_001, "a"));
            account.receive(1);
            json(deposit(10_001, "a"), 200);
            assertEquals(0, account.balance());
        }
    }

    @Nested
    class AreRefused {

        @Test
        void withoutEnoughMoney() throws Exception {
            assertError(400, "bad_request.insufficient_funds", deposit(10_001, "a"));
            assertError(400, "bad_request.insufficient_funds", withdraw(5_001, "a"));
        }

        @Test
        void fromPotsThatAreLockedOrHaveAddedSecurity() throws Exception {
            pot.lockUntil(Instant.parse("2030-01-01T00:00:00Z"));
            assertError(403, "forbidden.pot_locked", withdraw(100, "a"));
            json(deposit(100, "b"), 200);
            pot.lockUntil(null).addedSecurity(true);
            assertError(403, "forbidden.pot_added_security", withdraw(100, "a"));
            json(deposit(100, "c"), 200);
            pot.addedSecurity(false);
            json(withdraw(100, "a"), 200);
        }

        @Test
        void withDeletedForeignOrUnknownPots() throws Exception {
            BankAccount bobs = bank.openAccount("uk_retail", "GBP", bank.addCustomer("Bob"));
            BankPot bobsPot = bobs.addPot("Guitar", null, 100);
            assertError(404, "not_found", put(bobsPot, "deposit", form("source_account_id", account, 100, "a")));
            assertError(404, "not_found", put(pot, "deposit", form("source_account_id", bobs, 100, "a")));
            assertError(
                    404,
                    "not_found",
                    client.put("/pots/pot_0000unknown/deposit", form("source_account_id", account, 100, "a")));
            BankAccount joint =
                    bank.openAccount("uk_retail_joint", "GBP", alice).balance(1_000);
            assertError(
                    400,
                    "bad_request.bad_param.bad_param.source_account_id",
                    put(pot, "deposit", form("source_account_id", joint, 100, "a")));
            pot.delete();
            assertError(400, "bad_request.pot_deleted", deposit(100, "a"));
            assertError(400, "bad_request.pot_deleted", withdraw(100, "a"));
        }

        @Test
        void withMissingOrWrongParameters() throws Exception {
            for (String amount : List.of("0", "-1", "1.5", "", "x", "9223372036854775808")) {
                Map<String, String> form = form("source_account_id", account, 1, "a");
                form.put("amount", amount);
                assertError(400, "bad_request.bad_param.bad_param.amount", put(pot, "deposit", form));
            }
            for (String name : List.of("source_account_id", "dedupe_id")) {
                Map<String, String> form = form("source_account_id", account, 100, "a");
                form.remove(name);
                assertError(400, "bad_request.missing_param." + name, put(pot, "deposit", form));
            }
        }

        @Test
        void whenNotFormEncodedOrNotPut() throws Exception {
            String path = "/pots/" + pot.id() + "/deposit";
            HttpResponse<String> asJson = client.send(client.request(path)
                    .header("Content-Type", "application/json")
                    .PUT(BodyPublishers.ofString(
                            "{\"amount\":100,\"dedupe_id\":\"a\",\"source_account_id\":\"" + account.id() + "\"}")));
            assertError(400, "bad_request.bad_param.bad_param.amount", asJson);
            HttpResponse<String> inQuery =
                    client.put(path + "?amount=100&dedupe_id=a&source_account_id=" + account.id(), Map.of());
            assertError(400, "bad_request.bad_param.bad_param.amount", inQuery);
            assertError(405, "method_not_allowed", client.post(path, form("source_account_id", account, 100, "a")));
        }

        @Test
        void beforeTheApproval() throws Exception {
            bank.revoke(alice);
            assertError(403, "forbidden.insufficient_permissions", deposit(100, "a"));
        }

        @AfterEach
        void nothingElseMoved() {
            long net = bank.transfers().stream().mapToLong(PotTransfer::amount).sum();
            long books = account.transactions().stream()
                    .mapToLong(BankTransaction::amount)
                    .sum();
            assertEquals(10_000 + books, account.balance());
            if (!pot.isDeleted()) {
                assertEquals(5_000 + net, pot.balance());
            }
        }
    }

    @Test
    void areInTheLogWithTheirForms() throws Exception {
        deposit(100, "a");
        RecordedRequest request = bank.requests().get(bank.requests().size() - 1);
        assertEquals(Endpoint.POT_DEPOSIT, request.endpoint());
        assertEquals(account.id(), request.accountId());
        assertEquals("a", request.form().get("dedupe_id"));
        assertTrue(bank.requests().stream()
                .filter(r -> r.endpoint() == Endpoint.TOKEN)
                .allMatch(r -> r.form().isEmpty()));
    }

    private HttpResponse<String> deposit(long amount, String dedupeId) throws Exception {
        return put(pot, "deposit", form("source_account_id", account, amount, dedupeId));
    }

    private HttpResponse<String> withdraw(long amount, String dedupeId) throws Exception {
        return put(pot, "withdraw", form("destination_account_id", account, amount, dedupeId));
    }

    private HttpResponse<String> put(BankPot where, String direction, Map<String, String> form) throws Exception {
        return client.put("/pots/" + where.id() + "/" + direction, form);
    }

    private static Map<String, String> form(
            String accountParameter, BankAccount account, long amount, String dedupeId) {
        return new HashMap<>(
                Map.of(accountParameter, account.id(), "amount", String.valueOf(amount), "dedupe_id", dedupeId));
    }
}
