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
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openhab.binding.monzo.internal.model.Account;
import org.openhab.binding.monzo.internal.model.Balance;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.internal.model.Pot;
import org.openhab.binding.monzo.internal.model.Transaction;

/** Tests that the API client reads the recorded responses. */
class MonzoApiContractTest extends RecordedResponsesTestBase {

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
    void requestsTransactionsWithMonzosParameters() throws MonzoException {
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
}
