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
package org.openhab.binding.monzo.internal.transaction;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.model.Times;
import org.openhab.binding.monzo.internal.model.Transaction;
import org.openhab.binding.monzo.internal.model.TransactionWindow;

/**
 * Finds the newest transaction that moved money to or from others: in each window or, if there is none, in those before.
 */
@NonNullByDefault
public class NewestTransaction {

    /** How far back it is searched at first; as far as possible if there is none. */
    static final Duration INITIAL_LOOKBACK = TransactionLedger.LATE_OVERLAP;

    /** If no transactions can be read for this time, it is unknown. */
    private static final Duration MAX_UNREAD = Duration.ofHours(1);

    private final Predicate<Transaction> isDelivered;
    private final Clock clock;

    private @Nullable Transaction newest;
    private Instant newestTime = Instant.EPOCH;
    private boolean isKnown;
    private Duration lookback = INITIAL_LOOKBACK;
    private Instant searchedTo = Instant.MIN;
    private boolean isSearchUrgent;
    private Instant lastRead;

    /**
     * Creates an instance that searches.
     *
     * @param isDelivered whether a transaction has been delivered, so that it is not new
     */
    NewestTransaction(Predicate<Transaction> isDelivered, Clock clock) {
        this.isDelivered = isDelivered;
        this.clock = clock;
        lastRead = clock.instant();
    }

    /** Returns the transaction, {@code null} if there is none or while it is searched for. */
    public @Nullable Transaction transaction() {
        return newest;
    }

    /** Returns the time of the transaction: when it was found if the bank's time is in the future. */
    public @Nullable Instant time() {
        Transaction known = newest;
        return known == null || known.created() == null ? null : newestTime;
    }

    /** Returns whether the transaction is known, or that there is none. Otherwise, an earlier window is needed. */
    public boolean isKnown() {
        return isKnown;
    }

    /** Returns whether transactions were read recently. Otherwise, there may be a newer one. */
    public boolean isCurrent() {
        return Times.isRecent(MAX_UNREAD, lastRead, clock.instant());
    }

    /** Returns whether an earlier window is needed soon, and forgets it. */
    public boolean takeRefreshRequest() {
        boolean urgent = isSearchUrgent;
        isSearchUrgent = false;
        return urgent;
    }

    /** Returns where the search begins or continues. */
    Instant searchStart() {
        return Times.later(clock.instant().minus(lookback), searchedTo);
    }

    /** Finds the transaction in a window. */
    public void find(TransactionWindow window) {
        Instant now = clock.instant();
        lastRead = now;
        Optional<Transaction> found = Stream.concat(
                        window.transactions().stream().filter(Transaction::movesMoney), kept(window, now))
                .max(Comparator.comparing((Transaction transaction) -> time(transaction, now))
                        .thenComparing(Transaction::createdOrEpoch));
        if (found.isPresent()) {
            newestTime = time(found.get(), now);
            newest = found.get();
            isKnown = true;
            return;
        }
        if (newest != null) {
            newest = null; // Monzo does not list it any more
            isKnown = false;
            searchWithin(INITIAL_LOOKBACK);
        }
        if (!isKnown) {
            noteSearched(window);
        }
    }

    private void noteSearched(TransactionWindow window) {
        Instant start = searchStart();
        if (!window.isCompleteSince(start)) {
            searchedTo = window.earliest().isAfter(start) ? searchedTo : window.readTo();
        } else if (lookback.equals(TransactionDispatcher.MAX_AGE)) {
            isKnown = true; // there is none
        } else {
            searchWithin(TransactionDispatcher.MAX_AGE);
        }
    }

    private void searchWithin(Duration age) {
        lookback = age;
        searchedTo = Instant.MIN;
        isSearchUrgent = true;
    }

    /** Returns the transaction so far if it need not be in a window. */
    private Stream<Transaction> kept(TransactionWindow window, Instant now) {
        Transaction known = newest;
        return known == null
                        || window.isComplete() && !time(known, now).isBefore(window.since())
                        || window.transactions().stream()
                                .anyMatch(listed -> listed.id().equals(known.id()))
                ? Stream.empty()
                : Stream.of(known);
    }

    /** Returns the time of a transaction. One in the future counts as now when it is found, later as an old one. */
    private Instant time(Transaction transaction, Instant now) {
        Instant created = transaction.createdOrEpoch();
        if (!created.isAfter(now)) {
            return created;
        }
        Transaction known = newest;
        if (known != null && known.id().equals(transaction.id())) {
            return newestTime;
        }
        return isDelivered.test(transaction) ? Instant.EPOCH : now;
    }
}
