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

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetFiguresTest {

    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final BudgetPeriod NOVEMBER =
            new BudgetPeriod(LocalDate.of(2026, 11, 1), LocalDate.of(2026, 12, 1), LONDON);

    private static BudgetFigures figures(String limit, String spent, int decimals, String now) {
        Instant time = LocalDateTime.parse(now).atZone(LONDON).toInstant();
        return new BudgetFigures(new BigDecimal(limit), new BigDecimal(spent), decimals, NOVEMBER, time);
    }

    @ParameterizedTest
    @CsvSource({
        // limit, spent, decimals, now; remaining, a day, used, pace
        "300,    0.00,   2, 2026-11-01T00:00,  300.00,  10.00,   0.0,     0.0",
        "300,  150.00,   2, 2026-11-16T00:00,  150.00,  10.00,  50.0,   100.0",
        "300,  100.00,   2, 2026-11-30T23:00,  200.00, 200.00,  33.3,    33.3",
        "300,  299.99,   2, 2026-11-29T12:00,    0.01,   0.00,  99.9,   105.2",
        "300,  300.00,   2, 2026-11-29T12:00,    0.00,   0.00, 100.0,   105.2",
        "300,  300.01,   2, 2026-11-29T12:00,   -0.01,   0.00, 100.0,   105.2",
        "100,   -5.00,   2, 2026-11-16T00:00,  105.00,   7.00,  -5.0,   -10.0",
        "250.5, 50.25,   2, 2026-11-16T00:00,  200.25,  13.35,  20.0,    40.1",
        "30000, 10000,   0, 2026-11-16T00:00,   20000,   1333,  33.3,    66.6",
        "10,    1.001,   3, 2026-11-16T00:00,   8.999,  0.599,  10.0,    20.0",
        "0.005,  0.00,   2, 2026-11-16T00:00,   0.005,   0.00,   0.0,     0.0",
    })
    void followFromWhatIsSpent(
            String limit,
            String spent,
            int decimals,
            String now,
            String remaining,
            String allowance,
            String used,
            String pace) {
        BudgetFigures figures = figures(limit, spent, decimals, now);

        assertEquals(remaining, figures.remaining().toPlainString());
        assertEquals(allowance, figures.dailyAllowance().toPlainString());
        assertEquals(used, figures.used().toPlainString());
        assertEquals(pace, figures.pace().toPlainString());
    }

    /** The first coffee of a month is no reason for an alarm that no number can express. */
    @Test
    void comparesTheFirstMomentsWithTheFirstHour() {
        BigDecimal anHour = figures("720", "1.00", 2, "2026-11-01T01:00").pace();

        assertEquals(new BigDecimal("100.0"), anHour);
        assertEquals(anHour, figures("720", "1.00", 2, "2026-11-01T00:00").pace());
        assertEquals(anHour, figures("720", "1.00", 2, "2026-11-01T00:30").pace());
    }

    @Test
    void reachesAPercentageOnlyExactly() {
        TreeSet<Integer> percentages = new TreeSet<>(Set.of(80, 100));

        assertEquals(Set.of(), figures("99.99", "79.99", 2, "2026-11-16T00:00").reached(percentages));
        assertEquals(
                Set.of(80), figures("99.99", "80.00", 2, "2026-11-16T00:00").reached(percentages));
        assertEquals(
                Set.of(80), figures("99.99", "99.98", 2, "2026-11-16T00:00").reached(percentages));
        assertEquals(
                Set.of(80, 100),
                figures("99.99", "99.99", 2, "2026-11-16T00:00").reached(percentages));
    }
}
