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
package org.openhab.binding.monzo.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What two people spend in five weeks: a salary on each 25th, bills on the first days of a month, and the payments of
 * every day. Those of a day, counted back from today, are always the same, and end before now.
 */
public final class HouseholdMonth {
    private static final int DAYS = 35;
    private static final int PAYDAY = 25;
    /** Card payments are settled after two days. */
    private static final int SETTLED_AFTER = 2;

    private final BankAccount current;
    private final BankAccount joint;
    private final ZoneId zone;
    private final LocalDate today;
    private final Random random = new Random(20261125);

    private HouseholdMonth(BankAccount current, BankAccount joint, Instant now, ZoneId zone) {
        this.current = current;
        this.joint = joint;
        this.zone = zone;
        today = now.atZone(zone).toLocalDate();
    }

    /**
     * Makes the payments; the balances and what was spent today stay as they are.
     *
     * @param current the account of one person
     * @param joint the account of this and another person
     * @param now the time of the bank's clock
     * @param zone where they live
     */
    public static void fill(BankAccount current, BankAccount joint, Instant now, ZoneId zone) {
        List<BankAccount> accounts = List.of(current, joint);
        List<Runnable> restored =
                accounts.stream().map(HouseholdMonth::restored).toList();
        HouseholdMonth month = new HouseholdMonth(current, joint, now, zone);
        for (int daysAgo = DAYS; daysAgo >= 1; daysAgo--) {
            month.day(daysAgo);
        }
        restored.forEach(Runnable::run);
    }

    private static Runnable restored(BankAccount account) {
        long balance = account.balance();
        long spendToday = account.spendToday();
        return () -> account.balance(balance).spendToday(spendToday);
    }

    private void day(int daysAgo) {
        LocalDate day = today.minusDays(daysAgo);
        bills(day);
        groceries(day, daysAgo);
        everyDay(day, daysAgo);
        oddities(day, daysAgo);
    }

    private void bills(LocalDate day) {
        switch (day.getDayOfMonth()) {
            case PAYDAY -> at(current, day, 6).salary(245_000, "Acme Ltd");
            case 26 -> {
                at(current, day, 8).send(60_000, "Bob Sample", "Household");
                at(joint, day, 8).receive(60_000, "Alice Example", "Household");
            }
            case 1 -> {
                at(current, day, 7).send(85_000, "Landlord", "Rent");
                at(joint, day, 2).directDebit(15_100, "The Council");
            }
            case 3 -> at(joint, day, 2).directDebit(9_640, "Energy Company");
            case 5 -> at(current, day, 2).directDebit(1_800, "Phone Company");
            default -> {
                // nothing is due
            }
        }
    }

    private void groceries(LocalDate day, int daysAgo) {
        Customer shopper = joint.owners().get(daysAgo % 2);
        if (daysAgo % 7 == 4) {
            settled(at(joint, day, 10).pay(between(5_200, 7_800), "Supermarket"), daysAgo)
                    .spentBy(shopper);
        } else if (daysAgo % 7 % 2 == 1) {
            settled(at(joint, day, 18).pay(between(650, 1_900), "Greengrocer"), daysAgo)
                    .spentBy(shopper);
        }
    }

    private void everyDay(LocalDate day, int daysAgo) {
        if (daysAgo % 7 < 5) {
            settled(at(current, day, 8).pay(560, "City Railway"), daysAgo);
        }
        if (daysAgo % 3 != 0) {
            settled(at(current, day, 9).pay(between(260, 420), "Coffee Bar"), daysAgo);
        }
        if (daysAgo % 4 == 2) {
            settled(at(current, day, 13).pay(between(790, 1_350), "Noodle House"), daysAgo);
        }
        if (daysAgo % 7 == 5) {
            settled(at(joint, day, 20).pay(between(2_200, 3_900), "Corner Pub"), daysAgo)
                    .spentBy(joint.owners().get(1));
        }
    }

    /** Each once: what a budget has to count in a way of its own. */
    private void oddities(LocalDate day, int daysAgo) {
        switch (daysAgo) {
            case 20 -> settled(at(current, day, 19).pay(9_998, "Shoe Shop Online"), daysAgo);
            case 17 -> settled(at(current, day, 11).refund(4_999, "Shoe Shop Online"), daysAgo);
            case 14 -> at(current, day, 15).decline(29_900, "Jeweller", "INSUFFICIENT_FUNDS");
            case 12 ->
                settled(at(joint, day, 12).pay(3_480, "Supermarket"), daysAgo).split(Map.of("personal_care", -1_150L));
            case 9 ->
                settled(at(current, day, 21).pay(8_900, "Hotel York"), daysAgo).includeInSpending(false);
            case 8 -> at(current, day, 12).receive(1_250, "Sam Friend", "Pizza");
            case 6 -> at(current, day, 17).hold(100, "Petrol Station").settle(-4_512);
            case 5 -> at(joint, day, 17).refund(420, "Greengrocer").settle();
            case 3 -> at(current, day, 7).checkCard("Film Club");
            case 2 -> settled(at(current, day, 18).pay(1_899, "Cinema"), daysAgo);
            default -> {
                // a day like any other
            }
        }
    }

    private Payments at(BankAccount account, LocalDate day, int hour) {
        Duration minutes = Duration.ofSeconds(between(0, 3_599));
        return account.payments()
                .createdAt(day.atTime(LocalTime.of(hour, 0))
                        .atZone(zone)
                        .toInstant()
                        .plus(minutes));
    }

    private static BankTransaction settled(BankTransaction payment, int daysAgo) {
        return daysAgo > SETTLED_AFTER ? payment.settle() : payment;
    }

    private int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }
}
