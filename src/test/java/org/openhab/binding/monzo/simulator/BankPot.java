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

/** A pot of an account. All amounts are in minor units of the account's currency. Safe for use by any thread. */
public final class BankPot {
    private final Ledger ledger;
    private final BankAccount account;
    private final String id;
    private final Instant created;

    private JsonForm form = JsonForm.NEWEST;
    private String name;
    private String style = "beach_ball";
    private Long goal;
    private long balance;
    private Integer roundUpMultiplier;
    private boolean flexibleSavings;
    private boolean deleted;
    private boolean locked;
    private boolean addedSecurity;
    private Instant lockedUntil;
    private Instant updated;

    BankPot(Ledger ledger, BankAccount account, String id, String name, Long goal, long balance) {
        this.ledger = ledger;
        this.account = account;
        this.id = id;
        this.name = name;
        this.goal = goal;
        this.balance = balance;
        this.created = ledger.now();
        this.updated = created;
    }

    /**
     * @return the id, {@code pot_…}
     */
    public String id() {
        return id;
    }

    /**
     * @return the account the pot belongs to
     */
    public BankAccount account() {
        return account;
    }

    /**
     * @return what the owner calls the pot
     */
    public String name() {
        synchronized (ledger) {
            return name;
        }
    }

    /**
     * Renames the pot.
     *
     * @param newName the new name
     * @return this
     */
    public BankPot name(String newName) {
        return change(() -> name = newName);
    }

    /**
     * @return what is in the pot
     */
    public long balance() {
        synchronized (ledger) {
            return balance;
        }
    }

    /**
     * Sets what is in the pot, leaving the account as it is.
     *
     * @param minor the amount
     * @return this
     */
    public BankPot balance(long minor) {
        return change(() -> balance = minor);
    }

    /**
     * @return the goal, null when there is none
     */
    public Long goal() {
        synchronized (ledger) {
            return goal;
        }
    }

    /**
     * Sets the goal.
     *
     * @param minor the amount to save up to, null for none
     * @return this
     */
    public BankPot goal(Long minor) {
        return change(() -> goal = minor);
    }

    /**
     * Sets the style, which Monzo sends empty for pots with a picture of their own.
     *
     * @param newStyle the style
     * @return this
     */
    public BankPot style(String newStyle) {
        return change(() -> style = newStyle);
    }

    /**
     * Switches rounding up.
     *
     * @param multiplier how many times the difference goes into the pot, null to switch it off
     * @return this
     */
    public BankPot roundUp(Integer multiplier) {
        return change(() -> roundUpMultiplier = multiplier);
    }

    /**
     * Makes this a savings pot, shown with the kind and the ISA wrapper such a pot was recorded with.
     *
     * @return this
     */
    public BankPot flexibleSavings() {
        return change(() -> flexibleSavings = true);
    }

    /**
     * Chooses the JSON form.
     *
     * @param newForm the form
     * @return this
     */
    public BankPot form(JsonForm newForm) {
        return change(() -> form = newForm);
    }

    /**
     * Locks the pot.
     *
     * @param until when it opens again, null to open it now
     * @return this
     */
    public BankPot lockUntil(Instant until) {
        return change(() -> {
            locked = until != null;
            lockedUntil = until;
        });
    }

    /**
     * Moves money from the account, which may go into overdraft, into the pot.
     *
     * @param minor the amount, positive
     * @return this
     */
    public BankPot deposit(long minor) {
        move(-BankAccount.positive(minor), owner(), newDedupeId());
        return this;
    }

    /**
     * Moves money from the pot into the account.
     *
     * @param minor the amount, positive and at most what is there
     * @return this
     */
    public BankPot withdraw(long minor) {
        synchronized (ledger) {
            if (BankAccount.positive(minor) > balance) {
                throw new IllegalArgumentException("Not that much in the pot");
            }
            move(minor, owner(), newDedupeId());
            return this;
        }
    }

    /**
     * Deletes the pot: its money goes back to the account, Monzo goes on listing it.
     *
     * @return this
     */
    public BankPot delete() {
        return change(() -> {
            if (balance > 0) {
                move(balance, owner(), newDedupeId());
            }
            balance = 0;
            deleted = true;
        });
    }

    /**
     * @return whether the pot was deleted
     */
    public boolean isDeleted() {
        synchronized (ledger) {
            return deleted;
        }
    }

    /**
     * Protects the pot so that only the app can take money out.
     *
     * @param on whether it does
     * @return this
     */
    public BankPot addedSecurity(boolean on) {
        return change(() -> addedSecurity = on);
    }

    boolean hasAddedSecurity() {
        synchronized (ledger) {
            return addedSecurity;
        }
    }

    /** Moves money and lists the transaction; the amount is what the account gets, negative for a deposit. */
    BankTransaction move(long amount, String userId, String dedupeId) {
        synchronized (ledger) {
            change(() -> balance -= amount);
            account.move(amount);
            return account.statement().add(PotMove.transaction(ledger, this, amount, userId, dedupeId));
        }
    }

    /** The account that holds a pot's money inside the bank; no program sees it elsewhere. */
    String backingAccountId() {
        return id.replaceFirst("^pot_", "acc_");
    }

    private String owner() {
        return account.owners().get(0).userId();
    }

    private String newDedupeId() {
        return ledger.newEntryId("app");
    }

    JsonForm form() {
        synchronized (ledger) {
            return form;
        }
    }

    String style() {
        synchronized (ledger) {
            return style;
        }
    }

    Integer roundUpMultiplier() {
        synchronized (ledger) {
            return roundUpMultiplier;
        }
    }

    boolean isFlexibleSavings() {
        synchronized (ledger) {
            return flexibleSavings;
        }
    }

    boolean isLocked() {
        synchronized (ledger) {
            return locked;
        }
    }

    Instant lockedUntil() {
        synchronized (ledger) {
            return lockedUntil;
        }
    }

    Instant created() {
        return created;
    }

    Instant updated() {
        synchronized (ledger) {
            return updated;
        }
    }

    private BankPot change(Runnable change) {
        synchronized (ledger) {
            change.run();
            updated = ledger.now();
            return this;
        }
    }
}
