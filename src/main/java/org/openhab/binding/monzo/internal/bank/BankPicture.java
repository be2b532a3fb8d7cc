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
package org.openhab.binding.monzo.internal.bank;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * What one login sees of the bank: immutable, so that things, discovery and console share it without locks.
 * <p>
 * An account whose reading failed keeps its last good amounts and has its fault beside them.
 *
 * @param accounts every account, closed ones too, in Monzo's order
 * @param balances the amounts by account id, for the accounts that were asked for
 * @param pots the pots by account id, deleted ones too
 * @param balanceFaults why the last reading of an account's amounts failed, by account id
 * @param potFaults why the last reading of an account's pots failed, by account id
 */
@NonNullByDefault
public record BankPicture(
        List<Account> accounts,
        Map<String, Balance> balances,
        Map<String, List<Pot>> pots,
        Map<String, Fault> balanceFaults,
        Map<String, Fault> potFaults) {

    /** Nothing read yet. */
    public static final BankPicture EMPTY = new BankPicture(List.of(), Map.of(), Map.of(), Map.of(), Map.of());

    public BankPicture {
        accounts = List.copyOf(accounts);
        balances = Map.copyOf(balances);
        pots = Map.copyOf(pots);
        balanceFaults = Map.copyOf(balanceFaults);
        potFaults = Map.copyOf(potFaults);
    }

    public Optional<Account> account(String accountId) {
        return accounts.stream()
                .filter(account -> account.id().equals(accountId))
                .findFirst();
    }

    public Stream<Account> openAccounts() {
        return accounts.stream().filter(account -> !account.closed());
    }

    public Optional<Account> firstOpenCurrentAccount() {
        return openAccounts().filter(Account::isCurrentAccount).findFirst();
    }

    public Optional<Pot> pot(String potId) {
        return pots.values().stream()
                .flatMap(List::stream)
                .filter(pot -> pot.id().equals(potId))
                .findFirst();
    }

    /** Every pot that is not deleted, once, of every open account. */
    public Stream<Pot> livePots() {
        return openAccounts()
                .flatMap(account -> pots.getOrDefault(account.id(), List.of()).stream())
                .filter(pot -> !pot.deleted())
                .distinct();
    }

    /** The id of the account whose list holds the pot, {@code null} while no reading had it. */
    public @Nullable String accountOfPot(String potId) {
        for (Map.Entry<String, List<Pot>> entry : pots.entrySet()) {
            if (entry.getValue().stream().anyMatch(pot -> pot.id().equals(potId))) {
                return entry.getKey();
            }
        }
        return null;
    }
}
