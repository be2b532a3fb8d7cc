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
package org.openhab.binding.monzo.internal.transaction;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.simulator.BankTransaction;
import org.openhab.binding.monzo.simulator.JsonForm;

/** Tests the payload and the channels of a transaction, from the JSON of the bank to the event. */
class TransactionContentTest extends WatchedAccountTestBase {

    private static final String LOCATION = "last-transaction-location";
    private static final List<String> ADDED =
            List.of("reference", "pending", "spending", "spender", "fee", "online", "emoji", "logo", "location");

    @Test
    void hasEveryFieldOfTheContract() {
        BankTransaction lunch = pay(350);
        JsonObject payload = payloadOf(lunch);

        assertThat(
                payload.keySet(),
                contains(
                        "id",
                        "account",
                        "amount",
                        "currency",
                        "localAmount",
                        "localCurrency",
                        "description",
                        "merchant",
                        "category",
                        "created",
                        "settled",
                        "scheme",
                        "pot",
                        "declined",
                        "notes",
                        "late",
                        "payday",
                        "potName",
                        "reference",
                        "pending",
                        "spending",
                        "spender",
                        "fee",
                        "online",
                        "emoji",
                        "logo",
                        "location"));
        assertThat(payload.get("account").getAsString(), is(account.id()));
        assertThat(payload.get("amount"), is(new JsonPrimitive("-3.50")));
        assertThat(payload.get("currency").getAsString(), is("GBP"));
        assertThat(payload.get("localAmount").getAsString(), is("-3.50"));
        assertThat(payload.get("localCurrency").getAsString(), is("GBP"));
        assertThat(payload.get("description").getAsString(), is("Corner Shop"));
        assertThat(payload.get("merchant").getAsString(), is("Corner Shop"));
        assertThat(payload.get("category").getAsString(), is("groceries"));
        assertThat(Instant.parse(payload.get("created").getAsString()), is(lunch.created()));
        assertThat(payload.get("settled"), is(JsonNull.INSTANCE));
        assertThat(payload.get("scheme").getAsString(), is("mastercard"));
        assertThat(payload.get("pot"), is(JsonNull.INSTANCE));
        assertThat(payload.get("declined"), is(JsonNull.INSTANCE));
        assertThat(payload.get("late"), is(new JsonPrimitive(false)));
    }

