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
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * What one login sees of the bank: immutable, so that things, discovery and console share it without locks.
 *
 * @param accounts every account, closed ones too, in Monzo's order
 * @param refresh the count of the refresh that made this snapshot; 0 before the first one
 */
@NonNullByDefault
public record BankPicture(List<AccountSnapshot> accounts, long refresh) {

    /** Nothing read yet. */
    public static final BankPicture EMPTY = new BankPicture(List.of(), 0);

    public BankPicture {
        accounts = List.copyOf(accounts);
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

    /** The account whose list holds a pot, empty while none does. */
    public Optional<AccountSnapshot> accountOfPot(String potId) {
        return accounts.stream()
                .filter(account -> account.pot(potId).isPresent())
                .findFirst();
    }

    /** A pot, deleted or not. */
    public Optional<Pot> pot(String potId) {
        return accountOfPot(potId).flatMap(account -> account.pot(potId));
    }

    /** Every pot that is not deleted, once, of every open account. */
    public Stream<Pot> livePots() {
        return openAccounts()
                .flatMap(AccountSnapshot::knownPots)
                .filter(pot -> !pot.deleted())
                .distinct();
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
