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
package org.openhab.binding.monzo.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The transactions of an account, oldest {@code created} first. Guarded by the {@link Ledger}. */
final class Statement {
    private final Ledger ledger;
    private final List<BankTransaction> transactions = new ArrayList<>();

    Statement(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Adds a transaction in order and notifies listeners. */
    BankTransaction add(BankTransaction transaction) {
        synchronized (ledger) {
            int place = transactions.size();
            while (place > 0 && transactions.get(place - 1).created().isAfter(transaction.created())) {
                place--;
            }
            transactions.add(place, transaction);
            ledger.announce(transaction);
            return transaction;
        }
    }

    List<BankTransaction> all() {
        synchronized (ledger) {
            return List.copyOf(transactions);
        }
    }

    Optional<BankTransaction> find(String id) {
        return all().stream().filter(t -> t.id().equals(id)).findFirst();
    }

    /** Returns the transactions after the given one. */
    List<BankTransaction> after(BankTransaction cursor) {
        List<BankTransaction> all = all();
        return all.subList(all.indexOf(cursor) + 1, all.size());
    }

    /** Returns the transactions created at a time or later. */
    List<BankTransaction> from(Instant start) {
        return all().stream().filter(t -> !t.created().isBefore(start)).toList();
    }
}
