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
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.fixture.Fuzz;
import org.openhab.binding.monzo.internal.model.Transaction;

class TransactionPayloadTest {

    private static final Instant CREATED = Instant.parse("2026-11-21T08:00:00.120Z");

    @Test
    void writesAllFieldsInOrder() {
        Transaction transaction = new Transaction(
                "tx_1",
                "acc_1",
                CREATED,
                new BigDecimal("-3.50"),
                "GBP",
                new BigDecimal("-700"),
                "JPY",
                "SHOP TOKYO",
                "Shop & <Café> 🍣",
                "Somebody",
                "category_0000custom",
                "2026-11-22T08:00:00Z",
                "mastercard",
                null,
                null,
                "with \"quotes\"",
                true,
                new Transaction.Details(
                        true,
                        false,
                        false,
                        "Alex",
                        new BigDecimal("1.20"),
                        false,
                        "🍣",
                        "https://logo.example/1?a=b&c",
                        "51.5074,-0.1278",
                        Map.of()));

        assertThat(
                TransactionPayload.of(transaction, true, null),
                is("{\"id\":\"tx_1\",\"account\":\"acc_1\",\"amount\":\"-3.50\",\"currency\":\"GBP\","
                        + "\"localAmount\":\"-700\",\"localCurrency\":\"JPY\",\"description\":\"Shop & <Café> 🍣\","
                        + "\"merchant\":\"Shop & <Café> 🍣\",\"category\":\"category_0000custom\","
                        + "\"created\":\"2026-11-21T08:00:00.120Z\",\"settled\":\"2026-11-22T08:00:00Z\","
                        + "\"scheme\":\"mastercard\",\"pot\":null,\"declined\":null,"
                        + "\"notes\":\"with \\\"quotes\\\"\",\"late\":true,\"payday\":true,\"potName\":null,"
                        + "\"reference\":\"SHOP TOKYO\",\"pending\":true,\"spending\":false,"
                        + "\"spender\":\"Alex\",\"fee\":\"1.20\",\"online\":false,\"emoji\":\"🍣\","
                        + "\"logo\":\"https://logo.example/1?a=b&c\",\"location\":\"51.5074,-0.1278\"}"));
    }

    @Test
    void addsWhatAChangedTransactionWasLike() {
        Transaction transaction = SampleTransaction.declined("tx_1", CREATED);
        String payload = TransactionPayload.of(transaction, false, null);
        TransactionState former = new TransactionState(new BigDecimal("-1.00"), null, null, null);

        assertThat(
                TransactionPayload.ofChanged(transaction, false, null, former),
                is(payload.replaceFirst("}$", ",\"previousAmount\":\"-1.00\",\"previousDeclined\":null}")));
        assertThat(
                TransactionPayload.ofChanged(
                        transaction, false, null, new TransactionState(null, null, null, "a \"reason\"\n")),
                endsWith(",\"previousAmount\":null,\"previousDeclined\":\"a \\\"reason\\\"\\n\"}"));
    }

    @Test
    void writesNullForWhatMonzoOmits() {
        Transaction bare = withTexts(null, null, null, null);
        JsonObject payload = read(bare);

        assertThat(payload.size(), is(27));
        long nulls = payload.entrySet().stream()
                .filter(entry -> entry.getValue().isJsonNull())
                .count();
        assertThat(nulls, is(23L));
    }

    @Test
    void describesTheMerchantElseTheCounterpartyElseMonzosText() {
        assertThat(described("Shop", "Sam", "TEXT"), is("Shop"));
        assertThat(described(null, "Sam", "TEXT"), is("Sam"));
        assertThat(described(null, null, "TEXT"), is("TEXT"));
    }

    private static String described(String merchant, String counterparty, String text) {
        return read(withTexts(text, merchant, counterparty, null))
                .get("description")
                .getAsString();
    }

    @Test
    void isOneLineWithoutControlCharacters() {
        String odd = "a\n\r\t\u0000\u001b[31m\u007f\u0085\u009f\u2028\u2029\\\"z";
        Transaction transaction = withTexts(odd, odd, null, odd);
        String payload = TransactionPayload.of(transaction, false, null);

        assertThat(payload, payload.matches("[ -~]*"), is(true));
        assertThat(read(transaction).get("merchant").getAsString(), is(odd));
        assertThat(read(transaction).get("notes").getAsString(), is(odd));
    }

    /** The example in the README does not parse JSON. */
    @Test
    void theExampleFindsNamesWithQuotationMarks() throws IOException {
        String rules = Files.readString(Path.of("src/test/resources/examples-transactions/transactions.rules"));
        Matcher example = Pattern.compile("val shop = receivedEvent.replaceFirst\\('(.*)', \"\\$1\"\\)"
                        + ".replaceAll\\('(.*)', \"\\$1\"\\)")
                .matcher(rules);
        assertThat(example.find(), is(true));
        for (String name : List.of("Bob's \"Best\" \\ Fish", "tail\\", "\",\"late\":false,\"x\":\"", "Fish")) {
            Transaction transaction = withTexts(null, name, null, "a \"merchant\":\"other\"");
            assertThat(
                    TransactionPayload.of(transaction, false, null)
                            .replaceFirst(example.group(1).replace("\\\\", "\\"), "$1")
                            .replaceAll(example.group(2).replace("\\\\", "\\"), "$1"),
                    is(name));
        }
    }

    @Test
    void canBeReadWhateverItContains() {
        Fuzz.run("TransactionPayload", random -> {
            Transaction transaction = new Transaction(
                    Fuzz.text(random),
                    Fuzz.text(random),
                    CREATED,
                    new BigDecimal(random.nextLong()),
                    text(random),
                    BigDecimal.valueOf(random.nextLong(), random.nextInt(4)),
                    text(random),
                    text(random),
                    text(random),
                    text(random),
                    text(random),
                    text(random),
                    text(random),
                    text(random),
                    text(random),
                    text(random),
                    random.nextBoolean(),
                    Transaction.Details.NONE);
            JsonObject payload = read(transaction);
            assertThat(payload.get("id").getAsString(), is(transaction.id()));
            assertThat(text(payload.get("merchant")), is(transaction.merchant()));
            assertThat(text(payload.get("notes")), is(transaction.notes()));
            assertThat(new BigDecimal(payload.get("localAmount").getAsString()), is(transaction.localAmount()));
        });
    }

    /** A transaction for which Monzo sends only these texts. */
    private static Transaction withTexts(String text, String merchant, String counterparty, String notes) {
        return new Transaction(
                "tx_1",
                "acc_1",
                null,
                null,
                null,
                null,
                null,
                text,
                merchant,
                counterparty,
                null,
                null,
                null,
                null,
                null,
                notes,
                false,
                Transaction.Details.NONE);
    }

    private static String text(Random random) {
        return random.nextInt(4) == 0 ? null : Fuzz.text(random);
    }

    private static String text(JsonElement element) {
        return element.isJsonNull() ? null : element.getAsString();
    }

    private static JsonObject read(Transaction transaction) {
        return new JsonParser()
                .parse(TransactionPayload.of(transaction, false, null))
                .getAsJsonObject();
    }
}
