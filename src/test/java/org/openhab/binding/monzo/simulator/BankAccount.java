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

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** An account at the simulated bank. All amounts are in minor units of its currency. Safe for use by any thread. */
public final class BankAccount {
    private static final Set<String> WITHOUT_TRANSACTIONS = Set.of("uk_monzo_flex_backing_loan", "uk_rewards");

    private final Ledger ledger;
    private final String id;
    private final String type;
    private final String currency;
    private final List<Customer> owners;
    private final String accountNumber;
    private final Instant created;
    private final Statement statement;
    private final List<BankPot> pots = new ArrayList<>();
    private final Set<Endpoint> forbidden = EnumSet.noneOf(Endpoint.class);

    private JsonForm form = JsonForm.NEWEST;
    private boolean closed;
    private long balance;
    private Long spendToday = 0L;
    private Long fixedTotal;
    private boolean withoutTotal;
    private String localCurrency = "";
    private double localRate;

    BankAccount(Ledger ledger, String id, String type, String currency, List<Customer> owners, String accountNumber) {
        this.ledger = ledger;
        this.id = id;
        this.type = type;
        this.currency = currency;
        this.owners = List.copyOf(owners);
        this.accountNumber = accountNumber;
        this.created = ledger.now();
        this.statement = new Statement(ledger);
    }

    /**
     * @return the id, {@code acc_…}
     */
    public String id() {
        return id;
    }

    /**
     * @return Monzo's word for the kind of account
     */
    public String type() {
        return type;
    }

    /**
     * @return the ISO 4217 code
     */
    public String currency() {
        return currency;
    }

    /**
     * @return the owners, at least one
     */
    public List<Customer> owners() {
        return owners;
    }

    /**
     * @return the eight digits of the account number; kinds without one do not show it
     */
    public String accountNumber() {
        return accountNumber;
    }

    /**
     * @return the account number as Monzo puts it into an IBAN
     */
    public String iban() {
        return "GB00MONZ040004" + accountNumber;
    }

    /**
     * Sets the balance, without a transaction: what the account started with.
     *
     * @param minor the new balance, negative when overdrawn
     * @return this
     */
    public BankAccount balance(long minor) {
        synchronized (ledger) {
            balance = minor;
            return this;
        }
    }

    /**
     * @return the balance, without the pots
     */
    public long balance() {
        synchronized (ledger) {
            return balance;
        }
    }

    /**
     * Fixes the total balance, which otherwise is the balance and what is in the pots.
     *
     * @param minor the total, or null to have it derived again
     * @return this
     */
    public BankAccount totalBalance(Long minor) {
        synchronized (ledger) {
            fixedTotal = minor;
            withoutTotal = false;
            return this;
        }
    }

    /**
     * Leaves the total balance out of replies.
     *
     * @return this
     */
    public BankAccount withoutTotalBalance() {
        synchronized (ledger) {
            withoutTotal = true;
            return this;
        }
    }

    /**
     * @return the total balance, null when replies do not have it
     */
    public Long totalBalance() {
        synchronized (ledger) {
            if (withoutTotal) {
                return null;
            }
            return fixedTotal != null
                    ? fixedTotal
                    : Long.valueOf(
                            balance + pots.stream().mapToLong(BankPot::balance).sum());
        }
    }

    /**
     * Sets what was spent today.
     *
     * @param minor the amount as Monzo has it, negative when money was spent
     * @return this
     */
    public BankAccount spendToday(long minor) {
        synchronized (ledger) {
            spendToday = minor;
            return this;
        }
    }

    /**
     * Leaves what was spent today out of replies.
     *
     * @return this
     */
    public BankAccount withoutSpendToday() {
        synchronized (ledger) {
            spendToday = null;
            return this;
        }
    }

    /**
     * @return what was spent today, negative when money was spent, null when replies do not have it
     */
    public Long spendToday() {
        synchronized (ledger) {
            return spendToday;
        }
    }

