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

import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.core.automation.Action;
import org.openhab.core.automation.handler.ActionHandler;
import org.openhab.core.automation.handler.BaseModuleHandler;
import org.openhab.core.events.EventPublisher;
import org.openhab.core.items.Item;
import org.openhab.core.items.ItemRegistry;
import org.openhab.core.items.events.ItemEventFactory;
import org.openhab.core.library.types.DecimalType;
import org.openhab.core.library.types.OnOffType;
import org.openhab.core.library.types.QuantityType;
import org.openhab.core.types.State;
import org.openhab.core.types.UnDefType;

/**
 * The action of a rule that switches an item on while an amount is below or above a limit, and off again.
 * <p>
 * It sends a command only when the amount crosses the limit, and at first if the item is not as it should be. So an
 * item that a user switches by hand stays so until the next crossing. An unknown amount changes nothing. What is
 * wrong with its parameters is logged.
 */
@NonNullByDefault
class SwitchByAmountHandler extends BaseModuleHandler<Action> implements ActionHandler {

    static final String TYPE = "monzo.SwitchByAmount";

    private static final String AMOUNT = "itemName";
    private static final String SWITCH = "switchName";
    private static final String LIMIT = "limit";
    private static final String MARGIN = "margin";
    private static final String DIRECTION = "direction";
    private static final String BELOW = "below";
    private static final String ABOVE = "above";

    private final ItemRegistry items;
    private final EventPublisher events;
    private final Parameters.Problems problems;

    private @Nullable OnOffType last;

    /**
     * Creates the action.
     *
     * @param rule the UID of its rule
     */
    SwitchByAmountHandler(Action module, String rule, ItemRegistry items, EventPublisher events) {
        super(module);
        this.items = items;
        this.events = events;
        this.problems = new Parameters.Problems(rule);
        problems.report(problem()); // a rule whose item does not exist is never triggered
    }

    @Override
    public synchronized @Nullable Map<String, Object> execute(Map<String, Object> context) {
        Item target = item(SWITCH);
        BigDecimal limit = parameters().number(LIMIT);
        problems.report(problem());
        BigDecimal amount = amount(context);
        if (target == null || amount == null || limit == null) {
            return null;
        }
        OnOffType wanted = wanted(amount, limit);
        if (wanted != null && wanted != last) {
            last = wanted;
            if (target.getState().as(OnOffType.class) != wanted) {
                events.post(ItemEventFactory.createCommandEvent(target.getName(), wanted));
            }
        }
        return null;
    }

    /** Returns what keeps this action from its work, or from doing all of it; {@code null} if nothing does. */
    private @Nullable String problem() {
        Parameters parameters = parameters();
        Item target = item(SWITCH);
        Item source = item(AMOUNT);
        if (target == null) {
            return missing(SWITCH);
        } else if (!target.getAcceptedCommandTypes().contains(OnOffType.class)) {
            return "the item " + target.getName() + " cannot be switched on and off";
        } else if (source == null) {
            return missing(AMOUNT);
        } else if (!(source.getState() instanceof UnDefType) && amount(source.getState()) == null) {
            return "the item " + source.getName() + " is no number";
        } else if (parameters.number(LIMIT) == null) {
            return Parameters.Problems.noNumber(LIMIT);
        } else if (parameters.isEntered(MARGIN) && parameters.number(MARGIN) == null) {
            return Parameters.Problems.noNumber(MARGIN);
        } else if (!isDirectionKnown()) {
            return DIRECTION + " is neither above nor below";
        }
        return null;
    }

    private boolean isDirectionKnown() {
        String direction = parameters().text(DIRECTION);
        return direction == null || Set.of(BELOW, ABOVE).contains(direction);
    }

    private String missing(String parameter) {
        String name = parameters().text(parameter);
        return name == null ? parameter + " is missing" : "there is no item " + name;
    }

    private Parameters parameters() {
        return new Parameters(getConfig());
    }

    /**
     * Returns the state for an amount; {@code null} between limit and margin, where the item stays as it is, and if it
     * is not known which way to switch.
     */
    private @Nullable OnOffType wanted(BigDecimal amount, BigDecimal limit) {
        if (!isDirectionKnown()) {
            return null;
        }
        BigDecimal entered = parameters().number(MARGIN);
        BigDecimal margin = entered == null ? BigDecimal.ZERO : entered.abs();
        // How far the amount is beyond the limit
        BigDecimal beyond =
                ABOVE.equals(parameters().text(DIRECTION)) ? amount.subtract(limit) : limit.subtract(amount);
        if (beyond.signum() > 0) {
            return OnOffType.ON;
        }
        return beyond.negate().compareTo(margin) >= 0 ? OnOffType.OFF : null;
    }

    private @Nullable Item item(String parameter) {
        String name = parameters().text(parameter);
        return name == null ? null : items.get(name);
    }

    /** Returns the amount of the trigger, as the item may not have it yet; without a trigger, that of the item. */
    private @Nullable BigDecimal amount(Map<String, Object> context) {
        Object state = context.get("state");
        if (state instanceof State) {
            return amount(state);
        }
        Item item = item(AMOUNT);
        return item == null ? null : amount(item.getState());
    }

    private static @Nullable BigDecimal amount(Object state) {
        if (state instanceof DecimalType number) {
            return number.toBigDecimal();
        } else if (state instanceof QuantityType<?> quantity) {
            return quantity.toBigDecimal();
        }
        return null;
    }
}
