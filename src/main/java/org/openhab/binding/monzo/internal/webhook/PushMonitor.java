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

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.model.Recency;
import org.openhab.binding.monzo.internal.model.Transaction;

/**
 * Compares notices with what the bank reports, to tell whether push works: it does once the bank confirms a transaction
 * of which a notice came, and it does not once the bank reports one of which none came.
 */
@NonNullByDefault
class PushMonitor {

    /** A notice may take this long to follow another one, and a refresh may overtake it meanwhile. */
    private static final Duration GRACE_PERIOD = Duration.ofMinutes(1);

    /** The bank may list a transaction some time after its notice. */
    private static final Duration LISTING_DELAY = Duration.ofMinutes(5);

    /** Anybody who knows the URL can send notices; more than these would only fill the memory. */
    private static final int MAX_ANNOUNCED = 500;

    /** More than a refresh lists. */
    private static final int MAX_KNOWN = 6000;

    private final Clock clock;

    /** Transactions whose notice has proved that push works. Anybody who has seen a notice can repeat it. */
    private final Set<String> proofs = new LinkedHashSet<>();

    /** When the notice of each transaction came, oldest first. */
    private final Map<String, Instant> announced = new LinkedHashMap<>();

    private final Map<String, WatchedAccount> accounts = new HashMap<>();
    private final Map<String, Instant> unverifiedChanges = new HashMap<>();
    private @Nullable TransactionNotice unverifiedNotice;
    private boolean proven;
    private boolean missed;
    private boolean awaiting;
    private @Nullable Instant lastNotice;

    /**
     * An account as a refresh has found it.
     *
     * @param balance {@code null} if not fetched
     * @param transactions the latest transactions, {@code null} if not fetched
     */
    record AccountView(
            String id,
            @Nullable BigDecimal balance,
            @Nullable List<Transaction> transactions) {}

    /** What is known of an account since its webhook was registered. */
    private static final class WatchedAccount {
        private final Set<String> transactionIds = new LinkedHashSet<>();
        private Instant hasTransactionsSince = Instant.MAX; // for never
        private final Map<String, Instant> unannounced = new HashMap<>();
        private @Nullable BigDecimal balance;
        private Instant lastSnapshot = Instant.MIN;
        private Instant lastNotice = Instant.MIN;
        private String lastNoticed = "";

        private boolean hasTransactions() {
            return !hasTransactionsSince.equals(Instant.MAX);
        }

        private boolean isNoticedSince(Instant time) {
            return !lastNotice.isBefore(time);
        }
    }

    PushMonitor(Clock clock) {
        this.clock = clock;
    }

    /** Records a notice. */
    synchronized void onNotice(TransactionNotice notice) {
        Instant now = clock.instant();
        announced.remove(notice.transactionId());
        announced.put(notice.transactionId(), now);
        if (announced.size() > MAX_ANNOUNCED) {
            announced.remove(announced.keySet().iterator().next());
        }
        WatchedAccount account = accounts.get(notice.accountId());
        if (account != null) {
            account.lastNotice = now;
            account.lastNoticed = notice.transactionId();
        }
        if (account != null && account.hasTransactions()) {
            if (account.transactionIds.contains(notice.transactionId())) {
                confirm(notice.transactionId(), now);
            }
        } else if (!isWorking()) {
            unverifiedNotice = notice;
        }
    }

    /**
     * Compares a refresh with the notices.
     *
     * @param found the accounts that have a webhook
     */
    synchronized void onSnapshot(Collection<AccountView> found) {
        Instant now = clock.instant();
        accounts.keySet().retainAll(found.stream().map(AccountView::id).toList());
        for (AccountView view : found) {
            WatchedAccount account = accounts.computeIfAbsent(view.id(), id -> new WatchedAccount());
            List<Transaction> transactions = view.transactions();
            if (transactions == null) {
                account.hasTransactionsSince = Instant.MAX;
                compareBalance(view, account);
                expire(account, now);
            } else {
                compareTransactions(transactions, account, now);
            }
            account.balance = view.balance() == null ? account.balance : view.balance();
            account.lastSnapshot = now;
        }
        awaiting = accounts.values().stream()
                .anyMatch(account -> account.hasTransactions()
                        && Recency.isWithin(LISTING_DELAY, account.lastNotice, now)
                        && !account.transactionIds.contains(account.lastNoticed));
    }

    private void compareTransactions(List<Transaction> found, WatchedAccount account, Instant now) {
        for (Transaction transaction : found) {
            String id = transaction.id();
            Instant noticed = announced.get(id);
            if (account.transactionIds.contains(id)) {
                continue;
            } else if (noticed != null) {
                confirm(id, noticed);
            } else if (isCreatedSince(account.hasTransactionsSince, transaction)) {
                expectNotice(id, account, account.lastSnapshot, now);
            }
        }
        expire(account, now);
        if (!account.hasTransactions()) {
            account.hasTransactionsSince = now;
        }
        found.forEach(transaction -> addRecent(transaction.id(), account.transactionIds, MAX_KNOWN));
    }

