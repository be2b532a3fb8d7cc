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
package org.openhab.binding.monzo.internal.budget;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.compat.StartLevel;
import org.openhab.binding.monzo.internal.storage.TextStorage;
import org.openhab.core.storage.StorageService;
import org.openhab.core.thing.ThingUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Stores which percentages each budget has reached, so that each triggers once in a period, also over a restart: the
 * first day of the period, a hash of the configuration, and the percentages.
 */
@NonNullByDefault
@Component(service = BudgetAlerts.class)
public class BudgetAlerts {

    private static final String NAME = "org.openhab.binding.monzo.budgets";

    private static final String FORMAT = "\\d{4}-\\d\\d-\\d\\d -?\\d{1,10} [\\d,]*";
    private static final String SEPARATOR = "; ";

    /** The current period, and the last other one: the clock may be set back or forward, and right again. */
    private static final int MAX_PERIODS = 2;

    private final TextStorage storage;
    private final StartLevel startLevel;
    private final Set<ThingUID> used = ConcurrentHashMap.newKeySet();

    private record Stored(String period, int configuration, Set<Integer> reached) {

        static Optional<List<Stored>> parseAll(String text) {
            List<String> all = List.of(text.split(SEPARATOR));
            return all.stream().allMatch(each -> each.matches(FORMAT))
                    ? Optional.of(all.stream().map(Stored::parse).toList())
                    : Optional.empty();
        }

        private static Stored parse(String text) {
            String[] parts = text.split(" ", 3);
            Set<Integer> reached = Stream.of(parts[2].split(","))
                    .filter(percentage -> !percentage.isEmpty())
                    .map(Integer::valueOf)
                    .collect(Collectors.toSet());
            return new Stored(parts[0], Integer.parseInt(parts[1]), reached);
        }

        String format() {
            return period + " " + configuration + " "
                    + new TreeSet<>(reached).stream().map(String::valueOf).collect(Collectors.joining(","));
        }
    }

    /** Opens the storage. */
    @Activate
    public BudgetAlerts(@Reference StorageService storageService, @Reference StartLevel startLevel) {
        this.storage = new TextStorage(storageService, NAME);
        this.startLevel = startLevel;
    }

    /**
     * Triggers for the percentages that a budget has reached since the last call; not for those of a budget that is new
     * or was edited.
     *
     * @param reached those reached now
     * @param trigger takes each percentage, the lowest first
     */
    public void update(
            ThingUID thing,
            BudgetConfiguration configuration,
            BudgetPeriod period,
            SortedSet<Integer> reached,
            IntConsumer trigger) {
        if (!startLevel.rulesRunning()) {
            return; // to trigger after the next refresh
        }
        used.add(thing);
        Stored now =
                new Stored(period.first().toString(), configuration.toString().hashCode(), reached);
        List<Stored> known = storage.read(thing.getAsString(), Stored::parseAll).orElse(List.of()).stream()
                .filter(stored -> stored.configuration() == now.configuration())
                .toList();
        Optional<Stored> before = known.stream()
                .filter(stored -> stored.period().equals(now.period()))
                .findFirst();
        if (before.equals(Optional.of(now))) {
            return;
        }
        // What a period before all that are stored has triggered is not known any more: the clock is behind, or was
        // ahead.
        boolean isNext = !known.isEmpty()
                && known.stream().allMatch(stored -> stored.period().compareTo(now.period()) < 0);
        if (before.isPresent() || isNext) {
            reached.stream()
                    .filter(percentage -> before.filter(
                                    stored -> stored.reached().contains(percentage))
                            .isEmpty())
                    .forEach(trigger::accept);
        }
        Stream<Stored> others = known.stream().filter(stored -> !stored.period().equals(now.period()));
        storage.write(
                thing.getAsString(),
                Stream.concat(Stream.of(now), others)
                        .limit(MAX_PERIODS)
                        .map(Stored::format)
                        .collect(Collectors.joining(SEPARATOR)));
    }

    /** Removes what is stored of a thing that was used since the binding started: it was removed, and added again. */
    public void removeIfUsed(ThingUID thing) {
        if (used.contains(thing)) {
            remove(thing);
        }
    }

    /** Removes what is stored of a thing, if anything is. */
    public void remove(ThingUID thing) {
        storage.remove(thing.getAsString());
    }
}
