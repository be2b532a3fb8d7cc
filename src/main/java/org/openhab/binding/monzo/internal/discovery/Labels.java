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

import java.util.Optional;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.i18n.MonzoTexts;
import org.openhab.binding.monzo.internal.model.Account;
import org.openhab.binding.monzo.internal.model.AccountSnapshot;
import org.openhab.binding.monzo.internal.model.BankSnapshot;
import org.openhab.binding.monzo.internal.model.Pot;

/**
 * Creates distinct labels for the accounts and pots of a login in the Inbox.
 */
@NonNullByDefault
final class Labels {

    /** The currency of nearly every account; labels mention only other currencies. */
    private static final String USUAL_CURRENCY = "GBP";

    private final MonzoTexts texts;
    private final BankSnapshot snapshot;
    private final @Nullable String loginLabel;

    /**
     * Creates the labels of a snapshot.
     *
     * @param loginLabel the suffix of each label; {@code null} if there is only one login
     */
    Labels(MonzoTexts texts, BankSnapshot snapshot, @Nullable String loginLabel) {
        this.texts = texts;
        this.snapshot = snapshot;
        this.loginLabel = loginLabel;
    }

    String of(Account account) {
        String owners = account.ownerNames();
        String kind = kind(account);
        return ofLogin(
                owners == null
                        ? texts.text("discovery.account", kind)
                        : texts.text("discovery.account-of", kind, owners));
    }

    String of(Pot pot) {
        String label = name(pot);
        boolean isUnique =
                snapshot.livePots().filter(other -> name(other).equals(label)).count() == 1;
        Optional<Account> account =
                isUnique ? Optional.empty() : snapshot.accountOfPot(pot.id()).map(AccountSnapshot::account);
        return ofLogin(account.isEmpty() ? label : texts.text("discovery.pot-in-account", label, kind(account.get())));
    }

    private String kind(Account account) {
        String type = texts.accountType(account.type());
        String currency = account.currency();
        return currency == null || currency.equals(USUAL_CURRENCY) ? type : type + " " + currency;
    }

    private String name(Pot pot) {
        return pot.name().isBlank()
                ? texts.text("discovery.pot-without-name")
                : texts.text("discovery.pot", pot.name());
    }

    private String ofLogin(String label) {
        String login = loginLabel;
        return login == null ? label : texts.text("discovery.of-login", label, login);
    }
}
