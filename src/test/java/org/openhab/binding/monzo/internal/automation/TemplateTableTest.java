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
package org.openhab.binding.monzo.internal.automation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.internal.api.HttpTransport.HttpResponse;
import org.openhab.binding.monzo.internal.api.MonzoApi;
import org.openhab.binding.monzo.internal.model.Transaction;
import org.openhab.core.config.core.Configuration;

/**
 * What each template does with each kind of transaction that Monzo lists: the table in {@code doc/templates.md}. When
 * it changes on purpose, copy the lines that the test reports.
 */
class TemplateTableTest {

    private static final Path ROOT = Path.of(System.getProperty("monzo.repository", "."));
    private static final Path TABLE = ROOT.resolve("doc/templates.md");
    private static final BigDecimal BALANCE_BEFORE = new BigDecimal("1000.00");

    private static final List<Column> COLUMNS = List.of(
            column("large-payment", "amount", 50),
            column("payment-at", "merchant", "sho"),
            column("payment-at", "category", "eating out"),
            column("money-received"),
            column("money-received", "payday", true),
            column("payday-sweep", "salary", 1000, "value", 100),
            column("payday-sweep", "salary", 1000, "amount", "LEFTOVER", "value", 300),
            column("round-up"),
            column("pay-from-pot", "category", "shopping"),
            column("pay-from-pot"),
            column("keep-balance", "target", 1000, "margin", 5));

    /** A template with what a person enters. */
    private record Column(String template, Map<String, Object> entered) {

        String title() {
            return template
                    + entered.entrySet().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .map(entry -> "<br>" + entry.getKey() + " " + entry.getValue())
                            .collect(Collectors.joining());
        }
    }

    private static Column column(String template, Object... entered) {
        Map<String, Object> values = new HashMap<>();
        for (int i = 0; i < entered.length; i += 2) {
            values.put((String) entered[i], entered[i + 1]);
        }
        return new Column(template, values);
    }

    @Test
    void matchesTheTableForPeople() throws Exception {
        List<String> table = new ArrayList<>();
        table.add(row(Stream.concat(
                Stream.of("Transaction", "Amount"), COLUMNS.stream().map(Column::title))));
        table.add(row(Stream.concat(Stream.of("---", "---:"), COLUMNS.stream().map(column -> "---"))));
        List<Transaction> transactions = transactions();
        List<String> cases = cases();
        for (int i = 0; i < cases.size(); i++) {
            Transaction transaction = transactions.get(i);
            List<String> cells =
                    new ArrayList<>(List.of(cases.get(i), transaction.amount().toPlainString()));
            for (Column column : COLUMNS) {
                cells.add(cell(column, transaction));
            }
            table.add(row(cells.stream()));
        }
        List<String> shown = Files.readAllLines(TABLE).stream()
                .filter(line -> line.startsWith("|"))
                .toList();
        assertEquals(String.join("\n", table), String.join("\n", shown));
    }

    private static String row(Stream<String> cells) {
        return cells.collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static String cell(Column column, Transaction transaction) throws IOException {
        JsonObject template = new Gson()
                .fromJson(
                        Files.readString(ROOT.resolve("OH-INF/rule-templates/" + column.template() + ".json")),
                        JsonObject.class);
        boolean isSatisfied = objects(template, "conditions")
                .allMatch(condition ->
                        PaymentConditionHandler.isSatisfied(configuration(condition, template, column), transaction));
        JsonObject action = objects(template, "actions").findFirst().orElseThrow();
        if (!isSatisfied) {
            return "";
        } else if (action.get("type").getAsString().equals("core.ItemCommandAction")) {
            return "command";
        }
        TransferAmount amount = new TransferAmount(new Parameters(configuration(action, template, column)));
        BigDecimal moved = moved(amount, transaction);
        return moved.signum() == 0
                ? ""
                : moved.abs().setScale(2).toPlainString() + (moved.signum() > 0 ? " in" : " out");
    }

    private static BigDecimal moved(TransferAmount amount, Transaction transaction) {
        BigDecimal paid = transaction.declined() == null ? transaction.amount() : BigDecimal.ZERO;
        if (!amount.dependsOnBalance()) {
            return amount.of(transaction);
        }
        BigDecimal received = amount.isForTransaction() ? paid : BigDecimal.ZERO;
        return amount.of(BALANCE_BEFORE.add(paid), received, 2);
    }

    /** Returns the configuration of a module as openHAB makes it of a template. */
    private static Configuration configuration(JsonObject module, JsonObject template, Column column) {
        Map<String, Object> values = new HashMap<>();
        objects(template, "configDescriptions")
                .filter(parameter -> parameter.has("defaultValue"))
                .forEach(parameter -> values.put(
                        parameter.get("name").getAsString(),
                        parameter.get("defaultValue").getAsString()));
        values.putAll(column.entered());
        Configuration configuration = new Configuration();
        module.getAsJsonObject("configuration").entrySet().forEach(entry -> {
            String value = entry.getValue().getAsString();
            String reference = value.replaceAll("[{}]", "");
            configuration.put(
                    entry.getKey(),
                    value.startsWith("{{")
                            ? values.getOrDefault(reference, "monzo:thing").toString()
                            : value);
        });
        return configuration;
    }

    private static Stream<JsonObject> objects(JsonObject object, String name) {
        return StreamSupport.stream(object.getAsJsonArray(name).spliterator(), false)
                .map(JsonElement::getAsJsonObject);
    }

    private static List<Transaction> transactions() throws Exception {
        HttpResponse kinds = new HttpResponse(200, null, kinds());
        return new MonzoApi("https://api.example", request -> () -> kinds, Clock.systemUTC())
                .transactions("acc_1", "GBP", Instant.EPOCH, MonzoApi.MAX_TRANSACTIONS)
                .send("token")
                .await();
    }

    private static List<String> cases() throws IOException {
        return objects(new Gson().fromJson(kinds(), JsonObject.class), "transactions")
                .map(transaction -> transaction.get("_case").getAsString())
                .toList();
    }

    private static String kinds() throws IOException {
        return Files.readString(ROOT.resolve("src/test/resources/transactions/kinds.json"));
    }
}
