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

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.model.Times;
import org.openhab.binding.monzo.internal.model.Transaction;

/**
 * Records which transactions of one account a thing has delivered, and what they were like then.
 * <p>
 * A transaction may be listed later than others that were created after it, and change after it was listed. So what has
 * been delivered is not everything before a time: the ledger overlaps with the past, and remembers all that was listed
 * in this overlap. The overlap only ever moves forward, and only by times that the bank gave, as this computer's clock
 * may be wrong. Only the beginning depends on the clock, until the first transaction after it.
 */
@NonNullByDefault
class TransactionLedger {

    /** How much older than the newest one a transaction may be when it changes, or when it is first listed. */
    static final Duration OVERLAP = Duration.ofDays(8);

    /** How much older it may be to be found within an hour. */
    static final Duration LATE_OVERLAP = Duration.ofDays(3);

    /** With more in the overlap, it is shorter … */
    static final int MAX_OVERLAP_SIZE = 2000;

    /** In an ordinary refresh no more than these are listed again, so that one response holds them and what is new … */
    static final int MAX_RECENT = 9;

    /** … but those of this time are, even after many at once. */
    static final Duration MIN_OVERLAP = Duration.ofHours(1);

    /** A transaction created at most this time after now, by this computer's clock, shows that the clock is behind. */
    private static final Duration MAX_CLOCK_DELAY = Duration.ofDays(1);

    private static final Gson GSON = new Gson();

    private final String accountId;
    private Instant start;
    private Instant newest;
    private final Map<String, Entry> entries;
    private final Set<String> unlisted = new HashSet<>();

    /**
     * Those of which is stored only that they were delivered: the first listing is what later ones are compared with.
     */
    private final Set<String> incomparable = new HashSet<>();

    /**
     * A transaction that was listed.
     *
     * @param state what it was like when it was delivered last; {@code null} if it was only there before
     */
    private record Entry(Instant created, @Nullable TransactionState state) {

        boolean isDelivered() {
            return state != null;
        }

        Entry createdAt(Instant other) {
            return other.isAfter(created) ? new Entry(other, state) : this;
        }

        Entry delivered(TransactionState listed) {
            TransactionState former = state;
            return new Entry(created, former == null ? listed : former.next(listed));
        }

        /** Returns the entry as text to store: the milliseconds since the start, and what was delivered. */
        String toText(long start) {
            TransactionState delivered = state;
            String millis = String.valueOf(created.toEpochMilli() - start);
            return delivered == null ? millis : millis + " " + delivered.toText();
        }

        static Entry fromText(String text, long start) {
            String[] parts = text.split(" ", 2);
            return new Entry(
                    Instant.ofEpochMilli(Math.addExact(start, Long.parseLong(parts[0]))),
                    parts.length == 1 ? null : TransactionState.fromText(parts[1]));
        }
    }

    /** The stored form. */
    private static class Stored {
        @Nullable
        String account;

        @Nullable
        Long start;

        @Nullable
        Long newest;

        @Nullable
        Map<String, String> transactions;

        /** What was stored before changes were delivered: milliseconds from the start. */
        @Nullable
        Map<String, Long> delivered;
    }

