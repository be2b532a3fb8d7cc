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
 * A pot as listed by {@code GET /pots}, with amounts in major units. Values missing from Monzo's response are {@code
 * null}.
 *
 * @param id {@code pot_…}
 * @param name the name given by its owner; may contain emoji and markup
 * @param deleted whether the pot was deleted; Monzo keeps deleted pots in the list
 * @param currency ISO 4217 code
 * @param balance the amount in the pot
 * @param goal the target amount, {@code null} without a goal
 * @param locked whether withdrawals are blocked until a date, {@code null} if Monzo omits it
 * @param style the name of the pot's image
 * @param type e.g. {@code default} or {@code flexible_savings}
 * @param roundUp whether round-ups are paid into this pot
 * @param lockedUntil the end of the lock, in Monzo's format
 * @param created creation time, in Monzo's format
 */
@NonNullByDefault
public record Pot(
        String id,
        String name,
        boolean deleted,
        @Nullable String currency,
        @Nullable BigDecimal balance,
        @Nullable BigDecimal goal,
        @Nullable Boolean locked,
        @Nullable String style,
        @Nullable String type,
        @Nullable Boolean roundUp,
        @Nullable String lockedUntil,
        @Nullable String created) {

    /**
     * Returns whether the goal is reached.
     *
     * @return {@code null} without a goal or a balance
     */
    public @Nullable Boolean isGoalReached() {
        BigDecimal balance = this.balance;
        BigDecimal goal = this.goal;
        return balance == null || goal == null || goal.signum() <= 0 ? null : balance.compareTo(goal) >= 0;
    }

    @Override
    public String toString() {
        return "Pot[" + id + "]"; // never log names or amounts
    }
}
