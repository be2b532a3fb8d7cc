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
package org.openhab.binding.monzo.internal.transfer;

import java.math.BigDecimal;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * The result of a transfer, for a rule.
 *
 * @param outcome whether the money was moved
 * @param message the outcome and its reason in openHAB's language
 * @param balance the balance of the pot afterwards in major units, {@code null} if it is unknown
 */
@NonNullByDefault
public record TransferResult(
        Outcome outcome, String message, @Nullable BigDecimal balance) {

    /** The outcomes of a transfer. The names are part of the interface to rules. */
    public enum Outcome {
        /** The money was moved. */
        DONE,
        /** No money was moved. */
        REFUSED,
        /** Monzo may or may not have moved the money. */
        UNKNOWN
    }

    @Override
    public String toString() {
        return "TransferResult[" + outcome + "]"; // never log amounts
    }
}
