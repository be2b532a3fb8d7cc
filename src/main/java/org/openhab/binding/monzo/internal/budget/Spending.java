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
package org.openhab.binding.monzo.internal.budget;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.model.Transaction;

/**
 * What counts as spending.
 */
@NonNullByDefault
public final class Spending {

    private static final String CARD_SCHEME = "mastercard";

    private Spending() {}

    /**
     * Returns what a transaction adds to the money spent: negative for a refund, zero if it does not count.
     *
     * @param categories the categories that count, none for all
     * @param merchants parts of the names that count, none for all
     */
    public static BigDecimal of(Transaction transaction, List<String> categories, List<String> merchants) {
        BigDecimal amount = transaction.amount();
        if (amount == null
                || !isSpending(transaction, amount)
                || !merchants.isEmpty() && merchants.stream().noneMatch(transaction::isNamed)) {
            return BigDecimal.ZERO;
        }
        return (categories.isEmpty() ? amount : part(transaction, amount, categories)).negate();
    }

    /**
     * Returns what the app counts as spending. Monzo's documentation does not promise to say; if it does not, these are
     * payments and refunds of shops, but no other money received.
     */
    private static boolean isSpending(Transaction transaction, BigDecimal amount) {
        Boolean spending = transaction.details().spending();
        if (transaction.declined() != null) {
            return false;
        } else if (spending != null) {
            return spending;
        }
        return transaction.movesMoney() && (amount.signum() < 0 || isOfShop(transaction));
    }

    private static boolean isOfShop(Transaction transaction) {
        return transaction.merchant() != null || CARD_SCHEME.equals(transaction.scheme());
    }

    /** Returns the part of an amount that is in some categories. */
    private static BigDecimal part(Transaction transaction, BigDecimal amount, List<String> categories) {
        Map<String, BigDecimal> parts = transaction.details().categories();
        BigDecimal sum = parts.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        boolean isSplit = sum.signum() != 0
                && sum.abs().compareTo(amount.abs()) <= 0
                && parts.values().stream().allMatch(part -> part.signum() * sum.signum() >= 0);
        if (!isSplit) {
            return matches(transaction.category(), categories) ? amount : BigDecimal.ZERO;
        }
        BigDecimal counted = BigDecimal.ZERO;
        for (Map.Entry<String, BigDecimal> part : parts.entrySet()) {
            counted = matches(part.getKey(), categories)
                    ? counted.add(part.getValue().abs())
                    : counted;
        }
        if (matches(transaction.category(), categories)) { // what an amount that has changed since exceeds the parts by
            counted = counted.add(amount.abs().subtract(sum.abs()));
        }
        return amount.signum() < 0 ? counted.negate() : counted;
    }

    private static boolean matches(@Nullable String category, List<String> categories) {
        return category != null && categories.stream().anyMatch(name -> Transaction.isCategory(category, name));
    }
}
