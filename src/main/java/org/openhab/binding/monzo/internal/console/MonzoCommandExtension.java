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

import static org.openhab.binding.monzo.internal.MonzoBindingConstants.*;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.auth.AccessToken;
import org.openhab.binding.monzo.internal.connect.BridgeRegistry;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.binding.monzo.internal.model.Account;
import org.openhab.binding.monzo.internal.model.AccountSnapshot;
import org.openhab.binding.monzo.internal.model.BankSnapshot;
import org.openhab.core.io.console.Console;
import org.openhab.core.io.console.extensions.AbstractConsoleCommandExtension;
import org.openhab.core.io.console.extensions.ConsoleCommandExtension;
import org.openhab.core.thing.ThingStatusInfo;
import org.openhab.core.thing.i18n.ThingStatusInfoI18nLocalizationService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The console command {@code openhab:monzo}, which prints the status of the logins and the IDs for textual
 * configuration. It prints no secrets, tokens or amounts.
 */
@NonNullByDefault
@Component(service = ConsoleCommandExtension.class)
public class MonzoCommandExtension extends AbstractConsoleCommandExtension {

    private static final String LOGINS = "logins";
    private static final String ACCOUNTS = "accounts";
    private static final String REFRESH = "refresh";

    private final BridgeRegistry registry;
    private final ThingStatusInfoI18nLocalizationService statusTexts;

    @Activate
    public MonzoCommandExtension(
            @Reference BridgeRegistry registry, @Reference ThingStatusInfoI18nLocalizationService statusTexts) {
        super(BINDING_ID, "Shows Monzo Logins, their accounts and pots, and refreshes their data.");
        this.registry = registry;
        this.statusTexts = statusTexts;
    }

    @Override
    public List<String> getUsages() {
        return List.of(
                buildCommandUsage(LOGINS, "lists every Monzo Login with its status, owner, token age and next refresh"),
                buildCommandUsage(
                        ACCOUNTS, "lists the accounts and pots of every Monzo Login with their IDs and owners"),
                buildCommandUsage(REFRESH + " [<bridge UID>]", "refreshes the data of one or every Monzo Login now"));
    }

    @Override
    public void execute(String[] arguments, Console console) {
        String command = arguments.length == 0 ? LOGINS : arguments[0];
        List<MonzoBridgeHandler> bridges = bridges(arguments.length > 1 ? arguments[1] : "");
        if (!List.of(LOGINS, ACCOUNTS, REFRESH).contains(command)) {
            printUsage(console);
        } else if (bridges.isEmpty()) {
            console.println(
                    arguments.length > 1 ? "There is no Monzo Login " + arguments[1] : "There is no Monzo Login.");
        } else {
            bridges.forEach(bridge -> {
                switch (command) {
                    case ACCOUNTS -> printAccounts(bridge, console);
                    case REFRESH -> refresh(bridge, console);
                    default -> printLogin(bridge, console);
                }
            });
        }
    }

    private List<MonzoBridgeHandler> bridges(String uid) {
        return registry.bridges().stream()
                .filter(bridge -> uid.isEmpty()
                        || bridge.getThing().getUID().getAsString().equals(uid))
                .filter(MonzoBridgeHandler.class::isInstance)
                .map(MonzoBridgeHandler.class::cast)
                .toList();
    }

    private void printLogin(MonzoBridgeHandler bridge, Console console) {
        ThingStatusInfo status = statusTexts.getLocalizedThingStatusInfo(bridge.getThing(), null);
        String description = status.getDescription();
        console.println(bridge.uid() + "  " + status.getStatus()
                + (description == null ? "" : " (" + status.getStatusDetail() + ")"));
        if (description != null) {
            console.println("  " + description);
        }
        console.println("  label:   " + label(bridge));
        String owner = bridge.getThing().getProperties().get(PROPERTY_OWNER);
        if (owner != null) {
            console.println("  owner:   " + printable(owner));
        }
        AccessToken token = bridge.tokenInUse();
        Instant now = Instant.now();
        if (token == null) {
            console.println("  token:   none");
        } else {
            console.println("  token:   " + format(Duration.between(token.obtained(), now)) + " old, renewed in "
                    + format(Duration.between(now, token.refreshDue())) + ", expires in "
                    + format(Duration.between(now, token.expires())));
        }
        Duration next = bridge.untilNextRefresh();
        console.println("  refresh: " + (next == null ? "not scheduled" : "in " + format(next)));
    }

    private static void printAccounts(MonzoBridgeHandler bridge, Console console) {
        BankSnapshot bankSnapshot = bridge.snapshot();
        console.println(bridge.uid() + "  " + label(bridge));
        if (bankSnapshot.accounts().isEmpty()) {
            console.println("  no data yet");
        }
        Set<String> defaultAccounts = accountsWithoutId(bridge);
        for (AccountSnapshot snapshot : bankSnapshot.accounts()) {
            Account account = snapshot.account();
            String details = Stream.of(
                            bridge.texts().accountType(account.type()),
                            account.currency(),
                            account.ownerNames(),
                            account.closed() ? "closed" : null,
                            defaultAccounts.contains(account.id()) ? "used when no account ID is entered" : null)
                    .filter(Objects::nonNull)
                    .collect(Collectors.joining(", "));
            console.println("  account " + account.id() + "  " + printable(details));
            snapshot.knownPots()
                    .filter(pot -> !pot.deleted())
                    .forEach(pot -> console.println("    pot   " + pot.id() + "  " + printable(pot.name())));
        }
    }

    /**
     * Returns the accounts of the things without an account ID or, if there are none, the account that such a thing
     * would use.
     */
    private static Set<String> accountsWithoutId(MonzoBridgeHandler bridge) {
        Set<String> chosen = bridge.things().stream()
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

    private static String label(MonzoBridgeHandler bridge) {
        String label = bridge.getThing().getLabel();
        return label == null ? "" : printable(label);
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "");
    }

    private static void refresh(MonzoBridgeHandler bridge, Console console) {
        boolean planned = bridge.refreshNow();
        console.println(bridge.uid() + (planned ? "  refresh requested" : "  cannot refresh: not logged in"));
    }

    private static String format(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        long minutes = seconds / 60;
        return minutes < 60 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
    }
}
