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
package org.openhab.binding.monzo.internal;

import static org.openhab.binding.monzo.internal.MonzoBindingConstants.*;

import java.time.Clock;
import java.util.Set;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.budget.BudgetAlerts;
import org.openhab.binding.monzo.internal.connection.ConnectionRegistry;
import org.openhab.binding.monzo.internal.handler.MonzoAccountHandler;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.binding.monzo.internal.handler.MonzoBudgetHandler;
import org.openhab.binding.monzo.internal.handler.MonzoPotHandler;
import org.openhab.binding.monzo.internal.handler.MonzoStateDescriptionProvider;
import org.openhab.binding.monzo.internal.i18n.MonzoTexts;
import org.openhab.binding.monzo.internal.transaction.LedgerStore;
import org.openhab.binding.monzo.internal.transfer.TransferLedger;
import org.openhab.core.common.ThreadPoolManager;
import org.openhab.core.i18n.TimeZoneProvider;
import org.openhab.core.thing.Bridge;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingTypeUID;
import org.openhab.core.thing.binding.BaseThingHandlerFactory;
import org.openhab.core.thing.binding.ThingHandler;
import org.openhab.core.thing.binding.ThingHandlerFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Creates the handlers with openHAB's services.
 */
@NonNullByDefault
@Component(service = ThingHandlerFactory.class, configurationPid = "binding.monzo")
public class MonzoHandlerFactory extends BaseThingHandlerFactory {

    private static final Set<ThingTypeUID> THING_TYPES =
            Set.of(THING_TYPE_BRIDGE, THING_TYPE_ACCOUNT, THING_TYPE_POT, THING_TYPE_BUDGET);

    private final ConnectionRegistry connections;
    private final MonzoStateDescriptionProvider stateDescriptions;
    private final MonzoTexts texts;
    private final TransferLedger transfers;
    private final LedgerStore ledgers;
    private final BudgetAlerts budgetAlerts;
    private final TimeZoneProvider timeZones;

    @Activate
    public MonzoHandlerFactory(
            @Reference ConnectionRegistry connections,
            @Reference MonzoStateDescriptionProvider stateDescriptions,
            @Reference MonzoTexts texts,
            @Reference TransferLedger transfers,
            @Reference LedgerStore ledgers,
            @Reference BudgetAlerts budgetAlerts,
            @Reference TimeZoneProvider timeZones) {
        this.connections = connections;
        this.stateDescriptions = stateDescriptions;
        this.texts = texts;
        this.transfers = transfers;
        this.ledgers = ledgers;
        this.budgetAlerts = budgetAlerts;
        this.timeZones = timeZones;
    }

    @Override
    public boolean supportsThingType(ThingTypeUID type) {
        return THING_TYPES.contains(type);
    }

    @Override
    protected @Nullable ThingHandler createHandler(Thing thing) {
        ThingTypeUID type = thing.getThingTypeUID();
        if (THING_TYPE_BRIDGE.equals(type) && thing instanceof Bridge bridge) {
            return new MonzoBridgeHandler(bridge, connections);
        } else if (THING_TYPE_ACCOUNT.equals(type)) {
            return new MonzoAccountHandler(thing, stateDescriptions, texts, ledgers, timeZones);
        } else if (THING_TYPE_POT.equals(type)) {
            return new MonzoPotHandler(thing, stateDescriptions, transfers, texts);
        } else if (THING_TYPE_BUDGET.equals(type)) {
            return new MonzoBudgetHandler(
                    thing,
                    stateDescriptions,
                    budgetAlerts,
                    timeZones,
                    Clock.systemUTC(),
                    ThreadPoolManager.getScheduledPool(ConnectionRegistry.THING_HANDLER_POOL));
        }
        return null;
    }
}
