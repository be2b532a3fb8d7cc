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
package org.openhab.binding.monzo.internal.transaction;

import java.math.BigDecimal;
import java.time.Instant;
import org.openhab.binding.monzo.internal.model.Transaction;

/** Transactions for tests, of which only some fields matter. */
final class SampleTransaction {

    static final String ACCOUNT = "acc_1";

    private SampleTransaction() {}

    /** A payment of 3.50 at a shop. */
    static Transaction payment(String id, Instant created) {
        return payment(id, created, "-3.50");
    }

    static Transaction payment(String id, Instant created, String amount) {
        return of(id, created, amount, null, null);
    }

    static Transaction potTransfer(String id, Instant created) {
        return of(id, created, "-10.00", "pot_1", null);
    }

    static Transaction declined(String id, Instant created) {
        return of(id, created, "-10.00", null, "INSUFFICIENT_FUNDS");
    }

    private static Transaction of(String id, Instant created, String amount, String pot, String declined) {
        BigDecimal value = new BigDecimal(amount);
        return new Transaction(
                id,
                ACCOUNT,
                created,
                value,
                "GBP",
                value,
                "GBP",
                "SHOP",
                "Shop",
                null,
                "general",
                null,
                "mastercard",
                pot,
                declined,
                null,
                false,
                Transaction.Details.NONE);
    }
}
