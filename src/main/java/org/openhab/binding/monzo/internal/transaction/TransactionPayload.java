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

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.model.Transaction;

/**
 * Writes transactions as the payload of a trigger channel: a JSON object, with amounts as exact decimal strings.
 */
@NonNullByDefault
final class TransactionPayload {

    private static final Gson GSON =
            new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

    /** Those that JSON allows in texts. Logs and regular expressions take some of them for the end of a line. */
    private static final Pattern CONTROL_CHARACTER = Pattern.compile("[\\p{Cc}\\u2028\\u2029]");

    private TransactionPayload() {}

    /**
     * Returns the payload of a transaction.
     *
     * @param late whether it is delivered long after it could first have been known
     * @param potName the name of the pot that money moved to or from, {@code null} if unknown
     */
    static String of(Transaction transaction, boolean late, @Nullable String potName) {
        return json(fields(transaction, late, potName));
    }

    /**
     * Returns the payload of a changed transaction.
     *
     * @param former what it was like before
     */
    static String ofChanged(Transaction transaction, boolean late, @Nullable String potName, TransactionState former) {
        Map<String, @Nullable Object> fields = fields(transaction, late, potName);
        fields.put("previousAmount", decimal(former.amount()));
        fields.put("previousDeclined", former.declined());
        return json(fields);
    }

    private static Map<String, @Nullable Object> fields(
            Transaction transaction, boolean late, @Nullable String potName) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("id", transaction.id());
        fields.put("account", transaction.accountId());
        fields.put("amount", decimal(transaction.amount()));
        fields.put("currency", transaction.currency());
        fields.put("localAmount", decimal(transaction.localAmount()));
        fields.put("localCurrency", transaction.localCurrency());
        fields.put("description", transaction.description(potName));
        fields.put("merchant", transaction.merchant());
        fields.put("category", transaction.category());
        Instant created = transaction.created();
        fields.put("created", created == null ? null : created.toString());
        fields.put("settled", transaction.settled());
        fields.put("scheme", transaction.scheme());
        fields.put("pot", transaction.pot());
        fields.put("declined", transaction.declined());
        fields.put("notes", transaction.notes());
        fields.put("late", late);
        fields.put("payday", transaction.payday());
        fields.put("potName", potName);
        fields.put("reference", transaction.text());
        Transaction.Details details = transaction.details();
        fields.put("pending", details.pending());
        fields.put("spending", details.spending());
        fields.put("spender", details.spender());
        fields.put("fee", decimal(details.fee()));
        fields.put("online", details.online());
        fields.put("emoji", details.emoji());
        fields.put("logo", details.logo());
        fields.put("location", details.location());
        return fields;
    }

    private static String json(Map<String, @Nullable Object> fields) {
        return CONTROL_CHARACTER
                .matcher(GSON.toJson(fields))
                .replaceAll(found -> "\\\\u%04x".formatted((int) found.group().charAt(0)));
    }

    private static @Nullable String decimal(@Nullable BigDecimal amount) {
        return amount == null ? null : amount.toPlainString();
    }
}
