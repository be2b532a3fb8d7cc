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

import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.budget.BudgetAlerts;
import org.openhab.binding.monzo.internal.budget.BudgetConfiguration;
import org.openhab.binding.monzo.internal.budget.BudgetFigures;
import org.openhab.binding.monzo.internal.poll.PollJob;
import org.openhab.core.i18n.TimeZoneProvider;
import org.openhab.core.library.types.DecimalType;
import org.openhab.core.library.types.QuantityType;
import org.openhab.core.thing.Bridge;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingUID;
import org.openhab.core.types.State;

/**
 * Handler of a budget thing.
 */
@NonNullByDefault
public class MonzoBudgetHandler extends MonzoChildHandler {

    private final BudgetAlerts alerts;
    private final TimeZoneProvider timeZones;
    private final Clock clock;
    private final ScheduledExecutorService pool;
    private @Nullable BudgetConfiguration former;
    private @Nullable ThingUID formerBridge;
    private @Nullable BudgetView budgetView;
    private @Nullable PollJob days;

    public MonzoBudgetHandler(
            Thing thing,
            MonzoStateDescriptionProvider stateDescriptions,
            BudgetAlerts alerts,
            TimeZoneProvider timeZones,
            Clock clock,
            ScheduledExecutorService pool) {
        super(thing, stateDescriptions);
        this.alerts = alerts;
        this.timeZones = timeZones;
        this.clock = clock;
        this.pool = pool;
        if (!thing.getProperties().containsKey(CONFIG_ACCOUNT_IDS)) {
            // openHAB does not notify the binding of a thing removed without its handler; an enabled one has
            // properties.
            alerts.removeIfUsed(thing.getUID());
        }
    }

    @Override
    @Nullable
    String validate() {
        return BudgetConfiguration.of(getConfig()).problem();
    }

    @Override
    public synchronized void initialize() {
        super.initialize();
        PollJob job = new PollJob(pool, this::updateForDay);
        days = job;
        job.runNow();
    }

    /** Updates from the latest snapshot when a day has ended, as a period may have, and returns the time until then. */
    private Duration updateForDay() {
        ZonedDateTime now = clock.instant().atZone(timeZones.getTimeZone()); // before a midnight during the update
        update();
        return Duration.between(now, now.toLocalDate().plusDays(1).atStartOfDay(now.getZone()))
                .plusMillis(1);
    }

    @Override
    ThingView createView() {
        BudgetConfiguration configuration = BudgetConfiguration.of(getConfig());
        ThingUID bridge = getThing().getBridgeUID();
        BudgetConfiguration former = this.former;
        boolean isEdited = former != null && !(former.equals(configuration) && Objects.equals(bridge, formerBridge));
        this.former = configuration;
        formerBridge = bridge;
        String chosenBefore = getThing().getProperties().get(AccountView.PROPERTY_CHOSEN_ACCOUNT_ID);
        BudgetView view = new BudgetView(
                configuration,
                isEdited,
                configuration.accountIds().isEmpty() ? chosenBefore : null,
                this::accountOfOthers,
                timeZones,
                clock,
                (figures, trigger) -> alert(configuration, figures, trigger));
        budgetView = view;
        return view;
    }

    /** Returns the account that account things without an ID show. */
    private Optional<String> accountOfOthers() {
        Bridge bridge = getBridge();
        return bridge == null
                ? Optional.empty()
                : bridge.getThings().stream()
                        .filter(thing -> thing.getThingTypeUID().equals(THING_TYPE_ACCOUNT))
                        .flatMap(thing ->
                                Optional.ofNullable(thing.getProperties().get(AccountView.PROPERTY_CHOSEN_ACCOUNT_ID))
                                        .stream())
                        .findFirst();
    }

    private void alert(BudgetConfiguration configuration, BudgetFigures figures, BiConsumer<String, String> trigger) {
        alerts.update(
                getThing().getUID(),
                configuration,
                figures.period(),
                figures.reached(configuration.percentages()),
                percentage -> trigger.accept(CHANNEL_ALERT, String.valueOf(percentage)));
    }

    /** Returns the categories of the transactions that were read. */
    synchronized Set<String> categories() {
        BudgetView current = budgetView;
        return current == null ? Set.of() : current.categories();
    }

    /** Returns the sum and the limit for the console, empty while there is no sum. */
    public Optional<String> summary() {
        State spent = state(CHANNEL_SPENT);
        if (!(spent instanceof DecimalType)) {
            return Optional.empty();
        }
        State used = state(CHANNEL_USED);
        String currency = getThing().getProperties().getOrDefault("currency", "");
        return Optional.of(Stream.of(
                        spent.toString(),
                        used instanceof QuantityType
                                ? "of " + BudgetConfiguration.of(getConfig()).limit()
                                : "",
                        currency,
                        "spent",
                        used instanceof QuantityType ? "(" + used + ")" : "")
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" ")));
    }

    @Override
    public synchronized void dispose() {
        PollJob job = days;
        if (job != null) {
            job.stop();
        }
        budgetView = null;
        super.dispose();
    }

    @Override
    public synchronized void handleRemoval() {
        dispose(); // nothing is to be stored any more
        alerts.remove(getThing().getUID());
        super.handleRemoval();
    }
}
