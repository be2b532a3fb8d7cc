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
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.MonzoApi.Webhook;
import org.openhab.binding.monzo.internal.model.Account;
import org.openhab.binding.monzo.internal.model.Account.Owner;
import org.openhab.binding.monzo.internal.model.Balance;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.internal.model.Money;
import org.openhab.binding.monzo.internal.model.Pot;

/**
 * Parses accounts, balances and pots. Monzo omits fields freely; only what the binding cannot do without is required.
 */
@NonNullByDefault
final class ResponseParser {

    private ResponseParser() {}

    /** Parses the response of {@code GET /accounts}. */
    static List<Account> accounts(JsonObject response) throws MonzoException {
        List<Account> accounts = new ArrayList<>();
        for (JsonObject json : Json.objects(response, "accounts")) {
            String id = Json.text(json, "id");
            if (id != null) {
                accounts.add(new Account(
                        id,
                        Json.text(json, "type"),
                        Boolean.TRUE.equals(Json.flag(json, "closed")),
                        Json.text(json, "currency"),
                        Json.text(json, "created"),
                        owners(json)));
            }
        }
        return accounts;
    }

    private static List<Owner> owners(JsonObject account) {
        List<Owner> owners = new ArrayList<>();
        for (JsonObject owner : Json.objectsOrNone(account, "owners")) {
            String name = Json.text(owner, "preferred_name");
            if (name != null) {
                owners.add(new Owner(Json.text(owner, "user_id"), name));
            }
        }
        return owners;
    }

    /** Parses the response of {@code GET /balance}. */
    static Balance balance(JsonObject json, @Nullable String accountCurrency) throws MonzoException {
        String currency = Json.text(json, "currency", accountCurrency);
        BigDecimal spend = amount(json, "spend_today", currency);
        if (!json.has("balance")) {
            throw new MonzoException(ErrorKind.INVALID_RESPONSE, "response has no 'balance'");
        }
        return new Balance(
                currency,
                amount(json, "balance", currency),
                amount(json, "total_balance", currency),
                amount(json, "balance_including_flexible_savings", currency),
                // Monzo counts spending as negative.
                spend == null ? null : spend.negate());
    }

    /** Parses the response of {@code GET /pots}. */
    static List<Pot> pots(JsonObject response, @Nullable String accountCurrency) throws MonzoException {
        List<Pot> pots = new ArrayList<>();
        for (JsonObject json : Json.objects(response, "pots")) {
            String id = Json.text(json, "id");
            if (id != null) {
                pots.add(pot(id, accountCurrency, json));
            }
        }
        return pots;
    }

    /**
     * Parses the response of {@code PUT /pots/<id>/…}, the pot afterwards.
     *
     * @throws MonzoException {@code INVALID_RESPONSE} if it is not this pot
     */
    static Pot pot(JsonObject response, String potId, @Nullable String accountCurrency) throws MonzoException {
        if (!potId.equals(Json.text(response, "id"))) {
            throw new MonzoException(ErrorKind.INVALID_RESPONSE, "response is not the pot");
        }
        return pot(potId, accountCurrency, response);
    }

    private static Pot pot(String id, @Nullable String accountCurrency, JsonObject json) throws MonzoException {
        String currency = Json.text(json, "currency", accountCurrency);
        String name = Json.text(json, "name");
        return new Pot(
                id,
                name == null ? "" : name,
                Boolean.TRUE.equals(Json.flag(json, "deleted")),
                currency,
                amount(json, "balance", currency),
                amount(json, "goal_amount", currency),
                Json.flag(json, "locked"),
                Json.text(json, "style"),
                Json.text(json, "type"),
                Json.flag(json, "round_up"),
                Json.text(json, "locked_until"),
                Json.text(json, "created"));
    }

    /** Parses the response of {@code GET /webhooks}. */
    static List<Webhook> webhooks(JsonObject response) throws MonzoException {
        List<Webhook> webhooks = new ArrayList<>();
        for (JsonObject json : Json.objects(response, "webhooks")) {
            Webhook webhook = webhook(json);
            if (webhook != null) {
                webhooks.add(webhook);
            }
        }
        return webhooks;
    }

    /** Parses the response of {@code POST /webhooks}. */
    static Webhook registeredWebhook(JsonObject response) throws MonzoException {
        Webhook webhook = webhook(Json.child(response, "webhook"));
        if (webhook == null) {
            throw new MonzoException(ErrorKind.INVALID_RESPONSE, "response has no webhook");
        }
        return webhook;
    }

    /** Parses a webhook; its ID becomes part of a path, so any other form counts as missing. */
    private static @Nullable Webhook webhook(JsonObject json) {
        String id = Json.text(json, "id");
        String url = Json.text(json, "url");
        return url == null ? null : new Webhook(id != null && id.matches("[\\w-]+") ? id : "", url);
    }

    private static @Nullable BigDecimal amount(JsonObject json, String name, @Nullable String currency)
            throws MonzoException {
        Long minorUnits = Json.wholeNumber(json, name);
        return minorUnits == null ? null : Money.inMajorUnits(minorUnits, currency);
    }
}
