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
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.internal.model.Account;
import org.openhab.binding.monzo.internal.model.Account.Owner;
import org.openhab.binding.monzo.internal.model.Balance;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.internal.model.Pot;

class MonzoApiTest {

    private static final String TOKEN = "token";

    private final CannedTransport bank = new CannedTransport();
    private final MonzoApi api = new MonzoApi("https://api.example", bank, Clock.systemUTC());

    /** The read calls. */
    enum Call {
        ACCOUNTS(api -> api.accounts().send(TOKEN).await()),
        BALANCE(api -> api.balance("acc_1", null).send(TOKEN).await()),
        POTS(api -> api.pots("acc_1", "GBP").send(TOKEN).await());

        private final SnapshotBuilder reading;

        Call(SnapshotBuilder reading) {
            this.reading = reading;
        }

        interface SnapshotBuilder {
            Object of(MonzoApi api) throws MonzoException;
        }
    }

    @Test
    void readsAccountsWithoutAccountNumbers() throws MonzoException {
        bank.answer(200, """
                {"accounts": [
                  {"id": "acc_1", "closed": false, "created": "2017-01-02T03:04:05Z", "description": "user_1",
                   "type": "uk_retail", "currency": "GBP", "country_code": "GB",
                   "owners": [{"user_id": "user_1", "preferred_name": "Alice"}, {"user_id": "user_2"}, 7],
                   "account_number": "12345678", "sort_code": "040004",
                   "payment_details": {"locale_uk": {"account_number": "12345678", "sort_code": "040004"}}},
                  {"id": "acc_2", "closed": true}, {"description": "no id"}, {"id": 5}, "acc_3", null]}
                """);

        List<Account> accounts = api.accounts().send(TOKEN).await();

        assertThat(
                accounts,
                contains(
                        new Account(
                                "acc_1",
                                "uk_retail",
                                false,
                                "GBP",
                                "2017-01-02T03:04:05Z",
                                List.of(new Owner("user_1", "Alice"))),
                        new Account("acc_2", null, true, null, null, List.of())));
        assertThat(accounts.toString(), not(containsString("Alice")));
    }

    @Test
    void readsABalance() throws MonzoException {
        bank.answer(
                200,
                "{\"balance\": 5000, \"total_balance\": 6000, \"currency\": \"GBP\", \"spend_today\": -1234,"
                        + " \"local_currency\": \"\", \"local_exchange_rate\": 0, \"local_spend\": []}");

        Balance balance = api.balance("acc_1&x=ü", null).send(TOKEN).await();

        assertEquals(
                new Balance("GBP", new BigDecimal("50.00"), new BigDecimal("60.00"), null, new BigDecimal("12.34")),
                balance);
        assertEquals("Balance[…]", balance.toString());
        assertThat(bank.requests(), contains("GET https://api.example/balance?account_id=acc_1%26x%3D%C3%BC token"));
    }

    @Test
    void readsMissingValuesAsNull() throws MonzoException {
        bank.answer(200, "{\"balance\": null}");

        assertEquals(
                new Balance(null, null, null, null, null),
                api.balance("acc_1", null).send(TOKEN).await());
    }

    @Test
    void readsExtremeAmountsExactly() throws MonzoException {
        bank.answer(
                200,
                "{\"balance\": -9223372036854775808, \"spend_today\": -9223372036854775808, \"currency\": \"JPY\"}");

        Balance balance = api.balance("acc_1", null).send(TOKEN).await();

        assertEquals(new BigDecimal("-9223372036854775808"), balance.balance());
        assertEquals(new BigDecimal("9223372036854775808"), balance.spentToday());
    }

