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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.model.Transaction;

/**
 * Records which transactions of one account a thing has delivered.
 * <p>
 * A transaction may be listed later than others that were created after it. So what has been delivered is not everything
 * before a time: the ledger overlaps with the past, and remembers the IDs of all that it delivered in this overlap. The
 * overlap only ever moves forward, and only by times that the bank gave, as this computer's clock may be wrong. Only the
 * beginning depends on the clock, until the first transaction after it.
 */
@NonNullByDefault
class TransactionLedger {

    /** How much older than the newest one a transaction may be when it is first listed. */
    static final Duration OVERLAP = Duration.ofDays(3);

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
    private final Map<String, Instant> delivered;

    /** The stored form. */
    private static class Stored {
        @Nullable
        String account;

        @Nullable
        Long start;

        @Nullable
        Long newest;

        /** Milliseconds from the start, which are shorter. */
        @Nullable
        Map<String, Long> delivered;

        /** The former name of {@code delivered}. */
        @Nullable
        Map<String, Long> told;
    }

    /**
     * Creates a ledger that begins now, by the bank's times or this computer's clock, whichever is later. Nothing created
     * before is ever delivered, even if it is listed later.
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
                new TransactionLedger(accountId, newest.isAfter(begin) ? newest : begin, newest, new HashMap<>());
        listed.forEach(transaction -> ledger.add(transaction, now));
        ledger.moveOverlap();
        return ledger;
    }

    private TransactionLedger(String accountId, Instant start, Instant newest, Map<String, Instant> delivered) {
        this.accountId = accountId;
        this.start = start;
        this.newest = newest;
        this.delivered = delivered;
    }

    String accountId() {
        return accountId;
    }

    /** Returns the start of the overlap: transactions created before it are not delivered any more. */
    Instant start() {
        return start;
    }

    /** Returns the bank's time of the newest transaction delivered, {@link Instant#EPOCH} if there is none. */
    Instant newest() {
        return newest;
    }

    /**
     * Moves a start in the future back to now: the clock was ahead when the ledger began, or is behind now. A start that
     * the bank's times have given stays.
     */
    void correctStart(Instant now) {
        if (start.isAfter(now) && start.isAfter(newest)) {
            start = newest.isAfter(now) ? newest : now.truncatedTo(ChronoUnit.MILLIS);
        }
    }

    /**
     * Skips what was created before a time, if nothing has been delivered since then.
     *
     * @return whether anything may have been skipped
     */
    boolean skipTo(Instant time) {
        boolean skips = newest.isBefore(time) && start.isBefore(time);
        if (skips) {
            start = time;
            delivered.values().removeIf(created -> created.isBefore(time));
        }
        return skips;
    }

    /**
     * Returns the start of the recent part of the overlap. A transaction is rarely listed so late that it is not in this
     * part; it is found when the whole overlap is read.
     */
    Instant recentStart() {
        return startOfLatest(MAX_RECENT, knownStart());
    }

    /** Returns the start of the transactions that are known: those before the ledger began, too. */
    private Instant knownStart() {
        Instant known = newest.minus(OVERLAP);
        return delivered.isEmpty() || start.isBefore(known) ? start : known;
    }

    /** Returns the start of so many of the latest ones, but at least of an hour; or the other time if that is later. */
    private Instant startOfLatest(int count, Instant otherwise) {
        Instant latest = newest.minus(MIN_OVERLAP);
        return delivered.values().stream()
                .sorted(Comparator.reverseOrder())
                .skip(count - 1)
                .findFirst()
                .map(last -> last.isBefore(latest) ? last : latest)
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
        return delivered.containsKey(transaction.id());
    }

    /** Records a transaction as delivered. A repetition keeps the later time, should Monzo change it. */
    void add(Transaction transaction, Instant now) {
        Instant created = created(transaction, now);
        delivered.merge(transaction.id(), created, (a, b) -> a.isAfter(b) ? a : b);
        if (transaction.created() != null) {
            // One from the future must not make those before it old.
            Instant past = created.isAfter(now) ? now : created;
            newest = past.isAfter(newest) ? past : newest;
        }
    }

    /** Moves the overlap forward to the newest transactions, and forgets those before it. */
    void moveOverlap() {
        Instant next = startOfLatest(MAX_OVERLAP_SIZE, newest.minus(OVERLAP));
        start = next.isAfter(start) ? next : start;
        delivered.values().removeIf(created -> created.isBefore(next));
    }

    /** Monzo always sends the time; without one, a transaction counts as created when it is first seen. */
    private static Instant created(Transaction transaction, Instant now) {
        Instant created = transaction.created();
        return (created == null ? now : created).truncatedTo(ChronoUnit.MILLIS); // as it is stored
    }

    /** Returns the ledger as text to store, without names and amounts. */
    String toJson() {
        Stored stored = new Stored();
        stored.account = accountId;
        stored.start = start.toEpochMilli();
        stored.newest = newest.toEpochMilli();
        Map<String, Long> millis = new TreeMap<>();
        long base = start.toEpochMilli();
        delivered.forEach((id, created) -> millis.put(id, created.toEpochMilli() - base));
        stored.delivered = millis;
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
            Long start = stored.start;
            Long newest = stored.newest;
            Map<String, Long> millis = stored.delivered == null ? stored.told : stored.delivered;
            if (account == null || start == null || newest == null || millis == null) {
                return Optional.empty();
            }
            Map<String, Instant> delivered = new HashMap<>();
            millis.forEach((id, created) ->
                    delivered.put(id, Instant.ofEpochMilli(start).plusMillis(created)));
            return Optional.of(new TransactionLedger(
                    account, Instant.ofEpochMilli(start), Instant.ofEpochMilli(newest), delivered));
        } catch (JsonParseException
                | DateTimeException
                | ArithmeticException
                | NumberFormatException
                | NullPointerException e) {
            return Optional.empty();
        }
    }
}
