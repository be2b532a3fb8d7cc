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
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Objects;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.model.Transaction;

/**
 * What a delivered transaction was like, as far as a change of it is delivered, too. Values that are missing are
 * {@code null}.
 *
 * @param amount in major units
 * @param settled when it was settled, in a short form
 * @param category in a short form that tells categories apart
 * @param declined Monzo's reason
 */
@NonNullByDefault
record TransactionState(
        @Nullable BigDecimal amount,
        @Nullable String settled,
        @Nullable String category,
        @Nullable String declined) {

    private static final String SEPARATOR = " ";
    private static final String MISSING = "-";
    private static final int FIELDS = 4;

    /** One with a large exponent could expand to a gigabyte. */
    private static final String AMOUNT = "-?\\d{1,19}(\\.\\d{1,4})?";

    static TransactionState of(Transaction transaction) {
        String category = transaction.category();
        return new TransactionState(
                transaction.amount(),
                time(transaction.settled()),
                category == null ? null : Integer.toUnsignedString(category.hashCode(), Character.MAX_RADIX),
                transaction.declined());
    }

    private static @Nullable String time(@Nullable String text) {
        try {
            return text == null
                    ? null
                    : Long.toString(OffsetDateTime.parse(text).toInstant().toEpochMilli(), Character.MAX_RADIX);
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    /** Returns the state after another listing. What it lacks is not a change, as Monzo may leave out any field. */
    TransactionState next(TransactionState listed) {
        return new TransactionState(
                isSameAmount(listed.amount) ? amount : listed.amount,
                listed.settled == null ? settled : listed.settled,
                listed.category == null ? category : listed.category,
                listed.declined == null ? declined : listed.declined);
    }

    /** Compares in minor units, as an amount has other decimals where Monzo leaves out its currency. */
    private boolean isSameAmount(@Nullable BigDecimal other) {
        BigDecimal amount = this.amount;
        return other == null || amount != null && amount.unscaledValue().equals(other.unscaledValue());
    }

    /** Returns the state as text to store. */
    String toText() {
        BigDecimal amount = this.amount;
        return String.join(
                SEPARATOR,
                amount == null ? MISSING : amount.toPlainString(),
                Objects.requireNonNullElse(settled, MISSING),
                Objects.requireNonNullElse(category, MISSING),
                Objects.requireNonNullElse(declined, MISSING));
    }

    /**
     * Returns the state that a text contains.
     *
     * @throws NumberFormatException if the text is damaged
     */
    static TransactionState fromText(String text) {
        String[] fields = text.split(SEPARATOR, FIELDS);
        if (fields.length < FIELDS) {
            throw new NumberFormatException("fields are missing");
        }
        String amount = orNull(fields[0]);
        if (amount != null && !amount.matches(AMOUNT)) {
            throw new NumberFormatException("not an amount");
        }
        return new TransactionState(
                amount == null ? null : new BigDecimal(amount),
                orNull(fields[1]),
                orNull(fields[2]),
                orNull(fields[3]));
    }

    private static @Nullable String orNull(String field) {
        return field.equals(MISSING) ? null : field;
    }

    @Override
    public String toString() {
        return "TransactionState"; // never log amounts
    }
}
