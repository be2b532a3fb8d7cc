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

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests the JSON of accounts, balances and pots. */
class BankJsonTest extends SimulatedBankTestBase {

    private JsonObject tokens;

    @BeforeEach
    void logInWithApproval() throws Exception {
        bank.behaviour().approvesAtOnce(true);
        tokens = logIn(alice);
    }

    @Test
    void accountHasTheNewestForm() throws Exception {
        BankAccount account = bank.openAccount("uk_retail", "GBP", alice);
        JsonObject json = onlyAccount();
        assertEquals(account.id(), text(json, "id"));
        assertTrue(account.id().matches("acc_0000[A-Za-z0-9]{18}"));
        assertEquals("uk_retail", text(json, "type"));
        assertEquals("2026-03-01T12:00:00.000Z", text(json, "created"));
        assertEquals(alice.userId(), text(json, "description"));
        assertFalse(json.get("closed").getAsBoolean());
        assertEquals(account.accountNumber(), text(json, "account_number"));
        assertEquals(
                account.iban(), text(json.getAsJsonObject("payment_details").getAsJsonObject("iban"), "unformatted"));
        assertEquals("Alice Example", text(json.getAsJsonArray("owners").get(0), "preferred_name"));
    }

    @Test
    void accountHasTheDocumentedForm() throws Exception {
        BankAccount account = bank.openAccount("uk_retail", "GBP", alice).form(JsonForm.DOCS);
        assertEquals(Set.of("id", "description", "created"), keys(onlyAccount()));
        assertEquals(Set.of("balance", "total_balance", "currency", "spend_today"), keys(balance(account)));
        account.withoutSpendToday().withoutTotalBalance();
        assertEquals(Set.of("balance", "currency"), keys(balance(account)));
    }

    @Test
    void accountHasTheFormRecordedIn2022() throws Exception {
        bank.openAccount("uk_prepaid", "GBP", alice)
                .form(JsonForm.RECORDED_2022)
                .close();
        JsonObject json = onlyAccount();
        assertTrue(json.get("closed").getAsBoolean());
        assertFalse(json.has("product_type"));
        assertFalse(json.has("account_number"));
    }

    @Test
    void accountHasAnUnknownType() throws Exception {
        bank.openAccount("uk_time_capsule", "XTS", alice);
        assertEquals("uk_time_capsule", text(onlyAccount(), "type"));
    }

    @Test
    void balanceHasAllFields() throws Exception {
        BankAccount account =
                bank.openAccount("uk_retail", "GBP", alice).balance(5_000).abroad("EUR", 1.17);
        account.addPot("Holiday", null, 2_500);
        account.spend(300);
        JsonObject json = balance(account);
        assertEquals(4_700, json.get("balance").getAsLong());
        assertEquals(7_200, json.get("total_balance").getAsLong());
        assertEquals(-300, json.get("spend_today").getAsLong());
        assertEquals("EUR", text(json, "local_currency"));
        assertEquals(-300, number(json.getAsJsonArray("local_spend").get(0), "spend_today"));
        account.spendToday(0).totalBalance(9L);
        assertEquals(0, balance(account).getAsJsonArray("local_spend").size());
        assertEquals(9, balance(account).get("total_balance").getAsLong());
    }

    @Test
    void potsHaveAllFields() throws Exception {
        BankAccount account = bank.openAccount("uk_retail", "GBP", alice);
        account.addPot("Holiday 🏖", null, 100).style("");
        account.addPot("House", 5_000L, 100).lockUntil(Instant.parse("2030-01-01T00:00:00Z"));
        account.addPot("Gone", 70L, 30).delete();
        account.addPot("Old", 70L, 30).form(JsonForm.DOCS);
        JsonArray pots = pots(account);

        JsonObject holiday = pots.get(0).getAsJsonObject();
        assertEquals("Holiday 🏖", text(holiday, "name"));
        assertEquals("", text(holiday, "style"));
        assertFalse(holiday.has("goal_amount"));
        assertTrue(holiday.get("round_up_multiplier").isJsonNull());
        assertFalse(holiday.has("locked_until"));

        JsonObject house = pots.get(1).getAsJsonObject();
        assertEquals(5_000, house.get("goal_amount").getAsLong());
        assertTrue(house.get("locked").getAsBoolean());
        assertEquals("until_date", text(house, "lock_type"));
        assertEquals("2030-01-01T00:00:00Z", text(house, "locked_until"));

        JsonObject gone = pots.get(2).getAsJsonObject();
        assertTrue(gone.get("deleted").getAsBoolean());
        assertEquals(0, gone.get("balance").getAsLong());
        assertEquals(30, account.balance());

        assertEquals(
                Set.of("id", "name", "style", "balance", "currency", "created", "updated", "deleted"),
                keys(pots.get(3).getAsJsonObject()));
    }

    @Test
    void jointAccountIsTheSameForBothOwners() throws Exception {
        BankAccount joint = bank.openAccount("uk_retail_joint", "GBP", alice, bob);
        joint.addPot("Bills", null, 100);
        JsonObject bobs = logIn(bob);
        assertEquals(api("/accounts", tokens).body(), api("/accounts", bobs).body());
        String pots = "/pots?current_account_id=" + joint.id();
        assertEquals(api(pots, tokens).body(), api(pots, bobs).body());
    }

    @Test
    void accountsCanBeFilteredByType() throws Exception {
        bank.openAccount("uk_prepaid", "GBP", alice);
        BankAccount account = bank.openAccount("uk_retail", "GBP", alice);
        JsonArray accounts =
                json(api("/accounts?account_type=uk_retail", tokens), 200).getAsJsonArray("accounts");
        assertEquals(1, accounts.size());
        assertEquals(account.id(), text(accounts.get(0), "id"));
    }

    @Test
    void otherPeoplesAccountsAreNotShown() throws Exception {
        BankAccount bobs = bank.openAccount("uk_retail", "GBP", bob);
        BankAccount flex =
                bank.openAccount("uk_monzo_flex_backing_loan", "GBP", alice).forbid(Endpoint.POTS);
        assertCode("not_found", 404, api("/balance?account_id=" + bobs.id(), tokens));
        assertCode("not_found", 404, api("/pots?current_account_id=acc_1", tokens));
        assertEquals(400, api("/pots", tokens).statusCode());
        assertCode("forbidden.insufficient_permissions", 403, api("/pots?current_account_id=" + flex.id(), tokens));
        assertEquals(200, api("/balance?account_id=" + flex.id(), tokens).statusCode());
        assertEquals(404, api("/nothing", tokens).statusCode());
    }

    private JsonObject onlyAccount() throws Exception {
        JsonArray accounts = json(api("/accounts", tokens), 200).getAsJsonArray("accounts");
        assertEquals(1, accounts.size());
        return accounts.get(0).getAsJsonObject();
    }

    private JsonObject balance(BankAccount account) throws Exception {
        return json(api("/balance?account_id=" + account.id(), tokens), 200);
    }

    private JsonArray pots(BankAccount account) throws Exception {
        return json(api("/pots?current_account_id=" + account.id(), tokens), 200)
                .getAsJsonArray("pots");
    }

    private static long number(JsonElement json, String name) {
        return json.getAsJsonObject().get(name).getAsLong();
    }
}
