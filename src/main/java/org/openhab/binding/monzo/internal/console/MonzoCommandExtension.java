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
import static org.openhab.binding.monzo.internal.MonzoBindingConstants.CONFIG_ACCOUNT_ID;
import static org.openhab.binding.monzo.internal.MonzoBindingConstants.THING_TYPE_ACCOUNT;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.auth.OAuthClient.AccessToken;
import org.openhab.binding.monzo.internal.connection.ConnectionRegistry;
import org.openhab.binding.monzo.internal.connection.MonzoConnection;
import org.openhab.binding.monzo.internal.handler.MonzoBudgetHandler;
import org.openhab.binding.monzo.internal.model.Account;
import org.openhab.binding.monzo.internal.model.AccountSnapshot;
import org.openhab.binding.monzo.internal.model.BankSnapshot;
import org.openhab.binding.monzo.internal.model.Pot;
import org.openhab.binding.monzo.internal.transfer.TransferResults;
import org.openhab.core.OpenHAB;
import org.openhab.core.automation.Rule;
import org.openhab.core.automation.RuleRegistry;
import org.openhab.core.i18n.LocaleProvider;
import org.openhab.core.i18n.TimeZoneProvider;
import org.openhab.core.io.console.Console;
import org.openhab.core.io.console.extensions.AbstractConsoleCommandExtension;
import org.openhab.core.io.console.extensions.ConsoleCommandExtension;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingStatusInfo;
import org.openhab.core.thing.i18n.ThingStatusInfoI18nLocalizationService;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The console command {@code openhab:monzo}, which prints the status of the logins and the IDs for textual
 * configuration. It prints no secrets or tokens, and no amounts but those of budgets.
 */
@NonNullByDefault
@Component(service = ConsoleCommandExtension.class)
public class MonzoCommandExtension extends AbstractConsoleCommandExtension {

    private static final String LOGINS = "logins";
    private static final String ACCOUNTS = "accounts";
    private static final String TRANSFERS = "transfers";
    private static final String REFRESH = "refresh";
    private static final String DIAGNOSE = "diagnose";

    /** About a screen of them. */
    private static final int MAX_TRANSFERS = 30;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final ConnectionRegistry registry;
    private final UnaryOperator<String> ruleNames;
    private final ThingStatusInfoI18nLocalizationService statusTexts;
    private final TimeZoneProvider timeZones;
    private final DiagnosticReport diagnosticReport;

    @Activate
    public MonzoCommandExtension(
            @Reference ConnectionRegistry registry,
            @Reference RuleRegistry rules,
            @Reference ThingStatusInfoI18nLocalizationService statusTexts,
            @Reference LocaleProvider locales,
            @Reference TimeZoneProvider timeZones,
            BundleContext context) {
        this(
                registry,
                uid -> name(rules, uid),
                statusTexts,
                timeZones,
                new DiagnosticReport(() -> environment(locales, timeZones, context.getBundle()), Clock.systemUTC()));
    }

    /**
     * Creates the command outside OSGi.
     *
     * @param ruleNames returns the name of a rule by its UID
     */
    public MonzoCommandExtension(
            ConnectionRegistry registry,
            UnaryOperator<String> ruleNames,
            ThingStatusInfoI18nLocalizationService statusTexts,
            TimeZoneProvider timeZones,
            DiagnosticReport diagnosticReport) {
        super(BINDING_ID, "Shows Monzo Logins, their accounts and pots, and refreshes their data.");
        this.registry = registry;
        this.ruleNames = ruleNames;
        this.statusTexts = statusTexts;
        this.timeZones = timeZones;
        this.diagnosticReport = diagnosticReport;
    }

    private static String name(RuleRegistry rules, String uid) {
        Rule rule = rules.get(uid);
        String name = rule == null ? null : rule.getName();
        return name == null || name.isBlank() ? uid : name;
    }

