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
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.MonzoApi;
import org.openhab.binding.monzo.internal.api.MonzoApi.Webhook;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.auth.AuthenticatedClient;
import org.openhab.binding.monzo.internal.auth.OAuthClient.AccessToken;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.internal.model.Times;
import org.openhab.binding.monzo.internal.poll.Backoff;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The webhooks of a bridge at Monzo: one for each account that its things show. Checks them when the accounts or the
 * URL change, when they may have gone, and once a day. Webhooks that others have registered are never touched.
 */
@NonNullByDefault
class Webhooks {

    private static final Duration CHECK_INTERVAL = Duration.ofHours(24);

    /** The minimum time between checks, and so between registrations, whatever the reason. */
    private static final Duration MIN_CHECK_INTERVAL = Duration.ofMinutes(1);

    /** The maximum time for which a removed bridge waits for Monzo to delete its webhooks. */
    private static final Duration REMOVAL_TIMEOUT = Duration.ofSeconds(20);

    private final Logger logger = LoggerFactory.getLogger(Webhooks.class);

    private final String bridgeUid;
    private final MonzoApi api;
    private final AuthenticatedClient client;
    private final WebhookStore store;
    private final PushMonitor monitor;
    private final Clock clock;
    private final Backoff backoff = new Backoff();
    private final Object checking = new Object();
    private volatile Instant end = Instant.MAX;

    private Checked checked = new Checked(Set.of(), null, Set.of());
    private boolean requested = true;
    private boolean failed;
    private Instant lastCheck = Instant.MIN;
    private Duration interval = CHECK_INTERVAL;

    /** The outcome of the last check: what was wanted, and the accounts with a webhook. */
    private record Checked(Set<String> wanted, @Nullable String url, Set<String> registered) {}

    Webhooks(AuthenticatedClient client, WebhookStore store, PushMonitor monitor, Clock clock) {
        this.bridgeUid = client.bridgeUid();
        this.api = client.api();
        this.client = client;
        this.store = store;
        this.monitor = monitor;
        this.clock = clock;
    }

    /** Requests a check, as the webhooks may have gone. */
    synchronized void checkSoon() {
        requested = true;
    }

    /** Returns the accounts with a webhook at a URL. */
    synchronized Set<String> registered(String url) {
        return url.equals(checked.url) ? checked.registered : Set.of();
    }

    /** Returns the time until the next check, zero if it is due. */
    synchronized Duration untilCheck(Set<String> accounts, @Nullable String url) {
        boolean changed = requested || !accounts.equals(checked.wanted) || !Objects.equals(url, checked.url);
        Duration wait = changed && !failed ? MIN_CHECK_INTERVAL : interval;
        return Times.remaining(wait, lastCheck, clock.instant());
    }

    /**
     * Checks the webhooks if that is due. Blocks for requests to the bank. One caller at a time.
     *
     * @param accounts the accounts to have a webhook
     * @param url their URL, {@code null} to delete the webhooks
     */
    void checkIfDue(Set<String> accounts, @Nullable String url) {
        if (untilCheck(accounts, url).isZero()) {
            synchronized (this) {
                requested = false;
                lastCheck = clock.instant();
            }
            synchronized (checking) {
                schedule(check(accounts, url));
            }
        }
    }

    private synchronized void schedule(@Nullable MonzoException error) {
        // Accounts for which Monzo permits no webhook are retried the next day.
        failed = error != null && error.kind() != ErrorKind.NOT_PERMITTED;
        interval = CHECK_INTERVAL;
        if (error == null || !failed) {
            backoff.reset();
            return;
        }
        interval = Times.max(Times.max(MIN_CHECK_INTERVAL, backoff.next()), error.retryAfter());
    }