    @Test
    void readsPots() throws MonzoException {
        bank.answer(200, """
                {"pots": [
                  {"id": "pot_1", "name": "Holiday <b>🏖</b>", "style": "beach_ball", "balance": 12345,
                   "currency": "GBP", "goal_amount": 20000, "type": "default", "round_up": true, "locked": true,
                   "locked_until": "2027-01-01T00:00:00Z", "created": "2020-01-01T00:00:00Z", "deleted": false},
                  {"id": "pot_2", "deleted": true, "goal_amount": null}, {"name": "no id"}, []]}
                """);

        List<Pot> pots = api.pots("acc_1", null).send(TOKEN).await();

        assertThat(
                pots,
                contains(
                        new Pot(
                                "pot_1",
                                "Holiday <b>🏖</b>",
                                false,
                                "GBP",
                                new BigDecimal("123.45"),
                                new BigDecimal("200.00"),
                                true,
                                "beach_ball",
                                "default",
                                true,
                                "2027-01-01T00:00:00Z",
                                "2020-01-01T00:00:00Z"),
                        new Pot("pot_2", "", true, null, null, null, null, null, null, null, null, null)));
        assertThat(pots.toString(), not(containsString("Holiday")));
        assertThat(bank.requests(), contains("GET https://api.example/pots?current_account_id=acc_1 token"));
    }

    @Test
    void usesAccountCurrencyForPotsWithoutCurrency() throws MonzoException {
        bank.answer(200, """
                {"pots": [{"id": "pot_1", "balance": 5000, "goal_amount": 10000},
                          {"id": "pot_2", "balance": 5000, "currency": ""},
                          {"id": "pot_3", "balance": 5000, "currency": "GBP"}]}
                """);

        List<Pot> pots = api.pots("acc_1", "JPY").send(TOKEN).await();

        assertThat(pots.stream().map(Pot::currency).toList(), contains("JPY", "JPY", "GBP"));
        assertThat(
                pots.stream().map(Pot::balance).toList(),
                contains(new BigDecimal("5000"), new BigDecimal("5000"), new BigDecimal("50.00")));
        assertEquals(new BigDecimal("10000"), pots.get(0).goal());
    }

    @Test
    void readsEmptyLists() throws MonzoException {
        bank.answer(200, "{\"accounts\": [], \"pots\": []}");

        assertThat(api.accounts().send(TOKEN).await(), empty());
        assertThat(api.pots("acc_1", "GBP").send(TOKEN).await(), empty());
    }

    @Test
    void logsOut() throws MonzoException {
        for (int status : new int[] {200, 204}) {
            bank.answer(status, "");
            api.logOut(TOKEN);
        }

        assertEquals(
                "POST https://api.example/oauth2/logout token", bank.requests().get(0));
        bank.answer(500, "");
        assertEquals(
                ErrorKind.SERVER_ERROR,
                assertThrows(MonzoException.class, () -> api.logOut(TOKEN)).kind());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"currency\": \"GBP\"}",
                "{\"balance\": \"5000\"}",
                "{\"balance\": 50.01}",
                "{\"balance\": 5e999999999}",
                "{\"balance\": 5, \"total_balance\": 1e9}",
                "{\"balance\": 5, \"spend_today\": {}}",
                "{\"balance\": 99999999999999999999}",
            })
    void rejectsInexactAmounts(String body) {
        bank.answer(200, body);

        assertEquals(ErrorKind.INVALID_RESPONSE, fault(Call.BALANCE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"pots\": {}}", "{\"pots\": [{\"id\": \"pot_1\", \"balance\": \"much\"}]}"})
    void rejectsPotsOfAnotherShape(String body) {
        bank.answer(200, body);

        assertEquals(ErrorKind.INVALID_RESPONSE, fault(Call.POTS));
    }

    @ParameterizedTest
    @EnumSource(Call.class)
    void throwsErrorsOfTheTransport(Call call) {
        bank.answer(502, "<html>");
        assertEquals(ErrorKind.SERVER_ERROR, fault(call));
        bank.answer(200, "<html>");
        assertEquals(ErrorKind.INVALID_RESPONSE, fault(call));
        bank.answer(200, "[");
        assertEquals(ErrorKind.INVALID_RESPONSE, fault(call));
        bank.answer(200, "{\"a\":[".repeat(100_000));
        assertEquals(ErrorKind.INVALID_RESPONSE, fault(call));
    }

    private ErrorKind fault(Call call) {
        return assertThrows(MonzoException.class, () -> call.reading.of(api)).kind();
    }
}
