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
package org.openhab.binding.monzo.internal.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * A transaction as listed by {@code GET /transactions}, with amounts in major units. Values missing from Monzo's
 * response are {@code null}.
 *
 * @param id {@code tx_…}
 * @param accountId the account in whose list it is
 * @param created creation time, which may be days before the transaction is listed
 * @param amount negative when money left the account
 * @param currency ISO 4217 code of the account's currency
 * @param localAmount the amount as paid abroad; the same as {@code amount} at home
 * @param localCurrency ISO 4217 code of {@code localAmount}
 * @param text Monzo's own description: a shop's terminal text, a payment reference
 * @param merchant the merchant's name
 * @param counterparty the name of the other person or company
 * @param category one of Monzo's, or the ID of a custom one
 * @param settled settlement time in Monzo's format, {@code null} while pending
 * @param scheme e.g. {@code mastercard} or {@code bacs}
 * @param pot the ID of the pot that money moved to or from, {@code null} for other transactions and if not named
 * @param declined Monzo's reason, {@code null} if not declined
 * @param notes the user's notes
 * @param payday whether Monzo marks it as the salary
 * @param details what Monzo says about some transactions only
 */
@NonNullByDefault
public record Transaction(
        String id,
        String accountId,
        @Nullable Instant created,
        @Nullable BigDecimal amount,
        @Nullable String currency,
        @Nullable BigDecimal localAmount,
        @Nullable String localCurrency,
        @Nullable String text,
        @Nullable String merchant,
        @Nullable String counterparty,
        @Nullable String category,
        @Nullable String settled,
        @Nullable String scheme,
        @Nullable String pot,
        @Nullable String declined,
        @Nullable String notes,
        boolean payday,
        Details details) {

    /**
     * What Monzo says about some transactions only. Values missing from its response are {@code null}.
     *
     * @param pending whether the amount may still change
     * @param spending whether the app counts it as spending
     * @param paidFromPot whether Monzo paid it from a pot, whose withdrawal is a transaction of its own
     * @param spender the first name of who used the card of a joint account
     * @param fee the fee for a cash machine, positive, in major units
     * @param online whether the merchant is online
     * @param emoji the merchant's
     * @param logo the URL of the merchant's logo
     * @param location latitude and longitude of the merchant, such as {@code 51.5074,-0.1278}; of an online one, it is
     *     not where the user shopped
     * @param categories the parts of the amount by category, if there are several; none if it is all of one
     */
    public record Details(
            @Nullable Boolean pending,
            @Nullable Boolean spending,
            boolean paidFromPot,
            @Nullable String spender,
            @Nullable BigDecimal fee,
            @Nullable Boolean online,
            @Nullable String emoji,
            @Nullable String logo,
            @Nullable String location,
            Map<String, BigDecimal> categories) {

        public static final Details NONE = new Details(null, null, false, null, null, null, null, null, null, Map.of());

        public Details {
            categories = Map.copyOf(categories);
        }

        /** Returns the location of the shop, {@code null} if it is online or its location is unknown. */
        public @Nullable String shopLocation() {
            return Boolean.TRUE.equals(online) ? null : location;
        }

        @Override
        public String toString() {
            return "Details"; // never log names, amounts or places
        }
    }

    /** The scheme of moves between an account and its pots. */
    public static final String POT_SCHEME = "uk_retail_pot";

    /** Returns the name of the merchant or else of the counterparty, or else Monzo's own description. */
    public @Nullable String description() {
        return description(null);
    }

    /**
     * Returns the name of the merchant or else of the counterparty or of the pot, or else Monzo's own description.
     *
     * @param potName the name of the pot that money moved to or from, {@code null} if unknown
     */
    public @Nullable String description(@Nullable String potName) {
        String name = merchant == null ? counterparty : merchant;
        String nameOrPot = name == null ? potName : name;
        return nameOrPot == null ? text : nameOrPot;
    }

    /** Returns the bank's time of the transaction, {@link Instant#EPOCH} if Monzo did not send it. */
    public Instant createdOrEpoch() {
        Instant created = this.created;
        return created == null ? Instant.EPOCH : created;
    }

    /** Returns whether Monzo sent the time of the transaction, and it is before another. */
    public boolean isCreatedBefore(Instant time) {
        Instant created = this.created;
        return created != null && created.isBefore(time);
    }

    /** Returns whether money moved to or from a pot. */
    public boolean isPotMove() {
        return pot != null || POT_SCHEME.equals(scheme);
    }

    /** Returns whether money moved to or from others: false for pot moves, declined payments and card checks. */
    public boolean movesMoney() {
        BigDecimal amount = this.amount;
        return amount != null && amount.signum() != 0 && !isPotMove() && declined == null;
    }

    /** Returns whether a merchant paid money back; where Monzo does not say that it is spending, the merchant tells. */
    public boolean isRefund() {
        BigDecimal amount = this.amount;
        Boolean spending = details.spending();
        return amount != null
                && amount.signum() > 0
                && movesMoney()
                && (spending == null ? merchant != null : spending);
    }

    /** Returns whether a text is part of the description, in upper or lower case. */
    public boolean isNamed(String part) {
        String name = description();
        return name != null && name.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }

    /** Returns whether this is the category, in upper or lower case, also with blanks as the app shows it. */
    public boolean isOfCategory(String name) {
        return isCategory(category, name);
    }

    /** Returns whether a name stands for a category, in upper or lower case, also with blanks as the app shows it. */
    public static boolean isCategory(@Nullable String category, String name) {
        return name.replace(' ', '_').equalsIgnoreCase(category);
    }

    @Override
    public String toString() {
        return "Transaction[" + id + "]"; // never log names or amounts
    }
}
