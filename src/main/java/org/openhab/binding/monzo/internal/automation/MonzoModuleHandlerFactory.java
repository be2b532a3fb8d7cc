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
package org.openhab.binding.monzo.internal.automation;

import java.util.Collection;
import java.util.List;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.transaction.LedgerStore;
import org.openhab.core.automation.Action;
import org.openhab.core.automation.Condition;
import org.openhab.core.automation.Module;
import org.openhab.core.automation.handler.BaseModuleHandlerFactory;
import org.openhab.core.automation.handler.ModuleHandler;
import org.openhab.core.automation.handler.ModuleHandlerFactory;
import org.openhab.core.events.EventPublisher;
import org.openhab.core.items.ItemRegistry;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Creates the handlers of the modules in {@code OH-INF/automation/moduletypes}, which the rule templates are made of.
 */
@NonNullByDefault
@Component(service = ModuleHandlerFactory.class)
public class MonzoModuleHandlerFactory extends BaseModuleHandlerFactory {

    private final ItemRegistry items;
    private final EventPublisher events;
    private final LedgerStore ledgers;

    @Activate
    public MonzoModuleHandlerFactory(
            @Reference ItemRegistry items, @Reference EventPublisher events, @Reference LedgerStore ledgers) {
        this.items = items;
        this.events = events;
        this.ledgers = ledgers;
    }

    @Override
    @Deactivate
    protected void deactivate() {
        super.deactivate();
    }

    @Override
    public Collection<String> getTypes() {
        return List.of(
                SwitchByAmountHandler.TYPE,
                PaymentConditionHandler.TYPE,
                PotTransferHandler.TYPE,
                FeedMessageHandler.TYPE);
    }

    @Override
    protected @Nullable ModuleHandler internalCreate(Module module, String ruleUID) {
        if (module instanceof Action action && SwitchByAmountHandler.TYPE.equals(module.getTypeUID())) {
            return new SwitchByAmountHandler(action, ruleUID, items, events);
        } else if (module instanceof Action action && PotTransferHandler.TYPE.equals(module.getTypeUID())) {
            return new PotTransferHandler(action, ruleUID);
        } else if (module instanceof Action action && FeedMessageHandler.TYPE.equals(module.getTypeUID())) {
            return new FeedMessageHandler(action, ruleUID);
        } else if (module instanceof Condition condition && PaymentConditionHandler.TYPE.equals(module.getTypeUID())) {
            return new PaymentConditionHandler(condition, ruleUID, ledgers::delivered);
        }
        return null;
    }
}
