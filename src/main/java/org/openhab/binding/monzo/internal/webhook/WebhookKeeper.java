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
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.internal.poll.Backoff;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the webhooks of a bridge in place: checks them when the accounts or the URL change, when they may have gone, and
 * once a day, and retries with backoff.
 */
@NonNullByDefault
class WebhookKeeper {

    private static final Duration CHECK_INTERVAL = Duration.ofHours(24);

    /** Suspicions of any frequency lead to no more checks than one in this time. */
    private static final Duration MIN_CHECK_INTERVAL = Duration.ofMinutes(15);

    private final Logger logger = LoggerFactory.getLogger(WebhookKeeper.class);

    private final String name;
    private final Webhooks webhooks;
    private final PushMonitor monitor;
    private final Clock clock;
    private final Backoff backoff =
            new Backoff(() -> ThreadLocalRandom.current().nextDouble());

    private Checked checked = new Checked(Set.of(), null, Set.of());
    private boolean requested = true;
    private boolean failed;
    private Instant lastCheck = Instant.EPOCH;
    private Instant nextCheck = Instant.EPOCH;

    /** The outcome of the last check: what was wanted, and the accounts with a webhook. */
    private record Checked(Set<String> wanted, @Nullable String url, Set<String> registered) {}

    WebhookKeeper(String name, Webhooks webhooks, PushMonitor monitor, Clock clock) {
        this.name = name;
        this.webhooks = webhooks;
        this.monitor = monitor;
        this.clock = clock;
    }

    /** Requests a check, as the webhooks may have gone. */
    synchronized void requestCheck() {
        requested = true;
    }

    /** Requests a check on a suspicion, unless the last one was recently. */
    synchronized void suspect() {
        Instant now = clock.instant();
        requested |=
                lastCheck.isAfter(now) || !lastCheck.plus(MIN_CHECK_INTERVAL).isAfter(now);
    }

    /** Returns the accounts with a webhook at a URL. */
    synchronized Set<String> registered(String url) {
        return url.equals(checked.url) ? checked.registered : Set.of();
    }

    /** Returns whether a check is due. */
    synchronized boolean isDue(Set<String> accounts, @Nullable String url) {
        Instant now = clock.instant();
        boolean isTime = !nextCheck.isAfter(now) || lastCheck.isAfter(now);
        boolean isChanged = !accounts.equals(checked.wanted) || !Objects.equals(url, checked.url);
        return isTime || !failed && (requested || isChanged);
    }

    /**
     * Checks the webhooks if that is due. Blocks for requests to the bank. One caller at a time.
     *
     * @param accounts the accounts to have a webhook
     * @param url their URL, {@code null} to delete the webhooks
     * @return the time until the next check
     */
    Duration keep(Set<String> accounts, @Nullable String url) {
        if (isDue(accounts, url)) {
            synchronized (this) {
                requested = false;
            }
            MonzoException error = check(accounts, url);
            schedule(error);
        }
        synchronized (this) {
            return Duration.between(clock.instant(), nextCheck);
        }
    }

    private @Nullable MonzoException check(Set<String> accounts, @Nullable String url) {
        try {
            Webhooks.Outcome outcome = webhooks.update(accounts, url);
            if (!Objects.equals(url, checked.url)) {
                monitor.reset();
            }
            monitor.forget(outcome.registered());
            synchronized (this) {
                checked = new Checked(accounts, url, outcome.accounts());
            }
            return outcome.error();
        } catch (MonzoException e) {
            logger.debug("{}: webhooks not checked: {}: {}", name, e.kind(), e.getMessage());
            return e;
        }
    }

    private synchronized void schedule(@Nullable MonzoException error) {
        // An account for which Monzo permits no webhook is left at that until the next day.
        failed = error != null && error.kind() != ErrorKind.NOT_PERMITTED;
        Duration wait = CHECK_INTERVAL;
        if (error != null && failed) {
            wait = backoff.next();
            Duration retryAfter = error.retryAfter();
            if (retryAfter != null && retryAfter.compareTo(wait) > 0) {
                wait = retryAfter;
            }
        } else {
            backoff.reset();
        }
        lastCheck = clock.instant();
        nextCheck = lastCheck.plus(wait);
    }
}
