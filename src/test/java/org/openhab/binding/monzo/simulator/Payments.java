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
import java.time.ZoneOffset;
import java.util.Map;

/**
 * The payments of an account: each changes the balance and is listed as a transaction. Amounts are
 * positive and in minor units of the account's currency.
 */
public final class Payments {
    private final Ledger ledger;
    private final BankAccount account;
    /** Null for now. */
    private final Instant created;

    Payments(Ledger ledger, BankAccount account, Instant created) {
        this.ledger = ledger;
        this.account = account;
        this.created = created;
    }

    /**
     * Dates payments back: they are listed and announced when they are made here, with an older {@code created}, as
     * payments are that a shop sends in late.
     *
     * @param time the time that {@code created} shows
     * @return payments of the same account
     */
    public Payments createdAt(Instant time) {
        return new Payments(ledger, account, time);
    }

    /**
     * Pays by card; the payment stays pending until it is settled. The account may become overdrawn.
     *
     * @param minor the amount
     * @param shop the name of the shop
     * @return the transaction
     */
    public BankTransaction pay(long minor, String shop) {
        synchronized (ledger) {
            return spent(card(-BankAccount.positive(minor), shop));
        }
    }

    /**
     * Lets a petrol pump hold an amount on the card, usually 1.00, until it knows the one to pay: see
     * {@link BankTransaction#correct} and {@link BankTransaction#settle(long)}.
     *
     * @param minor the amount
     * @param shop the name of the petrol station
     * @return the transaction
     */
    public BankTransaction hold(long minor, String shop) {
        synchronized (ledger) {
            return spent(card(-BankAccount.positive(minor), shop).held());
        }
    }

    /**
     * Pays by card in another currency.
     *
     * @param minor the amount
     * @param shop the name of the shop
     * @param localMinor the amount in minor units of the local currency
     * @param localCurrency the ISO 4217 code of the local currency
     * @return the transaction
     */
    public BankTransaction payAbroad(long minor, String shop, long localMinor, String localCurrency) {
        synchronized (ledger) {
            return spent(card(-BankAccount.positive(minor), shop)
                    .paidAbroad(-BankAccount.positive(localMinor), localCurrency));
        }
    }

    /**
     * Gets money back from a shop.
     *
     * @param minor the amount
     * @param shop the name of the shop
     * @return the transaction
     */
    public BankTransaction refund(long minor, String shop) {
        synchronized (ledger) {
            return booked(card(BankAccount.positive(minor), shop));
        }
    }

    /**
     * Makes a declined card payment: the transaction is listed, and no money moves.
     *
     * @param minor the amount
     * @param shop the name of the shop
     * @param reason Monzo's reason, e.g. {@code INSUFFICIENT_FUNDS}
     * @return the transaction
     */
    public BankTransaction decline(long minor, String shop, String reason) {
        synchronized (ledger) {
            return account.statement()
                    .add(card(-BankAccount.positive(minor), shop).declined(reason));
        }
    }

    /**
     * Lets a shop check the card, which makes a transaction of 0 that is never settled.
     *
     * @param shop the name of the shop
     * @return the transaction
     */
    public BankTransaction checkCard(String shop) {
        synchronized (ledger) {
            return account.statement().add(card(0, shop).metadata(Metadata.ofCardCheck(account)));
        }
    }

    /**
     * Receives a bank transfer.
     *
     * @param minor the amount
     * @param from the sender's name
     * @param reference the payment reference
     * @return the transaction
     */
    public BankTransaction receive(long minor, String from, String reference) {
        synchronized (ledger) {
            return booked(transfer(Scheme.FASTER_PAYMENTS, BankAccount.positive(minor))
                    .with(Counterparty.elsewhere(from, ledger.newEntryId("anonuser")), reference)
                    .metadata(Metadata.ofFasterPayment(ledger)));
        }
    }

    /**
     * Receives a salary.
     *
     * @param minor the amount
     * @param employer the employer's name
     * @return the transaction
     */
    public BankTransaction salary(long minor, String employer) {
        synchronized (ledger) {
            BankTransaction salary = transfer(Scheme.BACS, BankAccount.positive(minor))
                    .with(Counterparty.company(employer, ledger.newEntryId("anonuser")), "SALARY");
            salary.category("income").metadata(Map.of("payday", "true"));
            return booked(salary);
        }
    }

    /**
     * Sends a bank transfer. The account may become overdrawn.
     *
     * @param minor the amount
     * @param to the receiver's name
     * @param reference the payment reference
     * @return the transaction
     */
    public BankTransaction send(long minor, String to, String reference) {
        synchronized (ledger) {
            return booked(transfer(Scheme.FASTER_PAYMENTS, -BankAccount.positive(minor))
                    .with(Counterparty.elsewhere(to, ledger.newEntryId("anonuser")), reference)
                    .startedBy(account.owners().get(0).userId())
                    .metadata(Metadata.ofFasterPayment(ledger)));
        }
    }

    /**
     * Sends money to another account of this bank, which has a transaction of its own for it.
     *
     * @param other the receiver's account, in the same currency
     * @param minor the amount
     * @param note a word to the receiver
     * @return the transaction of the sender
     */
    public BankTransaction sendTo(BankAccount other, long minor, String note) {
        synchronized (ledger) {
            BankTransaction sent = transfer(Scheme.P2P, -BankAccount.positive(minor))
                    .with(Counterparty.customer(other), note)
                    .startedBy(account.owners().get(0).userId());
            other.payments().takeFrom(account, minor, note);
            return booked(sent);
        }
    }

    /**
     * Pays a bill by direct debit, which has a merchant as well as a counterparty. The account may become overdrawn.
     *
     * @param minor the amount
     * @param company the name of the company
     * @return the transaction
     */
    public BankTransaction directDebit(long minor, String company) {
        synchronized (ledger) {
            return booked(transfer(Scheme.BACS, -BankAccount.positive(minor))
                    .paidAt(ledger.merchants().named(company))
                    .with(Counterparty.company(company, ledger.newEntryId("anonuser")), company));
        }
    }

    private void takeFrom(BankAccount sender, long minor, String note) {
        booked(transfer(Scheme.P2P, minor).with(Counterparty.customer(sender), note));
    }

    private BankTransaction card(long amount, String shop) {
        return transaction(Scheme.MASTERCARD, amount)
                .paidAt(ledger.merchants().named(shop))
                .metadata(Metadata.ofCardPayment(ledger, account));
    }

    private BankTransaction transfer(Scheme scheme, long amount) {
        BankTransaction transaction = transaction(scheme, amount);
        return transaction.settledAt(transaction.created());
    }

    private BankTransaction transaction(Scheme scheme, long amount) {
        return new BankTransaction(account, ledger, scheme, created == null ? ledger.now() : created, amount);
    }

    private BankTransaction spent(BankTransaction payment) {
        if (isToday(payment.created())) {
            account.addToSpendToday(payment.amount());
        }
        return booked(payment);
    }

    private BankTransaction booked(BankTransaction transaction) {
        account.move(transaction.amount());
        return account.statement().add(transaction);
    }

    private boolean isToday(Instant time) {
        return time.atOffset(ZoneOffset.UTC)
                .toLocalDate()
                .equals(ledger.now().atOffset(ZoneOffset.UTC).toLocalDate());
    }
}
