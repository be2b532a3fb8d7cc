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

import com.google.gson.JsonPrimitive;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.fixture.TestExtent;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.binding.monzo.simulator.BankAccount;
import org.openhab.binding.monzo.simulator.BankTransaction;
import org.openhab.binding.monzo.simulator.Customer;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.core.thing.Thing;

/**
 * Compares budgets with sums that this test computes in its own way from books that it keeps itself, after random
 * transactions, edits, refunds, gaps in lists, restarts, faults and times. {@code -Dmonzo.soak.seed=} repeats a run.
 */
class BudgetSoakTest {

    private static final int STEPS = TestExtent.soak("monzo.soak.budgets", 400);
    private static final List<String> CATEGORIES = List.of("groceries", "eating_out", "transport", "bills", "general");
    private static final List<String> SHOPS = List.of("Corner Shop", "Café Rouge", "Petrol & Co", "Market");
    private static final List<Fault> FAULTS = List.of(
            Fault.serverError(),
            Fault.html(200),
            Fault.json("{}"),
            Fault.forbidden(),
            Fault.halfBody(),
            Fault.status(404));

    /** What the bank knows of a transaction, in minor units. */
    private static final class Entry {
        final BankTransaction bank;
        final String shop;
        long amount;
        String category;
        Map<String, Long> others = Map.of();
        boolean counts;
        boolean isListed = true;

        Entry(BankTransaction bank, String shop, long amount, String category, boolean counts) {
            this.bank = bank;
            this.shop = shop;
            this.amount = amount;
            this.category = category;
            this.counts = counts;
        }
    }

    /** A budget as this test reads its configuration. */
    private record Budget(
            Thing thing,
            List<BankAccount> accounts,
            Set<String> categories,
            String merchant,
            String period,
            int startDay,
            long limit,
            Alerts alerts) {}

    private static final class Alerts {
        LocalDate period;
        Set<Integer> reached = Set.of();
        final List<String> expected = new ArrayList<>();
        final List<String> seen = new ArrayList<>();
        int read;
    }

    @TempDir
    Path folder;

