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

import static org.openhab.binding.monzo.internal.MonzoBindingConstants.WEBHOOK_PATH;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.compat.OpenHabWebhookService;
import org.openhab.binding.monzo.internal.compat.OpenHabWebhookService.Address;
import org.openhab.binding.monzo.internal.model.Times;
import org.openhab.binding.monzo.internal.poll.Backoff;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public URL of a bridge's secret path: below the configured one, or else from openHAB's webhook service, which may
 * come and go, fail, or never respond. The service's is renewed every day, or earlier if it expires soon.
 */
@NonNullByDefault
class WebhookAddress {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration RENEWAL_INTERVAL = Duration.ofHours(24);

    /** The minimum time between requests, of URLs that expire soon and of services that come and go. */
    private static final Duration MIN_RENEWAL_INTERVAL = Duration.ofSeconds(10);

    private final Logger logger = LoggerFactory.getLogger(WebhookAddress.class);

    private final String bridgeUid;
    private final @Nullable String configured;
    private final WebhookStore store;
    private final OpenHabWebhookService services;
    private final Runnable listener;
    private final Clock clock;
    private final Backoff backoff = new Backoff();

    private @Nullable Object service;
    private @Nullable CompletableFuture<Address> pending;
    private volatile @Nullable Address address;
    private volatile boolean renewalRequested;

    private Instant lastRequest = Instant.MIN;

    /** The end of the wait for the pending request or, without one, the time of the next request. */
    private Instant due = Instant.EPOCH;

    /**
     * Creates an address that requests nothing yet.
     *
     * @param configured the public URL of {@code /connectmonzo/webhook} without a slash at its end, empty to use
     *     openHAB's webhook service, {@code null} without push
     * @param store has the bridge's secret
     * @param listener runs when {@link #update} is to be called, in any thread
     */
    WebhookAddress(
            String bridgeUid,
            @Nullable String configured,
            WebhookStore store,
            OpenHabWebhookService services,
            Runnable listener,
            Clock clock) {
        this.bridgeUid = bridgeUid;
        this.configured = configured;
        this.store = store;
        this.services = services;
        this.listener = listener;
        this.clock = clock;
    }

    /** Calls the listener from now on. */
    void start() {
        if (usesService()) {
            services.addListener(listener);
        }
    }

    void close() {
        services.removeListener(listener);
    }

    /** Tells the service that the URL is no longer needed, also one of before the bridge was edited. */
    void release() {
        services.release(localPath());
    }

    /** Returns the URL, {@code null} if there is none at present. */
    @Nullable
    String url() {
        if (configured != null && !usesService()) {
            return configured + "/" + store.secret();
        }
        Address known = address;
        return known == null ? null : known.url();
    }

    private boolean usesService() {
        return configured != null && configured.isEmpty();
    }

    private String localPath() {
        return WEBHOOK_PATH + "/" + store.secret();
    }

    /** Returns whether the service is needed, and openHAB has none. */
    boolean isServiceMissing() {
        return usesService() && services.current() == null;
    }

    /** Requests the URL anew at the next {@link #update}, as it may have gone. */
    void renew() {
        renewalRequested = true;
    }

    /**
     * Requests or renews the URL if that is due. One caller at a time.
     *
     * @return the time until this is to be called again, {@code null} if nothing is pending
     */
    @Nullable
    Duration update() {
        if (!usesService()) {
            return null;
        }
        Instant now = clock.instant();
        Object latest = services.current();
        if (!Objects.equals(latest, service)) {
            service = latest;
            pending = null;
            // It may come and go all the time.
            due = Times.isRecent(MIN_RENEWAL_INTERVAL, lastRequest, now) ? lastRequest.plus(MIN_RENEWAL_INTERVAL) : now;
            backoff.reset();
        }
        if (latest == null) {
            address = null;
            return null;
        }
        CompletableFuture<Address> request = pending;
        if (request != null && (request.isDone() || !isBefore(now, due))) {
            pending = null;
            completed(request, now);
        }
        Address known = address;
        if (known != null && known.isExpired(now)) {
            address = null;
        }
        if (pending == null && (renewalRequested || !isBefore(now, due))) {
            renewalRequested = false;
            lastRequest = now;
            due = now.plus(TIMEOUT);
            request = OpenHabWebhookService.request(latest, localPath());
            pending = request;
            request.whenComplete((received, failure) -> listener.run());
        }
        return Duration.between(now, due);
    }

    /** Returns whether a time is not reached yet; false if it is too far ahead, as after the clock was set back. */
    private static boolean isBefore(Instant now, Instant time) {
        return now.isBefore(time) && !time.isAfter(now.plus(RENEWAL_INTERVAL));
    }

    private void completed(CompletableFuture<Address> request, Instant now) {
        String failure = "no response";
        try {
            Address received = request.isDone() ? request.join() : null;
            if (received != null && !received.isExpired(now)) {
                address = received;
                due = now.plus(untilRenewal(received, now));
                backoff.reset();
                return;
            }
        } catch (CompletionException | CancellationException e) {
            Throwable cause = e.getCause(); // whose message may contain the path, which is secret
            failure = (cause == null ? e : cause).getClass().getSimpleName();
        }
        logger.debug("{}: no public address from openHAB's webhook service: {}", bridgeUid, failure);
        due = now.plus(backoff.next());
    }

    private static Duration untilRenewal(Address received, Instant now) {
        Instant expiresAt = received.expiresAt();
        if (expiresAt == null) {
            return RENEWAL_INTERVAL;
        }
        Duration half = Duration.between(now, expiresAt).dividedBy(2);
        return half.compareTo(RENEWAL_INTERVAL) > 0
                ? RENEWAL_INTERVAL
                : half.compareTo(MIN_RENEWAL_INTERVAL) < 0 ? MIN_RENEWAL_INTERVAL : half;
    }
}
