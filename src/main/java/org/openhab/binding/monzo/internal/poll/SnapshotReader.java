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
import org.openhab.binding.monzo.internal.model.ErrorKind.Recovery;
import org.openhab.binding.monzo.internal.model.Fetched;

/**
 * Reads snapshots of the bank with as few requests as possible: the balances of the accounts that have things, the pots
 * of the accounts whose pots have things, and everything only now and then.
 */
@NonNullByDefault
public class SnapshotReader {

    /** A new account, or a pot of an account without pot things, is noticed after this time at the latest. */
    private static final Duration FULL_REFRESH_INTERVAL = Duration.ofHours(1);

    /** A full refresh in which a single account failed is repeated after this. */
    private static final Duration REPEAT_INCOMPLETE_AFTER = Duration.ofMinutes(5);

    private final MonzoApi api;
    private final AuthenticatedClient client;
    private final Clock clock;

    private final AbsenceTracker absences;

    private BankSnapshot last = BankSnapshot.EMPTY;
    private Instant lastFullRefresh = Instant.MIN;
    private Set<String> missing = Set.of();
    private @Nullable Duration retryAfter;
    private boolean permissionChecked;
    private boolean healthy;
    private volatile boolean fullRefreshRequested;

    public SnapshotReader(MonzoApi api, AuthenticatedClient client, Clock clock) {
        this.api = api;
        this.client = client;
        this.clock = clock;
        absences = new AbsenceTracker(clock, FULL_REFRESH_INTERVAL);
    }

    /** Makes the next refresh a full one: after a login, and for a scan. */
    public void requestFullRefresh() {
        fullRefreshRequested = true;
    }

    /**
     * Reads a snapshot. One caller at a time.
     *
     * @param required the data that things need
     * @return the snapshot, in which single accounts may have errors beside their last good data
     * @throws MonzoException when the error is not of a single account: nobody is logged in, nothing is permitted, the
     *         bank limits requests, or nothing that things need could be fetched
     */
    public BankSnapshot read(DataRequests required) throws MonzoException {
        boolean full = isFullRefreshDue(required);
        SnapshotBuilder builder = new SnapshotBuilder(api, client, last, healthy);
        healthy = false;
        try {
            if (full) {
                fullRefreshRequested = false;
            }
            // A refresh without any other request fetches the accounts, to learn whether the bank responds.
            boolean list = full
                    || potAccounts(last, required).isEmpty()
                            && balanceAccounts(last, required).isEmpty();
            if (list) {
                builder.fetchAccounts();
            }
            builder.fetchRequired(
                    potAccounts(builder.snapshot(), required), balanceAccounts(builder.snapshot(), required));
            if (full) {
                fetchOthers(builder, required);
            }
            checkPermission(builder, list);
            builder.tally().throwIfNothingFetched();
        } catch (MonzoException e) {
            fullRefreshRequested |= full;
            throw e;
        }
        healthy = true;
        absences.update(last, builder.snapshot(), required, full);
        last = builder.snapshot(absences.unconfirmed());
        retryAfter = builder.retryAfter();
        if (full) {
            lastFullRefresh = clock.instant();
            missing = missing(required);
        }
        return last;
    }

    /** The time after which to read again at the latest, {@code null} if there is no hurry. */
    public @Nullable Duration untilSearch() {
        return absences.untilSearch();
    }

    /** The time that the bank asked to wait in the last refresh that succeeded, {@code null} if it did not. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /**
     * After a 403 on every account, the list tells a withdrawn approval from accounts of a kind that no client may read.
     * Once is enough: the next full refresh reads the list again.
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
        // A clock that was set back makes the last full refresh be in the future.
        Duration age = lastFullRefresh.equals(Instant.MIN) || lastFullRefresh.isAfter(now)
                ? FULL_REFRESH_INTERVAL
                : Duration.between(lastFullRefresh, now);
        if (fullRefreshRequested || age.compareTo(FULL_REFRESH_INTERVAL) >= 0 || absences.isSearchDue()) {
            return true;
        }
        // A thing may name a pot that does not exist: no reason to search the bank for it more than once.
        boolean somethingNew =
                missing(required).stream().anyMatch(id -> !missing.contains(id) && !absences.isAbsent(id));
        return somethingNew || age.compareTo(REPEAT_INCOMPLETE_AFTER) >= 0 && isIncomplete();
    }

    /** Whether the list of accounts or of the pots of one is not to be believed for an hour. */
    private boolean isIncomplete() {
        return last.firstOpenCurrentAccount().isEmpty()
                || last.openAccounts().map(AccountSnapshot::pots).anyMatch(SnapshotReader::isUnread);
    }

    private static boolean isUnread(Fetched<?> part) {
        return part.equals(Fetched.never())
                || part.lastError()
                        .filter(error -> error.recovery() == Recovery.RETRY)
                        .isPresent();
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

    /** The open accounts that hold pots which things show. */
    private static List<AccountSnapshot> potAccounts(BankSnapshot snapshot, DataRequests required) {
        Set<String> ids = required.potIds().stream()
                .flatMap(potId -> snapshot.accountOfPot(potId).stream())
                .map(AccountSnapshot::id)
                .collect(Collectors.toSet());
        return openAccounts(snapshot, ids);
    }

    /** The open accounts of which things show the amounts. */
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
