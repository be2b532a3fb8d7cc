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
package org.openhab.binding.monzo.internal.automation;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.fixture.TestExtent;
import org.openhab.binding.monzo.simulator.BankPot;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.binding.monzo.simulator.PotTransfer;

/**
 * Weeks of payments with three rules at work on one account, at a bank where much goes wrong, while openHAB is restarted
 * and killed. At the end the bank's books are what the rules should have moved, to the penny. Again with the seed that is
 * printed, {@code -Dmonzo.soak.seed=}.
 */
class MoneyRulesSoakTest extends MoneyRuleTestBase {

    private static final int PAYMENTS = TestExtent.soak("monzo.soak.payments", 2000);
    private static final double FAULTY = 0.15;
    private static final long TARGET = 500_000;
    private static final String COFFEE = "Coffee House";

    private static final String TRANSACTIONS = "org.openhab.binding.monzo.transactions";
    private static final String TRANSFERS = "org.openhab.binding.monzo.transfers";

    /** Faults of any request that end no login and take no time. */
    private static final List<Fault> FAULTS = List.of(
            Fault.serverError(),
            Fault.html(502),
            Fault.json("{}"),
            Fault.tooManyRequests(),
            Fault.tooManyRequests("3"),
            Fault.reset(),
            Fault.closeWithoutReply(),
            Fault.halfBody());

    /** Faults of transfers, most of them after the money was moved. */
    private static final List<Fault> TRANSFER_FAULTS = List.of(
            Fault.carriedOut(Fault.serverError()),
            Fault.carriedOut(Fault.html(504)),
            Fault.carriedOut(Fault.halfBody()),
            Fault.carriedOut(Fault.json("{}")),
            Fault.carriedOut(Fault.reset()),
            Fault.carriedOut(Fault.closeWithoutReply()),
            Fault.unauthorized("unauthorized.bad_access_token.expired", false));

    private final List<Long> roundings = new ArrayList<>();
    private final List<Long> paidBack = new ArrayList<>();
    private BankPot savings;
    private BankPot coffee;
    private BankPot buffer;
    private long net;
    private int restarts;
    private int kills;

    @Test
    void endsWithBooksThatAgree() {
        long seed = Long.getLong("monzo.soak.seed", System.nanoTime());
        System.out.println("Soak of money rules: -Dmonzo.soak.seed=" + seed + " -Dmonzo.soak.payments=" + PAYMENTS);
        Random random = new Random(seed);
        long begin = System.nanoTime();
        addRules();
        fixture.bank.faults().random(random.nextLong(), FAULTY, FAULTS);
        for (int paid = 0; paid < PAYMENTS; ) {
            Map<String, String> stored = Map.of(
                    TRANSACTIONS,
                    fixture.core().stored(TRANSACTIONS),
                    TRANSFERS,
                    fixture.core().stored(TRANSFERS));
            for (int i = random.nextInt(4); i >= 0; i--) {
                pay(random);
                paid++;
            }
            if (random.nextDouble() < FAULTY) {
                fixture.bank
                        .faults()
                        .next(
                                random.nextBoolean() ? Endpoint.POT_DEPOSIT : Endpoint.POT_WITHDRAW,
                                1 + random.nextInt(5),
                                TRANSFER_FAULTS.get(random.nextInt(TRANSFER_FAULTS.size())));
            }
            rules.pass(Duration.ofSeconds(20 + random.nextInt(100)));
            disturb(random, stored);
        }
        fixture.bank.faults().clear();
        for (int i = 0; i < 60; i++) {
            rules.pass(Duration.ofMinutes(1));
        }
        print(begin);
        judge();
    }

    private void addRules() {
        current.balance(TARGET);
        savings = current.addPot("Savings", null, 0);
        coffee = current.addPot("Coffee", null, 20_000_000);
        buffer = current.addPot("Buffer", null, 20_000_000);
        fixture.edit(
                bridge.getThing(),
                Map.of("transferLimit", decimal("100000"), "dailyTransferLimit", decimal("10000000")));
        refresh();
        add(
                "round-up",
                List.of(condition()),
                action(of(savings, "direction", "DEPOSIT", "amount", "ROUND_UP", "factor", decimal("2"))));
        add(
                "pay-from-pot",
                List.of(condition("direction", "EITHER", "merchant", COFFEE)),
                action(of(coffee, "direction", "WITHDRAW", "amount", "PAYMENT")));
        add("keep-balance", of(buffer, "direction", "EITHER", "amount", "TO_TARGET", "value", decimal("5000")));
        refresh();
    }