    /** Returns the first error, {@code null} if there was none; one that is not of a single account ends the check. */
    private @Nullable MonzoException check(Set<String> accounts, @Nullable String url) {
        Set<String> all = new TreeSet<>(accounts);
        all.addAll(store.accounts());
        Set<String> registered = new HashSet<>();
        MonzoException error = null;
        for (String account : all) {
            String wanted = accounts.contains(account) ? url : null;
            try {
                update(account, wanted);
                if (wanted != null) {
                    registered.add(account);
                }
            } catch (MonzoException e) {
                logger.debug("{}: webhooks not checked: {}: {}", bridgeUid, e.kind(), e.getMessage());
                if (!isOfOneAccount(e)) {
                    return e;
                } else if (wanted == null && e.kind() == ErrorKind.NOT_FOUND) {
                    store.setOnly(account, null); // the account is gone, and its webhooks with it
                } else if (error == null) {
                    error = e;
                }
            }
        }
        synchronized (this) {
            if (!Objects.equals(url, checked.url)) {
                monitor.reset();
            }
            checked = new Checked(accounts, url, registered);
        }
        return error;
    }

    /** Registers the webhook of an account if it is missing, and deletes others. */
    private void update(String account, @Nullable String url) throws MonzoException {
        Webhook wanted = url == null ? null : store.registered(account, url);
        Webhook listed = null;
        Set<Webhook> outdated = new HashSet<>();
        throwIfEnded();
        for (Webhook webhook : client.call(api.webhooks(account))) {
            if (wanted != null && listed == null && isSame(webhook, wanted)) {
                listed = webhook;
            } else if (webhook.canBeDeleted() && store.isOwn(account, webhook)) {
                outdated.add(webhook);
            }
        }
        if (wanted != null && listed == null) {
            throwIfEnded();
            deleteUnlisted(wanted);
            store.add(account, wanted);
            listed = client.call(api.registerWebhook(account, wanted.url()));
            logger.debug("{}: webhook registered", bridgeUid);
        }
        for (Webhook webhook : outdated) {
            throwIfEnded();
            delete(webhook);
        }
        store.setOnly(account, url == null || listed == null ? null : new Webhook(listed.id(), url));
    }

    private static boolean isSame(Webhook listed, Webhook wanted) {
        return listed.url().equals(wanted.url())
                || wanted.canBeDeleted() && listed.id().equals(wanted.id());
    }

    /** Deletes a webhook that Monzo does not list; otherwise each check could add one to an incomplete list. */
    private void deleteUnlisted(Webhook webhook) throws MonzoException {
        try {
            if (webhook.canBeDeleted()) {
                client.call(api.deleteWebhook(webhook.id()));
            }
        } catch (MonzoException e) {
            if (!isOfOneAccount(e)) {
                throw e;
            }
        }
    }

    private void delete(Webhook webhook) throws MonzoException {
        try {
            client.call(api.deleteWebhook(webhook.id()));
            logger.debug("{}: webhook deleted", bridgeUid);
        } catch (MonzoException e) {
            if (e.kind() != ErrorKind.NOT_FOUND && e.kind() != ErrorKind.REJECTED) {
                throw e;
            }
        }
    }

    /** Ends checks; one in progress stops before its next request. */
    void close() {
        end = Instant.MIN;
    }

    private void throwIfEnded() throws MonzoException {
        if (clock.instant().isAfter(end)) {
            throw new MonzoException(ErrorKind.UNREACHABLE, "the bridge was closed");
        }
    }

    /** Deletes every webhook of this bridge at Monzo, as far as possible in a short time, for a removed bridge. */
    void deleteAll() {
        synchronized (checking) {
            end = clock.instant().plus(REMOVAL_TIMEOUT);
            check(Set.of(), null);
        }
    }

    /** Deletes the webhooks that this bridge has registered with another client, whose token is still valid. */
    void deleteFormer(AccessToken token) {
        try {
            for (String account : store.accounts()) {
                for (Webhook webhook : api.webhooks(account).send(token.value()).await()) {
                    if (webhook.canBeDeleted() && store.isOwn(account, webhook)) {
                        api.deleteWebhook(webhook.id()).send(token.value()).await();
                    }
                }
            }
        } catch (MonzoException e) {
            logger.debug("{}: webhooks of the former client not deleted: {}", bridgeUid, e.kind());
        }
    }

    private static boolean isOfOneAccount(MonzoException e) {
        return !e.isOfTokenRefresh()
                && switch (e.kind()) {
                    case NOT_PERMITTED, NOT_FOUND, REJECTED, SERVER_ERROR, INVALID_RESPONSE, RESPONSE_TOO_LONG -> true;
                    default -> false;
                };
    }
}
