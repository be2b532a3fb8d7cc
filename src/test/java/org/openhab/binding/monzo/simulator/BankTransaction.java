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

import com.google.gson.JsonElement;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A transaction of an account, as Monzo lists it. Amounts are in minor units, negative when money left the account.
 * Safe for use by any thread once it is listed.
 */
public final class BankTransaction {
    private final Ledger ledger;
    private final BankAccount account;
    private final String id;
    private final Scheme scheme;
    private final Instant created;

    private final Map<String, String> metadata = new TreeMap<>();
    /** Fields that a test chose, null for those it left out. */
    private final Map<String, JsonElement> overrides = new LinkedHashMap<>();

    private long amount;
    private long localAmount;
    private String localCurrency;
    private String description;
    private String category = "general";
    private String notes = "";
    private String dedupeId;
    private String userId = "";
    private String declineReason;
    private boolean amountPending;
    /** Null for what Monzo makes of the kind of transaction. */
    private Boolean includedInSpending;
    /** What does not count as {@link #category}. */
    private Map<String, Long> otherCategories = Map.of();

    private Merchant merchant;
    private Counterparty counterparty;
    private boolean originator;
    private Instant settled;
    private Instant updated;

    BankTransaction(BankAccount account, Ledger ledger, Scheme scheme, Instant created, long amount) {
        this.ledger = ledger;
        this.account = account;
        this.scheme = scheme;
        this.created = created;
        this.amount = amount;
        this.localAmount = amount;
        this.localCurrency = account.currency();
        this.id = ledger.newEntryId("tx");
        this.description = id;
        this.dedupeId = scheme.monzoName() + ":" + id;
        this.updated = ledger.now();
    }

    /**
     * @return the id, {@code tx_…}
     */
    public String id() {
        return id;
    }

    /**
     * @return the account
     */
    public BankAccount account() {
        return account;
    }

    /**
     * @return when it was made, which may be long before it was listed
     */
    public Instant created() {
        return created;
    }

    /**
     * @return the amount in the account's currency
     */
    public long amount() {
        synchronized (ledger) {
            return amount;
        }
    }

    /**
     * @return when it was settled, null while pending
     */
    public Instant settled() {
        synchronized (ledger) {
            return settled;
        }
    }

    /**
     * @return Monzo's reason if it was declined, else null
     */
    public String declineReason() {
        synchronized (ledger) {
            return declineReason;
        }
    }

    /**
     * @return one of Monzo's categories, or the id of one that the customer made
     */
    public String category() {
        synchronized (ledger) {
            return category;
        }
    }

    /**
     * @return the text as Monzo has it: a shop's terminal text, a payment reference, a pot's id
     */
    public String description() {
        synchronized (ledger) {
            return description;
        }
    }

    /**
     * Settles a pending transaction now.
     *
     * @return this
     */
    public BankTransaction settle() {
        return settle(amount());
    }

    /**
     * Changes the amount of a pending transaction, which stays pending: what a petrol pump held becomes what was filled
     * in, or 0 if it is released.
     *
     * @param newAmount the amount, which the account's balance follows
     * @return this
     */
    public BankTransaction correct(long newAmount) {
        return change(() -> moveTo(newAmount));
    }

    /**
     * Declines a pending transaction after all, which gives the money back.
     *
     * @param reason Monzo's reason, e.g. {@code OTHER}
     * @return this
     */
    public BankTransaction decline(String reason) {
        return change(() -> {
            account.move(-amount);
            declineReason = reason;
            amountPending = false;
        });
    }

    /**
     * Settles a pending transaction now, for another amount, as hotels and petrol stations do.
     *
     * @param finalAmount the amount, which the account's balance follows
     * @return this
     */
    public BankTransaction settle(long finalAmount) {
        return change(() -> {
            moveTo(finalAmount);
            amountPending = false;
            settled = ledger.now();
            if (scheme == Scheme.MASTERCARD) {
                metadata.putAll(Metadata.ofSettledCardPayment(ledger));
            }
        });
    }

    /**
     * Sets the category.
     *
     * @param newCategory one of Monzo's, or the id of one that the customer made, {@code category_…}
     * @return this
     */
    public BankTransaction category(String newCategory) {
        return change(() -> category = newCategory);
    }

