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

import static org.openhab.binding.monzo.internal.MonzoBindingConstants.*;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.model.Times;
import org.openhab.binding.monzo.internal.model.Transaction;
import org.openhab.binding.monzo.internal.model.TransactionWindow;
import org.openhab.core.thing.ThingUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the transactions of one account for one thing: each exactly once, oldest first, and none of those before the
 * thing first saw the account. Then delivers each change of one that it has delivered.
 * <p>
 * Used from {@code initialize()} to {@code dispose()} of the thing, under its lock. The ledger is stored after the
 * delivery: if openHAB is killed between the two, it is repeated, which is better than losing it.
 */
@NonNullByDefault
public class TransactionDispatcher {

    /** Older transactions are not available; Monzo gives 90 days. */
    static final Duration MAX_AGE = Duration.ofDays(89);

    /**
     * How often the recent part of the overlap is read if it is too long for every refresh, so that one listed late is
     * delivered. One page of the older ones is compared with it, so a change of those may take several hours.
     */
    private static final Duration OVERLAP_INTERVAL = Duration.ofHours(1);

    /** When earlier transactions are requested again after an error. */
    private static final Duration RETRY_INTERVAL = Duration.ofMinutes(5);

    /** After a downtime, of the transactions missed, those of this period are delivered … */
    private static final Duration MAX_MISSED_AGE = Duration.ofHours(24);

    /** … and no more than this number. */
    private static final int MAX_MISSED = 100;

    private final Logger logger = LoggerFactory.getLogger(TransactionDispatcher.class);

    private final ThingUID thing;
    private final String accountId;
    private final LedgerStore store;
    private final Clock clock;
    private final Lateness lateness;
    private final NewestTransaction newest;
    private final boolean isAfterDowntime;

    private @Nullable TransactionLedger ledger;
    private Instant overlapReadTo = Instant.MIN;
    private Instant overlapReadAt = Instant.MIN;
    private Instant olderReadTo = Instant.MIN;
    private Instant olderReadAt = Instant.MIN;
    private Instant earlierFailedAt = Instant.MIN;

    /**
     * Creates a dispatcher that continues where the former one of the same thing and account ended, if there was one.
     */
    TransactionDispatcher(ThingUID thing, String accountId, LedgerStore store, Clock clock) {
        this.thing = thing;
        this.accountId = accountId;
        this.store = store;
        this.clock = clock;
        lateness = new Lateness(clock.instant());
        newest = new NewestTransaction(this::isKnown, clock);
        Instant downtimeEnd = store.downtimeEnd(thing, clock.instant());
        isAfterDowntime = !downtimeEnd.equals(Instant.MIN);
        store.load(thing, accountId).ifPresent(stored -> {
            if (isAfterDowntime && stored.skipTo(downtimeEnd.minus(MAX_MISSED_AGE))) {
                logger.debug("older transactions than a day before the start of openHAB are skipped");
            }
            ledger = stored;
        });
    }

    public String accountId() {
        return accountId;
    }

    /** Returns the transactions needed: the latest and, at times, earlier ones. */
    public TransactionWindow.Request request() {
        Instant now = clock.instant();
        TransactionLedger known = ledger;
        Instant since = available(known == null ? now.minus(NewestTransaction.INITIAL_LOOKBACK) : known.recentStart());
        if (Times.isRecent(RETRY_INTERVAL, earlierFailedAt, now)) {
            return new TransactionWindow.Request(since, since);
        }
        if (known != null
                && newest.isKnown()
                && known.oldest().isBefore(known.lateStart())
                && !Times.isRecent(OVERLAP_INTERVAL, olderReadAt, now)) {
            return new TransactionWindow.Request(since, olderStart(known), 1);
        }
        Instant toFind = newest.isKnown() ? since : newest.searchStart();
        Instant toRead =
                known == null || Times.isRecent(OVERLAP_INTERVAL, overlapReadAt, now) ? since : overlapStart(known);
        return new TransactionWindow.Request(since, Times.earlier(toFind, toRead));
    }

    /** Returns where reading the overlap begins or continues: what is listed late is found there. */
    private Instant overlapStart(TransactionLedger known) {
        return available(Times.later(known.lateStart(), overlapReadTo));
    }

    /** Returns where reading the older ones begins or continues, which may have changed. */
    private Instant olderStart(TransactionLedger known) {
        return available(Times.later(known.oldest(), olderReadTo));
    }

    private Instant available(Instant since) {
        return Times.later(since, clock.instant().minus(MAX_AGE));
    }

    /**
     * Returns whether a window contains the latest transactions and, while the newest is unknown, goes back far enough.
     */
    public boolean isCoveredBy(TransactionWindow window) {
        return hasLatest(window) && (newest.isKnown() || !window.earliest().isAfter(newest.searchStart()));
    }

    private boolean hasLatest(TransactionWindow window) {
        return !window.since().isAfter(request().since());
    }

    /** Returns the newest transaction that moved money. */
    public NewestTransaction newest() {
        return newest;
    }

    private boolean isKnown(Transaction transaction) {
        TransactionLedger known = ledger;
        return known != null && known.isKnown(transaction);
    }

