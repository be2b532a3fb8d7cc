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

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.Instant;

/** Transactions in Monzo's JSON. Read under the lock of the {@link Ledger}. */
final class TransactionJson {
    private TransactionJson() {}

    static JsonObject transaction(BankTransaction transaction, boolean withMerchant) {
        JsonObject json = documented(transaction, withMerchant);
        json.addProperty("notes", transaction.notes());
        JsonObject metadata = new JsonObject();
        json.add("metadata", metadata);
        if (transaction.account().form() != JsonForm.DOCS) {
            transaction.metadata().forEach(metadata::addProperty);
            addWhatIsRecorded(transaction, json);
        }
        if (transaction.declineReason() != null) {
            json.addProperty("decline_reason", transaction.declineReason());
        }
        transaction.overrides().forEach((name, value) -> {
            json.remove(name);
            if (value != null) {
                json.add(name, value);
            }
        });
        return json;
    }

    /** What Monzo posts to webhooks, as documented; other fields are not known. */
    static JsonObject push(BankTransaction transaction) {
        JsonObject data = documented(transaction, true);
        data.addProperty("account_id", transaction.account().id());
        JsonObject json = new JsonObject();
        json.addProperty("type", "transaction.created");
        json.add("data", data);
        return json;
    }

    private static JsonObject documented(BankTransaction transaction, boolean withMerchant) {
        JsonObject json = new JsonObject();
        json.addProperty("id", transaction.id());
        json.addProperty("amount", transaction.amount());
        json.addProperty("created", Timestamps.trimmed(transaction.created()));
        json.addProperty("currency", transaction.account().currency());
        json.addProperty("description", transaction.description());
        json.addProperty("category", transaction.category());
        json.addProperty("is_load", false);
        Instant settled = transaction.settled();
        json.addProperty("settled", settled == null ? "" : Timestamps.trimmed(settled));
        json.add("merchant", merchant(transaction.merchant(), withMerchant));
        return json;
    }

    private static void addWhatIsRecorded(BankTransaction transaction, JsonObject json) {
        boolean cardPayment = transaction.scheme() == Scheme.MASTERCARD && transaction.amount() < 0;
        boolean potMove = transaction.scheme() == Scheme.POT;
        json.addProperty("account_id", transaction.account().id());
        json.addProperty("amount_is_pending", transaction.isAmountPending());
        json.add("atm_fees_detailed", JsonNull.INSTANCE);
        json.add("attachments", JsonNull.INSTANCE);
        json.addProperty("can_add_to_tab", cardPayment);
        json.addProperty("can_be_excluded_from_breakdown", !potMove && transaction.amount() <= 0);
        json.addProperty("can_be_made_subscription", cardPayment);
        json.addProperty("can_match_transactions_in_categorization", transaction.merchant() != null);
        json.addProperty("can_split_the_bill", cardPayment);
        JsonObject categories = new JsonObject();
        transaction.categories().forEach(categories::addProperty);
        json.add("categories", categories);
        json.add(
                "counterparty",
                transaction.counterparty() == null
                        ? new JsonObject()
                        : transaction.counterparty().json());
        json.addProperty("dedupe_id", transaction.dedupeId());
        json.add("fees", new JsonObject());
        json.addProperty("include_in_spending", transaction.isIncludedInSpending());
        json.add("international", JsonNull.INSTANCE);
        json.add("labels", JsonNull.INSTANCE);
        json.addProperty("local_amount", transaction.localAmount());
        json.addProperty("local_currency", transaction.localCurrency());
        json.addProperty("originator", transaction.isOriginator());
        json.addProperty("parent_account_id", "");
        json.addProperty("scheme", transaction.scheme().monzoName());
        json.addProperty("updated", Timestamps.trimmed(transaction.updated()));
        json.addProperty("user_id", transaction.userId());
    }

    private static JsonElement merchant(Merchant merchant, boolean expanded) {
        if (merchant == null) {
            return JsonNull.INSTANCE;
        }
        if (!expanded) {
            return new JsonPrimitive(merchant.id());
        }
        JsonObject json = new JsonObject();
        json.add("address", address(merchant));
        if (merchant.isOnline()) {
            json.addProperty("online", true);
        }
        json.addProperty("created", Timestamps.trimmed(merchant.created()));
        json.addProperty("group_id", merchant.groupId());
        json.addProperty("id", merchant.id());
        json.addProperty("logo", "https://public-images.example/" + merchant.id() + ".png");
        json.addProperty("emoji", merchant.emoji());
        json.addProperty("name", merchant.name());
        json.addProperty("category", merchant.category());
        return json;
    }

    private static JsonObject address(Merchant merchant) {
        JsonObject address = new JsonObject();
        if (!merchant.isOnline()) {
            address.addProperty("address", "98 High Street");
            address.addProperty("city", "London");
            address.addProperty("country", "GB");
            address.addProperty("latitude", merchant.latitude());
            address.addProperty("longitude", merchant.longitude());
            address.addProperty("postcode", "N1 3JD");
            address.addProperty("region", "Greater London");
        }
        return address;
    }

    static JsonArray list(Iterable<BankTransaction> transactions, boolean withMerchants) {
        JsonArray list = new JsonArray();
        transactions.forEach(t -> list.add(transaction(t, withMerchants)));
        return list;
    }
}
