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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.poll.Backoff;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A public address from openHAB's webhook service, which may come and go, fail, or never respond. It is renewed every
 * day, or earlier if it expires soon.
 */
@NonNullByDefault
class ServiceAddress implements AddressSource {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration RENEWAL_INTERVAL = Duration.ofHours(24);

    /** An address that expires sooner is renewed no more often than this. */
    private static final Duration MIN_RENEWAL_INTERVAL = Duration.ofSeconds(10);

    private final Logger logger = LoggerFactory.getLogger(ServiceAddress.class);

    private final String name;
    private final String localPath;
    private final OpenHabWebhookService services;
    private final Runnable listener;
    private final Clock clock;
    private final Backoff backoff =
            new Backoff(() -> ThreadLocalRandom.current().nextDouble());

    private @Nullable Object service;
    private @Nullable CompletableFuture<PublicAddress> pending;
    private @Nullable PublicAddress address;
    private boolean closed;

    /** The end of the wait for the pending request or, without one, the time of the next request. */
    private Instant due = Instant.EPOCH;

    /**
     * Creates a source that requests nothing yet.
     *
     * @param name of the bridge, for the debug log
     * @param listener runs when {@link #update} is to be called, in any thread
     */
    ServiceAddress(String name, String localPath, OpenHabWebhookService services, Runnable listener, Clock clock) {
        this.name = name;
        this.localPath = localPath;
        this.services = services;
        this.listener = listener;
        this.clock = clock;
        services.addListener(listener);
    }

    @Override
    public synchronized @Nullable PublicAddress current() {
        return address;
    }

    @Override
    public boolean isServiceMissing() {
        return services.current() == null;
    }

    @Override
    public @Nullable Duration update() {
        Object from = serviceToAsk();
        if (from != null) {
            // Not under the lock, which others need: a service may respond only after a long time.
            CompletableFuture<PublicAddress> request = OpenHabWebhookService.request(from, localPath);
            if (isPending(request, from)) {
                request.whenComplete((received, failure) -> completed(request, received, failure));
            }
        }
        return untilDue();
    }

    private synchronized @Nullable Duration untilDue() {
        return service == null ? null : Duration.between(clock.instant(), due);
    }

    /** Returns the service to request an address from, {@code null} if no request is due. */
    private synchronized @Nullable Object serviceToAsk() {
        Instant now = clock.instant();
        Object latest = services.current();
        if (latest != service) {
            service = latest;
            pending = null;
            due = now;
            backoff.reset();
        }
        if (latest == null) {
            address = null;
            return null;
        }
        PublicAddress known = address;
        if (known != null && isExpired(known, now)) {
            address = null;
        }
        if (due.isAfter(now.plus(RENEWAL_INTERVAL))) {
            due = now; // the clock was set back
        }
        if (due.isAfter(now)) {
            return null;
        } else if (pending != null) {
            failed("no response", now);
            return null;
        }
        return latest;
    }

    private synchronized boolean isPending(CompletableFuture<PublicAddress> request, Object from) {
        if (closed || from != service) {
            return false;
        }
        pending = request;
        due = clock.instant().plus(TIMEOUT);
        return true;
    }

    private void completed(
            CompletableFuture<PublicAddress> request, @Nullable PublicAddress received, @Nullable Throwable failure) {
        synchronized (this) {
            if (pending != request) {
                return;
            }
            Instant now = clock.instant();
            if (received == null || isExpired(received, now)) {
                failed(failure == null ? "expired" : failure.getClass().getSimpleName(), now);
            } else {
                pending = null;
                address = received;
                due = now.plus(untilRenewal(received, now));
                backoff.reset();
            }
        }
        listener.run();
    }

    private void failed(String reason, Instant now) {
        logger.debug("{}: no public address from openHAB's webhook service: {}", name, reason);
        pending = null;
        due = now.plus(backoff.next());
    }

    private static Duration untilRenewal(PublicAddress received, Instant now) {
        Instant expiresAt = received.expiresAt();
        if (expiresAt == null) {
            return RENEWAL_INTERVAL;
        }
        Duration half = Duration.between(now, expiresAt).dividedBy(2);
        return half.compareTo(RENEWAL_INTERVAL) > 0
                ? RENEWAL_INTERVAL
                : half.compareTo(MIN_RENEWAL_INTERVAL) < 0 ? MIN_RENEWAL_INTERVAL : half;
    }

    private static boolean isExpired(PublicAddress address, Instant now) {
        Instant expiresAt = address.expiresAt();
        return expiresAt != null && !expiresAt.isAfter(now);
    }

    @Override
    public synchronized void close() {
        closed = true;
        services.removeListener(listener);
        pending = null;
    }
}
