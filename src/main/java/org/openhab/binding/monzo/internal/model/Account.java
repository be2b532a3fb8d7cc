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
 * An account as listed by {@code GET /accounts}, without its account number, sort code and IBAN.
 *
 * @param id {@code acc_…}
 * @param type Monzo's account type, e.g. {@code uk_retail}; {@code null} if Monzo omits it
 * @param closed whether the account was closed; Monzo keeps closed accounts in the list
 * @param currency ISO 4217 code, {@code null} if Monzo omits it
 * @param created creation time in Monzo's format, or {@code null}
 * @param owners in Monzo's order, empty if Monzo omits them
 */
@NonNullByDefault
public record Account(
        String id,
        @Nullable String type,
        boolean closed,
        @Nullable String currency,
        @Nullable String created,
        List<Owner> owners) {

    /**
     * An owner of an account.
     *
     * @param userId {@code user_…}, {@code null} if Monzo omits it; never displayed, stored or logged
     * @param name the preferred name at Monzo
     */
    public record Owner(@Nullable String userId, String name) {

        @Override
        public String toString() {
            return "Owner"; // never log the ID or the name
        }
    }

    /** Account types for everyday money, unlike cards, loans, rewards and the old prepaid card. */
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
     * Returns whether this is a current account.
     *
     * @return {@code true} also for an account without a type, as in the examples of Monzo's documentation
     */
    public boolean isCurrentAccount() {
        String type = this.type;
        return type == null || CURRENT_ACCOUNTS.contains(type);
    }

    /** Returns the owners' names, separated by commas; {@code null} if Monzo omits them. */
    public @Nullable String ownerNames() {
        return owners.isEmpty() ? null : owners.stream().map(Owner::name).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return "Account[" + id + "]"; // never log names
    }
}