    private static void expectNotice(String id, WatchedAccount account, Instant since, Instant now) {
        // One of several whose notices come at nearly the same time may still be on its way.
        boolean isNoticeExpected = account.isNoticedSince(since.minus(GRACE_PERIOD));
        account.unannounced.put(id, isNoticeExpected ? now.plus(GRACE_PERIOD) : now);
    }

    private void expire(WatchedAccount account, Instant now) {
        account.unannounced.keySet().removeAll(announced.keySet());
        missed |= account.unannounced.values().removeIf(limit -> !limit.isAfter(now));
    }

    /** Adds an ID as the latest one, removes the oldest of too many, and returns whether it was not among them. */
    private static boolean addRecent(String id, Set<String> ids, int max) {
        boolean isNew = !ids.remove(id);
        ids.add(id);
        if (ids.size() > max) {
            ids.remove(ids.iterator().next());
        }
        return isNew;
    }

    private static boolean isCreatedSince(Instant time, Transaction transaction) {
        Instant created = transaction.created();
        return !time.equals(Instant.MAX) && (created == null || !created.isBefore(time));
    }

    /** Without transactions, a balance that changes is worth a question to the bank: a notice may be a stranger's. */
    private void compareBalance(AccountView view, WatchedAccount account) {
        BigDecimal before = account.balance;
        BigDecimal after = view.balance();
        if (before != null && after != null && before.compareTo(after) != 0) {
            unverifiedChanges.putIfAbsent(view.id(), account.lastSnapshot);
        }
    }

    private void confirm(String transactionId, Instant noticed) {
        if (!addRecent(transactionId, proofs, MAX_ANNOUNCED)) {
            return;
        }
        proven = true;
        missed = false;
        unverifiedNotice = null;
        Instant last = lastNotice;
        if (last == null || last.isBefore(noticed)) {
            lastNotice = noticed;
        }
    }

    /** Returns a notice for the bank to confirm, {@code null} if none is needed; each is returned once. */
    synchronized @Nullable TransactionNotice takeUnverifiedNotice() {
        TransactionNotice notice = unverifiedNotice;
        unverifiedNotice = null;
        return notice;
    }

    /** Returns whether a notice waits to be confirmed by the bank. */
    synchronized boolean hasUnverifiedNotice() {
        return unverifiedNotice != null;
    }

    /** Returns whether there is anything for the bank to confirm. */
    synchronized boolean hasUnverified() {
        return unverifiedNotice != null || !unverifiedChanges.isEmpty();
    }

    /** The bank has confirmed the transaction of a notice. */
    synchronized void verified(TransactionNotice notice) {
        String id = notice.transactionId();
        confirm(id, announced.getOrDefault(id, clock.instant()));
    }

    /** Returns the accounts whose balance changed, with the time since when; each is returned once. */
    synchronized Map<String, Instant> takeUnverifiedChanges() {
        Map<String, Instant> changes = Map.copyOf(unverifiedChanges);
        unverifiedChanges.clear();
        return changes;
    }

    /**
     * The bank has told the transactions behind a change of a balance.
     *
     * @param since the time from {@link #takeUnverifiedChanges}
     */
    synchronized void verified(String accountId, Instant since, Collection<String> transactionIds) {
        Instant now = clock.instant();
        WatchedAccount account = accounts.get(accountId);
        if (account == null) {
            return;
        }
        for (String id : transactionIds) {
            Instant noticed = announced.get(id);
            if (noticed != null) {
                confirm(id, noticed);
            } else {
                expectNotice(id, account, since, now);
            }
        }
        expire(account, now);
    }

    /** Forgets an account whose webhook was missing: earlier transactions were not announced. */
    synchronized void forget(Collection<String> accountIds) {
        accounts.keySet().removeAll(accountIds);
        unverifiedChanges.keySet().removeAll(accountIds);
    }

    /** Forgets everything but the last notice, as the address has changed. */
    synchronized void reset() {
        accounts.clear();
        announced.clear();
        unverifiedChanges.clear();
        unverifiedNotice = null;
        proven = false;
        missed = false;
    }

    /** Returns whether a notice was confirmed, and none is missing since. */
    synchronized boolean isWorking() {
        return proven && !missed;
    }

    /** Returns whether the last refresh did not find the transaction of a notice, which may be listed soon. */
    synchronized boolean isAwaiting() {
        return awaiting;
    }

    /** Returns whether a notice is missing. */
    synchronized boolean isMissing() {
        return missed;
    }

    /** Returns the time of the last notice, {@code null} before the first one. */
    synchronized @Nullable Instant lastNotice() {
        return lastNotice;
    }
}
