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

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.Json;
import org.openhab.binding.monzo.internal.compat.OpenHabWebhookService;
import org.openhab.binding.monzo.internal.storage.TextStorage;
import org.openhab.core.storage.StorageService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Receives Monzo's notices for all bridges: each has its own secret path, which openHAB's webhook service may make
 * public.
 */
@NonNullByDefault
@Component(service = WebhookEndpoint.class)
public class WebhookEndpoint {

    /** Monzo documents {@code transaction.created} only; others of that kind call for a refresh as well. */
    private static final String TYPE_PREFIX = "transaction.";

    /** Longer than any account ID of Monzo's. */
    private static final String ACCOUNT_ID = "\\w{1,100}";

    private final OpenHabWebhookService publicUrls;
    private final TextStorage storage;
    private final Map<Listener, byte[]> secrets = new ConcurrentHashMap<>();

    /** Receives the notices for one bridge. */
    interface Listener {

        /** A request to the bridge's secret path; its body may be anything. Returns at once. */
        void onNotice(String body);
    }

    @Activate
    public WebhookEndpoint(@Reference OpenHabWebhookService publicUrls, @Reference StorageService storages) {
        this.publicUrls = publicUrls;
        this.storage = new TextStorage(storages, WebhookStore.NAME);
    }

    OpenHabWebhookService publicUrls() {
        return publicUrls;
    }

    /** Opens the store of a bridge. */
    WebhookStore store(String bridgeUid) {
        return new WebhookStore(storage, bridgeUid);
    }

    void add(String secret, Listener listener) {
        secrets.put(listener, bytes(secret));
    }

    void remove(Listener listener) {
        secrets.remove(listener);
    }

    /** Returns the listener with a secret, {@code null} if there is none. Takes the same time for any secret. */
    @Nullable
    Listener listener(String secret) {
        byte[] bytes = bytes(secret);
        Listener found = null;
        for (Map.Entry<Listener, byte[]> entry : secrets.entrySet()) {
            if (MessageDigest.isEqual(entry.getValue(), bytes)) {
                found = entry.getKey();
            }
        }
        return found;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Returns the ID of the account of a notice of a transaction; empty for any other body. Nothing else of a notice is
     * used, as Monzo does not sign it.
     */
    static Optional<String> accountId(String body) {
        JsonObject json = Json.objectOrEmpty(body);
        String type = Json.text(json, "type");
        String accountId = Json.text(Json.child(json, "data"), "account_id");
        return type != null && type.startsWith(TYPE_PREFIX) && accountId != null && accountId.matches(ACCOUNT_ID)
                ? Optional.of(accountId)
                : Optional.empty();
    }
}
