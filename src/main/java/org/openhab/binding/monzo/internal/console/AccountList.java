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
package org.openhab.binding.monzo.internal.console;

import static org.openhab.binding.monzo.internal.MonzoBindingConstants.CONFIG_ACCOUNT_ID;
import static org.openhab.binding.monzo.internal.MonzoBindingConstants.THING_TYPE_ACCOUNT;

import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.connection.MonzoConnection;
import org.openhab.binding.monzo.internal.model.Account;
import org.openhab.binding.monzo.internal.model.AccountSnapshot;
import org.openhab.core.io.console.Console;

/**
 * Prints the accounts and pots of a login with their IDs, for textual configuration.
 */
@NonNullByDefault
final class AccountList {

    private AccountList() {}

    static void print(MonzoConnection bridge, Console console) {
        if (bridge.snapshot().accounts().isEmpty()) {
            console.println("  no data yet");
        }
        Set<String> defaultAccounts = accountsWithoutId(bridge);
        for (AccountSnapshot snapshot : bridge.snapshot().accounts()) {
            Account account = snapshot.account();
            String details = Stream.of(
                            bridge.texts().accountType(account.type()),
                            account.currency(),
                            account.ownerNames(),
                            account.closed() ? "closed" : null,
                            defaultAccounts.contains(account.id()) ? "used when no account ID is entered" : null)
                    .filter(Objects::nonNull)
                    .collect(Collectors.joining(", "));
            console.println("  account " + account.id() + "  " + MonzoCommandExtension.printable(details));
            snapshot.knownPots()
                    .filter(pot -> !pot.deleted())
                    .forEach(pot -> console.println(
                            "    pot   " + pot.id() + "  " + MonzoCommandExtension.printable(pot.name())));
        }
    }

    /**
     * Returns the accounts of the things without an account ID or, if there are none, the account that such a thing
     * would use.
     */
    private static Set<String> accountsWithoutId(MonzoConnection bridge) {
        Set<String> chosen = bridge.getThing().getThings().stream()
                .filter(thing -> thing.getThingTypeUID().equals(THING_TYPE_ACCOUNT))
                .filter(thing -> isBlank(thing.getConfiguration().get(CONFIG_ACCOUNT_ID)))
                .map(thing -> thing.getProperties().get(CONFIG_ACCOUNT_ID))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return chosen.isEmpty()
                ? bridge.snapshot().firstOpenCurrentAccount().map(AccountSnapshot::id).stream()
                        .collect(Collectors.toSet())
                : chosen;
    }

    private static boolean isBlank(@Nullable Object entered) {
        return entered == null || entered.toString().isBlank();
    }
}
