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
 * A transaction of an account, as Monzo lists it. Amounts are in minor units, negative when money left the account. Safe
 * for use by any thread once it is listed.
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
     * Settles a pending transaction now, for another amount, as hotels and petrol stations do.
     *
     * @param finalAmount the amount, which the account's balance follows
     * @return this
     */
    public BankTransaction settle(long finalAmount) {
        return change(() -> {
            account.move(finalAmount - amount);
            amount = finalAmount;
            localAmount = localCurrency.equals(account.currency()) ? finalAmount : localAmount;
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

    String category() {
        return category;
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

    private BankTransaction change(Runnable change) {
        synchronized (ledger) {
            change.run();
            updated = ledger.now();
            return this;
        }
    }
}
