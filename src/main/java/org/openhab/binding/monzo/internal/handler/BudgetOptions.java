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
package org.openhab.binding.monzo.internal.handler;

import static org.openhab.binding.monzo.internal.MonzoBindingConstants.*;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.connection.ConnectionRegistry;
import org.openhab.binding.monzo.internal.connection.MonzoConnection;
import org.openhab.binding.monzo.internal.model.Account;
import org.openhab.core.config.core.ConfigOptionProvider;
import org.openhab.core.config.core.ParameterOption;
import org.openhab.core.thing.Thing;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Offers the accounts of all logins for a budget and, in addition to Monzo's own categories, those that users have
 * made, as far as they were seen in transactions.
 */
@NonNullByDefault
@Component(service = ConfigOptionProvider.class)
public class BudgetOptions implements ConfigOptionProvider {

    /** Of a category that a user made, Monzo sends the ID, but not the name. */
    private static final String OWN_CATEGORY = "category_";

    private final ConnectionRegistry connections;

    @Activate
    public BudgetOptions(@Reference ConnectionRegistry connections) {
        this.connections = connections;
    }

    @Override
    public @Nullable Collection<ParameterOption> getParameterOptions(
            URI uri, String parameter, @Nullable String context, @Nullable Locale locale) {
        if (!uri.toString().equals("thing-type:" + THING_TYPE_BUDGET)) {
            return null;
        }
        return switch (parameter) {
            case CONFIG_ACCOUNT_IDS -> accounts();
            case CONFIG_CATEGORIES -> categories();
            default -> null;
        };
    }

    private List<ParameterOption> accounts() {
        return connections.connections().stream()
                .flatMap(connection -> connection
                        .snapshot()
                        .openAccounts()
                        .map(account -> new ParameterOption(account.id(), label(account.account(), connection))))
                .toList();
    }

    private static String label(Account account, MonzoConnection connection) {
        return Stream.of(
                        connection.texts().accountType(account.type()),
                        account.currency(),
                        account.ownerNames(),
                        connection.getThing().getLabel())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
    }

    private List<ParameterOption> categories() {
        Set<String> seen = new TreeSet<>();
        for (MonzoConnection connection : connections.connections()) {
            connection.getThing().getThings().stream()
                    .map(Thing::getHandler)
                    .filter(MonzoBudgetHandler.class::isInstance)
                    .forEach(budget -> seen.addAll(((MonzoBudgetHandler) budget).categories()));
            connection
                    .snapshot()
                    .openAccounts()
                    .flatMap(account -> account.transactions().lastValue().stream())
                    .flatMap(window -> window.transactions().stream())
                    .flatMap(transaction -> Stream.ofNullable(transaction.category()))
                    .forEach(seen::add);
        }
        return seen.stream()
                .filter(category -> category.startsWith(OWN_CATEGORY))
                .map(category -> new ParameterOption(category, category))
                .toList();
    }
}
