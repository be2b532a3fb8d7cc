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

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * An account as {@code GET /accounts} lists it. The account number, the sort code and the IBAN are left at the bank.
 *
 * @param id {@code acc_…}
 * @param type Monzo's name of the type, e.g. {@code uk_retail}; {@code null} where Monzo does not say
 * @param closed whether the account was closed; closed accounts stay in the list
 * @param currency ISO 4217 code, {@code null} where Monzo does not say
 * @param created when it was opened, as Monzo writes it, or {@code null}
 * @param owners in Monzo's order, empty where Monzo does not say
 */
@NonNullByDefault
public record Account(
        String id,
        @Nullable String type,
        boolean closed,
        @Nullable String currency,
        @Nullable String created,
        List<Owner> owners) {

    /** The types that hold the money of everyday; cards, loans, rewards and the old prepaid card do not. */
    private static final Set<String> CURRENT_ACCOUNTS = Set.of(
            "uk_retail",
            "uk_retail_joint",
            "uk_retail_plus",
            "uk_retail_young",
            "uk_personal",
            "uk_business",
            "eu_retail",
            "eu_retail_joint");

    /**
     * Tells whether a person would call this their current account.
     *
     * @return true also for an account without a type, since Monzo's own documentation shows current accounts so
     */
    public boolean isCurrentAccount() {
        String type = this.type;
        return type == null || CURRENT_ACCOUNTS.contains(type);
    }

    /** The owners' names, separated by commas; {@code null} where Monzo does not say. */
    public @Nullable String ownerNames() {
        return owners.isEmpty() ? null : owners.stream().map(Owner::name).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return "Account[" + id + "]"; // names do not belong in a log
    }
}
