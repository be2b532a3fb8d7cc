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
package org.openhab.binding.monzo.internal.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openhab.binding.monzo.internal.api.HttpTransport.HttpResponse;
import org.openhab.binding.monzo.internal.api.MonzoApi;
import org.openhab.binding.monzo.internal.model.Transaction;

/** What counts as spending, of transactions in the forms that people have reported. */
class SpendingTest {

    private static final Path KINDS =
            Path.of(System.getProperty("monzo.repository", ".")).resolve("src/test/resources/transactions/kinds.json");

    /** The transaction, its amount, whether Monzo says that it is spending, and what counts. */
    private static final String TABLE = """
            | atm abroad with fee | -85.30 | - | 85.30 |
            | yen | -5.21 | - | 5.21 |
            | direct debit from a bills pot: the withdrawal | 72.21 | no | 0.00 |
            | direct debit from a bills pot: the debit | -72.21 | - | 72.21 |
            | direct debit, merchant not known | -151.00 | - | 151.00 |
            | salary by bacs | 2100.55 | - | 0.00 |
            | faster payment in | 400.00 | - | 0.00 |
            | p2p, name only as preferred_name | -5.00 | - | 5.00 |
            | p2p of 2017, phone number only | -0.01 | - | 0.01 |
            | top-up by card | 100.00 | - | 0.00 |
            | pot deposit | -14.80 | - | 0.00 |
            | round-up | -0.53 | - | 0.00 |
            | pot move whose pot is not named | -14.80 | no | 0.00 |
            | pot to pot | -10.00 | - | 0.00 |
            | pot to pot, described in words | -10.00 | - | 0.00 |
            | refund | 49.99 | yes | -49.99 |
            | declined | -25.00 | no | 0.00 |
            | not declined, empty reason | -25.00 | - | 25.00 |
            | card check of 0 | 0.00 | no | 0.00 |
            | flex repayment | -42.29 | - | 42.29 |
            | overdraft interest | -1.87 | - | 1.87 |
            | interest on the account | 3.12 | - | 0.00 |
            | cashback | 0.75 | - | 0.00 |
            | cheque | 50.00 | - | 0.00 |
            | plan fee | -7.00 | - | 7.00 |
            | joint account, who spent | -12.34 | - | 12.34 |
            | tfl at first | -0.10 | - | 0.10 |
            | merchant named in quotes, backslash, line break in notes | -4.50 | - | 4.50 |
            | merchant without a name | -6.00 | - | 6.00 |
            | merchant not expanded | -3.10 | - | 3.10 |
            | large amount | -350000.00 | - | 350000.00 |
            | payment of whole pounds | -7.00 | yes | 7.00 |
            | excluded from spending in the app | -12.50 | no | 0.00 |
            | petrol pump, before the amount is known | -1.00 | yes | 1.00 |
            | refund abroad, still pending | 26.12 | yes | -26.12 |
            | declined abroad | -26.12 | no | 0.00 |
            | wages that Monzo does not mark as payday | 1200.00 | no | 0.00 |
            | pot withdrawal | 30.00 | no | 0.00 |
            """;

    private static List<Transaction> parse(String response) throws Exception {
        HttpResponse answer = new HttpResponse(200, null, response);
        return new MonzoApi("https://api.example", request -> () -> answer, Clock.systemUTC())
                .transactions("acc_1", "GBP", Instant.EPOCH, MonzoApi.MAX_TRANSACTIONS)
                .send("token")
                .await();
    }

    private static Transaction of(String fields) throws Exception {
        return parse("{\"transactions\":[{\"id\":\"tx_1\",\"created\":\"2026-11-21T08:00:00Z\"," + fields + "}]}")
                .get(0);
    }

