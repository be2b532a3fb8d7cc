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
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.MonzoApi;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.auth.AuthenticatedClient;
import org.openhab.binding.monzo.internal.model.AccountSnapshot;
import org.openhab.binding.monzo.internal.model.BankSnapshot;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.internal.model.Fetched;

/**
 * Reads snapshots of the bank with few requests: the balances of accounts with things, the pots of accounts whose pots
 * have things, and everything else once an hour.
 */
@NonNullByDefault
public class SnapshotReader {

    /** New accounts, and pots of accounts without pot things, are detected within this time. */
    private static final Duration FULL_REFRESH_INTERVAL = Duration.ofHours(1);

    /** The time after which a full refresh with errors of single accounts is repeated. */
    private static final Duration REPEAT_INCOMPLETE_AFTER = Duration.ofMinutes(5);

    private final String name;
    private final MonzoApi api;
    private final AuthenticatedClient client;
    private final Clock clock;

    private final TransactionReader transactions;
    private final AbsenceTracker absences;
    private final RetrySchedule retries;

    private BankSnapshot last = BankSnapshot.EMPTY;
    private Instant lastFullRefresh = Instant.MIN;
    private Set<String> missing = Set.of();
    private boolean permissionChecked;
    private boolean healthy;
    private volatile boolean fullRefreshRequested;

    public SnapshotReader(String name, MonzoApi api, AuthenticatedClient client, Clock clock) {
        this.name = name;
        this.api = api;
        this.client = client;
        this.clock = clock;
        transactions = new TransactionReader(api, client, clock);
        absences = new AbsenceTracker(clock, FULL_REFRESH_INTERVAL);
        retries = new RetrySchedule(clock);
    }

    /** Makes the next refresh a full one, after a login or for a scan. It does not wait after earlier errors. */
    public void requestFullRefresh() {
        fullRefreshRequested = true;
    }

    /**
     * Reads a snapshot. Must not be called concurrently.
     *
     * @param required the data that things require
     * @return the snapshot, in which single accounts may have errors in addition to their last good data
     * @throws MonzoException for an error that affects more than a single account: no login, no permission, an exceeded
     *     rate limit, or no required data at all
     */
    public BankSnapshot read(DataRequests required) throws MonzoException {
        boolean full = isFullRefreshDue(required);
        retries.retainTransactions(required.transactions().keySet());
        if (fullRefreshRequested) {
            retries.retryNow();
        }
        SnapshotBuilder builder = new SnapshotBuilder(name, api, client, transactions, retries, last, healthy);
        healthy = false;
        try {
            if (full) {
                fullRefreshRequested = false;
            }
            // A refresh without any other request fetches the accounts, to check that the bank responds.
            boolean list = full
                    || potAccounts(last, required).isEmpty()
                            && balanceAccounts(last, required).isEmpty();
            if (list) {
                builder.fetchAccounts();
            }
            builder.fetchRequired(
                    potAccounts(builder.snapshot(), required),
                    balanceAccounts(builder.snapshot(), required),
                    openAccounts(builder.snapshot(), required.transactions().keySet()),
                    required.transactions());
            if (full) {
                fetchOthers(builder, required);
            }
            checkPermission(builder, list);
            builder.tally().throwIfNothingFetched();
        } catch (MonzoException e) {
            fullRefreshRequested |= full;
            retries.forgetErrors();
            throw e;
        }
        healthy = true;
        absences.update(last, builder.snapshot(), required, full);
        last = builder.snapshot(absences.unconfirmed());
        if (full) {
            lastFullRefresh = clock.instant();
            missing = missing(required);
        }
        return last;
    }

    /** Returns the time until the next refresh to search for missing IDs, {@code null} if none is needed. */
    public @Nullable Duration untilSearch() {
        return absences.untilSearch();
    }

    /** Returns the time until transactions refused with a 403 are requested again, {@code null} for none. */
    public @Nullable Duration untilRefused() {
        return retries.untilRefused();
    }

    /**
     * Fetches the list of accounts after a 403 for every account, to tell a withdrawn approval from accounts that no
     * client may read. Once is enough, as the next full refresh fetches the list again.
     */
    private void checkPermission(SnapshotBuilder builder, boolean listRead) throws MonzoException {
        if (!builder.tally().isNothingPermitted()) {
            permissionChecked = false;
        } else if (!permissionChecked) {
            if (!listRead) {
                builder.fetchAccounts();
            }
            permissionChecked = true;
        }
    }

    private boolean isFullRefreshDue(DataRequests required) {
        Instant now = clock.instant();
        // After the clock was set back the last full refresh is in the future.
        Duration age = lastFullRefresh.equals(Instant.MIN) || lastFullRefresh.isAfter(now)
                ? FULL_REFRESH_INTERVAL
                : Duration.between(lastFullRefresh, now);
        if (fullRefreshRequested || age.compareTo(FULL_REFRESH_INTERVAL) >= 0 || absences.isSearchDue()) {
            return true;
        }
        // Search only once for a configured pot that does not exist.
        boolean somethingNew =
                missing(required).stream().anyMatch(id -> !missing.contains(id) && !absences.isAbsent(id));
        return somethingNew || age.compareTo(REPEAT_INCOMPLETE_AFTER) >= 0 && isIncomplete();
    }

    /** Returns whether a list of accounts or pots is incomplete and must be fetched again within the hour. */
    private boolean isIncomplete() {
        return last.firstOpenCurrentAccount().isEmpty() || last.openAccounts().anyMatch(SnapshotReader::isIncomplete);
    }

    private static boolean isIncomplete(AccountSnapshot account) {
        return account.pots().equals(Fetched.never())
                || account.potsError().isPresent()
                || account.balance().error() == ErrorKind.NOT_FOUND; // the account may not be listed any more
    }

    private Set<String> missing(DataRequests required) {
        Set<String> ids = new LinkedHashSet<>();
        required.potIds().stream().filter(id -> last.pot(id).isEmpty()).forEach(ids::add);
        required.accountIds().stream().filter(id -> last.account(id).isEmpty()).forEach(ids::add);
        return ids;
    }

    private static void fetchOthers(SnapshotBuilder builder, DataRequests required) throws MonzoException {
        BankSnapshot snapshot = builder.snapshot();
        boolean searched =
                required.potIds().stream().anyMatch(id -> snapshot.pot(id).isEmpty());
        builder.fetchOtherPots(
                snapshot.openAccounts().filter(account -> !snapshot.isCurrent(account.pots())), searched);
    }

    /** Returns the open accounts with pots shown by things. */
    private static List<AccountSnapshot> potAccounts(BankSnapshot snapshot, DataRequests required) {
        Set<String> ids = required.potIds().stream()
                .flatMap(potId -> snapshot.accountOfPot(potId).stream())
                .map(AccountSnapshot::id)
                .collect(Collectors.toSet());
        return openAccounts(snapshot, ids);
    }

    /** Returns the open accounts whose amounts are shown by things. */
    private static List<AccountSnapshot> balanceAccounts(BankSnapshot snapshot, DataRequests required) {
        Set<String> ids = new HashSet<>(required.accountIds());
        if (required.firstCurrentAccount()) {
            snapshot.firstOpenCurrentAccount().map(AccountSnapshot::id).ifPresent(ids::add);
        }
        return openAccounts(snapshot, ids);
    }

    private static List<AccountSnapshot> openAccounts(BankSnapshot snapshot, Set<String> ids) {
        return snapshot.openAccounts()
                .filter(account -> ids.contains(account.id()))
                .toList();
    }
}
