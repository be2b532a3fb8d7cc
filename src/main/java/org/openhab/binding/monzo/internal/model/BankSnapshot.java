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
package org.openhab.binding.monzo.internal.model;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.model.Account.Owner;

/**
 * An immutable snapshot of all data of one login, shared by things, discovery and console without locks.
 *
 * @param accounts all accounts, including closed ones, in Monzo's order
 * @param unconfirmedAbsences the IDs of previously listed accounts and pots that are missing from Monzo's lists for the
 *     first time
 * @param refresh the number of the refresh that created this snapshot; 0 before the first one
 */
@NonNullByDefault
public record BankSnapshot(List<AccountSnapshot> accounts, Set<String> unconfirmedAbsences, long refresh) {

    /** A snapshot without data, before the first refresh. */
    public static final BankSnapshot EMPTY = new BankSnapshot(List.of(), Set.of(), 0);

    public BankSnapshot {
        accounts = List.copyOf(accounts);
        unconfirmedAbsences = Set.copyOf(unconfirmedAbsences);
    }

    /** Returns an account, open or closed. */
    public Optional<AccountSnapshot> account(String accountId) {
        return accounts.stream()
                .filter(account -> account.id().equals(accountId))
                .findFirst();
    }

    public Stream<AccountSnapshot> openAccounts() {
        return accounts.stream().filter(AccountSnapshot::isOpen);
    }

    public Optional<AccountSnapshot> firstOpenCurrentAccount() {
        return openAccounts()
                .filter(account -> account.account().isCurrentAccount())
                .findFirst();
    }

    /**
     * Returns the account of a thing without an account ID: the one chosen earlier while it is open, as a changed order
     * at Monzo must not swap balances, or else the first open current account.
     *
     * @param chosenId the account chosen earlier, {@code null} for none
     */
    public Optional<AccountSnapshot> chosenAccount(@Nullable String chosenId) {
        return openAccounts()
                .filter(account -> account.id().equals(chosenId))
                .findFirst()
                .or(this::firstOpenCurrentAccount);
    }

    /**
     * Returns the name of the user who is logged in.
     *
     * @param userId the user's ID, {@code null} if Monzo omitted it
     * @return the name of the owner with that ID; if IDs are unknown, the name of the owner of the first account with a
     *     single owner
     */
    public Optional<String> userName(@Nullable String userId) {
        List<List<Owner>> owners =
                openAccounts().map(account -> account.account().owners()).toList();
        Stream<Owner> known =
                owners.stream().flatMap(List::stream).filter(owner -> userId != null && userId.equals(owner.userId()));
        Stream<Owner> likely = owners.stream()
                .filter(all -> all.size() == 1)
                .map(all -> all.get(0))
                .filter(owner -> userId == null || owner.userId() == null);
        return Stream.concat(known, likely).map(Owner::name).findFirst();
    }

    /**
     * Returns the account that holds a pot, empty if there is none. After a pot has moved, an older list of another
     * account may still contain it, so the newest list counts.
     */
    public Optional<AccountSnapshot> accountOfPot(String potId) {
        return accounts.stream()
                .filter(account -> account.pot(potId).isPresent())
                .max(Comparator.comparingLong(
                                (AccountSnapshot account) -> account.pots().fetchedBy())
                        .thenComparing(account -> account.hasLivePot(potId)));
    }

    /** Returns a pot, deleted or not. */
    public Optional<Pot> pot(String potId) {
        return accountOfPot(potId).flatMap(account -> account.pot(potId));
    }

    /** Returns the pots of all open accounts, each once, without deleted ones. */
    public Stream<Pot> livePots() {
        return openAccounts()
                .flatMap(account -> account.knownPots()
                        .filter(pot -> !pot.deleted())
                        .filter(pot -> accountOfPot(pot.id()).stream().anyMatch(account::equals)));
    }

    /**
     * Returns whether an account or pot was listed before and is missing for the first time. A single incomplete list
     * does not prove that it is gone: the lists are fetched again within minutes, and only then does it count as
     * missing.
     */
    public boolean isAbsenceUnconfirmed(String id) {
        return unconfirmedAbsences.contains(id);
    }

    /**
     * Returns whether the refresh that created this snapshot requested a part, successfully or not. Other parts may be
     * an hour old.
     */
    public boolean isCurrent(Fetched<?> part) {
        return part.isRequestedBy(refresh);
    }

    /** Returns the value of a part if the refresh that created this snapshot fetched it, empty if it is older. */
    public <T> Optional<T> currentValue(Fetched<T> part) {
        return part.valueOf(refresh);
    }
}
