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
import com.google.gson.JsonObject;
import java.net.URI;
import java.net.URISyntaxException;

/** Registers, lists and deletes webhooks. A program sees its own alone. */
final class WebhooksApi {
    private final Ledger ledger;
    private final Access access;
    private final Webhooks webhooks;

    WebhooksApi(Ledger ledger, Access access, Webhooks webhooks) {
        this.ledger = ledger;
        this.access = access;
        this.webhooks = webhooks;
    }

    Reply list(Call call) {
        return call.only("GET", "POST").isPost() ? register(call) : ofAccount(call);
    }

    /** Another client's webhook is treated as missing. Monzo's response is not known. */
    Reply delete(Call call) {
        Login login = access.approved(call.only("DELETE"));
        synchronized (ledger) {
            String id = call.lastSegment();
            webhooks.delete(webhooks.all().stream()
                    .filter(w -> w.id().equals(id))
                    .filter(w -> w.clientId().equals(login.client.id()))
                    .filter(w -> ledger.accountsOf(login.customer.userId()).stream()
                            .anyMatch(a -> a.id().equals(w.accountId())))
                    .findFirst()
                    .orElseThrow(ErrorResponse::notFound));
            return Reply.json(new JsonObject());
        }
    }

    private Reply register(Call call) {
        Login login = access.approved(call);
        synchronized (ledger) {
            BankAccount account = access.account(login, call.endpoint(), call.form(), "account_id");
            String url = call.form().getOrDefault("url", "");
            if (url.isEmpty()) {
                throw ErrorResponse.missingParameter("url");
            }
            if (!isWebAddress(url)) {
                throw ErrorResponse.badParameter("url", "must be a URL");
            }
            JsonObject body = new JsonObject();
            body.add("webhook", json(webhooks.register(account, login.client.id(), url)));
            return Reply.json(body);
        }
    }

    private Reply ofAccount(Call call) {
        Login login = access.approved(call);
        synchronized (ledger) {
            BankAccount account = access.account(login, call.endpoint(), call.query(), "account_id");
            JsonArray list = new JsonArray();
            webhooks.of(account).stream()
                    .filter(w -> w.clientId().equals(login.client.id()))
                    .forEach(w -> list.add(json(w)));
            JsonObject body = new JsonObject();
            body.add("webhooks", list);
            return Reply.json(body);
        }
    }

    private static JsonObject json(Webhook webhook) {
        JsonObject json = new JsonObject();
        json.addProperty("account_id", webhook.accountId());
        json.addProperty("id", webhook.id());
        json.addProperty("url", webhook.url());
        return json;
    }

    private static boolean isWebAddress(String text) {
        try {
            URI uri = new URI(text);
            return uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
