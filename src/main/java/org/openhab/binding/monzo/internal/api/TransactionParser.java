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

import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.model.Money;
import org.openhab.binding.monzo.internal.model.Transaction;

/**
 * Parses transactions. Only an ID is required: one odd transaction must not hold up those after it.
 */
@NonNullByDefault
final class TransactionParser {

    /** RFC 3339 has no later ones. */
    private static final Instant MAX_TIME = Instant.parse("9999-12-31T23:59:59Z");

    private static final BigDecimal MAX_LATITUDE = new BigDecimal(90);
    private static final BigDecimal MAX_LONGITUDE = new BigDecimal(180);

    private static final String POT_ID = "pot_\\w+";

    private TransactionParser() {}

    /**
     * Parses the response of {@code GET /transactions}.
     *
     * @param accountId the account that the request named
     * @param accountCurrency its currency, for transactions that do not state one
     */
    static List<Transaction> transactions(JsonObject response, String accountId, @Nullable String accountCurrency)
            throws MonzoException {
        List<Transaction> transactions = new ArrayList<>();
        for (JsonObject json : Json.objects(response, "transactions")) {
            String id = Json.text(json, "id");
            if (id != null) {
                transactions.add(transaction(id, accountId, accountCurrency, json));
            }
        }
        return transactions;
    }

    private static Transaction transaction(
            String id, String accountId, @Nullable String accountCurrency, JsonObject json) {
        String currency = Json.text(json, "currency", accountCurrency);
        String localCurrency = Json.text(json, "local_currency", currency);
        BigDecimal amount = amount(json, "amount", currency);
        BigDecimal localAmount = amount(json, "local_amount", localCurrency);
        boolean isLocal = localAmount != null;
        JsonObject counterparty = Json.child(json, "counterparty");
        return new Transaction(
                id,
                accountId,
                time(Json.text(json, "created")),
                amount,
                currency,
                isLocal ? localAmount : amount,
                isLocal ? localCurrency : currency,
                Json.text(json, "description"),
                Json.text(Json.child(json, "merchant"), "name"), // not expanded: an ID, which is no name
                Json.text(counterparty, "name", Json.text(counterparty, "preferred_name")),
                Json.text(json, "category"),
                Json.text(json, "settled"),
                Json.text(json, "scheme"),
                pot(json),
                Json.text(json, "decline_reason"),
                Json.text(json, "notes"),
                "true".equals(Json.text(Json.child(json, "metadata"), "payday")),
                details(json, currency));
    }

    private static Transaction.Details details(JsonObject json, @Nullable String currency) {
        JsonObject merchant = Json.child(json, "merchant");
        JsonObject fee = Json.child(json, "atm_fees_detailed");
        return new Transaction.Details(
                Json.flag(json, "amount_is_pending"),
                Json.flag(json, "include_in_spending"),
                isPaidFromPot(json),
                Json.text(Json.child(json, "metadata"), "spender_first_name"),
                amount(fee, "fee_amount", Json.text(fee, "fee_currency", currency)),
                Json.flag(merchant, "online"),
                Json.text(merchant, "emoji"),
                Json.text(merchant, "logo"),
                location(Json.child(merchant, "address")),
                parts(json, currency));
    }

    /** Returns the parts of the amount by category, none if it is all of the transaction's category. */
    private static Map<String, BigDecimal> parts(JsonObject json, @Nullable String currency) {
        JsonObject categories = Json.child(json, "categories");
        String category = Json.text(json, "category");
        Map<String, BigDecimal> parts = new HashMap<>();
        for (String each : categories.keySet()) {
            BigDecimal part = amount(categories, each, currency);
            if (part == null) {
                return Map.of(); // the others alone would be wrong
            } else if (part.signum() != 0) {
                parts.put(each, part);
            }
        }
        return category != null && Set.of(category).equals(parts.keySet()) ? Map.of() : parts;
    }

    private static @Nullable String location(JsonObject address) {
        BigDecimal latitude = Json.decimal(address, "latitude");
        BigDecimal longitude = Json.decimal(address, "longitude");
        if (latitude == null
                || longitude == null
                || latitude.abs().compareTo(MAX_LATITUDE) > 0
                || longitude.abs().compareTo(MAX_LONGITUDE) > 0
                || latitude.signum() == 0 && longitude.signum() == 0) { // in the sea: not known
            return null;
        }
        return latitude.toPlainString() + "," + longitude.toPlainString();
    }

    /** Returns whether it is a payment that names the pot from which Monzo pays it, such as one for bills. */
    private static boolean isPaidFromPot(JsonObject json) {
        JsonObject metadata = Json.child(json, "metadata");
        return !isPotMove(json) && Json.text(metadata, "bills_pot_id", Json.text(metadata, "pot_id")) != null;
    }

    private static boolean isPotMove(JsonObject json) {
        return Transaction.POT_SCHEME.equals(Json.text(json, "scheme", Transaction.POT_SCHEME));
    }

    private static @Nullable String pot(JsonObject json) {
        if (!isPotMove(json)) {
            return null;
        }
        String description = Json.text(json, "description");
        return Json.text(
                Json.child(json, "metadata"),
                "pot_id",
                description != null && description.matches(POT_ID) ? description : null);
    }

    private static @Nullable BigDecimal amount(JsonObject json, String name, @Nullable String currency) {
        try {
            Long minorUnits = Json.wholeNumber(json, name);
            return minorUnits == null ? null : Money.inMajorUnits(minorUnits, currency);
        } catch (MonzoException e) {
            return null;
        }
    }

    private static @Nullable Instant time(@Nullable String text) {
        try {
            Instant time = text == null ? null : OffsetDateTime.parse(text).toInstant();
            return time == null || !time.isAfter(Instant.EPOCH) || time.isAfter(MAX_TIME) ? null : time;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