    @Test
    void countsTheKindsOfTheTable() throws Exception {
        String kinds = Files.readString(KINDS);
        List<Transaction> transactions = parse(kinds);
        StringBuilder table = new StringBuilder();
        int row = 0;
        for (JsonObject json : objects(kinds)) {
            Transaction transaction = transactions.get(row++);
            String said = json.has("include_in_spending")
                    ? json.get("include_in_spending").getAsBoolean() ? "yes" : "no"
                    : "-";
            table.append("| %s | %s | %s | %s |%n"
                    .formatted(
                            json.get("_case").getAsString(),
                            transaction.amount(),
                            said,
                            Spending.of(transaction, List.of(), List.of()).setScale(2)));
        }

        System.out.print(table);
        assertEquals(TABLE.lines().toList(), table.toString().lines().toList());
    }

    private static List<JsonObject> objects(String kinds) throws IOException {
        List<JsonObject> objects = new ArrayList<>();
        for (JsonElement element :
                new JsonParser().parse(kinds).getAsJsonObject().getAsJsonArray("transactions")) {
            objects.add(element.getAsJsonObject());
        }
        return objects;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // the amount | its category | Monzo's parts | the categories of the budget | what counts
                "-1000 | groceries | null                                  | groceries            | 10.00",
                "-1000 | groceries | null                                  | bills                | 0",
                "-1000 | groceries | {'groceries':-1000}                   | groceries            | 10.00",
                "-1000 | groceries | {'groceries':-600,'eating_out':-400}  | groceries            | 6.00",
                "-1000 | groceries | {'groceries':-600,'eating_out':-400}  | eating_out           | 4.00",
                "-1000 | groceries | {'groceries':-600,'eating_out':-400}  | groceries eating_out | 10.00",
                "-1000 | groceries | {'groceries':-600,'eating_out':-400}  | bills                | 0.00",
                "-1000 | groceries | {'groceries':600,'eating_out':400}    | eating_out           | 4.00",
                "1000  | groceries | {'groceries':600,'eating_out':400}    | eating_out           | -4.00",
                "-1000 | groceries | {'bills':-1000}                       | groceries            | 0.00",
                "-1000 | groceries | {'bills':-1000}                       | bills                | 10.00",
                // the rest of an amount that has changed since belongs to its category
                "-1200 | groceries | {'groceries':-600,'eating_out':-400}  | groceries            | 8.00",
                "-1200 | groceries | {'eating_out':-400}                   | groceries            | 8.00",
                // parts that cannot be those of the amount are ignored
                "-900  | groceries | {'groceries':-600,'eating_out':-400}  | groceries            | 9.00",
                "-900  | groceries | {'groceries':-1600,'eating_out':700}  | eating_out           | 0",
                "-900  | groceries | {'groceries':-600,'eating_out':null}  | groceries            | 9.00",
                "-900  | groceries | {'groceries':-600,'eating_out':'x'}   | groceries            | 9.00",
                "-900  | groceries | []                                    | groceries            | 9.00",
                "-900  | groceries | {}                                    | groceries            | 9.00",
                "-900  | category_0000Dogs | {'category_0000Dogs':-900}    | category_0000Dogs    | 9.00",
                "-900  | eating_out | null                                 | 'Eating out'         | 9.00",
            })
    void countsTheParts(String amount, String category, String parts, String categories, String counted)
            throws Exception {
        Transaction transaction = of("\"amount\":" + amount + ",\"category\":\"" + category
                + "\",\"include_in_spending\":true,\"categories\":" + parts.replace('\'', '"'));
        List<String> names = categories.startsWith("E") ? List.of(categories) : List.of(categories.split(" "));

        assertEquals(
                0,
                new BigDecimal(counted).compareTo(Spending.of(transaction, names, List.of())),
                transaction::toString);
    }

    /** A declined payment moved no money, whatever else Monzo says of it. */
    @Test
    void countsNothingThatWasDeclined() throws Exception {
        Transaction transaction =
                of("\"amount\":-900,\"include_in_spending\":true,\"decline_reason\":\"INSUFFICIENT_FUNDS\"");

        assertEquals(BigDecimal.ZERO, Spending.of(transaction, List.of(), List.of()));
    }

    @Test
    void countsNothingWithoutAnAmount() throws Exception {
        assertEquals(BigDecimal.ZERO, Spending.of(of("\"include_in_spending\":true"), List.of(), List.of()));
    }
}
