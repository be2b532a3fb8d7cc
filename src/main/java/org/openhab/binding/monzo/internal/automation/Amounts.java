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
package org.openhab.binding.monzo.internal.automation;

import java.math.BigDecimal;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * Parses the amounts of rules.
 */
@NonNullByDefault
final class Amounts {

    private static final String AMOUNT = "-?\\d{1,15}(\\.\\d{1,15})?";

    private Amounts() {}

    /** Returns an amount that openHAB has as a number or a text; {@code null} if it is missing or no amount. */
    static @Nullable BigDecimal parse(@Nullable Object value) {
        if (value instanceof BigDecimal number) {
            return number;
        }
        String text = value == null ? "" : value.toString().trim();
        return text.matches(AMOUNT) ? new BigDecimal(text) : null;
    }
}
