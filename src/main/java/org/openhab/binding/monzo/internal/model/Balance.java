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
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * The amounts of one account, in major units. What Monzo did not send is {@code null}.
 *
 * @param currency ISO 4217 code
 * @param balance what can be spent; negative in the overdraft
 * @param totalBalance the balance and the pots together
 * @param spentToday what was spent since about 4 am, positive when money was spent
 */
@NonNullByDefault
public record Balance(
        @Nullable String currency,
        @Nullable BigDecimal balance,
        @Nullable BigDecimal totalBalance,
        @Nullable BigDecimal spentToday) {

    @Override
    public String toString() {
        return "Balance[…]"; // amounts do not belong in a log
    }
}
