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

/**
 * Tracks the accounts and pots that were there and that Monzo's lists lack by now, and tells when to read the lists
 * again: an absence is confirmed soon, and what things show is searched for afterwards, less and less often.
 */
@NonNullByDefault
class AbsenceTracker {

    private static final Duration CONFIRM_AFTER = Duration.ofMinutes(1);

    /** The scheduler measures time with another clock, and may be a little early by this one. */
    private static final Duration TOLERANCE = Duration.ofSeconds(1);

    private final Clock clock;
    private final Duration longestWait;

    /** When each unconfirmed absence was noticed, by id. */
    private Map<String, Instant> unconfirmed = Map.of();

    private Set<String> confirmed = Set.of();
    private Instant lastSearch = Instant.EPOCH;
    private Duration searchWait = CONFIRM_AFTER;

    /**
     * Tracks nothing yet.
     *
     * @param longestWait searches that would have to wait as long as this or longer are not asked for
     */
    AbsenceTracker(Clock clock, Duration longestWait) {
        this.clock = clock;
        this.longestWait = longestWait;
    }

    /**
     * Compares what a refresh has found with what was there before.
     *
     * @param full whether the refresh read the pots of all accounts; no other confirms an absence
     */
    void update(BankSnapshot before, BankSnapshot found, DataRequests required, boolean full) {
        Instant now = clock.instant();
        Map<String, Instant> nowUnconfirmed = new HashMap<>();
        Set<String> nowConfirmed = new HashSet<>();
        for (String id : missing(before, found, required)) {
            Instant since = unconfirmed.get(id);
            if (confirmed.contains(id) || since != null && full && isOver(CONFIRM_AFTER, since, now)) {
                nowConfirmed.add(id);
            } else {
                nowUnconfirmed.put(id, since == null ? now : since);
            }
        }
        nowConfirmed.retainAll(required.ids()); // nobody searches for the others
        if (!confirmed.containsAll(nowConfirmed) || nowConfirmed.isEmpty()) {
            searchWait = CONFIRM_AFTER;
        }
        if (full) {
            lastSearch = now;
            if (searchWait.compareTo(longestWait) < 0) {
                searchWait = searchWait.multipliedBy(2);
            }
        }
        unconfirmed = nowUnconfirmed;
        confirmed = nowConfirmed;
    }

    private Set<String> missing(BankSnapshot before, BankSnapshot found, DataRequests required) {
        // That a deleted pot leaves the list some day is what Monzo announces.
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

    /** The accounts and pots that are missing for the first time. */
    Set<String> unconfirmed() {
        return unconfirmed.keySet();
    }

    /** Whether an account or a pot is missing that was there before. */
    boolean isAbsent(String id) {
        return unconfirmed.containsKey(id) || confirmed.contains(id);
    }

    /** The time until everything is to be read again, {@code null} if nothing is missing. */
    @Nullable
    Duration untilSearch() {
        Instant now = clock.instant();
        Duration until = null;
        for (Instant since : unconfirmed.values()) {
            until = sooner(until, rest(CONFIRM_AFTER, since, now));
        }
        if (!confirmed.isEmpty() && searchWait.compareTo(longestWait) < 0) {
            until = sooner(until, rest(searchWait, lastSearch, now));
        }
        return until;
    }

    boolean isSearchDue() {
        Duration until = untilSearch();
        return until != null && until.compareTo(TOLERANCE) <= 0;
    }

    private static boolean isOver(Duration wait, Instant since, Instant now) {
        return rest(wait, since, now).compareTo(TOLERANCE) <= 0;
    }

    /** What is left of a wait; nothing if the clock was set back meanwhile. */
    private static Duration rest(Duration wait, Instant since, Instant now) {
        Duration rest = Duration.between(now, since.plus(wait));
        return rest.isNegative() || since.isAfter(now) ? Duration.ZERO : rest;
    }

    private static Duration sooner(@Nullable Duration a, Duration b) {
        return a == null || b.compareTo(a) < 0 ? b : a;
    }
}
