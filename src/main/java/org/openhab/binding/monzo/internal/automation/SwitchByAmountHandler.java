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

/**
 * The action of a rule that switches an item on while an amount is below or above a limit, and off again.
 * <p>
 * It sends a command only when the amount crosses the limit, and at first if the item is not as it should be. So an item
 * that somebody switches by hand stays so until the next crossing. An unknown amount changes nothing.
 */
@NonNullByDefault
class SwitchByAmountHandler extends BaseModuleHandler<Action> implements ActionHandler {

    static final String TYPE = "monzo.SwitchByAmount";

    private final ItemRegistry items;
    private final EventPublisher events;

    private @Nullable OnOffType last;

    SwitchByAmountHandler(Action module, ItemRegistry items, EventPublisher events) {
        super(module);
        this.items = items;
        this.events = events;
    }

    @Override
    public synchronized @Nullable Map<String, Object> execute(Map<String, Object> context) {
        Item target = item("switchName");
        BigDecimal amount = amount(context);
        BigDecimal limit = Amounts.parse(getConfig().get("limit"));
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

    /** Returns the state for an amount; {@code null} between limit and margin, where the item stays as it is. */
    private @Nullable OnOffType wanted(BigDecimal amount, BigDecimal limit) {
        BigDecimal entered = Amounts.parse(getConfig().get("margin"));
        BigDecimal margin = entered == null ? BigDecimal.ZERO : entered.abs();
        // How far the amount is beyond the limit
        BigDecimal beyond =
                "above".equals(getConfig().get("direction")) ? amount.subtract(limit) : limit.subtract(amount);
        if (beyond.signum() > 0) {
            return OnOffType.ON;
        }
        return beyond.negate().compareTo(margin) >= 0 ? OnOffType.OFF : null;
    }

    private @Nullable Item item(String parameter) {
        Object name = getConfig().get(parameter);
        return name == null ? null : items.get(name.toString());
    }

    /** Returns the amount of the trigger, as the item may not have it yet; without a trigger, that of the item. */
    private @Nullable BigDecimal amount(Map<String, Object> context) {
        Object state = context.get("state");
        if (state instanceof State) {
            return amount(state);
        }
        Item item = item("itemName");
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
