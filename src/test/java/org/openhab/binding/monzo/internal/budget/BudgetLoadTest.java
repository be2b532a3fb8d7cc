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

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.internal.model.BankSnapshot;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.core.thing.Thing;

/** What budgets cost: requests, time and memory. */
class BudgetLoadTest extends BudgetTestBase {

    private static final int MANY = 10_000;

    private int requests() {
        return fixture.bank.requests().size();
    }

    /**
     * A page may be the last one, however many transactions it has; an empty one after it is requested once an hour.
     */
    @ParameterizedTest
    @ValueSource(ints = {0, 5, 15, 25, 60, 150})
    void takesOneRequestARefreshAndTheWholePeriodOnceAnHour(int transactions) {
        payOften(transactions);
        add(Map.of("limit", 100));
        fixture.bank.resetCounts();

        fixture.pass(AN_HOUR);

        int whole = 1 + transactions / 100; // pages
        assertThat(
                fixture.bank.count(Endpoint.TRANSACTIONS),
                is(both(greaterThanOrEqualTo(60)).and(lessThanOrEqualTo(60 + whole + 1))));
        assertEquals(0, fixture.bank.count(Endpoint.BALANCE));
        assertThat(fixture.bank.count(Endpoint.ACCOUNTS), is(lessThanOrEqualTo(2)));
    }

    /** An hour of an account with 150 transactions in the month; the accounts and pots are listed every hour too. */
    @ParameterizedTest
    @CsvSource({"false, 0", "false, 1", "false, 10", "true, 0", "true, 1", "true, 10"})
    void readsOnceForAllBudgetsOfAnAccount(boolean watched, int budgets) {
        payOften(150);
        if (watched) {
            fixture.addWatchedAccount(bridge, account.id());
        } else {
            fixture.addAccount(bridge, account.id());
        }
        fixture.connect(bridge, people.alice());
        for (int i = 0; i < budgets; i++) {
            add("budget" + i, Map.of("limit", 100, "period", i % 3 == 0 ? "WEEK" : "MONTH"));
        }
        fixture.pass(AN_HOUR);
        fixture.bank.resetCounts();

        fixture.pass(AN_HOUR);

        int transactions = fixture.bank.count(Endpoint.TRANSACTIONS);
        System.out.printf(
                "Budgets: %d, transactions watched: %s: %d requests an hour, %d of them for transactions%n",
                budgets, watched, requests(), transactions);
        int whole = budgets == 0 && !watched ? 0 : 4;
        int each = budgets == 0 && !watched ? 0 : 60;
        assertThat(transactions, is(both(greaterThanOrEqualTo(each)).and(lessThanOrEqualTo(each + whole))));
    }

    @Test
    void readsFiveHundredTransactionsAtOnce() {
        payOften(500);
        long begin = System.nanoTime();
        Thing budget = fixture.addBudget(bridge, "budget", Map.of("limit", 100));
        fixture.connect(bridge, people.alice());
        fixture.pass(A_MOMENT);
        long millis = (System.nanoTime() - begin) / 1_000_000;

        assertEquals("50.00", spent(budget));
        System.out.printf(
                "Budgets: 500 transactions read for the first time in %d ms with %d requests, login included%n",
                millis, fixture.bank.count(Endpoint.TRANSACTIONS));
        assertThat(fixture.bank.count(Endpoint.TRANSACTIONS), is(lessThanOrEqualTo(8)));
    }

    /** Ten pages in a refresh, so that nothing else waits. */
    @Test
    void readsTenThousandTransactionsInSteps() {
        payOften(MANY);
        pay(1_000);
        Thing budget = fixture.addBudget(bridge, "budget", Map.of("limit", 10_000, "categories", "eating_out"));
        fixture.connect(bridge, people.alice());
        fixture.pass(A_MOMENT);
        assertEquals("UNKNOWN offline.budget-reading", status(budget));
        assertEquals(null, spent(budget));

        fixture.pass(Duration.ofMinutes(1));

        assertEquals("ONLINE", status(budget));
        assertEquals("1000.00", spent(budget));
        long begin = processorTime();
        fixture.pass(Duration.ofMinutes(10));
        assertThat("ms for ten refreshes", (processorTime() - begin) / 1_000_000, is(lessThan(5_000L)));
    }

    /** What is kept of a transaction that counts; nothing of one that does not. */
    @Test
    void keepsFewBytesOfATransaction() {
        payOften(MANY);
        long before = usedMemory();
        Thing counted = fixture.addBudget(bridge, "counted", Map.of("limit", 10_000, "categories", "eating_out"));
        Thing none = fixture.addBudget(bridge, "none", Map.of("limit", 10_000, "categories", "bills"));
        fixture.connect(bridge, people.alice());
        fixture.pass(Duration.ofMinutes(2)); // the snapshot no longer has those of the whole period

        long each = (usedMemory() - before) / MANY;
        assertEquals("1000.00", spent(counted));
        assertEquals("0.00", spent(none));
        System.out.printf("Budgets: %d bytes kept of each of 10,000 transactions%n", each);
        assertThat(each, is(lessThan(1_000L)));
    }

    /** A snapshot has whole transactions, those of the whole period at times. */
    @Test
    void keepsNoSnapshot() {
        payOften(150);
        fixture.addBudget(bridge, "first", Map.of("limit", 100));
        fixture.connect(bridge, people.alice());
        WeakReference<BankSnapshot> snapshot =
                new WeakReference<>(bridge.connection().snapshot());
        Thing second = add("second", Map.of("limit", 100));
        fixture.pass(Duration.ofMinutes(2));

        assertEquals("15.00", spent(second));
        usedMemory();
        assertEquals(null, snapshot.get());
    }

    /** What else a busy machine does takes none of it. */
    private static long processorTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long usedMemory() {
        for (int i = 0; i < 5; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
