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

import java.math.BigDecimal;
import java.util.Currency;

/** Formats and parses amounts in major units. */
final class Amounts {
    private Amounts() {}

    /** The amount in major units, with as many decimals as the currency has. */
    static String text(long minor, String currency) {
        return BigDecimal.valueOf(minor, decimals(currency)).toPlainString() + " " + currency;
    }

    /**
     * @param major a positive amount in major units
     * @throws IllegalArgumentException if it is not one, or finer than the currency's smallest coin
     */
    static long minor(String major, String currency) {
        try {
            long minor = new BigDecimal(major.strip())
                    .movePointRight(decimals(currency))
                    .longValueExact();
            if (minor > 0) {
                return minor;
            }
        } catch (ArithmeticException | NumberFormatException e) {
            // falls through to a readable message
        }
        throw new IllegalArgumentException("Not an amount in " + currency + ": " + major);
    }

    private static int decimals(String currency) {
        try {
            return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        } catch (IllegalArgumentException e) {
            return 2;
        }
    }
}
