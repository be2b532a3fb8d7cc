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

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.RequestStatistics;
import org.openhab.binding.monzo.internal.auth.OAuthClient.AccessToken;
import org.openhab.binding.monzo.internal.connection.MonzoConnection;
import org.openhab.binding.monzo.internal.model.AccountSnapshot;
import org.openhab.binding.monzo.internal.model.BankSnapshot;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.internal.model.Fetched;
import org.openhab.core.thing.ThingStatusInfo;

/**
 * Describes the state of the binding for a bug report.
 * <p>
 * A report is published as it is. So it contains numbers, times and the words of the binding only: no names, labels,
 * amounts, IDs, tokens or URLs, and of the bank's texts only account types.
 */
@NonNullByDefault
public class DiagnosticReport {

    /** All known types begin with a country. */
    private static final String ACCOUNT_TYPE = "(?:uk|eu|us|ie)_[a-z_]{1,40}";

    private static final String TEXT_REFERENCE = "@text/([a-z.-]+).*";

    private final Supplier<Map<String, String>> environment;
    private final Clock clock;

    /**
     * Creates the report.
     *
     * @param environment provides versions and the like by name, in the order to print them
     * @param clock the current time, to print all times as ages
     */
    public DiagnosticReport(Supplier<Map<String, String>> environment, Clock clock) {
        this.environment = environment;
        this.clock = clock;
    }

    /** Returns the lines of the report. */
    public List<String> lines(List<MonzoConnection> bridges) {
        List<String> lines = new ArrayList<>();
        environment.get().forEach((name, value) -> lines.add(name + ": " + value));
        lines.add("Monzo Logins: " + bridges.size());
        for (int i = 0; i < bridges.size(); i++) {
            lines.add("");
            lines.add("Monzo Login " + (i + 1) + ": "
                    + status(bridges.get(i).getThing().getStatusInfo()));
            describe(bridges.get(i)).forEach((name, value) -> lines.add("  " + name + ": " + value));
        }
        return lines;
    }

    private Map<String, String> describe(MonzoConnection bridge) {
        BankSnapshot snapshot = bridge.snapshot();
        RequestStatistics requests = bridge.statistics();
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("changed settings", orNone(String.join(", ", bridge.changedSettings())));
        lines.put("token", token(bridge.tokenInUse()));
        lines.put("refresh", refresh(bridge));
        lines.put("push", bridge.pushStatus().name());
        lines.put("accounts", count(snapshot.accounts().stream(), DiagnosticReport::type));
        lines.put(
                "pots",
                count(
                        snapshot.accounts().stream().flatMap(AccountSnapshot::knownPots),
                        pot -> pot.deleted() ? "deleted" : "open"));
        lines.put("errors of balances", errors(snapshot, AccountSnapshot::balance));
        lines.put("errors of pots", errors(snapshot, AccountSnapshot::pots));
        lines.put("errors of transactions", errors(snapshot, AccountSnapshot::transactions) + retry(bridge));
        lines.put(
                "things",
                count(
                        bridge.getThing().getThings().stream(),
                        thing -> thing.getThingTypeUID().getId() + " " + status(thing.getStatusInfo())));
        lines.put("requests today", requests.sentToday() + ", failed: " + requests.failedToday());
        requests.lastErrors()
                .forEach((endpoint, error) -> lines.put(
                        "last error of " + endpoint, error.kind() + ", " + error.reason() + ", " + age(error.time())));
        return lines;
    }

    /** Returns status, detail and the key of the text; not the text itself, which may contain a label. */
    private static String status(ThingStatusInfo status) {
        String description = status.getDescription();
        return status.getStatus() + " " + status.getStatusDetail()
                + (description != null && description.matches(TEXT_REFERENCE)
                        ? " " + description.replaceFirst(TEXT_REFERENCE, "$1")
                        : "");
    }

    private String token(@Nullable AccessToken token) {
        return token == null
                ? "none"
                : "obtained " + age(token.obtained()) + ", renewed in " + until(token.refreshDue()) + ", expires in "
                        + until(token.expires());
    }

    private String refresh(MonzoConnection bridge) {
        Instant last = bridge.poller().lastRefresh();
        Duration next = bridge.poller().untilNextRefresh();
        return "last " + (last == null ? "none" : age(last)) + ", next "
                + (next == null ? "none" : "in " + duration(next));
    }

    private static String retry(MonzoConnection bridge) {
        Duration retry = bridge.poller().untilRefusedTransactions();
        return retry == null ? "" : "; those not permitted are requested again in " + duration(retry);
    }

    private static String type(AccountSnapshot account) {
        String type = account.account().type();
        String known = type == null ? "no type" : type.matches(ACCOUNT_TYPE) ? type : "other type";
        return account.isOpen() ? known : known + " closed";
    }

    private static String errors(BankSnapshot snapshot, Function<AccountSnapshot, Fetched<?>> part) {
        return count(
                snapshot.accounts().stream().map(part).flatMap(fetched -> fetched.lastError().stream()),
                ErrorKind::name);
    }

    /** Returns how many elements there are of each kind, such as {@code 2 uk_retail, 1 uk_retail_joint}. */
    private static <T> String count(Stream<T> elements, Function<T, String> kind) {
        return orNone(
                elements.collect(Collectors.groupingBy(kind, TreeMap::new, Collectors.counting())).entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey())
                        .collect(Collectors.joining(", ")));
    }

    private static String orNone(String text) {
        return text.isEmpty() ? "none" : text;
    }

    private String age(Instant time) {
        return duration(Duration.between(time, clock.instant())) + " ago";
    }

    private String until(Instant time) {
        return duration(Duration.between(clock.instant(), time));
    }

    /** Returns a duration as {@code 12 s}, {@code 3 min} or {@code 5 h 40 min}; a negative one as {@code 0 s}. */
    static String duration(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        long minutes = seconds / 60;
        return minutes < 60 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
    }
}
