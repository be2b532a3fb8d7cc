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
import java.util.Map;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * What Monzo says about some transactions only. Values missing from its response are {@code null}.
 *
 * @param pending whether the amount may still change
 * @param spending whether the app counts it as spending
 * @param spender the first name of who used the card of a joint account
 * @param fee the fee for a cash machine, positive, in major units
 * @param online whether the merchant is online
 * @param emoji the merchant's
 * @param logo the URL of the merchant's logo
 * @param location latitude and longitude of the merchant, such as {@code 51.5074,-0.1278}; of an online one, it is not
 *     where somebody shopped
 * @param categories the parts of the amount by category, if there are several; none if it is all of one
 */
@NonNullByDefault
public record TransactionDetails(
        @Nullable Boolean pending,
        @Nullable Boolean spending,
        @Nullable String spender,
        @Nullable BigDecimal fee,
        @Nullable Boolean online,
        @Nullable String emoji,
        @Nullable String logo,
        @Nullable String location,
        Map<String, BigDecimal> categories) {

    public static final TransactionDetails NONE =
            new TransactionDetails(null, null, null, null, null, null, null, null, Map.of());

    public TransactionDetails {
        categories = Map.copyOf(categories);
    }

    /** Returns the location of the shop, {@code null} if it is online or its location is unknown. */
    public @Nullable String shopLocation() {
        return Boolean.TRUE.equals(online) ? null : location;
    }

    @Override
    public String toString() {
        return "TransactionDetails"; // never log names, amounts or places
    }
}
