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

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.MonzoApi;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.auth.AuthenticatedClient;
import org.openhab.binding.monzo.internal.auth.TokenRefreshException;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.internal.model.Webhook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The webhooks of a bridge at Monzo: one for each account that its things show. Webhooks that others have registered
 * are never touched.
 */
@NonNullByDefault
class Webhooks {

    /** A removed bridge waits no longer for Monzo to delete its webhooks. */
    private static final Duration REMOVAL_TIMEOUT = Duration.ofSeconds(20);

    private final Logger logger = LoggerFactory.getLogger(Webhooks.class);

    private final String name;
    private final MonzoApi api;
    private final AuthenticatedClient client;
    private final WebhookStore store;
    private volatile boolean closed;

    Webhooks(String name, MonzoApi api, AuthenticatedClient client, WebhookStore store) {
        this.name = name;
        this.api = api;
        this.client = client;
        this.store = store;
    }

    /**
     * The outcome of an update.
     *
     * @param accounts those with a webhook
     * @param registered those of them that had none before
     * @param error the first error of a single account, {@code null} if there was none
     */
    record Outcome(
            Set<String> accounts,
            Set<String> registered,
            @Nullable MonzoException error) {}

    /**
     * Lists the webhooks of each account, registers what is missing, and deletes what is outdated or superfluous.
     *
     * @param accounts the accounts to have a webhook
     * @param url their URL; {@code null} to delete every webhook of this bridge
     * @throws MonzoException if the error is not one of a single account
     */
    synchronized Outcome update(Set<String> accounts, @Nullable String url) throws MonzoException {
        Set<String> all = new TreeSet<>(accounts);
        all.addAll(store.accounts());
        Set<String> hooked = new HashSet<>();
        Set<String> registered = new HashSet<>();
        MonzoException error = null;
        for (String account : all) {
            String wanted = accounts.contains(account) ? url : null;
            try {
                if (update(account, wanted)) {
                    registered.add(account);
                }
                if (wanted != null) {
                    hooked.add(account);
                }
            } catch (MonzoException e) {
                if (!isOfOneAccount(e)) {
                    throw e;
                }
                logger.debug("{}: webhook of an account: {}: {}", name, e.kind(), e.getMessage());
                if (wanted == null && e.kind() == ErrorKind.NOT_FOUND) {
                    store.setOnly(account, null); // the account is gone, and its webhooks with it
                } else if (error == null) {
                    error = e;
                }
            }
        }
        return new Outcome(hooked, registered, error);
    }

    /** Returns whether a webhook was registered. */
    private boolean update(String account, @Nullable String url) throws MonzoException {
        boolean listed = false;
        Set<Webhook> outdated = new HashSet<>();
        throwIfClosed();
        for (Webhook webhook : client.call(api.webhooks(account))) {
            if (!listed && webhook.url().equals(url)) {
                listed = true;
            } else if (webhook.canBeDeleted() && store.isOwn(webhook.url())) {
                outdated.add(webhook);
            }
        }
        boolean missing = url != null && !listed;
        if (url != null && missing) {
            throwIfClosed();
            store.add(account, url);
            client.call(api.registerWebhook(account, url));
            logger.debug("{}: webhook registered", name);
        }
        for (Webhook webhook : outdated) {
            throwIfClosed();
            delete(webhook);
        }
        store.setOnly(account, url);
        return missing;
    }

    private void delete(Webhook webhook) throws MonzoException {
        try {
            client.call(api.deleteWebhook(webhook.id()));
            logger.debug("{}: webhook deleted", name);
        } catch (MonzoException e) {
            if (e.kind() != ErrorKind.NOT_FOUND && e.kind() != ErrorKind.REJECTED) {
                throw e;
            }
        }
    }

    /** Ends updates; one under way stops before its next request. */
    void close() {
        closed = true;
    }

    private void throwIfClosed() throws MonzoException {
        if (closed) {
            throw new MonzoException(ErrorKind.UNREACHABLE, "the bridge was closed");
        }
    }

    /** Deletes every webhook of this bridge at Monzo, as far as possible in a short time, for a removed bridge. */
    synchronized void deleteAll(Clock clock) {
        Instant deadline = clock.instant().plus(REMOVAL_TIMEOUT);
        for (String account : store.accounts()) {
            if (clock.instant().isAfter(deadline)) {
                return;
            }
            try {
                for (Webhook webhook : client.call(api.webhooks(account))) {
                    if (webhook.canBeDeleted() && store.isOwn(webhook.url())) {
                        delete(webhook);
                    }
                }
            } catch (MonzoException e) {
                logger.debug("{}: webhooks not deleted: {}: {}", name, e.kind(), e.getMessage());
                if (!isOfOneAccount(e)) {
                    return;
                }
            }
        }
    }

    private static boolean isOfOneAccount(MonzoException e) {
        return !(e instanceof TokenRefreshException)
                && switch (e.kind()) {
                    case NOT_PERMITTED, NOT_FOUND, REJECTED, SERVER_ERROR, INVALID_RESPONSE -> true;
                    default -> false;
                };
    }
}
