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
 * A pot as {@code GET /pots} lists it, amounts in major units. What Monzo did not send is {@code null}.
 *
 * @param id {@code pot_…}
 * @param name as its owner calls it; may hold emoji and markup
 * @param deleted whether the pot was deleted; deleted pots stay in the list
 * @param currency ISO 4217 code
 * @param balance what is in the pot
 * @param goal the amount saved for, {@code null} without a goal
 * @param locked whether money can be taken out only after a date, {@code null} where Monzo does not say
 * @param lockedUntil the date of the lock, as Monzo writes it
 * @param style the picture's name
 * @param type e.g. {@code default} or {@code flexible_savings}
 * @param roundUp whether spare change goes here
 * @param created when it was made, as Monzo writes it
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
        @Nullable String lockedUntil,
        @Nullable String style,
        @Nullable String type,
        @Nullable Boolean roundUp,
        @Nullable String created) {

    /**
     * Tells whether the goal is reached.
     *
     * @return {@code null} when there is no goal or no balance to compare
     */
    public @Nullable Boolean isGoalReached() {
        BigDecimal balance = this.balance;
        BigDecimal goal = this.goal;
        return balance == null || goal == null || goal.signum() <= 0 ? null : balance.compareTo(goal) >= 0;
    }

    @Override
    public String toString() {
        return "Pot[" + id + "]"; // names and amounts do not belong in a log
    }
}
