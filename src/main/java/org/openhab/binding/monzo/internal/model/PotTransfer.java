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
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * A transfer of money between a pot and the account it belongs to.
 *
 * @param direction into or out of the pot
 * @param potId {@code pot_…}
 * @param accountId the account under which Monzo lists the pot, {@code acc_…}
 * @param amount the amount in major units, positive, with no more decimals than the currency
 * @param currency ISO 4217 code, {@code null} if Monzo omitted it
 * @param dedupeId identifies the transfer; Monzo carries out requests with the same ID once
 */
@NonNullByDefault
public record PotTransfer(
        Direction direction,
        String potId,
        String accountId,
        BigDecimal amount,
        @Nullable String currency,
        String dedupeId) {

    /** The direction of a transfer. */
    public enum Direction {
        /** From the account into the pot. */
        DEPOSIT,
        /** From the pot into the account. */
        WITHDRAWAL
    }

    /** Returns the amount in the currency's minor units. */
    public long minorUnits() {
        return Money.inMinorUnits(amount, currency);
    }

    @Override
    public String toString() {
        return "PotTransfer[" + direction + "]"; // never log amounts or IDs
    }
}