    /**
     * Creates a ledger that begins now, by the bank's times or this computer's clock, whichever is later. Nothing
     * created before is ever delivered, even if it is listed later.
     *
     * @param listed the latest transactions, none if the bank lists none
     */
    static TransactionLedger beginningNow(String accountId, List<Transaction> listed, Instant now) {
        Instant newest = listed.stream()
                .flatMap(transaction -> Optional.ofNullable(transaction.created()).stream())
                .filter(created -> created.isBefore(now.plus(MAX_CLOCK_DELAY)))
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH)
                .truncatedTo(ChronoUnit.MILLIS);
        Instant begin = now.truncatedTo(ChronoUnit.MILLIS);
        TransactionLedger ledger =
                new TransactionLedger(accountId, Times.later(newest, begin), newest, new HashMap<>());
        listed.forEach(transaction -> ledger.addListed(transaction, now));
        ledger.moveOverlap();
        return ledger;
    }

    private TransactionLedger(String accountId, Instant start, Instant newest, Map<String, Entry> entries) {
        this.accountId = accountId;
        this.start = start;
        this.newest = newest;
        this.entries = entries;
    }

    String accountId() {
        return accountId;
    }

    /** Returns the start of the overlap: transactions created before it are not delivered any more. */
    Instant start() {
        return start;
    }

    /** Returns the start of the part of the overlap in which transactions are first listed, but for rare ones. */
    Instant lateStart() {
        return Times.later(start, newest.minus(LATE_OVERLAP));
    }

    /**
     * Returns the time of the oldest transaction whose changes are delivered, or the start of the overlap if earlier.
     */
    Instant oldest() {
        return entries.values().stream()
                .filter(Entry::isDelivered)
                .map(Entry::created)
                .filter(created -> created.isBefore(start))
                .min(Comparator.naturalOrder())
                .orElse(start);
    }

    /** Returns the bank's time of the newest transaction listed, {@link Instant#EPOCH} if there is none. */
    Instant newest() {
        return newest;
    }

    /**
     * Moves a start in the future back to now: the clock was ahead when the ledger began, or is behind now. A start
     * that the bank's times have given stays.
     */
    void correctStart(Instant now) {
        if (start.isAfter(now) && start.isAfter(newest)) {
            start = newest.isAfter(now) ? newest : now.truncatedTo(ChronoUnit.MILLIS);
        }
    }

    /**
     * Skips what was created before a time, if nothing has been delivered since then. Changes of what has been
     * delivered are not skipped.
     *
     * @return whether anything may have been skipped
     */
    boolean skipTo(Instant time) {
        boolean skips = newest.isBefore(time) && start.isBefore(time);
        if (skips) {
            start = time;
            entries.values().removeIf(entry -> entry.created().isBefore(time.minus(OVERLAP)));
        }
        return skips;
    }

    /**
     * Returns the start of the recent part of the overlap. A transaction is rarely listed so late that it is not in
     * this part; it is found when the whole overlap is read.
     */
    Instant recentStart() {
        return startOfLatest(MAX_RECENT, knownStart());
    }

    /** Returns the start of the transactions that are known: those before the ledger began, too. */
    private Instant knownStart() {
        Instant known = newest.minus(OVERLAP);
        return entries.isEmpty() || start.isBefore(known) ? start : known;
    }

    /** Returns the start of so many of the latest ones, but at least of an hour; or the other time if that is later. */
    private Instant startOfLatest(int count, Instant otherwise) {
        Instant latest = newest.minus(MIN_OVERLAP);
        return entries.values().stream()
                .map(Entry::created)
                .sorted(Comparator.reverseOrder())
                .skip(count - 1)
                .findFirst()
                .map(last -> Times.earlier(last, latest))
                .filter(last -> last.isAfter(otherwise))
                .orElse(otherwise);
    }

    /**
     * Returns the transactions that have not been delivered, oldest first.
     *
     * @param listed the transactions since the start of the overlap or an earlier time
     */
    List<Transaction> undelivered(List<Transaction> listed, Instant now) {
        return listed.stream()
                .filter(transaction -> !created(transaction, now).isBefore(start))
                .filter(transaction -> !isKnown(transaction))
                .sorted(Comparator.comparing(transaction -> created(transaction, now)))
                .toList();
    }

    /** Returns whether a transaction has been delivered, or was there before. */
    boolean isKnown(Transaction transaction) {
        return entries.containsKey(transaction.id());
    }

    /** Returns the transactions that have changed since they were delivered, oldest first. */
    List<Transaction> changed(List<Transaction> listed, Instant now) {
        return listed.stream()
                .filter(transaction -> {
                    TransactionState former = delivered(transaction);
                    return former != null && !former.equals(former.next(TransactionState.of(transaction)));
                })
                .sorted(Comparator.comparing(transaction -> created(transaction, now)))
                .toList();
    }

    /** Returns what a transaction was like when it was delivered last, {@code null} if it was not delivered. */
    @Nullable
    TransactionState delivered(Transaction transaction) {
        Entry entry = entries.get(transaction.id());
        return entry == null ? null : entry.state();
    }

    /** Returns whether a transaction is listed for the first time since this ledger was read from the storage. */
    boolean isUnlisted(Transaction transaction) {
        return unlisted.contains(transaction.id());
    }

    /** Records a transaction, or a change of it, as delivered. */
    void addDelivered(Transaction transaction, Instant now) {
        addListed(transaction, now);
        entries.computeIfPresent(transaction.id(), (id, entry) -> entry.delivered(TransactionState.of(transaction)));
    }

    /** Records a transaction as known. A repetition keeps the later time, should Monzo change it. */
    void addListed(Transaction transaction, Instant now) {
        Instant created = created(transaction, now);
        entries.put(
                transaction.id(),
                entries.getOrDefault(transaction.id(), new Entry(created, null)).createdAt(created));
        unlisted.remove(transaction.id());
        if (incomparable.remove(transaction.id())) {
            entries.computeIfPresent(
                    transaction.id(), (id, entry) -> entry.delivered(TransactionState.of(transaction)));
        }
        if (transaction.created() != null) {
            // One from the future must not make those before it old.
            newest = Times.later(newest, Times.earlier(created, now));
        }
    }

    /** Moves the overlap forward to the newest transactions, and forgets those before it. */
    void moveOverlap() {
        Instant next = startOfLatest(MAX_OVERLAP_SIZE, newest.minus(OVERLAP));
        start = Times.later(start, next);
        entries.values().removeIf(entry -> entry.created().isBefore(next));
        unlisted.retainAll(entries.keySet());
    }

    /** Monzo always sends the time; without one, a transaction counts as created when it is first seen. */
    private static Instant created(Transaction transaction, Instant now) {
        Instant created = transaction.created();
        return (created == null ? now : created).truncatedTo(ChronoUnit.MILLIS); // as it is stored
    }

    /** Returns the ledger as text to store, without names. */
    String toJson() {
        Stored stored = new Stored();
        stored.account = accountId;
        stored.start = start.toEpochMilli();
        stored.newest = newest.toEpochMilli();
        Map<String, String> texts = new TreeMap<>();
        entries.forEach((id, entry) -> texts.put(id, entry.toText(start.toEpochMilli())));
        stored.transactions = texts;
        return GSON.toJson(stored);
    }

    /** Returns the ledger that a text contains, empty if the text is damaged. */
    static Optional<TransactionLedger> fromJson(String text) {
        try {
            Stored stored = GSON.fromJson(text, Stored.class);
            if (stored == null) {
                return Optional.empty();
            }
            String account = stored.account;
            Map<String, ?> listed = stored.transactions == null ? stored.delivered : stored.transactions;
            if (account == null
                    || stored.start == null
                    || stored.newest == null
                    || listed == null
                    || listed.containsValue(null)) {
                return Optional.empty();
            }
            long start = stored.start;
            Map<String, Entry> entries = new HashMap<>();
            listed.forEach((id, entry) -> entries.put(id, Entry.fromText(entry.toString(), start)));
            TransactionLedger ledger = new TransactionLedger(
                    account, Instant.ofEpochMilli(start), Instant.ofEpochMilli(stored.newest), entries);
            ledger.unlisted.addAll(entries.keySet());
            if (stored.transactions == null) {
                ledger.incomparable.addAll(entries.keySet());
                ledger.incomparable.removeIf(id -> !entries.get(id).created().isAfter(ledger.start));
            }
            return Optional.of(ledger);
        } catch (JsonParseException | DateTimeException | ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
