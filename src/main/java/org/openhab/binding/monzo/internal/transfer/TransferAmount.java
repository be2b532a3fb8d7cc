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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.model.Money;

/**
 * Reads amounts exactly as a rule passes them. Each language has its own types: DSL rules pass {@link BigDecimal},
 * JavaScript {@link Double} and {@link Integer}, items their states. All of them have a decimal text, which for a
 * {@code double} is the one that its author wrote.
 */
@NonNullByDefault
final class TransferAmount {

    /** A number, also in Java's notation of large doubles, and perhaps a currency. */
    private static final Pattern AMOUNT =
            Pattern.compile("([+-]?\\d{1,20}(?:\\.\\d{1,20})?(?:[eE][+-]?\\d{1,3})?)(?:\\s?([A-Z]{3}))?");

    /** The currency of an item in an openHAB without a configured one. */
    private static final String UNSPECIFIED = "DEF";

    private TransferAmount() {}

    /**
     * Reads an amount.
     *
     * @param value the amount as passed by the rule
     * @param currency the currency of the pot, {@code null} if Monzo omitted it
     * @return the positive amount with the decimals of the currency
     * @throws TransferRefusedException if it is missing, not a number, not positive, or not payable in the currency
     */
    static BigDecimal parse(@Nullable Object value, @Nullable String currency) throws TransferRefusedException {
        if (value == null) {
            throw new TransferRefusedException("transfer.amount-missing");
        }
        Matcher matcher = AMOUNT.matcher(value.toString().trim());
        if (!matcher.matches()) {
            throw new TransferRefusedException("transfer.amount-not-a-number");
        }
        String unit = matcher.group(2);
        if (unit != null && !unit.equals(UNSPECIFIED) && !unit.equals(currency)) {
            throw new TransferRefusedException("transfer.amount-in-other-currency");
        }
        BigDecimal amount = new BigDecimal(matcher.group(1)).stripTrailingZeros();
        if (amount.signum() <= 0) {
            throw new TransferRefusedException("transfer.amount-not-positive");
        }
        int decimals = Money.decimals(currency);
        if (amount.scale() > decimals) {
            throw new TransferRefusedException("transfer.amount-too-precise", String.valueOf(decimals));
        }
        return amount.setScale(decimals);
    }
}
