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

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/**
 * The customers, accounts and pots, and the lock under which they are read and changed, so that money being moved is
 * never counted twice or not at all.
 */
final class Ledger {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int RANDOM_PART = 18;

    private final Clock clock;
    private final Map<String, Customer> customers = new LinkedHashMap<>();
    private final Map<String, BankAccount> accounts = new LinkedHashMap<>();

    /** Seeded, so that a bank filled in the same way has the same IDs, as needed in a .things file. */
    private final Random random = new Random(20210612);

    private final Random entryRandom = new Random(20221124);
    private final Merchants merchants = new Merchants(this);
    private Consumer<BankTransaction> listener = transaction -> {};

    Ledger(Clock clock) {
        this.clock = clock;
    }

    synchronized Customer addCustomer(String name) {
        Customer customer = new Customer(newId("user"), name, newEmail(name));
        customers.put(customer.userId(), customer);
        return customer;
    }

    /** The first name at example.com; of two with the same name, the second gets a number. */
    private String newEmail(String name) {
        String first = name.split(" ", 2)[0].toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        long namesakes = customers.values().stream()
                .filter(customer -> customer.email().matches(first + "[0-9]*@example\\.com"))
                .count();
        return first + (namesakes == 0 ? "" : namesakes + 1) + "@example.com";
    }

    synchronized BankAccount openAccount(String type, String currency, List<Customer> owners) {
        String number = String.format("%08d", random.nextInt(100_000_000));
        BankAccount account = new BankAccount(this, newId("acc"), type, currency, owners, number);
        accounts.put(account.id(), account);
        return account;
    }

    synchronized List<Customer> customers() {
        return List.copyOf(customers.values());
    }

    synchronized Optional<Customer> customer(String userId) {
        return Optional.ofNullable(customers.get(userId));
    }

    synchronized List<BankAccount> accounts() {
        return List.copyOf(accounts.values());
    }

    synchronized List<BankAccount> accountsOf(String userId) {
        return accounts.values().stream().filter(a -> a.isOwnedBy(userId)).toList();
    }

    synchronized Optional<BankPot> pot(String potId) {
        List<BankPot> pots = new ArrayList<>();
        accounts.values().forEach(a -> pots.addAll(a.pots()));
        return pots.stream().filter(p -> p.id().equals(potId)).findFirst();
    }

    synchronized String newId(String kind) {
        return newId(kind, random);
    }

    /** An id of something that is written down; their sequence leaves the ids of accounts and pots as they are. */
    synchronized String newEntryId(String kind) {
        return newId(kind, entryRandom);
    }

    private static String newId(String kind, Random random) {
        StringBuilder id = new StringBuilder(kind).append("_0000");
        for (int i = 0; i < RANDOM_PART; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }

    Merchants merchants() {
        return merchants;
    }

    /** Registers a listener that is called with each listed transaction, under the ledger's lock. */
    synchronized void onTransaction(Consumer<BankTransaction> newListener) {
        listener = newListener;
    }

    synchronized void announce(BankTransaction transaction) {
        listener.accept(transaction);
    }

    Instant now() {
        return clock.instant();
    }
}