    private BindingFixture fixture;
    private Random random;
    private int decimals;
    private final List<BankAccount> accounts = new ArrayList<>();
    private final Map<BankAccount, List<Entry>> books = new HashMap<>();
    private final List<Budget> budgets = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "GBP, 2, Europe/London",
        "JPY, 0, Asia/Tokyo",
        "KWD, 3, America/Havana",
        "EUR, 2, Australia/Lord_Howe",
    })
    void equalsTheSumOfTheBooks(String currency, int decimals, String zone) {
        long seed = Long.getLong("monzo.soak.seed", System.nanoTime());
        System.out.println("Budgets: -Dmonzo.soak.seed=" + seed + " " + currency);
        random = new Random(seed);
        this.decimals = decimals;
        try (BindingFixture built = new BindingFixture(folder)) {
            fixture = built;
            fixture.zone = ZoneId.of(zone);
            Customer person = fixture.bank.addCustomer("Carol Sample");
            for (int i = 0; i < 2; i++) {
                BankAccount account =
                        fixture.bank.openAccount("uk_retail", currency, person).balance(100_000_000);
                accounts.add(account);
                books.put(account, new ArrayList<>());
                for (int past = 0; past < 60; past++) {
                    transact(account, Duration.ofHours(random.nextInt(24 * 40)));
                }
            }
            MonzoBridgeHandler bridge = fixture.addBridge("carol");
            for (int i = 0; i < 5; i++) {
                budgets.add(budget(bridge, i));
            }
            fixture.addWatchedAccount(bridge, accounts.get(0).id());
            fixture.connect(bridge, person);
            fixture.pass(Duration.ofSeconds(5));
            check("at first", true);
            for (int step = 0; step < STEPS; step++) {
                step(step);
            }
        }
    }

    private Budget budget(MonzoBridgeHandler bridge, int number) {
        Map<String, Object> configuration = new HashMap<>();
        List<BankAccount> of = number == 0 ? accounts.subList(0, 1) : new ArrayList<>(accounts);
        if (number > 0) {
            configuration.put("accountIds", of.stream().map(BankAccount::id).toList());
        }
        Set<String> categories = new TreeSet<>();
        while (number % 2 == 1 && categories.size() < 2) {
            categories.add(pick(CATEGORIES));
        }
        configuration.put("categories", List.copyOf(categories));
        String merchant = number == 2 ? "CAFÉ" : "";
        configuration.put("merchants", merchant);
        String period = pick(List.of("MONTH", "WEEK", "DAY"));
        int startDay = 1 + random.nextInt(period.equals("MONTH") ? 28 : 7);
        configuration.put("period", period);
        configuration.put("startDay", startDay);
        long limit = 100 + random.nextInt(200_000);
        configuration.put("limit", amount(limit));
        configuration.put("alertAt", List.of("25", "80", "100"));
        Thing thing = fixture.addBudget(bridge, "budget" + number, configuration);
        return new Budget(thing, of, categories, merchant, period, startDay, limit, new Alerts());
    }

    /** Things happen, and all of it shows: what concerns the latest twenty in a refresh, anything else in an hour. */
    private void step(int step) {
        int kind = random.nextInt(20);
        String what = "step " + step + " of kind " + kind;
        for (int i = random.nextInt(6); i > 0; i--) {
            BankAccount account = pick(accounts);
            boolean isNew = random.nextInt(3) > 0;
            if (kind < 10) {
                if (isNew) {
                    transact(account, Duration.ZERO);
                } else {
                    edit(pick(latest(account)));
                }
            } else if (isNew) {
                transact(account, Duration.ofMinutes(random.nextInt(3_000))); // listed late
            } else {
                edit(pick(books.get(account)));
            }
        }
        if (kind < 10) {
            fixture.pass(BindingFixture.INTERVAL);
        } else if (kind < 16) {
            fixture.skip(Duration.ofMinutes(63 + random.nextInt(60)));
        } else if (kind < 17) {
            fixture.skip(Duration.ofHours(2 + random.nextInt(24 * 12)));
        } else if (kind < 18) {
            collectAlerts();
            fixture.restart(Duration.ofMinutes(random.nextInt(1_000)));
            budgets.forEach(budget -> budget.alerts().read = 0);
            fixture.pass(Duration.ofMinutes(1));
        } else {
            fixture.bank.faults().random(random.nextLong(), 0.5, FAULTS, Endpoint.TRANSACTIONS);
            fixture.skip(Duration.ofMinutes(70));
            fixture.bank.faults().clear();
            fixture.skip(Duration.ofMinutes(130)); // transactions that were refused are requested again after an hour
        }
        check(what, kind < 18);
    }

    private List<Entry> latest(BankAccount account) {
        return books.get(account).stream()
                .sorted(Comparator.comparing((Entry entry) -> entry.bank.created())
                        .reversed())
                .limit(20)
                .toList();
    }

    private void transact(BankAccount account, Duration ago) {
        // Now and then, the bank's clock is ahead of this one.
        Duration ahead = random.nextInt(15) == 0 ? Duration.ofMinutes(random.nextInt(40)) : Duration.ZERO;
        Instant created = fixture.clock.instant().minus(ago).plus(ahead);
        long minor = 1 + random.nextInt(10_000);
        String shop = pick(SHOPS);
        String category = pick(CATEGORIES);
        var payments = account.payments().createdAt(created);
        Entry entry = switch (random.nextInt(10)) {
            case 0 -> new Entry(payments.refund(minor, shop), shop, minor, category, true);
            case 1 -> new Entry(payments.receive(minor, "A Friend", "thanks"), "A Friend", minor, category, false);
            case 2 -> new Entry(payments.salary(minor, "Employer"), "Employer", minor, category, false);
            case 3 -> new Entry(payments.decline(minor, shop, "INSUFFICIENT_FUNDS"), shop, -minor, category, false);
            case 4 -> new Entry(payments.send(minor, "A Friend", "lunch"), "A Friend", -minor, category, true);
            case 5 -> new Entry(payments.directDebit(minor, "Council"), "Council", -minor, category, true);
            default -> new Entry(payments.hold(minor, shop), shop, -minor, category, true);
        };
        entry.bank.category(category);
        if (random.nextInt(4) == 0) {
            split(entry);
        }
        books.get(account).add(entry);
    }

    private void edit(Entry entry) {
        switch (random.nextInt(6)) {
            case 0 -> {
                entry.others = Map.of();
                entry.category = pick(CATEGORIES);
                entry.bank.split(Map.of()).category(entry.category);
            }
            case 1 -> split(entry);
            case 2 -> {
                entry.counts = entry.bank.declineReason() == null && random.nextBoolean();
                entry.bank.includeInSpending(entry.counts);
            }
            case 3 -> {
                entry.isListed = !entry.isListed;
                if (entry.isListed) {
                    entry.bank.field("id", new JsonPrimitive(entry.bank.id()));
                } else {
                    entry.bank.without("id");
                }
            }
            case 4 -> {
                if (entry.bank.settled() == null && entry.bank.declineReason() == null && entry.amount < 0) {
                    entry.others = Map.of();
                    entry.bank.split(Map.of());
                    entry.amount = -random.nextInt(20_000);
                    entry.bank.correct(entry.amount);
                }
            }
            default -> {
                if (entry.bank.settled() == null && entry.bank.declineReason() == null && entry.amount < 0) {
                    entry.counts = false;
                    entry.bank.includeInSpending(false).decline("OTHER");
                }
            }
        }
    }

    /** Splits between the category and others, none of which changes the sign. */
    private void split(Entry entry) {
        Map<String, Long> others = new LinkedHashMap<>();
        long rest = entry.amount;
        for (String category : CATEGORIES) {
            if (!category.equals(entry.category) && random.nextInt(3) == 0) {
                long part = (long) (rest * random.nextDouble());
                others.put(category, part);
                rest -= part;
            }
        }
        entry.others = others;
        entry.bank.split(others);
    }

    /**
     * Compares everything.
     *
     * @param sawAllAtOnce whether no sum in between can have triggered an alert
     */
    private void check(String when, boolean sawAllAtOnce) {
        collectAlerts();
        for (Budget budget : budgets) {
            Instant now = fixture.clock.instant();
            LocalDate today = now.atZone(fixture.zone).toLocalDate();
            LocalDate first = today;
            while (!isFirst(budget, first)) {
                first = first.minusDays(1);
            }
            LocalDate next = first.plusDays(1);
            long daysLeft = next.isAfter(today) ? 1 : 0;
            while (!isFirst(budget, next)) {
                next = next.plusDays(1);
                daysLeft += next.isAfter(today) ? 1 : 0;
            }
            long spent = spent(budget, first, next);
            String what = when + ", " + budget;
            assertEquals("ONLINE", BindingFixture.status(budget.thing()), what);
            assertEquals(amount(spent), fixture.state(budget.thing(), "spent"), what);
            assertEquals(amount(budget.limit() - spent), fixture.state(budget.thing(), "remaining"), what);
            assertEquals(
                    amount(Math.max(0, budget.limit() - spent) / daysLeft),
                    fixture.state(budget.thing(), "daily-allowance"),
                    what);
            assertEquals(percent(spent, budget.limit()), fixture.state(budget.thing(), "used"), what);
            assertEquals(
                    Instant.from(next.atStartOfDay(fixture.zone)),
                    Instant.from(java.time.format.DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ")
                            .parse(fixture.state(budget.thing(), "period-end"))),
                    what);
            // A refresh may have been before midnight, and another after it.
            boolean sawOnePeriod =
                    Duration.between(first.atStartOfDay(fixture.zone).toInstant(), now)
                                    .compareTo(Duration.ofMinutes(3))
                            > 0;
            assertAlerts(budget, first, spent, sawAllAtOnce && sawOnePeriod, what);
        }
    }

    private boolean isFirst(Budget budget, LocalDate day) {
        return switch (budget.period()) {
            case "MONTH" -> day.getDayOfMonth() == budget.startDay();
            case "WEEK" -> day.getDayOfWeek().getValue() == budget.startDay();
            default -> true;
        };
    }

    private long spent(Budget budget, LocalDate first, LocalDate next) {
        long spent = 0;
        for (BankAccount account : budget.accounts()) {
            for (Entry entry : books.get(account)) {
                LocalDate day = entry.bank.created().atZone(fixture.zone).toLocalDate();
                if (entry.counts
                        && entry.isListed
                        && !day.isBefore(first)
                        && day.isBefore(next)
                        && entry.shop.toUpperCase(Locale.UK).contains(budget.merchant())) {
                    spent -= counted(entry, budget.categories());
                }
            }
        }
        return spent;
    }

    private static long counted(Entry entry, Set<String> categories) {
        if (categories.isEmpty()) {
            return entry.amount;
        }
        long others = 0;
        long counted = 0;
        for (Map.Entry<String, Long> other : entry.others.entrySet()) {
            others += other.getValue();
            counted += categories.contains(other.getKey()) ? other.getValue() : 0;
        }
        return counted + (categories.contains(entry.category) ? entry.amount - others : 0);
    }

    private void collectAlerts() {
        budgets.forEach(budget -> {
            Alerts alerts = budget.alerts();
            List<String> payloads = fixture.callback(budget.thing()).payloads();
            alerts.seen.addAll(payloads.subList(alerts.read, payloads.size()));
            alerts.read = payloads.size();
        });
    }

    private void assertAlerts(Budget budget, LocalDate period, long spent, boolean sawAllAtOnce, String what) {
        Alerts alerts = budget.alerts();
        Set<Integer> reached = new TreeSet<>();
        for (int percentage : List.of(25, 80, 100)) {
            if (spent * 100 >= budget.limit() * percentage) {
                reached.add(percentage);
            }
        }
        if (alerts.period != null) {
            reached.stream()
                    .filter(percentage -> !period.equals(alerts.period) || !alerts.reached.contains(percentage))
                    .forEach(percentage -> alerts.expected.add(String.valueOf(percentage)));
        }
        if (!sawAllAtOnce) {
            alerts.expected.clear();
            alerts.expected.addAll(alerts.seen);
        }
        alerts.period = period;
        alerts.reached = reached;
        assertEquals(alerts.expected, alerts.seen, what);
    }

    private String amount(long minor) {
        StringBuilder digits = new StringBuilder(String.valueOf(Math.abs(minor)));
        while (digits.length() <= decimals) {
            digits.insert(0, '0');
        }
        if (decimals > 0) {
            digits.insert(digits.length() - decimals, '.');
        }
        return (minor < 0 ? "-" : "") + digits;
    }

    private static String percent(long part, long whole) {
        BigInteger tenths = BigInteger.valueOf(Math.floorDiv(part * 1_000, whole));
        long value = tenths.longValueExact();
        return (value < 0 ? "-" : "") + Math.abs(value) / 10 + "." + Math.abs(value) % 10 + " %";
    }

    private <T> T pick(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
