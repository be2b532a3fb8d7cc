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

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.auth.RateLimiter;
import org.openhab.binding.monzo.internal.connection.ConnectionRegistry;
import org.openhab.binding.monzo.internal.transaction.LedgerStore;
import org.openhab.core.automation.Action;
import org.openhab.core.automation.Condition;
import org.openhab.core.automation.Module;
import org.openhab.core.automation.ModuleHandlerCallback;
import org.openhab.core.automation.RuleRegistry;
import org.openhab.core.automation.handler.BaseModuleHandlerFactory;
import org.openhab.core.automation.handler.ModuleHandler;
import org.openhab.core.automation.handler.ModuleHandlerFactory;
import org.openhab.core.events.EventPublisher;
import org.openhab.core.items.ItemRegistry;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingRegistry;
import org.openhab.core.thing.ThingTypeUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the handlers of the modules in {@code OH-INF/automation/moduletypes}, which the rule templates are made of.
 */
@NonNullByDefault
@Component(service = ModuleHandlerFactory.class)
public class MonzoModuleHandlerFactory extends BaseModuleHandlerFactory {

    /** More rules are not warned of, once a day each. */
    private static final int MAX_WARNINGS = 1000;

    private final Logger logger = LoggerFactory.getLogger(MonzoModuleHandlerFactory.class);

    private final ItemRegistry items;
    private final EventPublisher events;
    private final RateLimiter warnings;
    private final RuleRegistry rules;
    private final Supplier<Collection<Thing>> things;
    final LedgerStore ledgers;
    final ConnectionRegistry connections;

    /** Whether handlers are disposed because the binding or openHAB stops. */
    volatile boolean stopped;

    @Activate
    public MonzoModuleHandlerFactory(
            @Reference ItemRegistry items,
            @Reference EventPublisher events,
            @Reference RuleRegistry rules,
            @Reference LedgerStore ledgers,
            @Reference ConnectionRegistry connections,
            @Reference ThingRegistry things) {
        this(items, events, rules, ledgers, connections, () -> things.getAll(), Clock.systemUTC());
    }

    /** Creates the factory outside OSGi. */
    public MonzoModuleHandlerFactory(
            ItemRegistry items,
            EventPublisher events,
            RuleRegistry rules,
            LedgerStore ledgers,
            ConnectionRegistry connections,
            Supplier<Collection<Thing>> things,
            Clock clock) {
        this.items = items;
        this.events = events;
        this.rules = rules;
        this.ledgers = ledgers;
        this.connections = connections;
        this.things = things;
        this.warnings = new RateLimiter(MAX_WARNINGS, Duration.ofDays(1), clock);
    }

    @Override
    @Deactivate
    protected void deactivate() {
        stopped = true;
        super.deactivate();
    }

    /** Returns an enabled thing; also while openHAB updates it, when it has no handler for a moment. */
    Optional<Thing> thing(ThingTypeUID type, String uid) {
        return things.get().stream()
                .filter(thing -> type.equals(thing.getThingTypeUID()))
                .filter(thing -> thing.getUID().getAsString().equals(uid) && thing.isEnabled())
                .findFirst();
    }

    /** Returns the rule of an action, empty if openHAB has none with this UID and action. */
    Optional<KnownRule> rule(String ruleUid, Module module) {
        return KnownRule.find(rules, ruleUid, module);
    }

    /**
     * Returns the rule of an action, empty if openHAB has none with this UID and action, or it is disabled.
     *
     * @param engine what only openHAB's rule engine gives the handler of an action
     */
    Optional<KnownRule> enabledRule(String ruleUid, Module module, @Nullable ModuleHandlerCallback engine) {
        return engine != null && Boolean.TRUE.equals(engine.isEnabled(ruleUid))
                ? rule(ruleUid, module)
                : Optional.empty();
    }

    /**
     * Logs that the action of a rule was refused; the first time in a day for this reason as a warning.
     *
     * @param ruleUid the UID of the rule, empty for a caller outside of rules
     * @param reason the reason in words, without an amount or a name
     */
    void refuse(String ruleUid, String reason) {
        if (warnings.tryAcquire(ruleUid + ' ' + reason)) {
            logger.warn("{}: {}", ruleUid.isEmpty() ? "Refused" : "The rule " + ruleUid, reason);
        } else {
            logger.debug("{}: {}", ruleUid, reason);
        }
    }

    void reportUnknownRule() {
        refuse("", "monzo.PotTransfer and monzo.FeedMessage act only as part of an enabled rule of openHAB");
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
            return new PotTransferHandler(action, ruleUID, this);
        } else if (module instanceof Action action && FeedMessageHandler.TYPE.equals(module.getTypeUID())) {
            return new FeedMessageHandler(action, ruleUID, this);
        } else if (module instanceof Condition condition && PaymentConditionHandler.TYPE.equals(module.getTypeUID())) {
            return new PaymentConditionHandler(condition, ruleUID, ledgers::delivered);
        }
        return null;
    }
}
