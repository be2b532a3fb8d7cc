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
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.model.AccountSnapshot;
import org.openhab.binding.monzo.internal.model.Money;
import org.openhab.binding.monzo.internal.model.Pot;
import org.openhab.binding.monzo.internal.model.PotTransfer.Direction;
import org.openhab.binding.monzo.internal.transfer.TransferFailure.Reason;

/**
 * A rule's request to move money, not validated yet.
 *
 * @param direction into or out of the pot
 * @param potId the configured ID of the pot
 * @param potOnline whether the pot's thing is online
 * @param isCurrent whether the pot's thing is still there and of this pot; asked before each request to Monzo
 * @param amount the amount as the rule passed it
 * @param id the rule's own name for this transfer, {@code null} for none
 */
@NonNullByDefault
public record TransferRequest(
        Direction direction,
        String potId,
        boolean potOnline,
        BooleanSupplier isCurrent,
        @Nullable Object amount,
        @Nullable Object id) {

    /** A number, also in Java's notation of large doubles, and perhaps a currency. */
    private static final Pattern AMOUNT =
            Pattern.compile("([+-]?\\d{1,20}(?:\\.\\d{1,20})?(?:[eE][+-]?\\d{1,3})?)(?:\\s?([A-Z]{3}))?");

    /** The currency of an item in an openHAB without a configured one. */
    private static final String UNSPECIFIED = "DEF";

    /**
     * Reads the amount exactly as the rule passes it. Each language has its own types: DSL rules pass
     * {@link BigDecimal}, JavaScript {@link Double} and {@link Integer}, items their states. All of them have a decimal
     * text, which for a {@code double} is the one that its author wrote.
     *
     * @param currency the currency of the pot, {@code null} if Monzo omitted it
     * @return the positive amount with the decimals of the currency
     * @throws TransferFailure if it is missing, not a number, not positive, or not payable in the currency
     */
    BigDecimal amountIn(@Nullable String currency) throws TransferFailure {
        Object value = amount;
        if (value == null) {
            throw new TransferFailure(Reason.AMOUNT_MISSING);
        }
        Matcher matcher = AMOUNT.matcher(value.toString().trim());
        if (!matcher.matches()) {
            throw new TransferFailure(Reason.AMOUNT_NOT_A_NUMBER);
        }
        String unit = matcher.group(2);
        if (unit != null && !unit.equals(UNSPECIFIED) && !unit.equals(currency)) {
            throw new TransferFailure(Reason.AMOUNT_IN_OTHER_CURRENCY);
        }
        BigDecimal read = new BigDecimal(matcher.group(1)).stripTrailingZeros();
        if (read.signum() <= 0) {
            throw new TransferFailure(Reason.AMOUNT_NOT_POSITIVE);
        }
        int decimals = Money.decimals(currency);
        if (read.scale() > decimals) {
            throw new TransferFailure(Reason.AMOUNT_TOO_PRECISE, String.valueOf(decimals));
        }
        return read.setScale(decimals);
    }

    /**
     * Checks whether money of the pot may be moved.
     *
     * @throws TransferFailure if pot or account do not allow it
     */
    void validate(AccountSnapshot account, Pot pot) throws TransferFailure {
        String currency = account.account().currency();
        if (pot.deleted()) {
            throw new TransferFailure(Reason.POT_DELETED);
        } else if (!account.isOpen()) {
            throw new TransferFailure(Reason.ACCOUNT_CLOSED);
        } else if (!potOnline) {
            throw new TransferFailure(Reason.POT_OFFLINE);
        } else if (direction == Direction.WITHDRAWAL && Boolean.TRUE.equals(pot.locked())) {
            throw new TransferFailure(Reason.POT_LOCKED);
        } else if (currency != null && !currency.equals(pot.currency())) {
            throw new TransferFailure(Reason.AMOUNT_IN_OTHER_CURRENCY); // and its decimals may be other ones
        }
    }

    @Override
    public String toString() {
        return "TransferRequest[" + direction + "]"; // never log amounts or IDs
    }
}