    private Map<String, Object> of(BankPot target, Object... parameters) {
        Map<String, Object> configuration = transfer(parameters);
        configuration.put(
                "pot",
                fixture.addPot(fixture.bridgeNow("alice"), target.id()).getUID().toString());
        return configuration;
    }

    private void pay(Random random) {
        long minor = 1 + random.nextInt(5_000);
        switch (random.nextInt(20)) {
            case 0 -> {
                current.payments().refund(minor, COFFEE);
                paidBack.add(minor);
                net += minor;
            }
            case 1 -> {
                current.payments().receive(minor, "Sam Friend", COFFEE);
                net += minor;
            }
            case 2 -> current.payments().decline(minor, COFFEE, "INSUFFICIENT_FUNDS");
            case 3 -> current.payments().checkCard(COFFEE);
            case 4, 5, 6, 7, 8 -> {
                current.payments().pay(minor, COFFEE);
                paidBack.add(-minor);
                spent(minor);
            }
            case 9 -> {
                current.payments().payAbroad(minor, "Ramen Ya", minor * 190, "JPY");
                spent(minor);
            }
            default -> {
                current.payments().pay(minor, "Corner Shop");
                spent(minor);
            }
        }
    }

    private void spent(long minor) {
        net -= minor;
        if (minor % 100 != 0) {
            roundings.add(2 * (100 - minor % 100));
        }
    }

    /** What happens in a home meanwhile. */
    private void disturb(Random random, Map<String, String> stored) {
        switch (random.nextInt(60)) {
            case 0 -> {
                restarts++;
                rules.restart(Duration.ofMinutes(random.nextInt(60)));
            }
            case 1, 2 -> { // killed before both files were written, or one of them
                kills++;
                boolean both = random.nextBoolean();
                rules.restart(Duration.ofMinutes(random.nextInt(5)), () -> {
                    for (Map.Entry<String, String> file : stored.entrySet()) {
                        if ((both || file.getKey().equals(TRANSACTIONS))
                                && !file.getValue().isEmpty()) {
                            Files.writeString(folder.resolve(file.getKey() + ".json"), file.getValue());
                        }
                    }
                });
            }
            case 3, 4 -> fixture.bank.expireAccessTokens();
            case 5 ->
                fixture.edit(fixture.bridgeNow("alice").getThing(), Map.of("refreshInterval", 50 + random.nextInt(20)));
            case 6 -> rules.runNow(rules.registry().get("keep-balance"), random.nextBoolean(), Map.of());
            case 7 -> fixture.skip(Duration.ofMinutes(10 + random.nextInt(100)));
            default -> {}
        }
    }

    private void judge() {
        assertThat(of(savings), is(roundings.stream().sorted().toList()));
        assertThat(of(coffee), is(paidBack.stream().sorted().toList()));
        long saved = roundings.stream().mapToLong(Long::longValue).sum();
        long returned = paidBack.stream().mapToLong(Long::longValue).sum();
        assertThat(savings.balance(), is(saved));
        assertThat(coffee.balance(), is(20_000_000 + returned));
        assertThat(current.balance(), is(TARGET));
        assertThat(buffer.balance(), is(20_000_000 + net - saved - returned));
        assertThat(warnings(), is(empty()));
    }

    /** What the bank has moved to or from a pot, the smallest first. */
    private List<Long> of(BankPot pot) {
        return fixture.bank.transfers().stream()
                .filter(transfer -> transfer.potId().equals(pot.id()))
                .map(PotTransfer::amount)
                .sorted()
                .toList();
    }

    private void print(long begin) {
        System.out.printf(
                "Soak of money rules: %d payments, %d restarts, %d kills; %d round-ups %s, %d paid back %s, %d to keep the"
                        + " balance %s; account %s; %d s%n",
                PAYMENTS,
                restarts,
                kills,
                of(savings).size(),
                major(savings.balance()),
                of(coffee).size(),
                major(coffee.balance() - 20_000_000),
                of(buffer).size(),
                major(buffer.balance() - 20_000_000),
                major(current.balance()),
                (System.nanoTime() - begin) / 1_000_000_000);
    }

    private static BigDecimal major(long minor) {
        return BigDecimal.valueOf(minor, 2);
    }
}
