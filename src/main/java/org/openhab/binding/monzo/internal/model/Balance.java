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
import java.util.Objects;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * The amounts of an account, in major units. Values missing from Monzo's response are {@code null}.
 *
 * @param currency ISO 4217 code
 * @param balance the available balance; negative when overdrawn
 * @param totalBalance the balance including the money in pots
 * @param balanceWithSavings the balance including the money in pots and savings
 * @param spentToday the amount spent since about 4 am, as a positive number
 */
@NonNullByDefault
public record Balance(
        @Nullable String currency,
        @Nullable BigDecimal balance,
        @Nullable BigDecimal totalBalance,
        @Nullable BigDecimal balanceWithSavings,
        @Nullable BigDecimal spentToday) {

    /** Returns whether one of the totals includes exactly this sum of money in pots. */
    boolean includesPots(BigDecimal sum) {
        return includes(totalBalance, sum) || includes(balanceWithSavings, sum);
    }

    /** Returns whether each total includes as much money in pots as that of another balance. */
    boolean includesSamePots(Balance other) {
        return Objects.equals(difference(totalBalance), other.difference(other.totalBalance))
                && Objects.equals(difference(balanceWithSavings), other.difference(other.balanceWithSavings));
    }

    private boolean includes(@Nullable BigDecimal total, BigDecimal sum) {
        BigDecimal difference = difference(total);
        return difference != null && difference.compareTo(sum) == 0;
    }

    private @Nullable BigDecimal difference(@Nullable BigDecimal total) {
        BigDecimal balance = this.balance;
        return total == null || balance == null ? null : total.subtract(balance);
    }

    @Override
    public String toString() {
        return "Balance[…]"; // never log amounts
    }
}
