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
package org.openhab.binding.monzo.internal.budget;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.internal.model.Times;
import org.openhab.binding.monzo.internal.model.Transaction;
import org.openhab.binding.monzo.internal.model.TransactionWindow;

/**
 * What was spent from one account in one period, by the bank's transactions as last listed: the latest in each refresh,
 * all of the period once an hour. Of a transaction it keeps the ID, the time, and the amount that counts.
 */
@NonNullByDefault
public class AccountSpending {

    /** So many of the latest are listed again in each refresh, as their amount or category may change … */
    static final int MAX_RECENT = 20;

    /** … but those of this time are, even after many at once. */
    static final Duration RECENT = Duration.ofHours(1);

    /** How often the whole period is read. */
    static final Duration WHOLE_INTERVAL = Duration.ofHours(1);

    /** When the whole period is requested again after an error, while an earlier sum is known. */
    private static final Duration RETRY_INTERVAL = Duration.ofMinutes(5);

    /** Whether the bank's lists begin with or after the time asked for is not documented. */
    private static final Duration MARGIN = Duration.ofMillis(1);

    /** Users make a few categories of their own, not hundreds. */
    private static final int MAX_CATEGORIES = 200;

    private record Counted(
            Instant created, BigDecimal spent, @Nullable String currency) {}

    private final Set<String> categories = new HashSet<>();
    private final Instant begin;
    private final Instant end;
    private final Function<Transaction, BigDecimal> spent;
    private final Map<String, Counted> counted = new HashMap<>();
    private final Instant start;
    private @Nullable Instant recentStart;
    private Instant readTo;
    private Instant wholeAt = Instant.MIN;
    private Instant failedAt = Instant.MIN;
    private @Nullable ErrorKind error;

    /**
     * Creates an instance that has to read the period.
     *
     * @param spent returns what a transaction adds to the money spent
     */
    public AccountSpending(BudgetPeriod period, Function<Transaction, BigDecimal> spent) {
        this.spent = spent;
        begin = period.start();
        end = period.end();
        start = begin.minus(MARGIN);
        readTo = start;
    }

    /** Returns the transactions needed: the latest and, at times, all of the period. */
    public TransactionWindow.Request request(Instant now) {
        Instant recent = recentStart;
        Instant since = Times.later(start, recent == null ? now.minus(RECENT) : recent);
        boolean waits = isWhole() && Times.isRecent(RETRY_INTERVAL, failedAt, now);
        return new TransactionWindow.Request(since, isDue(now) && !waits ? readTo : since);
    }

    /** Returns whether the whole period has been read, so that the sum is known. */
    public boolean isWhole() {
        return !wholeAt.equals(Instant.MIN);
    }

    private boolean isDue(Instant now) {
        return Times.isDue(WHOLE_INTERVAL, wholeAt, now);
    }

    /** Returns why the whole period could not be read when it was to be, empty if it could, or is being read. */
    public Optional<ErrorKind> lastError() {
        ErrorKind error = this.error;
        return error == null ? Optional.empty() : Optional.of(error);
    }

    /**
     * Returns whether a window has all transactions of the period, or as many of them as are needed after the others.
     */
    public boolean isCoveredBy(TransactionWindow window) {
        return isWhole() || hasAllFrom(start, window);
    }

    /**
     * Updates the sum from a window.
     *
     * @return whether more of the period was read, but not all of it, so that another refresh reads on
     */
    public boolean update(TransactionWindow window, Instant now) {
        removeUnlisted(window);
        for (Transaction transaction : window.transactions()) {
            Instant created = transaction.created();
            BigDecimal amount = spent.apply(transaction);
            String category = transaction.category();
            if (category != null && categories.size() < MAX_CATEGORIES) {
                categories.add(category);
            }
            if (created == null || created.isBefore(begin) || !created.isBefore(end) || amount.signum() == 0) {
                counted.remove(transaction.id());
            } else {
                counted.put(transaction.id(), new Counted(created, amount, transaction.currency()));
            }
        }
        moveRecentStart(window, now);
        return noteRead(window, now);
    }

    /** Removes what the bank does not list any more. */
    private void removeUnlisted(TransactionWindow window) {
        TransactionWindow.Gap gap = window.gap();
        Instant latestFrom = window.isCompleteSince(window.earliest()) ? window.earliest() : window.since();
        Set<String> listed = new HashSet<>();
        window.transactions().forEach(transaction -> listed.add(transaction.id()));
        counted.entrySet().removeIf(entry -> {
            Instant created = entry.getValue().created();
            boolean isInLatest = window.isComplete() && created.isAfter(latestFrom);
            boolean isInEarlier = created.isAfter(window.earliest()) && created.isBefore(window.readTo());
            return !listed.contains(entry.getKey())
                    && (isInLatest || isInEarlier)
                    && (gap == null || created.isAfter(gap.before()));
        });
    }

    private void moveRecentStart(TransactionWindow window, Instant now) {
        List<Instant> latest = window.transactions().stream()
                .filter(transaction -> transaction.created() != null)
                .map(Transaction::createdOrEpoch)
                .filter(created -> !created.isAfter(now)) // one from the future would leave out those before it
                .sorted(Comparator.reverseOrder())
                .toList();
        Instant former = recentStart;
        if (!window.isComplete() && !latest.isEmpty()) {
            recentStart = latest.get(0); // to read on from there
        } else if (latest.size() >= MAX_RECENT) {
            Instant ofTime = latest.get(0).minus(RECENT);
            Instant ofNumber = latest.get(MAX_RECENT - 1);
            recentStart = Times.earlier(ofNumber, ofTime).minus(MARGIN);
        } else if (hasAllFrom(start, window)) {
            recentStart = start;
        } else if (former == null || window.since().isBefore(former)) {
            recentStart = window.since();
        }
    }

    private boolean noteRead(TransactionWindow window, Instant now) {
        if (hasAllFrom(readTo, window)) {
            wholeAt = now;
            readTo = start;
            error = null;
            return false;
        } else if (!isDue(now)) {
            return false;
        }
        TransactionWindow.Gap gap = window.gap();
        if (gap != null && gap.before().isAfter(start)) {
            error = gap.error();
            failedAt = now;
        }
        boolean wasAskedFor =
                window.earliest().isBefore(window.since()) && !window.earliest().isAfter(readTo);
        boolean isReadOn = wasAskedFor && window.readTo().isAfter(readTo);
        if (wasAskedFor && !isReadOn) {
            failedAt = now; // an error of all requests has ended this one
        }
        if (!isReadOn || gap != null && gap.error() == ErrorKind.VERIFICATION_REQUIRED) {
            return false;
        }
        readTo = window.readTo();
        return gap == null;
    }

    /** Returns whether a window lists all transactions from a time on. */
    private static boolean hasAllFrom(Instant time, TransactionWindow window) {
        TransactionWindow.Gap gap = window.gap();
        boolean hasLatest = window.isComplete() && !window.since().isAfter(time);
        return (hasLatest || window.isCompleteSince(time))
                && (gap == null || !gap.before().isAfter(time));
    }

    /** Returns the categories of the transactions that were read. */
    public Set<String> categories() {
        return Set.copyOf(categories);
    }

    /** Returns what was spent, as far as the period was read. */
    public BigDecimal total() {
        return counted.values().stream().map(Counted::spent).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Returns the currencies of what was spent. */
    public Set<String> currencies() {
        Set<String> currencies = new HashSet<>();
        for (Counted each : counted.values()) {
            String currency = each.currency();
            if (currency != null) {
                currencies.add(currency);
            }
        }
        return currencies;
    }
}
