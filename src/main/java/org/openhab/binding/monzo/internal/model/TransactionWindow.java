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

import java.time.Instant;
import java.util.List;
import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * All transactions of an account from a time on.
 *
 * @param since the time that was asked for
 * @param from the same, or a later one if Monzo does not give transactions that old
 * @param transactions oldest first, each once
 */
@NonNullByDefault
public record TransactionWindow(Instant since, Instant from, List<Transaction> transactions) {

    public TransactionWindow {
        transactions = List.copyOf(transactions);
    }

    @Override
    public String toString() {
        return "TransactionWindow[" + transactions.size() + "]"; // never log names or amounts
    }
}