    @Test
    void hasPlaceAndSpender() {
        JsonObject lunch = payloadOf(pay(350).field("amount_is_pending", new JsonPrimitive(true))
                .field("metadata", json("{'spender_first_name':'Alex','spender_full_name':'Alex Sample'}")));

        assertThat(lunch.get("reference").getAsString(), startsWith("CORNER SHOP  "));
        assertThat(lunch.get("pending").getAsBoolean(), is(true));
        assertThat(lunch.get("spending").getAsBoolean(), is(true));
        assertThat(lunch.get("spender").getAsString(), is("Alex"));
        assertThat(lunch.get("fee"), is(JsonNull.INSTANCE));
        assertThat(lunch.get("online"), is(JsonNull.INSTANCE));
        assertThat(lunch.get("emoji").getAsString(), is("🛒"));
        assertThat(lunch.get("logo").getAsString(), startsWith("https://public-images.example/merch_"));
        assertThat(lunch.get("location").getAsString(), is("51.5,-0.08"));
        assertThat(fixture.state(thing, LOCATION), is("51.5,-0.08"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GBP 1.20", "EUR 1.20", "JPY 120"})
    void hasTheFeeOfACashMachineInItsOwnDecimals(String fee) {
        JsonObject cash = payloadOf(pay(8_530)
                .field("atm_fees_detailed", json("{'fee_amount':120,'fee_currency':'" + fee.substring(0, 3) + "'}")));
        assertThat(cash.get("fee"), is(new JsonPrimitive(fee.substring(4))));
    }

    /** Monzo sends the address of an online shop's office. */
    @Test
    void hasNoPlaceOnTheMapForAnOnlineShop() {
        pay(100);
        refresh();
        JsonObject payload = payloadOf(pay(200).field(
                        "merchant",
                        json("{'name':'Web','online':true,'address':{'latitude':51.5,'longitude':-0.08}}")));
        assertThat(payload.get("online").getAsBoolean(), is(true));
        assertThat(payload.get("location").getAsString(), is("51.5,-0.08"));
        assertThat(fixture.state(thing, LOCATION), is("UNDEF"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'latitude':51.5}",
                "{'latitude':null,'longitude':null}",
                "{'latitude':'51.5','longitude':'-0.08'}",
                "{'latitude':90.001,'longitude':1}",
                "{'latitude':1,'longitude':-180.1}",
                "{'latitude':1e999999999,'longitude':1}",
                "{'latitude':0,'longitude':0.0}",
                "[]",
                "'London'"
            })
    void hasNoUnknownLocation(String address) {
        pay(100);
        refresh();
        JsonObject payload = payloadOf(pay(200).field("merchant", json("{'name':'Stall','address':" + address + "}")));
        assertThat(payload.get("merchant").getAsString(), is("Stall"));
        assertThat(payload.get("location"), is(JsonNull.INSTANCE));
        assertThat(fixture.state(thing, LOCATION), is("UNDEF"));
    }

    @Test
    void writesCoordinatesWithoutExponent() {
        JsonObject payload = payloadOf(
                pay(200).field("merchant", json("{'address':{'latitude':-5.25E-4,'longitude':151.20990000000001}}")));
        assertThat(payload.get("location").getAsString(), is("-0.000525,151.20990000000001"));
        assertThat(fixture.state(thing, LOCATION), startsWith("-0.000525,151.2099"));
    }

    private JsonElement json(String text) {
        return new JsonParser().parse(text);
    }

    @Test
    void hasTheAmountPaidAbroadInItsOwnDecimals() {
        JsonObject payload = payloadOf(account.payments().payAbroad(1_234, "Hotel Paris", 2_300, "JPY"));
        assertThat(payload.get("amount").getAsString(), is("-12.34"));
        assertThat(payload.get("localAmount").getAsString(), is("-2300"));
        assertThat(payload.get("localCurrency").getAsString(), is("JPY"));
    }

    @Test
    void deliversMovesDeclinedPaymentsAndCardChecksButTheChannelsDoNotShowThem() {
        JsonObject declined = payloadOf(account.payments().decline(500, "Coffee Bar", "INSUFFICIENT_FUNDS"));
        JsonObject check = payloadOf(account.payments().checkCard("Video Shop"));
        people.rainyDay().deposit(1_000);
        refresh();
        JsonObject move = payloads(thing).get(2);

        assertThat(declined.get("declined").getAsString(), is("INSUFFICIENT_FUNDS"));
        assertThat(check.get("amount").getAsString(), is("0.00"));
        assertThat(move.get("pot").getAsString(), is(people.rainyDay().id()));
        assertThat(move.get("potName").getAsString(), is(people.rainyDay().name()));
        assertThat(move.get("description").getAsString(), is(people.rainyDay().name()));
        assertThat(fixture.state(thing, "last-transaction-amount"), is("-19.99"));
    }

    @Test
    void hasThePotSchemeWhenThePotIsNotNamed() {
        people.rainyDay().deposit(1_000);
        List<BankTransaction> all = account.transactions();
        BankTransaction move = all.get(all.size() - 1);
        JsonObject payload = payloadOf(move.without("metadata").field("description", new JsonPrimitive("pot")));
        assertThat(payload.get("scheme").getAsString(), is("uk_retail_pot"));
        assertThat(payload.get("pot"), is(JsonNull.INSTANCE));
        assertThat(fixture.state(thing, "last-transaction-amount"), is("-19.99"));
    }

    /** Monzo gives the category income to interest, refunds and sales, too. */
    @Test
    void marksOnlyTheSalaryAsPayday() {
        JsonObject interest =
                payloadOf(account.payments().receive(312, "Monzo", "Interest").category("income"));
        JsonObject salary = payloadOf(account.payments().salary(250_000, "Acme Ltd"));
        assertThat(interest.get("payday").getAsBoolean(), is(false));
        assertThat(salary.get("payday").getAsBoolean(), is(true));
    }

    @Test
    void hasNullForMissingOrInvalidFields() {
        BankTransaction bare = pay(100).without(
                        "merchant",
                        "counterparty",
                        "settled",
                        "category",
                        "notes",
                        "scheme",
                        "local_amount",
                        "local_currency",
                        "metadata",
                        "currency",
                        "amount_is_pending",
                        "include_in_spending",
                        "description");
        JsonObject payload = payloadOf(bare);
        for (String name : List.of("merchant", "description", "settled", "category", "notes", "scheme", "pot")) {
            assertThat(name, payload.get(name), is(JsonNull.INSTANCE));
        }
        assertThat(payload.get("localAmount").getAsString(), is("-1.00"));
        assertThat(payload.get("localCurrency").getAsString(), is("GBP"));

        for (String name : ADDED) {
            assertThat(name, payload.get(name), is(JsonNull.INSTANCE));
        }

        BankTransaction odd = pay(100).field("amount", new JsonPrimitive("much"))
                .field("merchant", new JsonPrimitive("merch_1"))
                .field("category", new JsonPrimitive("category_00009custom"))
                .field("notes", new JsonPrimitive("Brunch 🥐"));
        payload = payloadOf(odd);
        assertThat(payload.get("amount"), is(JsonNull.INSTANCE));
        assertThat(payload.get("merchant"), is(JsonNull.INSTANCE));
        assertThat(payload.get("category").getAsString(), is("category_00009custom"));
        assertThat(payload.get("notes").getAsString(), is("Brunch 🥐"));

        payload = payloadOf(pay(100).field("description", json("5"))
                .field("amount_is_pending", json("'true'"))
                .field("include_in_spending", json("1"))
                .field("metadata", json("{'spender_first_name':{}}"))
                .field("atm_fees_detailed", json("{'fee_amount':'120'}"))
                .field("merchant", json("{'online':'true','emoji':1,'logo':[],'address':{'latitude':[]}}")));
        for (String name : ADDED) {
            assertThat(name, payload.get(name), is(JsonNull.INSTANCE));
        }
    }

    @Test
    void hasNoControlCharacters() {
        JsonObject payload = payloadOf(account.payments().pay(100, "A\nB\u0085\u001b[31m\u2028C\u0000"));
        assertThat(payload.get("merchant").getAsString(), is("A\nB\u0085\u001b[31m\u2028C\u0000"));
        assertThat(fixture.callback(thing).payloads().get(0), not(matchesPattern("(?s).*[\\p{Cc}\\u2028\\u2029].*")));
        assertThat(fixture.state(thing, "last-transaction-description"), is("A B [31m C"));
    }

    @Test
    void deliversATransactionWithoutTimeOnce() {
        BankTransaction timeless = pay(100).without("created");
        JsonObject payload = payloadOf(timeless);
        assertThat(payload.get("created"), is(JsonNull.INSTANCE));
        for (int day = 0; day < 5; day++) {
            sleep(Duration.ofDays(1));
            pay(100 + day);
        }
        assertThat(delivered(thing).stream().filter(timeless.id()::equals).toList(), hasSize(1));
    }

    @Test
    void readsTheFormOfMonzosDocumentation() {
        account.form(JsonForm.DOCS);
        JsonObject payload = payloadOf(pay(100));
        assertThat(payload.get("description").getAsString(), is("Corner Shop"));
        assertThat(payload.get("account").getAsString(), is(account.id()));
        assertThat(payload.get("scheme"), is(JsonNull.INSTANCE));
    }

    private JsonObject payloadOf(BankTransaction transaction) {
        refresh();
        return payloads(thing).stream()
                .filter(payload -> payload.get("id").getAsString().equals(transaction.id()))
                .findFirst()
                .orElseThrow();
    }
}
