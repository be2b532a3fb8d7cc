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
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.model.AccountSnapshot;
import org.openhab.binding.monzo.internal.model.Times;
import org.openhab.binding.monzo.internal.model.Transaction;
import org.openhab.binding.monzo.internal.model.TransactionWindow;

/**
 * When the pots of accounts were fetched, to request them only if they may have changed: the balance of an account
 * tells whether money was moved in or out of its pots, but not whether it was moved between them, or a goal was
 * changed.
 */
@NonNullByDefault
class PotReadings {

    /** Names, goals, locks and moves between pots follow within this time. */
    private static final Duration MAX_AGE = Duration.ofMinutes(10);

    private final Clock clock;
    private final Map<String, Instant> fetched = new HashMap<>();
    private final Map<String, Set<String>> moves = new HashMap<>();

    PotReadings(Clock clock) {
        this.clock = clock;
    }

    void fetched(String accountId) {
        fetched.put(accountId, clock.instant());
    }

    /** Returns whether the balance is enough to tell that the pots have not changed. */
    boolean isBalanceEnough(AccountSnapshot account) {
        return account.isSumOfPotsCurrent()
                && Times.isRecent(MAX_AGE, fetched.getOrDefault(account.id(), Instant.MIN), clock.instant());
    }

    /**
     * Returns whether the transactions of an account contain moves of money between it and its pots, each once. The
     * pots that were fetched so far may be from before the move, and the balance is not enough until the next list.
     */
    boolean takeNewMoves(AccountSnapshot account) {
        TransactionWindow window = account.transactions().value();
        if (window == null) {
            return false;
        }
        Set<String> listed = window.transactions().stream()
                .filter(Transaction::isPotMove)
                .map(Transaction::id)
                .collect(Collectors.toUnmodifiableSet());
        Set<String> known = moves.put(account.id(), listed);
        boolean isNew = known == null ? !listed.isEmpty() : !known.containsAll(listed);
        if (isNew) {
            fetched.remove(account.id());
        }
        return isNew;
    }
}
