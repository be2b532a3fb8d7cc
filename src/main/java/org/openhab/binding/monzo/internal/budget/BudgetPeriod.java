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

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * A period of a budget, whose days begin at midnight; where a clock change skips midnight, right after it.
 *
 * @param first its first day
 * @param next the first day of the next period
 * @param zone openHAB's time zone
 */
@NonNullByDefault
public record BudgetPeriod(LocalDate first, LocalDate next, ZoneId zone) {

    /** How long periods are. */
    public enum Length {
        MONTH(28) {
            @Override
            BudgetPeriod period(LocalDate today, int startDay, ZoneId zone) {
                LocalDate start = today.withDayOfMonth(startDay);
                LocalDate first = start.isAfter(today) ? start.minusMonths(1) : start;
                return new BudgetPeriod(first, first.plusMonths(1), zone);
            }
        },
        WEEK(7) {
            @Override
            BudgetPeriod period(LocalDate today, int startDay, ZoneId zone) {
                LocalDate first = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.of(startDay)));
                return new BudgetPeriod(first, first.plusWeeks(1), zone);
            }
        },
        DAY(Integer.MAX_VALUE) {
            @Override
            BudgetPeriod period(LocalDate today, int startDay, ZoneId zone) {
                return new BudgetPeriod(today, today.plusDays(1), zone);
            }
        };

        private final int lastStartDay;

        Length(int lastStartDay) {
            this.lastStartDay = lastStartDay;
        }

        abstract BudgetPeriod period(LocalDate today, int startDay, ZoneId zone);

        /** Returns whether periods can begin on a day of the month, or of the week; days have no such choice. */
        boolean canStartOn(int startDay) {
            return startDay >= 1 && startDay <= lastStartDay;
        }

        /**
         * Returns the period that contains a time.
         *
         * @param startDay the day of the month, or of the week from 1 for Monday, on which periods begin
         */
        public BudgetPeriod at(Instant time, int startDay, ZoneId zone) {
            return period(time.atZone(zone).toLocalDate(), startDay, zone);
        }
    }

    public Instant start() {
        return first.atStartOfDay(zone).toInstant();
    }

    /** Returns the start of the next period. */
    public Instant end() {
        return next.atStartOfDay(zone).toInstant();
    }

    /** Returns how many days are left at a time in this period, with the current one. */
    public long daysLeft(Instant now) {
        return ChronoUnit.DAYS.between(now.atZone(zone).toLocalDate(), next);
    }
}
