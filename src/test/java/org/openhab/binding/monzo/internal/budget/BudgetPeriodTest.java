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

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.internal.budget.BudgetPeriod.Length;

class BudgetPeriodTest {

    @ParameterizedTest
    @CsvSource({
        // the length, its first day, now; the first day of the period, that of the next, the days left
        "MONTH, 1, 2026-11-01T00:00, 2026-11-01, 2026-12-01, 30",
        "MONTH, 1, 2026-11-30T23:59, 2026-11-01, 2026-12-01, 1",
        "MONTH, 25, 2026-11-24T23:59, 2026-10-25, 2026-11-25, 1",
        "MONTH, 25, 2026-11-25T00:00, 2026-11-25, 2026-12-25, 30",
        "MONTH, 28, 2026-03-01T12:00, 2026-02-28, 2026-03-28, 27",
        "MONTH, 28, 2027-01-05T12:00, 2026-12-28, 2027-01-28, 23",
        "WEEK, 1, 2026-11-29T12:00, 2026-11-23, 2026-11-30, 1",
        "WEEK, 1, 2026-11-30T00:00, 2026-11-30, 2026-12-07, 7",
        "WEEK, 7, 2026-11-29T00:00, 2026-11-29, 2026-12-06, 7",
        "WEEK, 7, 2026-11-28T12:00, 2026-11-22, 2026-11-29, 1",
        "DAY, 1, 2026-11-29T12:00, 2026-11-29, 2026-11-30, 1",
        "DAY, 28, 2026-11-29T12:00, 2026-11-29, 2026-11-30, 1",
    })
    void containsNow(Length length, int startDay, LocalDateTime now, LocalDate first, LocalDate next, long daysLeft) {
        ZoneId zone = ZoneId.of("Europe/London");
        Instant time = now.atZone(zone).toInstant();

        BudgetPeriod period = length.at(time, startDay, zone);

        assertEquals(new BudgetPeriod(first, next, zone), period);
        assertEquals(daysLeft, period.daysLeft(time));
    }

    /** In Cuba, clocks change at midnight, so that one day begins at 1 o'clock, and another has midnight twice. */
    @ParameterizedTest
    @CsvSource({
        "Europe/London, 2026-03-29, 23",
        "Europe/London, 2026-10-25, 25",
        "America/Havana, 2026-03-08, 23",
        "America/Havana, 2026-11-01, 25",
        "Australia/Lord_Howe, 2026-04-05, 24",
    })
    void hasTheHoursOfADayWithAClockChange(String zone, LocalDate day, long hours) {
        BudgetPeriod period =
                Length.DAY.at(day.atTime(12, 0).atZone(ZoneId.of(zone)).toInstant(), 1, ZoneId.of(zone));

        assertEquals(hours, Duration.between(period.start(), period.end()).toHours());
        assertEquals(1, period.daysLeft(period.start()));
        assertEquals(1, period.daysLeft(period.end().minusMillis(1)));
    }

    /** Wherever the clock is, exactly one period contains it, and the next one begins where it ends. */
    @ParameterizedTest
    @ValueSource(
            strings = {"Europe/London", "America/Havana", "Pacific/Apia", "Asia/Kathmandu", "UTC", "America/St_Johns"})
    void followOneAnother(String name) {
        ZoneId zone = ZoneId.of(name);
        Random random = new Random(name.hashCode());
        for (int i = 0; i < 2_000; i++) {
            Length length = Length.values()[random.nextInt(3)];
            int startDay = 1 + random.nextInt(length == Length.WEEK ? 7 : 28);
            Instant now = Instant.parse("2000-01-01T00:00:00Z").plusMillis((long) (random.nextDouble() * 1.6e12));

            BudgetPeriod period = length.at(now, startDay, zone);

            assertEquals(true, !now.isBefore(period.start()) && now.isBefore(period.end()), () -> period + " " + now);
            assertEquals(period, length.at(period.start(), startDay, zone));
            assertEquals(period, length.at(period.end().minusMillis(1), startDay, zone));
            assertEquals(period.next(), length.at(period.end(), startDay, zone).first());
        }
    }

    @Test
    void canStartOnDaysThatEveryMonthHas() {
        assertEquals(true, Length.MONTH.canStartOn(28));
        assertEquals(false, Length.MONTH.canStartOn(29));
        assertEquals(true, Length.WEEK.canStartOn(7));
        assertEquals(false, Length.WEEK.canStartOn(8));
        assertEquals(false, Length.WEEK.canStartOn(0));
    }
}
