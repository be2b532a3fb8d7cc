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
package org.openhab.binding.monzo.internal.webhook;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.Json;
import org.openhab.binding.monzo.internal.api.MonzoApi.Webhook;
import org.openhab.binding.monzo.internal.storage.TextStorage;

/**
 * Stores the secret of a bridge and the webhooks that it has registered at Monzo, so that it recognizes its own after a
 * restart. A URL is stored before it is registered, so that a crash leaves no unknown webhook.
 */
@NonNullByDefault
class WebhookStore {

    static final String NAME = "org.openhab.binding.monzo.webhooks";

    private static final int SECRET_BYTES = 32;

    /** The Base64 form of that many bytes; anything shorter could be guessed. */
    private static final String SECRET = "[\\w-]{43}";

    private static final String ID = "[\\w-]+";

    private static final Gson GSON = new Gson();

    private final TextStorage storage;
    private final String bridgeUid;

    private String secret;

    /** The ID of each URL's webhook by account; empty if Monzo has not sent it. */
    private final Map<String, Map<String, String>> webhooks = new TreeMap<>();

    /** Opens the store of a bridge. */
    WebhookStore(TextStorage storage, String bridgeUid) {
        this.storage = storage;
        this.bridgeUid = bridgeUid;
        JsonObject stored = storage.read(bridgeUid, WebhookStore::parse).orElseGet(JsonObject::new);
        secret = Objects.requireNonNullElse(Json.text(stored, "secret"), "");
        JsonObject accounts = Json.child(stored, "webhooks");
        for (String account : accounts.keySet()) {
            JsonObject ids = Json.child(accounts, account);
            for (String url : ids.keySet()) {
                String id = Json.text(ids, url);
                put(account, new Webhook(id == null || !id.matches(ID) ? "" : id, url));
            }
        }
    }

    private static Optional<JsonObject> parse(String text) {
        JsonObject json = Json.objectOrEmpty(text);
        String secret = Json.text(json, "secret");
        return secret != null && secret.matches(SECRET) ? Optional.of(json) : Optional.empty();
    }

    private void put(String account, Webhook webhook) {
        webhooks.computeIfAbsent(account, key -> new TreeMap<>()).put(webhook.url(), webhook.id());
    }

    /** Creates the bridge's secret if it has none yet. */
    synchronized void createSecret() {
        if (secret.isEmpty()) {
            byte[] bytes = new byte[SECRET_BYTES];
            new SecureRandom().nextBytes(bytes);
            secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            save();
        }
    }

    /** Returns the bridge's secret, empty before it is created. */
    synchronized String secret() {
        return secret;
    }

    /** Returns whether anything is stored for the bridge. */
    synchronized boolean exists() {
        return !secret.isEmpty();
    }

    /** Returns whether a webhook was registered by this bridge; Monzo may list its URL in another form. */
    synchronized boolean isOwn(String account, Webhook webhook) {
        Map<String, String> known = webhooks.getOrDefault(account, Map.of());
        return !secret.isEmpty() && webhook.url().contains(secret)
                || known.containsKey(webhook.url())
                || webhook.canBeDeleted() && known.containsValue(webhook.id());
    }

    /** Returns the accounts that may have webhooks of this bridge. */
    synchronized Set<String> accounts() {
        return Set.copyOf(webhooks.keySet());
    }

    /** Returns the webhook of a URL as it was registered, without ID if that is unknown. */
    synchronized Webhook registered(String account, String url) {
        String id = webhooks.getOrDefault(account, Map.of()).get(url);
        return new Webhook(id == null ? "" : id, url);
    }

    synchronized void add(String account, Webhook webhook) {
        put(account, webhook);
        save();
    }

    /** Replaces the webhooks of an account with one, {@code null} for none. */
    synchronized void setOnly(String account, @Nullable Webhook webhook) {
        Map<String, String> before = webhooks.remove(account);
        if (webhook != null) {
            put(account, webhook);
        }
        if (!Objects.equals(before, webhooks.get(account))) {
            save();
        }
    }

    /** Deletes everything stored for the bridge. */
    synchronized void delete() {
        storage.remove(bridgeUid);
    }

    private void save() {
        storage.write(bridgeUid, GSON.toJson(Map.of("secret", secret, "webhooks", webhooks)));
    }
}
