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

/**
 * What one login sees of the bank: immutable, so that things, discovery and console share it without locks.
 *
 * @param accounts every account, closed ones too, in Monzo's order
 * @param unconfirmedAbsences the ids of accounts and pots that were there before, and that Monzo's lists lack for the
 *     first time
 * @param refresh the count of the refresh that made this snapshot; 0 before the first one
 */
@NonNullByDefault
public record BankSnapshot(List<AccountSnapshot> accounts, Set<String> unconfirmedAbsences, long refresh) {

    /** Nothing read yet. */
    public static final BankSnapshot EMPTY = new BankSnapshot(List.of(), Set.of(), 0);

    public BankSnapshot {
        accounts = List.copyOf(accounts);
        unconfirmedAbsences = Set.copyOf(unconfirmedAbsences);
    }

    /** An account, open or closed. */
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
     * Gives the name of the person whose login this is.
     *
     * @param userId of the person, {@code null} where Monzo did not say
     * @return the name of the owner with that ID; where IDs are unknown, that of the first account with a single owner
     */
    public Optional<String> customerName(@Nullable String userId) {
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
     * The account that holds a pot, empty while none does. A pot may have moved, so that an older list of another
     * account has it too: the newest list counts.
     */
    public Optional<AccountSnapshot> accountOfPot(String potId) {
        return accounts.stream()
                .filter(account -> account.pot(potId).isPresent())
                .max(Comparator.comparingLong(
                                (AccountSnapshot account) -> account.pots().fetchedBy())
                        .thenComparing(account -> account.hasLivePot(potId)));
    }

    /** A pot, deleted or not. */
    public Optional<Pot> pot(String potId) {
        return accountOfPot(potId).flatMap(account -> account.pot(potId));
    }

    /** Every pot that is not deleted, once, of every open account. */
    public Stream<Pot> livePots() {
        return openAccounts()
                .flatMap(account -> account.knownPots()
                        .filter(pot -> !pot.deleted())
                        .filter(pot -> accountOfPot(pot.id()).stream().anyMatch(account::equals)));
    }

    /**
     * Tells whether an account or a pot was there before and is missing for the first time. One incomplete list is no
     * proof that it has gone: the lists are read again within minutes, and only then does it count as missing.
     */
    public boolean isAbsenceUnconfirmed(String id) {
        return unconfirmedAbsences.contains(id);
    }

    /**
     * Tells whether the refresh that made this snapshot requested a part, successfully or not. A part that it did not
     * request may be an hour old.
     */
    public boolean isCurrent(Fetched<?> part) {
        return part.isRequestedBy(refresh);
    }

    /** The value of a part if the refresh that made this snapshot fetched it, empty if it is older. */
    public <T> Optional<T> currentValue(Fetched<T> part) {
        return part.valueOf(refresh);
    }
}
