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

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * An account with its balance, pots and transactions as last fetched.
 *
 * @param account as in the last list of accounts
 * @param balance the amounts
 * @param pots the pots, including deleted ones
 * @param transactions the transactions, only of the refresh that created the snapshot
 */
@NonNullByDefault
public record AccountSnapshot(
        Account account, Fetched<Balance> balance, Fetched<List<Pot>> pots, Fetched<TransactionWindow> transactions) {

    /** Creates a snapshot of an account without its data. */
    public AccountSnapshot(Account account) {
        this(account, Fetched.never(), Fetched.never(), Fetched.never());
    }

    public String id() {
        return account.id();
    }

    public boolean isOpen() {
        return !account.closed();
    }

    /** Returns the pots of the last good list, including deleted ones; none before the first list. */
    public Stream<Pot> knownPots() {
        return pots.lastValue().stream().flatMap(List::stream);
    }

    /** Returns a pot of the last good list, deleted or not. */
    public Optional<Pot> pot(String potId) {
        return knownPots().filter(pot -> pot.id().equals(potId)).findFirst();
    }

    /** Returns whether the last good list contains a pot that is not deleted. */
    public boolean hasLivePot(String potId) {
        return pot(potId).filter(pot -> !pot.deleted()).isPresent();
    }

    /**
     * Returns the error because of which the last good list may lack pots, empty if the list is complete. A rejection
     * for an account that never had pots, such as a loan, is not such an error.
     */
    public Optional<ErrorKind> potsError() {
        boolean mayHavePots = account.isCurrentAccount() || pots.lastValue().isPresent();
        return pots.lastError().filter(error -> mayHavePots || !error.isRejection());
    }

    /**
     * Returns whether the balance as last fetched includes exactly the money of the pots as last fetched, so that none
     * was moved in or out of them in between. Without money in pots that proves nothing.
     */
    public boolean isSumOfPotsCurrent() {
        Balance balance = this.balance.value();
        BigDecimal sum = balance == null || this.balance.error() != null ? null : sumOfPots(balance.currency());
        return balance != null && sum != null && sum.signum() != 0 && balance.includesPots(sum);
    }

    /**
     * The same, given an earlier snapshot in which it was true: by accident, the sum may equal what the other total has
     * come to include.
     */
    public boolean isSumOfPotsCurrentSince(AccountSnapshot earlier) {
        Balance before = earlier.balance.value();
        Balance balance = this.balance.value();
        return isSumOfPotsCurrent() && before != null && balance != null && balance.includesSamePots(before);
    }

    /** Returns the money in all pots, {@code null} if unknown. */
    private @Nullable BigDecimal sumOfPots(@Nullable String currency) {
        List<Pot> pots = this.pots.value();
        if (pots == null || this.pots.error() != null) {
            return null;
        }
        BigDecimal sum = BigDecimal.ZERO;
        for (Pot pot : pots) {
            BigDecimal balance = pot.balance();
            if (pot.deleted()) {
                continue;
            } else if (balance == null || !Objects.equals(pot.currency(), currency)) {
                return null;
            }
            sum = sum.add(balance);
        }
        return sum;
    }

    public AccountSnapshot withAccount(Account listed) {
        return new AccountSnapshot(listed, balance, pots, transactions);
    }

    public AccountSnapshot withBalance(Fetched<Balance> fetched) {
        return new AccountSnapshot(account, fetched, pots, transactions);
    }

    public AccountSnapshot withPots(Fetched<List<Pot>> fetched) {
        return new AccountSnapshot(account, balance, fetched, transactions);
    }

    public AccountSnapshot withTransactions(Fetched<TransactionWindow> fetched) {
        return new AccountSnapshot(account, balance, pots, fetched);
    }

    @Override
    public String toString() {
        return "AccountSnapshot[" + account.id() + "]"; // never log names or amounts
    }
}
