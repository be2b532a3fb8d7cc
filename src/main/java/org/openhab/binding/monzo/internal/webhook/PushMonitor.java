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
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.model.AccountSnapshot;
import org.openhab.binding.monzo.internal.model.Balance;
import org.openhab.binding.monzo.internal.model.BankSnapshot;
import org.openhab.binding.monzo.internal.model.Times;
import org.openhab.binding.monzo.internal.model.Transaction;
import org.openhab.binding.monzo.internal.model.TransactionWindow;

/**
 * Compares notices with the changes that the bank reports. Push works while a notice of the account preceded the last
 * change. Money moved to or from a pot needs no notice, as Monzo does not document whether it sends one.
 */
@NonNullByDefault
class PushMonitor {

    /** A notice may arrive this long after a refresh that already shows its change. */
    private static final Duration GRACE_PERIOD = Duration.ofMinutes(1);

    /** The bank may report a change this long after its notice. */
    private static final Duration REPORTING_DELAY = Duration.ofMinutes(5);

    /** A transaction that is dated later than this counts as dated wrongly. */
    private static final Duration MAX_CLOCK_ERROR = Duration.ofDays(1);

    private final Clock clock;

    /** What the last refresh has shown of each account. */
    private final Map<String, Seen> accounts = new HashMap<>();

    /** The accounts with a notice whose change is not reported yet, and when the last one arrived. */
    private final Map<String, Instant> noticed = new HashMap<>();

    /** The accounts with a change that no notice preceded, and when it was found. */
    private final Map<String, Instant> unannounced = new HashMap<>();

    private boolean received;
    private boolean proven;
    private Instant lastTransfer = Instant.MIN;

    /**
     * An account as a refresh has shown it.
     *
     * @param newest the creation time of the newest transaction, {@code null} if transactions are not fetched
     */
    private record Seen(@Nullable Balance balance, @Nullable Instant newest) {}

    private enum Change {
        NONE,
        WITH_POT,
        OTHER
    }

    PushMonitor(Clock clock) {
        this.clock = clock;
    }

    /** Records a notice of an account. */
    synchronized void onNotice(String accountId) {
        received = true;
        noticed.put(accountId, clock.instant());
        proven |= unannounced.remove(accountId) != null; // it was only late
    }

    /** A transfer of this bridge may change any account; it is not known whether Monzo sends a notice of it. */
    synchronized void onTransfer() {
        lastTransfer = clock.instant();
    }

    /**
     * Compares a refresh with the notices.
     *
     * @param registered the IDs of the accounts that have a webhook
     * @param watched the IDs of the accounts whose transactions are fetched
     */
    synchronized void onSnapshot(BankSnapshot snapshot, Set<String> registered, Set<String> watched) {
        noticed.keySet().retainAll(registered);
        unannounced.keySet().retainAll(registered);
        Instant now = clock.instant();
        Set<String> withoutNotice = new HashSet<>();
        boolean announced = false;
        for (AccountSnapshot account : snapshot.accounts()) {
            String id = account.id();
            Change change = update(account, watched.contains(id), snapshot.refresh(), now);
            if (change == null || !registered.contains(id)) {
                continue;
            }
            Instant notice = noticed.getOrDefault(id, Instant.MIN);
            if (change != Change.NONE && noticed.remove(id) != null) {
                announced = true;
            } else if (change == Change.OTHER && !Times.isRecent(GRACE_PERIOD, lastTransfer, now)) {
                withoutNotice.add(id);
            } else if (!Times.isRecent(REPORTING_DELAY, notice, now)) {
                noticed.remove(id); // of a declined payment, for example
            }
        }
        if (announced) {
            proven = true;
            unannounced.clear();
        }
        withoutNotice.forEach(id -> unannounced.putIfAbsent(id, now));
    }

    /** Returns what has changed since the last refresh, {@code null} if this one did not fetch it. */
    private @Nullable Change update(AccountSnapshot account, boolean watched, long refresh, Instant now) {
        Seen before = accounts.get(account.id());
        Instant newest = before == null || !watched ? null : before.newest;
        TransactionWindow window = account.transactions().valueOf(refresh).orElse(null);
        Balance balance = account.balance().valueOf(refresh).orElse(null);
        if (watched && window != null) {
            Instant latest = newest == null ? Instant.MIN : newest;
            Change change = Change.NONE;
            for (Transaction transaction : window.transactions()) {
                Instant created = transaction.created();
                if (created == null || created.isAfter(now.plus(MAX_CLOCK_ERROR))) {
                    continue;
                } else if (newest != null && created.isAfter(newest)) {
                    change = !transaction.isPotMove() || change == Change.OTHER ? Change.OTHER : Change.WITH_POT;
                }
                latest = Times.later(created, latest);
            }
            accounts.put(account.id(), new Seen(balance, latest.equals(Instant.MIN) ? now : latest));
            return change;
        } else if (newest != null || balance == null) {
            return null;
        }
        accounts.put(account.id(), new Seen(balance, null));
        return change(before == null ? null : before.balance, balance);
    }

    /** Money that moves to or from a pot changes the balance, but not the total that includes this pot. */
    private static Change change(@Nullable Balance before, Balance after) {
        if (before == null) {
            return Change.NONE;
        }
        boolean balance = differ(before.balance(), after.balance());
        boolean total = differ(before.totalBalance(), after.totalBalance());
        boolean savings = differ(before.balanceWithSavings(), after.balanceWithSavings());
        if (!balance && !total && !savings) {
            return Change.NONE;
        }
        boolean other =
                balance && (total || after.totalBalance() == null) && (savings || after.balanceWithSavings() == null);
        return other ? Change.OTHER : Change.WITH_POT;
    }

    private static boolean differ(@Nullable BigDecimal before, @Nullable BigDecimal after) {
        return before != null && after != null && before.compareTo(after) != 0;
    }

    /** Forgets all notices, as the address has changed. */
    synchronized void reset() {
        noticed.clear();
        unannounced.clear();
        received = false;
        proven = false;
    }

    /** Returns whether a notice has arrived. */
    synchronized boolean hasReceived() {
        return received;
    }

    /** Returns whether the last change was preceded by a notice. */
    synchronized boolean isWorking() {
        return proven && !isMissing();
    }

    /** Returns whether a notice has arrived whose change may be reported soon. */
    synchronized boolean isAwaitingChange() {
        return !noticed.isEmpty();
    }

    /** Returns whether a notice is missing. */
    synchronized boolean isMissing() {
        Instant now = clock.instant();
        return unannounced.values().stream().anyMatch(found -> !Times.isRecent(GRACE_PERIOD, found, now));
    }

    /** Returns the time until a notice that has not arrived counts as missing, {@code null} if there is none. */
    synchronized @Nullable Duration untilMissing() {
        Instant now = clock.instant();
        return unannounced.values().stream()
                .filter(found -> Times.isRecent(GRACE_PERIOD, found, now))
                .map(found -> Duration.between(now, found.plus(GRACE_PERIOD)))
                .min(Duration::compareTo)
                .orElse(null);
    }
}