    /**
     * Takes the owner to another country.
     *
     * @param currency the currency there, empty when back at home
     * @param rate units of it for one unit of the account's currency, 0 at home
     * @return this
     */
    public BankAccount abroad(String currency, double rate) {
        synchronized (ledger) {
            localCurrency = currency;
            localRate = rate;
            return this;
        }
    }

    /**
     * Chooses the JSON form of the account and its balance.
     *
     * @param newForm the form
     * @return this
     */
    public BankAccount form(JsonForm newForm) {
        synchronized (ledger) {
            form = newForm;
            return this;
        }
    }

    /**
     * Makes the bank answer 403 to some calls about this account alone, as it does for permissions an account's kind
     * never has.
     *
     * @param endpoints {@link Endpoint#BALANCE}, {@link Endpoint#POTS}, {@link Endpoint#TRANSACTIONS} and so on; none
     *     to permit everything again that the account's kind permits
     * @return this
     */
    public BankAccount forbid(Endpoint... endpoints) {
        synchronized (ledger) {
            forbidden.clear();
            Collections.addAll(forbidden, endpoints);
            return this;
        }
    }

    /**
     * Pays with the card at the corner shop. The account may go into overdraft.
     *
     * @param minor the amount, positive
     * @return this
     */
    public BankAccount spend(long minor) {
        payments().pay(minor, "Corner Shop");
        return this;
    }

    /**
     * Receives money from a friend.
     *
     * @param minor the amount, positive
     * @return this
     */
    public BankAccount receive(long minor) {
        payments().receive(minor, "Sam Friend", "Thank you");
        return this;
    }

    /**
     * @return the payments a customer makes with the account
     */
    public Payments payments() {
        return new Payments(ledger, this, null);
    }

    /**
     * @return the transactions, oldest {@code created} first
     */
    public List<BankTransaction> transactions() {
        return statement.all();
    }

    /**
     * Closes the account; Monzo goes on listing it.
     *
     * @return this
     */
    public BankAccount close() {
        synchronized (ledger) {
            closed = true;
            return this;
        }
    }

    /**
     * @return whether the account is closed
     */
    public boolean isClosed() {
        synchronized (ledger) {
            return closed;
        }
    }

    /**
     * Makes a pot.
     *
     * @param name what the owner calls it
     * @param goalMinor the amount to save up to, null for none
     * @param balanceMinor what is in it; not taken from the account
     * @return the pot
     */
    public BankPot addPot(String name, Long goalMinor, long balanceMinor) {
        synchronized (ledger) {
            BankPot pot = new BankPot(ledger, this, ledger.newId("pot"), name, goalMinor, balanceMinor);
            pots.add(pot);
            return pot;
        }
    }

    /**
     * @return the pots, deleted ones too, oldest first
     */
    public List<BankPot> pots() {
        synchronized (ledger) {
            return List.copyOf(pots);
        }
    }

    Statement statement() {
        return statement;
    }

    /** Changes the balance; those who do so list a transaction for it. */
    void move(long minor) {
        synchronized (ledger) {
            balance += minor;
        }
    }

    void addToSpendToday(long minor) {
        synchronized (ledger) {
            if (spendToday != null) {
                spendToday += minor;
            }
        }
    }

    boolean isOwnedBy(String userId) {
        return owners.stream().anyMatch(o -> o.userId().equals(userId));
    }

    boolean forbids(Endpoint endpoint) {
        synchronized (ledger) {
            return forbidden.contains(endpoint)
                    || (endpoint == Endpoint.TRANSACTIONS && WITHOUT_TRANSACTIONS.contains(type));
        }
    }

    Instant created() {
        return created;
    }

    JsonForm form() {
        synchronized (ledger) {
            return form;
        }
    }

    String localCurrency() {
        synchronized (ledger) {
            return localCurrency;
        }
    }

    double localRate() {
        synchronized (ledger) {
            return localRate;
        }
    }

    static long positive(long minor) {
        if (minor <= 0) {
            throw new IllegalArgumentException("Not a positive amount: " + minor);
        }
        return minor;
    }
}
