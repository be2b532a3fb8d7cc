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
package org.openhab.binding.monzo.internal.discovery;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.bank.Account;
import org.openhab.binding.monzo.internal.bank.Pot;
import org.openhab.binding.monzo.internal.text.MonzoTexts;

/**
 * What people call their accounts and pots.
 */
@NonNullByDefault
final class Labels {

    /** The currency of nearly every account; only another one is worth saying. */
    private static final String USUAL_CURRENCY = "GBP";

    private Labels() {}

    static String of(Account account, MonzoTexts texts) {
        String type = texts.accountType(account.type());
        String currency = account.currency();
        if (currency != null && !currency.equals(USUAL_CURRENCY)) {
            type += " " + currency;
        }
        return account.owners().isEmpty()
                ? texts.text("discovery.account", type)
                : texts.text("discovery.account-of", type, String.join(", ", account.owners()));
    }

    static String of(Pot pot, MonzoTexts texts) {
        return pot.name().isBlank()
                ? texts.text("discovery.pot-without-name")
                : texts.text("discovery.pot", pot.name());
    }
}