    private static Map<String, String> environment(LocaleProvider locales, TimeZoneProvider timeZones, Bundle bundle) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("Monzo binding", bundle.getVersion().toString());
        environment.put("openHAB", OpenHAB.getVersion() + " (" + OpenHAB.buildString() + ")");
        environment.put("Java", System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")");
        environment.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        environment.put("locale", locales.getLocale().toString());
        environment.put("time zone", timeZones.getTimeZone().getId());
        return environment;
    }

    @Override
    public List<String> getUsages() {
        return List.of(
                buildCommandUsage(
                        LOGINS,
                        "lists every Monzo Login with its status, owner, approval, token age, next refresh and budgets"),
                buildCommandUsage(
                        ACCOUNTS, "lists the accounts and pots of every Monzo Login with their IDs and owners"),
                buildCommandUsage(
                        TRANSFERS,
                        "lists the latest transfers of every Monzo Login with the rule or ID that made them"),
                buildCommandUsage(REFRESH + " [<bridge UID>]", "refreshes the data of one or every Monzo Login now"),
                buildCommandUsage(DIAGNOSE, "prints a report for a bug report, without personal data"));
    }

    @Override
    public void execute(String[] arguments, Console console) {
        String command = arguments.length == 0 ? LOGINS : arguments[0];
        List<MonzoConnection> bridges = bridges(arguments.length > 1 ? arguments[1] : "");
        if (!List.of(LOGINS, ACCOUNTS, TRANSFERS, REFRESH, DIAGNOSE).contains(command)) {
            printUsage(console);
        } else if (command.equals(DIAGNOSE)) {
            diagnosticReport.lines(bridges("")).forEach(console::println);
        } else if (bridges.isEmpty()) {
            console.println(
                    arguments.length > 1 ? "There is no Monzo Login " + arguments[1] : "There is no Monzo Login.");
        } else {
            bridges.forEach(bridge -> {
                switch (command) {
                    case ACCOUNTS -> printAccounts(bridge, console);
                    case TRANSFERS -> printTransfers(bridge, console);
                    case REFRESH -> refresh(bridge, console);
                    default -> printLogin(bridge, console);
                }
            });
        }
    }

    private List<MonzoConnection> bridges(String uid) {
        return registry.connections().stream()
                .filter(bridge -> uid.isEmpty()
                        || bridge.getThing().getUID().getAsString().equals(uid))
                .toList();
    }

    private void printLogin(MonzoConnection bridge, Console console) {
        ThingStatusInfo status = statusTexts.getLocalizedThingStatusInfo(bridge.getThing(), null);
        String description = status.getDescription();
        console.println(bridge.uid() + "  " + status.getStatus()
                + (description == null ? "" : " (" + status.getStatusDetail() + ")"));
        if (description != null) {
            console.println("  " + description);
        }
        console.println("  label:    " + label(bridge));
        String owner = bridge.getThing().getProperties().get(PROPERTY_OWNER);
        if (owner != null) {
            console.println("  owner:    " + printable(owner));
        }
        bridge.approved().ifPresent(day -> console.println("  approved: " + day));
        AccessToken token = bridge.tokenInUse();
        Instant now = Instant.now();
        if (token == null) {
            console.println("  token:    none");
        } else {
            console.println("  token:    " + DiagnosticReport.duration(Duration.between(token.obtained(), now))
                    + " old, renewed in "
                    + DiagnosticReport.duration(Duration.between(now, token.refreshDue())) + ", expires in "
                    + DiagnosticReport.duration(Duration.between(now, token.expires())));
        }
        Duration next = bridge.poller().untilNextRefresh();
        console.println("  push:     " + bridge.texts().text(bridge.pushStatus().textKey()));
        console.println("  refresh:  " + (next == null ? "not scheduled" : "in " + DiagnosticReport.duration(next)));
        bridge.getThing().getThings().stream()
                .filter(thing -> thing.getThingTypeUID().equals(THING_TYPE_BUDGET))
                .forEach(budget -> console.println("  budget:   " + budget(budget)));
    }

    private String budget(Thing budget) {
        ThingStatusInfo status = statusTexts.getLocalizedThingStatusInfo(budget, null);
        String label = budget.getLabel();
        String description = status.getDescription();
        Optional<String> summary =
                budget.getHandler() instanceof MonzoBudgetHandler handler ? handler.summary() : Optional.empty();
        return budget.getUID() + "  " + status.getStatus() + "  " + (label == null ? "" : printable(label))
                + summary.map(text -> ": " + text).orElse("")
                + (description == null ? "" : " (" + description + ")");
    }

    private static void printAccounts(MonzoConnection bridge, Console console) {
        BankSnapshot snapshot = bridge.snapshot();
        console.println(bridge.uid() + "  " + label(bridge));
        if (snapshot.accounts().isEmpty()) {
            console.println("  no data yet");
        }
        Set<String> withoutId = accountsWithoutId(bridge.getThing().getThings(), snapshot);
        for (AccountSnapshot listed : snapshot.accounts()) {
            Account account = listed.account();
            String details = Stream.of(
                            bridge.texts().accountType(account.type()),
                            account.currency(),
                            account.ownerNames(),
                            account.closed() ? "closed" : null,
                            withoutId.contains(account.id()) ? "used when no account ID is entered" : null)
                    .filter(Objects::nonNull)
                    .collect(Collectors.joining(", "));
            console.println("  account " + account.id() + "  " + printable(details));
            listed.knownPots()
                    .filter(pot -> !pot.deleted())
                    .forEach(pot -> console.println("    pot   " + pot.id() + "  " + printable(pot.name())));
        }
    }

    /** Returns the accounts of the things without an account ID or, if there are none, that of a new such thing. */
    private static Set<String> accountsWithoutId(List<Thing> things, BankSnapshot snapshot) {
        Set<String> chosen = things.stream()
                .filter(thing -> thing.getThingTypeUID().equals(THING_TYPE_ACCOUNT))
                .filter(thing -> Objects.toString(thing.getConfiguration().get(CONFIG_ACCOUNT_ID), "")
                        .isBlank())
                .flatMap(thing -> snapshot.chosenAccount(thing.getProperties().get(CONFIG_ACCOUNT_ID)).stream())
                .map(AccountSnapshot::id)
                .collect(Collectors.toSet());
        return chosen.isEmpty()
                ? snapshot.chosenAccount(null)
                        .map(account -> Set.of(account.id()))
                        .orElse(Set.of())
                : chosen;
    }

    private void printTransfers(MonzoConnection bridge, Console console) {
        console.println(bridge.uid() + "  " + label(bridge));
        List<TransferResults.Description> latest = bridge.transfers().latest(MAX_TRANSFERS, ruleNames);
        if (latest.isEmpty()) {
            console.println("  no transfers in the last 30 days");
        }
        for (TransferResults.Description transfer : latest) {
            String pot = bridge.snapshot().pot(transfer.potId()).map(Pot::name).orElse(transfer.potId());
            console.println("  "
                    + Stream.of(
                                    TIME.format(transfer.time().atZone(timeZones.getTimeZone())),
                                    printable(pot),
                                    transfer.direction(),
                                    transfer.amount(),
                                    transfer.outcome(),
                                    printable(transfer.origin()))
                            .filter(part -> !part.isEmpty())
                            .collect(Collectors.joining("  ")));
        }
    }

    private static String label(MonzoConnection bridge) {
        String label = bridge.getThing().getLabel();
        return label == null ? "" : printable(label);
    }

    /** Returns a text without characters that could control the terminal. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cc}", "");
    }

    private static void refresh(MonzoConnection bridge, Console console) {
        boolean planned = bridge.poller().refreshAllNow();
        console.println(bridge.uid() + (planned ? "  refresh requested" : "  cannot refresh: not logged in"));
    }
}
