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
package org.openhab.binding.monzo.internal.transfer;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openhab.binding.monzo.fixture.BackgroundTask;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.fixture.RuleCalls;
import org.openhab.binding.monzo.fixture.RuleCalls.Result;
import org.openhab.binding.monzo.fixture.TestExtent;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.binding.monzo.internal.handler.PotActions;
import org.openhab.binding.monzo.simulator.BankAccount;
import org.openhab.binding.monzo.simulator.BankPot;
import org.openhab.binding.monzo.simulator.Customer;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.binding.monzo.simulator.PotTransfer;
import org.openhab.core.thing.Thing;

/**
 * A year of transfers at a bank where much goes wrong. At the end the results of the rules match the bank's ledger,
 * and no limit was exceeded. Longer with {@code -Dmonzo.soak.transfers=4900}; again with the seed that is printed,
 * {@code -Dmonzo.soak.seed=}.
 */
class PotTransferSoakTest {

    /** Each has an amount of its own, by which it is found in the books; 49.99 is the largest. */
    private static final int TRANSFERS = Math.min(4999, TestExtent.soak("monzo.soak.transfers", 2000));

    private static final double FAULTY = 0.15;
    private static final long DAILY_LIMIT = 20_000;
    private static final long MINIMUM_BALANCE = 10_000;

    /** Faults of any request that end no login and take no time. */
    private static final List<Fault> FAULTS = List.of(
            Fault.serverError(),
            Fault.html(502),
            Fault.html(200),
            Fault.json("{}"),
            Fault.tooManyRequests(),
            Fault.tooManyRequests("3"),
            Fault.tooManyRequests("30"),
            Fault.reset(),
            Fault.closeWithoutReply(),
            Fault.halfBody());

    /** Faults of transfers, most of them after the money was moved. */
    private static final List<Fault> TRANSFER_FAULTS = List.of(
            Fault.lostReply(),
            Fault.carriedOut(Fault.serverError()),
            Fault.carriedOut(Fault.html(504)),
            Fault.carriedOut(Fault.halfBody()),
            Fault.carriedOut(Fault.json("{}")),
            Fault.carriedOut(Fault.reset()),
            Fault.unauthorized("unauthorized.bad_access_token.expired", false),
            Fault.status(400, "{\"code\":\"bad_request.something\"}", "application/json"));

    @TempDir
    Path folder;

    private BindingFixture fixture;
    private RuleCalls rules;
    private Customer alice;
    private BankAccount account;
    private final List<Thing> pots = new ArrayList<>();

    /** The balance that the account has when the bank has carried out so many transfers and nothing else. */
    private final Map<Integer, Long> payments = new HashMap<>();

    /** A transfer of a rule, and its last result. */
    private record Transfer(Thing pot, long minor, String id, Result result) {

        boolean is(String outcome) {
            return result.outcome().equals(outcome);
        }
    }

    @Test
    void endsWithBooksThatAgree() {
        long seed = Long.getLong("monzo.soak.seed", System.nanoTime());
        System.out.println("Soak of transfers: -Dmonzo.soak.seed=" + seed + " -Dmonzo.soak.transfers=" + TRANSFERS);
        try (BindingFixture built = new BindingFixture(folder)) {
            fixture = built;
            build();
            long begin = System.nanoTime();
            List<Transfer> transfers = soak(new Random(seed));
            fixture.bank.faults().clear();
            Map<String, Long> before = count(transfers);
            List<Transfer> resolved = transfers.stream().map(this::resolved).toList();
            print(before, count(resolved), begin);

            assertLedgerMatches(resolved);
        }
    }

    private void build() {
        rules = new RuleCalls(fixture);
        alice = fixture.bank.addCustomer("Alice Example");
        account = fixture.bank.openAccount("uk_retail", "GBP", alice).balance(100_000);
        MonzoBridgeHandler bridge = fixture.addBridge(
                "alice",
                Map.of(
                        "allowTransfers",
                        true,
                        "dailyTransferLimit",
                        BigDecimal.valueOf(DAILY_LIMIT, 2),
                        "minimumBalance",
                        BigDecimal.valueOf(MINIMUM_BALANCE, 2)));
        for (String name : List.of("Holiday", "House")) {
            pots.add(fixture.addPot(bridge, account.addPot(name, null, 500_000).id()));
        }
        fixture.connect(bridge, alice);
    }

    private List<Transfer> soak(Random random) {
        List<Long> amounts =
                new ArrayList<>(IntStream.range(1, 5000).mapToObj(Long::valueOf).toList());
        Collections.shuffle(amounts, random);
        List<Transfer> transfers = new ArrayList<>();
        fixture.bank.faults().random(random.nextLong(), FAULTY, FAULTS);
        while (transfers.size() < TRANSFERS) {
            disturb(random);
            int together = random.nextInt(10) == 0 ? 3 : 1;
            List<Transfer> started = new ArrayList<>();
            for (int i = 0; i < together; i++) {
                long amount = amounts.get(transfers.size() + i);
                started.add(new Transfer(
                        pots.get(random.nextInt(2)),
                        random.nextInt(5) < 3 ? amount : -amount,
                        random.nextInt(4) == 0 ? null : "transfer " + amount,
                        null));
                if (random.nextDouble() < FAULTY) {
                    Fault fault = TRANSFER_FAULTS.get(random.nextInt(TRANSFER_FAULTS.size()));
                    Endpoint endpoint = started.get(i).minor() > 0 ? Endpoint.POT_DEPOSIT : Endpoint.POT_WITHDRAW;
                    fixture.bank.faults().next(endpoint, 1 + random.nextInt(4), fault);
                }
            }
            transfers.addAll(transfer(started));
        }
        return transfers;
    }

