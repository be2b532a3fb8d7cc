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

import com.google.gson.JsonObject;
import java.util.Map;

/** Puts messages into the feed of the app. The errors are guesses. */
final class FeedApi {
    private final Ledger ledger;
    private final Access access;
    private final Feed feed;

    FeedApi(Ledger ledger, Access access, Feed feed) {
        this.ledger = ledger;
        this.access = access;
        this.feed = feed;
    }

    Reply post(Call call) {
        Login login = access.approved(call.only("POST"));
        Map<String, String> form = call.form();
        synchronized (ledger) {
            BankAccount account = access.account(login, call.endpoint(), form, "account_id");
            if (!"basic".equals(required(form, "type"))) {
                throw ErrorResponse.badParameter("type", "must be basic");
            }
            feed.add(new FeedItem(
                    account.id(),
                    login.client.id(),
                    required(form, "params[title]"),
                    form.getOrDefault("params[body]", ""),
                    required(form, "params[image_url]"),
                    form.getOrDefault("url", ""),
                    ledger.now()));
            return Reply.json(new JsonObject());
        }
    }

    private static String required(Map<String, String> form, String name) {
        String value = form.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw ErrorResponse.missingParameter(name);
        }
        return value;
    }
}
