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

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * An account with its amounts and pots, each as its last requests left it.
 *
 * @param account as the last list of accounts has it
 * @param balance the amounts
 * @param pots the pots, deleted ones too
 */
@NonNullByDefault
public record AccountSnapshot(Account account, Fetched<Balance> balance, Fetched<List<Pot>> pots) {

    /** An account of which only the list of accounts has told. */
    public AccountSnapshot(Account account) {
        this(account, Fetched.never(), Fetched.never());
    }

    public String id() {
        return account.id();
    }

    public boolean isOpen() {
        return !account.closed();
    }

    /** The pots of the last good list, deleted ones too; none before the first list. */
    public Stream<Pot> knownPots() {
        return pots.lastValue().stream().flatMap(List::stream);
    }

    /** A pot of the last good list, deleted or not. */
    public Optional<Pot> pot(String potId) {
        return knownPots().filter(pot -> pot.id().equals(potId)).findFirst();
    }

    /** Whether the last good list has a pot that is not deleted. */
    public boolean hasLivePot(String potId) {
        return pot(potId).filter(pot -> !pot.deleted()).isPresent();
    }

    public AccountSnapshot withAccount(Account listed) {
        return new AccountSnapshot(listed, balance, pots);
    }

    public AccountSnapshot withBalance(Fetched<Balance> fetched) {
        return new AccountSnapshot(account, fetched, pots);
    }

    public AccountSnapshot withPots(Fetched<List<Pot>> fetched) {
        return new AccountSnapshot(account, balance, fetched);
    }

    @Override
    public String toString() {
        return "AccountSnapshot[" + account.id() + "]"; // names and amounts do not belong in a log
    }
}