    /**
     * Delivers the transactions that have not been delivered, none of those from before the thing showed the account,
     * and the changes of those that have been. Delivers nothing while rules do not run yet.
     *
     * @param potNames the names of the account's pots by ID
     * @param trigger takes the channel ID and the payload of each
     */
    public void deliver(TransactionWindow window, Map<String, String> potNames, BiConsumer<String, String> trigger) {
        Instant now = clock.instant();
        TransactionLedger current = ledger;
        if (current == null) {
            TransactionLedger begun = TransactionLedger.beginningNow(accountId, window.transactions(), now);
            ledger = begun;
            store.save(thing, begun);
            store.caughtUp(thing);
            return;
        } else if (!store.rulesRunning()) {
            return; // to deliver after the next refresh
        }
        current.correctStart(now);
        if (hasLatest(window)) {
            noteEarlier(window, current, now);
            deliver(window, potNames, trigger, current, now);
        }
    }

    /** Notes how far the overlap was read. The next refresh reads on from there; after an error, a later one does. */
    private void noteEarlier(TransactionWindow window, TransactionLedger current, Instant now) {
        noteOlder(window, current, now);
        Instant start = overlapStart(current);
        if (window.isCompleteSince(start)) {
            overlapReadAt = now;
            overlapReadTo = Instant.MIN;
        } else if (!window.earliest().isAfter(start) && window.readTo().isAfter(start)) {
            overlapReadTo = window.readTo();
        }
        if (window.readTo().equals(window.earliest()) && !window.earliest().equals(window.since())) {
            earlierFailedAt = now;
        }
    }

    /** Notes how far the older ones were read, a page an hour: the next page follows, or the first one again. */
    private void noteOlder(TransactionWindow window, TransactionLedger current, Instant now) {
        Instant start = olderStart(current);
        if (window.earliest().isAfter(start)
                || !window.earliest().equals(start) && !window.readTo().isAfter(start)) {
            return;
        }
        olderReadAt = now;
        // Reading goes on even from a page of transactions of one time, and after an error.
        Instant next = Times.later(window.readTo(), start.plusMillis(1));
        olderReadTo = next.isBefore(current.lateStart()) ? next : Instant.MIN;
    }

    private void deliver(
            TransactionWindow window,
            Map<String, String> potNames,
            BiConsumer<String, String> trigger,
            TransactionLedger current,
            Instant now) {
        List<Transaction> undelivered = current.undelivered(window.transactions(), now);
        Instant downtimeEnd = store.downtimeEnd(thing, now);
        List<Transaction> toDeliver = undelivered.subList(countOfSkipped(undelivered, downtimeEnd), undelivered.size());
        if (toDeliver.size() < undelivered.size()) {
            logger.debug("{} transactions skipped after a downtime", undelivered.size() - toDeliver.size());
        }
        Instant before = current.newest();
        Optional<Instant> newestOfThem = undelivered.stream()
                .map(Transaction::createdOrEpoch)
                .max(Comparator.naturalOrder())
                .filter(created -> created.isAfter(before));
        Instant limit = downtimeEnd.equals(Instant.MIN)
                ? lateness.limit(before, now)
                : Lateness.limitAfterDowntime(downtimeEnd, newestOfThem.orElse(before));
        try {
            for (Transaction transaction : toDeliver) {
                store.delivers(thing, transaction);
                boolean isLate = transaction.isCreatedBefore(limit);
                trigger.accept(
                        CHANNEL_TRANSACTION,
                        TransactionPayload.of(transaction, isLate, potName(transaction, potNames)));
                current.addDelivered(transaction, now);
            }
            for (Transaction transaction : current.changed(window.transactions(), now)) {
                store.delivers(thing, transaction);
                trigger.accept(CHANNEL_TRANSACTION_UPDATED, payloadOfChanged(transaction, potNames, current));
                current.addDelivered(transaction, now);
            }
            window.transactions().forEach(transaction -> current.addListed(transaction, now));
            current.moveOverlap();
            store.caughtUp(thing);
        } finally {
            store.save(thing, current);
        }
        if (window.isComplete()) {
            lateness.read(downtimeEnd.equals(Instant.MIN) ? newestOfThem : Optional.empty(), now);
        }
    }

    /** Returns the payload of a changed transaction. It is late if it may have changed during a downtime. */
    private String payloadOfChanged(Transaction transaction, Map<String, String> potNames, TransactionLedger current) {
        return TransactionPayload.ofChanged(
                transaction,
                isAfterDowntime && current.isUnlisted(transaction),
                potName(transaction, potNames),
                Objects.requireNonNull(current.delivered(transaction)));
    }

    private static @Nullable String potName(Transaction transaction, Map<String, String> potNames) {
        String pot = transaction.pot();
        return pot == null ? null : potNames.get(pot);
    }

    /** Returns how many transactions are skipped, as more than enough others were missed during a downtime. */
    private static int countOfSkipped(List<Transaction> undelivered, Instant downtimeEnd) {
        long missed = undelivered.stream()
                .filter(transaction -> transaction.isCreatedBefore(downtimeEnd))
                .count();
        return Math.max(0, (int) missed - MAX_MISSED);
    }
}
