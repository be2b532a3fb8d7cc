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
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.storage.TextStorage;

/**
 * Stores the secret of a bridge and the URLs that it has registered at Monzo, so that it recognizes its own webhooks
 * after a restart. A URL is stored before it is registered: a crash must leave no webhook that nobody knows of.
 */
@NonNullByDefault
class WebhookStore {

    private static final int SECRET_BYTES = 32;

    /** What so many bytes look like; anything shorter could be guessed. */
    private static final String SECRET = "[\\w-]{43}";

    private static final Gson GSON = new Gson();

    private final TextStorage storage;
    private final String bridge;

    private String secret;
    private final Map<String, Set<String>> urls = new TreeMap<>();

    /** The stored form. */
    private static final class Stored {
        @Nullable
        String secret;

        @Nullable
        Map<String, @Nullable Set<@Nullable String>> urls;
    }

    /**
     * Opens the store of a bridge.
     *
     * @param bridge the bridge's UID
     */
    WebhookStore(TextStorage storage, String bridge) {
        this.storage = storage;
        this.bridge = bridge;
        Stored stored = storage.read(bridge, text -> Optional.ofNullable(GSON.fromJson(text, Stored.class)))
                .orElseGet(Stored::new);
        String storedSecret = stored.secret;
        Map<String, @Nullable Set<@Nullable String>> storedUrls = stored.urls;
        secret = storedSecret == null || !storedSecret.matches(SECRET) ? "" : storedSecret;
        if (storedUrls != null) {
            storedUrls.forEach(this::addStored);
        }
    }

    private void addStored(String account, @Nullable Set<@Nullable String> ofAccount) {
        if (ofAccount != null) {
            Set<String> known = new TreeSet<>();
            for (String url : ofAccount) {
                if (url != null) {
                    known.add(url);
                }
            }
            urls.put(account, known);
        }
    }

    /** Returns the bridge's secret, which is created on first use. */
    synchronized String secret() {
        if (secret.isEmpty()) {
            byte[] bytes = new byte[SECRET_BYTES];
            new SecureRandom().nextBytes(bytes);
            secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            save();
        }
        return secret;
    }

    /** Returns whether anything is stored for the bridge. */
    synchronized boolean exists() {
        return !secret.isEmpty();
    }

    /** Returns whether a webhook's URL was registered by this bridge. */
    synchronized boolean isOwn(String url) {
        return !secret.isEmpty() && url.endsWith("/" + secret)
                || urls.values().stream().anyMatch(ofAccount -> ofAccount.contains(url));
    }

    /** Returns the accounts that may have webhooks of this bridge. */
    synchronized Set<String> accounts() {
        return Set.copyOf(urls.keySet());
    }

    synchronized void add(String account, String url) {
        if (urls.computeIfAbsent(account, id -> new TreeSet<>()).add(url)) {
            save();
        }
    }

    /** Replaces the URLs of an account with one, {@code null} for none. */
    synchronized void setOnly(String account, @Nullable String url) {
        Map<String, Set<String>> before = new HashMap<>(urls);
        if (url == null) {
            urls.remove(account);
        } else {
            urls.put(account, new TreeSet<>(Set.of(url)));
        }
        if (!before.equals(urls)) {
            save();
        }
    }

    /** Deletes everything stored for the bridge. */
    synchronized void delete() {
        storage.remove(bridge);
    }

    private void save() {
        Stored stored = new Stored();
        stored.secret = secret;
        stored.urls = new TreeMap<>(urls);
        storage.write(bridge, GSON.toJson(stored));
    }
}
