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
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.model.AccountSnapshot;
import org.openhab.binding.monzo.internal.model.BankSnapshot;
import org.openhab.binding.monzo.internal.model.Pot;
import org.openhab.binding.monzo.internal.model.Times;

/**
 * Tracks accounts and pots that are missing from Monzo's lists, and determines when full refreshes are due to confirm
 * an absence.
 */
@NonNullByDefault
class AbsenceTracker {

    private static final Duration CONFIRM_AFTER = Duration.ofMinutes(1);

    private final Clock clock;

    /** The time when each unconfirmed absence was first detected, by ID. */
    private Map<String, Instant> unconfirmed = Map.of();

    private Set<String> confirmed = Set.of();

    /** Creates a tracker without absences. */
    AbsenceTracker(Clock clock) {
        this.clock = clock;
    }

    /**
     * Updates the absences after a refresh.
     *
     * @param before the snapshot before the refresh
     * @param found the snapshot created by the refresh
     * @param required the data required by things
     * @param full whether it was a full refresh; only a full refresh confirms an absence, that of a pot only if it
     *     could fetch the pots of all accounts
     */
    void update(BankSnapshot before, BankSnapshot found, DataRequests required, boolean full) {
        Instant now = clock.instant();
        boolean allPots =
                found.openAccounts().allMatch(account -> account.potsError().isEmpty());
        Map<String, Instant> nowUnconfirmed = new HashMap<>();
        Set<String> nowConfirmed = new HashSet<>();
        for (String id : missing(before, found, required)) {
            Instant since = unconfirmed.get(id);
            if (!confirmed.contains(id) && !allPots && required.potIds().contains(id)) {
                continue; // it may be in a list that could not be fetched
            }
            if (confirmed.contains(id) || since != null && full && Times.isDue(CONFIRM_AFTER, since, now)) {
                nowConfirmed.add(id);
            } else {
                nowUnconfirmed.put(id, since == null ? now : since);
            }
        }
        nowConfirmed.retainAll(required.ids()); // no thing uses the others
        unconfirmed = nowUnconfirmed;
        confirmed = nowConfirmed;
    }

    private Set<String> missing(BankSnapshot before, BankSnapshot found, DataRequests required) {
        // Monzo documents that deleted pots will be removed from the list.
        Set<String> ids = ids(before, pot -> !pot.deleted());
        ids.addAll(required.listedIds());
        ids.addAll(unconfirmed.keySet());
        ids.addAll(confirmed);
        ids.removeAll(ids(found, pot -> true));
        return ids;
    }

    private static Set<String> ids(BankSnapshot snapshot, Predicate<Pot> pots) {
        Set<String> ids = new HashSet<>();
        for (AccountSnapshot account : snapshot.accounts()) {
            ids.add(account.id());
            account.knownPots().filter(pots).map(Pot::id).forEach(ids::add);
        }
        return ids;
    }

    /** Returns the IDs of accounts and pots that are missing for the first time. */
    Set<String> unconfirmed() {
        return unconfirmed.keySet();
    }

    /** Returns the time until a full refresh can confirm an absence, {@code null} if there is none to confirm. */
    @Nullable
    Duration untilConfirmation() {
        Instant now = clock.instant();
        Duration until = null;
        for (Instant since : unconfirmed.values()) {
            until = Times.min(until, Times.remaining(CONFIRM_AFTER, since, now));
        }
        return until;
    }
}