    /**
     * Splits the amount between categories.
     *
     * @param parts the amounts of other categories than {@link #category}, which keeps the rest
     * @return this
     */
    public BankTransaction split(Map<String, Long> parts) {
        return change(() -> otherCategories = Map.copyOf(parts));
    }

    /**
     * Counts this transaction as spending or not, as customers choose in the app.
     *
     * @param included whether it counts
     * @return this
     */
    public BankTransaction includeInSpending(boolean included) {
        return change(() -> includedInSpending = included);
    }

    /**
     * Sets the customer's notes.
     *
     * @param newNotes the notes
     * @return this
     */
    public BankTransaction notes(String newNotes) {
        return change(() -> notes = newNotes);
    }

    /**
     * Replaces a field in responses, for transactions of an unknown form.
     *
     * @param name the field
     * @param value its value, JSON null too
     * @return this
     */
    public BankTransaction field(String name, JsonElement value) {
        return change(() -> overrides.put(name, value));
    }

    /**
     * Leaves fields out of responses.
     *
     * @param names the fields
     * @return this
     */
    public BankTransaction without(String... names) {
        return change(() -> {
            for (String name : names) {
                overrides.put(name, null);
            }
        });
    }

    Map<String, JsonElement> overrides() {
        return Collections.unmodifiableMap(overrides);
    }

    Scheme scheme() {
        return scheme;
    }

    long localAmount() {
        return localAmount;
    }

    String localCurrency() {
        return localCurrency;
    }

    boolean isAmountPending() {
        return amountPending;
    }

    /** Card payments, debits and payments to people, and what shops gave back; not what was received or declined. */
    boolean isIncludedInSpending() {
        return includedInSpending != null
                ? includedInSpending
                : scheme != Scheme.POT && declineReason == null && (amount < 0 || amount > 0 && merchant != null);
    }

    /** The parts of the amount by category, the main one first. */
    Map<String, Long> categories() {
        Map<String, Long> parts = new LinkedHashMap<>();
        parts.put(
                category,
                amount
                        - otherCategories.values().stream()
                                .mapToLong(Long::longValue)
                                .sum());
        parts.putAll(otherCategories);
        return parts;
    }

    String notes() {
        return notes;
    }

    String dedupeId() {
        return dedupeId;
    }

    String userId() {
        return userId;
    }

    Merchant merchant() {
        return merchant;
    }

    Counterparty counterparty() {
        return counterparty;
    }

    boolean isOriginator() {
        return originator;
    }

    Instant updated() {
        return updated;
    }

    Map<String, String> metadata() {
        return metadata;
    }

    // For creating a transaction, before it is listed.

    BankTransaction paidAt(Merchant shop) {
        merchant = shop;
        description = shop.terminalText();
        category = shop.category();
        userId = account.owners().get(0).userId();
        return this;
    }

    BankTransaction paidAbroad(long inLocalCurrency, String currency) {
        localAmount = inLocalCurrency;
        localCurrency = currency;
        return this;
    }

    BankTransaction held() {
        amountPending = true;
        return this;
    }

    BankTransaction declined(String reason) {
        declineReason = reason;
        return this;
    }

    BankTransaction with(Counterparty other, String reference) {
        counterparty = other;
        description = reference;
        notes = reference;
        metadata.put("notes", reference);
        return this;
    }

    /** Whose card of a joint account was used. */
    BankTransaction spentBy(Customer spender) {
        userId = spender.userId();
        metadata.put("spender_first_name", spender.firstName());
        metadata.put("spender_full_name", spender.name());
        return this;
    }

    BankTransaction startedBy(String user) {
        originator = true;
        userId = user;
        return this;
    }

    BankTransaction movedToOrFromPot(String potId, String newDedupeId) {
        description = potId;
        category = "transfers";
        dedupeId = newDedupeId;
        originator = true;
        return this;
    }

    BankTransaction metadata(Map<String, String> entries) {
        metadata.putAll(entries);
        return this;
    }

    BankTransaction settledAt(Instant time) {
        settled = time;
        return this;
    }

    private void moveTo(long newAmount) {
        account.move(newAmount - amount);
        amount = newAmount;
        localAmount = localCurrency.equals(account.currency()) ? newAmount : localAmount;
    }

    private BankTransaction change(Runnable change) {
        synchronized (ledger) {
            change.run();
            updated = ledger.now();
            return this;
        }
    }
}
