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
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.auth.AuthenticatedClient;
import org.openhab.binding.monzo.internal.model.AccountSnapshot;
import org.openhab.binding.monzo.internal.model.BankSnapshot;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.internal.model.Times;

/**
 * Reads snapshots of the bank with few requests: the balances of accounts with things, the pots with things if they may
 * have changed, and everything else once an hour or while anything is missing.
 */
@NonNullByDefault
class SnapshotReader {

    /** New accounts, and pots of accounts without pot things, are detected within this time. */
    private static final Duration FULL_REFRESH_INTERVAL = Duration.ofHours(1);

    private final AuthenticatedClient client;
    private final Clock clock;

    private final TransactionReader transactions;
    private final AbsenceTracker absences;
    private final RetrySchedule retries;
    private final PotReadings potReadings;

    private BankSnapshot last = BankSnapshot.EMPTY;
    private Instant lastFullRefresh = Instant.MIN;
    private boolean healthy;
    private volatile boolean fullRefreshRequested;
    private final AtomicBoolean potsRequested = new AtomicBoolean();

    SnapshotReader(AuthenticatedClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
        transactions = new TransactionReader(client, clock);
        absences = new AbsenceTracker(clock);
        retries = new RetrySchedule(clock);
        potReadings = new PotReadings(clock);
    }

    /** Makes the next refresh a full one, after a login or for a scan. Only rate limits still delay requests. */
    void requestFullRefresh() {
        fullRefreshRequested = true;
    }

    /** Makes the next refresh fetch the pots that things show, even if the balances do not tell that they changed. */
    void requestPots() {
        potsRequested.set(true);
    }

    /**
     * Reads a snapshot. Must not be called concurrently.
     *
     * @param required the data that things require
     * @return the snapshot, in which single accounts may have errors in addition to their last good data
     * @throws MonzoException for an error that affects more than a single account: no login, no permission, an exceeded
     *     rate limit, or no required data at all
     */
    BankSnapshot read(DataRequests required) throws MonzoException {
        boolean full = isFullRefreshDue(required);
        retries.retainTransactions(required.transactions().keySet());
        if (fullRefreshRequested) {
            retries.retryNow();
        }
        SnapshotBuilder builder = new SnapshotBuilder(client, transactions, retries, potReadings, last, healthy);
        healthy = false;
        boolean allPots = potsRequested.getAndSet(false) || full;
        try {
            if (full) {
                fullRefreshRequested = false;
                builder.fetchAccounts();
            }
            fetchRequired(builder, required, allPots);
            fetchOthers(builder, full);
            if (!full && builder.tally().isInconclusive()) {
                // Fails if the bank does not respond or the approval was withdrawn, unlike what is requested of single
                // accounts, which may have no transactions, or which no client may read.
                builder.fetchAccounts();
            }
            builder.tally().throwIfNothingFetched();
        } catch (MonzoException | RuntimeException e) {
            fullRefreshRequested |= full;
            potsRequested.set(true); // the moves that were found are not found again
            retries.forgetErrors();
            throw e;
        }
        builder.warnOfRefusals();
        healthy = true;
        absences.update(last, builder.snapshot(), required, full);
        last = builder.snapshot(absences.unconfirmed());
        if (full) {
            lastFullRefresh = clock.instant();
        }
        return last;
    }

    /** Returns the time until a refresh can confirm an absence, {@code null} if there is none to confirm. */
    @Nullable
    Duration untilConfirmation() {
        return absences.untilConfirmation();
    }

    /** Returns the time until transactions refused with a 403 are requested again, {@code null} for none. */
    @Nullable
    Duration untilRefused() {
        return retries.untilRefused();
    }

    /** Fetches what things require, but pots only if they may have changed. */
    private void fetchRequired(SnapshotBuilder builder, DataRequests required, boolean allPots) throws MonzoException {
        BankSnapshot known = builder.snapshot();
        Set<String> ofBalances = required.accountsOfBalances(known);
        Set<String> ofPots = isPotMissing(known, required) // then all of them are searched
                ? ids(known.openAccounts(), account -> true)
                : required.accountsOfPots(known);
        Set<String> unchanged = ids(
                known.openAccounts(),
                account -> !allPots
                        && ofPots.contains(account.id())
                        && ofBalances.contains(account.id())
                        && potReadings.isBalanceEnough(account));
        ofPots.removeAll(unchanged);
        builder.fetchRequired(ofPots, ofBalances, Map.of());

        Set<String> changed = ids(
                builder.openAccounts(unchanged),
                account -> last.account(account.id())
                        .filter(account::isSumOfPotsCurrentSince)
                        .isEmpty());
        unchanged.removeAll(changed);
        builder.fetchRequired(changed, Set.of(), required.transactions());

        Set<String> moved = ids(builder.openAccounts(required.transactions().keySet()), potReadings::takeNewMoves);
        moved.retainAll(unchanged);
        unchanged.removeAll(moved);
        builder.fetchRequired(moved, Set.of(), Map.of());
        builder.confirmPots(unchanged);
    }

    private static Set<String> ids(Stream<AccountSnapshot> accounts, Predicate<AccountSnapshot> filter) {
        return accounts.filter(filter).map(AccountSnapshot::id).collect(Collectors.toSet());
    }

    private boolean isFullRefreshDue(DataRequests required) {
        Instant now = clock.instant();
        // After the clock was set back the last full refresh is in the future.
        boolean isRecent = Times.isRecent(FULL_REFRESH_INTERVAL, lastFullRefresh, now);
        return fullRefreshRequested || !isRecent || !absences.unconfirmed().isEmpty() || isAnythingMissing(required);
    }

    /** Returns whether things need an account or pot that was not listed, or perhaps is no longer. */
    private boolean isAnythingMissing(DataRequests required) {
        return required.firstCurrentAccount() && last.firstOpenCurrentAccount().isEmpty()
                || isPotMissing(last, required)
                || required.transactions().keySet().stream()
                        .anyMatch(id -> last.account(id).isEmpty())
                || required.accountIds().stream()
                        .anyMatch(id -> last.account(id)
                                .filter(account -> account.balance().error() != ErrorKind.NOT_FOUND)
                                .isEmpty());
    }

    private static boolean isPotMissing(BankSnapshot snapshot, DataRequests required) {
        return required.potIds().stream().anyMatch(id -> snapshot.pot(id).isEmpty());
    }

    /** Fetches the pots of accounts without pot things: all of them, or those whose last list could not be fetched. */
    private static void fetchOthers(SnapshotBuilder builder, boolean all) throws MonzoException {
        BankSnapshot snapshot = builder.snapshot();
        builder.fetchOtherPots(snapshot.openAccounts()
                .filter(account -> !snapshot.isCurrent(account.pots()))
                .filter(account -> all || account.potsError().isPresent()));
    }
}
