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
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.SortedSet;
import java.util.TreeSet;
import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * What follows from the money spent of a limit, at a time in a period.
 *
 * @param limit the amount to spend in the period, more than 0
 * @param spent the amount spent so far
 * @param decimals the number of decimals of the currency
 */
@NonNullByDefault
public record BudgetFigures(BigDecimal limit, BigDecimal spent, int decimals, BudgetPeriod period, Instant now) {

    private static final int PERCENT_DECIMALS = 1;

    /** What was spent in the first moments is compared with what even spending would have spent in this time. */
    private static final Duration MIN_ELAPSED = Duration.ofHours(1);

    /** Returns what is left of the limit, negative if more was spent. */
    public BigDecimal remaining() {
        BigDecimal remaining = limit.subtract(spent);
        return remaining.setScale(Math.max(decimals, remaining.scale()));
    }

    /** Returns what is left for each of the remaining days, today included; never negative, rounded down. */
    public BigDecimal dailyAllowance() {
        return remaining()
                .max(BigDecimal.ZERO)
                .divide(BigDecimal.valueOf(period.daysLeft(now)), decimals, RoundingMode.DOWN);
    }

    /** Returns the percentage of the limit that was spent, rounded down so that it is 100 only when all was. */
    public BigDecimal used() {
        return percent(spent, limit);
    }

    /** Returns what was spent as a percentage of what even spending would have spent by now, rounded down. */
    public BigDecimal pace() {
        BigDecimal whole = BigDecimal.valueOf(
                Duration.between(period.start(), period.end()).toMillis());
        BigDecimal elapsed = BigDecimal.valueOf(
                Math.max(Duration.between(period.start(), now).toMillis(), MIN_ELAPSED.toMillis()));
        return percent(spent.multiply(whole), limit.multiply(elapsed));
    }

    private static BigDecimal percent(BigDecimal part, BigDecimal whole) {
        return part.movePointRight(2).divide(whole, PERCENT_DECIMALS, RoundingMode.FLOOR);
    }

    @Override
    public String toString() {
        return "BudgetFigures"; // never log amounts
    }

    /** Returns those of some percentages of the limit that are spent. */
    public SortedSet<Integer> reached(SortedSet<Integer> percentages) {
        SortedSet<Integer> reached = new TreeSet<>(percentages);
        reached.removeIf(
                percentage -> spent.movePointRight(2).compareTo(limit.multiply(BigDecimal.valueOf(percentage))) < 0);
        return reached;
    }
}
