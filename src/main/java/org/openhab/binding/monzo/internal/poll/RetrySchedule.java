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
package org.openhab.binding.monzo.internal.poll;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.internal.model.Times;

/**
 * When requests that failed for single accounts are sent again, without delaying other requests.
 */
@NonNullByDefault
class RetrySchedule {

    /** A 403 may be temporary, but an account may also have no transactions at all. */
    private static final Duration FIRST_AFTER_REFUSAL = Duration.ofMinutes(5);

    private static final Duration NEXT_AFTER_REFUSAL = Duration.ofHours(1);

    /** What is requested of an account. */
    enum Data {
        BALANCE,
        POTS,
        TRANSACTIONS
    }

    private record Request(String accountId, Data data) {}

    /**
     * A wait since a time.
     *
     * @param delay {@code null} to wait forever
     * @param backoff the further delays, {@code null} after a refusal or a rate limit
     */
    private record Wait(
            ErrorKind error,
            Instant since,
            @Nullable Duration delay,
            @Nullable Backoff backoff) {

        boolean isRefusal() {
            return backoff == null;
        }

        boolean isOver(Instant now) {
            Duration delay = this.delay;
            return delay != null && Times.isDue(delay, since, now);
        }

        /** Returns the rest of the delay, zero to wait forever. */
        Duration remaining(Instant now) {
            Duration delay = this.delay;
            return delay == null ? Duration.ZERO : Times.remaining(delay, since, now);
        }

        Wait withoutDelay() {
            return new Wait(error, since, Duration.ZERO, backoff);
        }
    }

    private final Clock clock;
    private final Map<Request, Wait> waits = new HashMap<>();

    /** The waits demanded by a rate limit, for all accounts, of requests that are not required. */
    private final Map<Data, Wait> limits = new EnumMap<>(Data.class);

    RetrySchedule(Clock clock) {
        this.clock = clock;
    }

    /**
     * Returns the error because of which a request is not to be sent yet, {@code null} to send it.
     *
     * @param isRequired whether to send it in spite of a rate limit for others
     */
    synchronized @Nullable ErrorKind waitingFor(String accountId, Data data, boolean isRequired) {
        Instant now = clock.instant();
        Wait limit = limits.get(data);
        if (!isRequired && limit != null && !limit.isOver(now)) {
            return limit.error();
        }
        Wait wait = waits.get(new Request(accountId, data));
        return wait == null || wait.isOver(now) ? null : wait.error();
    }

    synchronized void succeeded(String accountId, Data data) {
        waits.remove(new Request(accountId, data));
    }

    /**
     * Schedules a request that failed.
     *
     * @param retryAfter the delay demanded by Monzo, {@code null} for none
     */
    synchronized void failed(String accountId, Data data, ErrorKind error, @Nullable Duration retryAfter) {
        Request request = new Request(accountId, data);
        Wait last = waits.get(request);
        Backoff backoff = last == null ? null : last.backoff();
        if (backoff == null) {
            backoff = new Backoff();
        }
        Duration delay = Times.max(backoff.next(), retryAfter);
        waits.put(request, new Wait(error, clock.instant(), delay, backoff));
    }

    /**
     * Schedules a request for transactions after a 403: within minutes, then every hour.
     *
     * @param isPermanent whether such accounts never have transactions
     * @return whether it is the first refusal since the last success
     */
    synchronized boolean refused(String accountId, boolean isPermanent) {
        Request request = new Request(accountId, Data.TRANSACTIONS);
        Wait last = waits.get(request);
        boolean isFirst = last == null || !last.isRefusal();
        Duration delay = isFirst ? FIRST_AFTER_REFUSAL : NEXT_AFTER_REFUSAL;
        waits.put(request, new Wait(ErrorKind.NOT_PERMITTED, clock.instant(), isPermanent ? null : delay, null));
        return isFirst;
    }

    /** Delays all requests for some data that is not required, as Monzo demanded. A longer earlier delay stays. */
    synchronized void limited(Data data, Duration retryAfter) {
        Instant now = clock.instant();
        Wait wait = new Wait(ErrorKind.RATE_LIMITED, now, retryAfter, null);
        limits.merge(data, wait, (last, next) -> last.remaining(now).compareTo(retryAfter) > 0 ? last : next);
    }

    /** Forgets errors, after one of the whole login, which is retried with a backoff of its own. */
    synchronized void forgetErrors() {
        waits.values().removeIf(wait -> !wait.isRefusal());
    }

    /** Makes all requests due, except those behind a rate limit for all accounts. */
    synchronized void retryNow() {
        forgetErrors();
        waits.replaceAll((request, wait) -> wait.withoutDelay());
    }

    /** Forgets refused transactions of accounts whose transactions are no longer required. */
    synchronized void retainTransactions(Set<String> accountIds) {
        waits.keySet()
                .removeIf(request -> request.data() == Data.TRANSACTIONS && !accountIds.contains(request.accountId()));
    }

    /** Returns the time until refused transactions are requested again, {@code null} if they are not. */
    synchronized @Nullable Duration untilRefused() {
        Instant now = clock.instant();
        Optional<Duration> until = waits.values().stream()
                .filter(wait -> wait.isRefusal() && wait.delay() != null)
                .map(wait -> wait.remaining(now))
                .min(Duration::compareTo);
        return until.isPresent() ? until.get() : null;
    }
}