    /** Other events between transfers. */
    private void disturb(Random random) {
        int event = random.nextInt(100);
        if (event < 1) {
            fixture.restart(Duration.ofMinutes(random.nextInt(60)));
        } else if (event < 5) {
            fixture.bank.expireAccessTokens();
        } else if (event < 8) {
            fixture.edit(fixture.bridgeNow("alice").getThing(), Map.of("refreshInterval", 60 + event));
        }
        fixture.clock.advance(Duration.ofMinutes(random.nextInt(300)));
        if (event % 2 == 0) {
            fixture.pass(Duration.ofMinutes(1)); // a refresh
        }
        if (account.balance() < 30_000) {
            pay(100_000);
        } else if (account.balance() > 300_000) {
            pay(-200_000);
        }
    }

    private void pay(long minor) {
        payments.merge(fixture.bank.transfers().size(), minor, Long::sum);
        account.balance(account.balance() + minor);
    }

    private List<Transfer> transfer(List<Transfer> wanted) {
        List<BackgroundTask> calls = wanted.stream()
                .map(one -> rules.begin(() -> {
                    PotActions actions = rules.actions(one.pot());
                    BigDecimal amount = BigDecimal.valueOf(Math.abs(one.minor()), 2);
                    return one.minor() > 0 ? actions.deposit(amount, one.id()) : actions.withdraw(amount, one.id());
                }))
                .toList();
        rules.finish(calls.toArray(BackgroundTask[]::new));
        List<Transfer> transfers = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            Transfer one = wanted.get(i);
            transfers.add(new Transfer(one.pot(), one.minor(), one.id(), RuleCalls.result(calls.get(i))));
        }
        return transfers;
    }

    /** The rule tries again with its ID, a day later, until it is clear. */
    private Transfer resolved(Transfer transfer) {
        if (transfer.id() == null || !transfer.is("UNKNOWN")) {
            return transfer;
        }
        if (account.balance() < 30_000) {
            pay(100_000);
        }
        fixture.clock.advance(Duration.ofDays(1));
        fixture.pass(Duration.ofMinutes(20));
        return transfer(List.of(transfer)).get(0);
    }

    private void assertLedgerMatches(List<Transfer> transfers) {
        List<PotTransfer> books = fixture.bank.transfers();
        Map<Long, Long> timesMoved =
                books.stream().collect(Collectors.groupingBy(PotTransfer::amount, Collectors.counting()));
        for (Transfer one : transfers) {
            long times = timesMoved.getOrDefault(one.minor(), 0L);
            switch (one.result().outcome()) {
                case "DONE" -> assertThat(one.toString(), times, is(1L));
                case "REFUSED" -> assertThat(one.toString(), times, is(0L));
                default -> {
                    assertThat("an ID resolves it: " + one, one.id(), is(nullValue()));
                    assertThat(one.toString(), times, is(lessThanOrEqualTo(1L)));
                }
            }
        }
        assertThat("nothing else was moved", books.size(), is(lessThanOrEqualTo(transfers.size())));
        assertThat(transfers.stream().filter(one -> one.is("DONE")).count(), is(greaterThan(TRANSFERS / 3L)));
        judgeLimits(books);
    }

    private void judgeLimits(List<PotTransfer> books) {
        Map<LocalDate, Long> days = new TreeMap<>();
        long balance = 100_000;
        for (int i = 0; i < books.size(); i++) {
            PotTransfer transfer = books.get(i);
            balance += payments.getOrDefault(i, 0L) - transfer.amount();
            if (transfer.amount() > 0) {
                assertThat("balance after a deposit", balance, is(greaterThanOrEqualTo(MINIMUM_BALANCE)));
            }
            days.merge(LocalDate.ofInstant(transfer.time(), fixture.zone), Math.abs(transfer.amount()), Long::sum);
        }
        assertThat(balance + payments.getOrDefault(books.size(), 0L), is(account.balance()));
        assertThat(days.values(), everyItem(is(lessThanOrEqualTo(DAILY_LIMIT))));
        assertThat(
                "the limit mattered",
                days.values().stream().filter(sum -> sum > DAILY_LIMIT * 9 / 10).count(),
                is(greaterThan(5L)));
        for (BankPot pot : account.pots()) {
            long sum = books.stream()
                    .filter(transfer -> transfer.potId().equals(pot.id()))
                    .mapToLong(PotTransfer::amount)
                    .sum();
            assertThat(pot.balance(), is(500_000 + sum));
        }
    }

    private static Map<String, Long> count(List<Transfer> transfers) {
        return transfers.stream()
                .collect(Collectors.groupingBy(one -> one.result().outcome(), TreeMap::new, Collectors.counting()));
    }

    private void print(Map<String, Long> before, Map<String, Long> after, long begin) {
        List<PotTransfer> books = fixture.bank.transfers();
        System.out.printf(
                "Soak of transfers: results %s, after repeats %s; the bank moved %d: %s in, %s out; %d s%n",
                before,
                after,
                books.size(),
                sum(books, 1),
                sum(books, -1),
                (System.nanoTime() - begin) / 1_000_000_000);
    }

    private static BigDecimal sum(List<PotTransfer> books, int sign) {
        return BigDecimal.valueOf(
                books.stream()
                        .mapToLong(PotTransfer::amount)
                        .filter(amount -> Long.signum(amount) == sign)
                        .map(Math::abs)
                        .sum(),
                2);
    }
}
