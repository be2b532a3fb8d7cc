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

import java.util.HashMap;
import java.util.Map;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.MonzoBindingConstants;
import org.openhab.binding.monzo.internal.model.PotTransfer.Direction;
import org.openhab.binding.monzo.internal.transfer.TransferResults.TransferResult;
import org.openhab.core.thing.binding.ThingActions;
import org.openhab.core.thing.binding.ThingActionsScope;
import org.openhab.core.thing.binding.ThingHandler;

/**
 * The actions of a pot for scripts: {@code deposit} and {@code withdraw}.
 * <p>
 * None is a {@code RuleAction}: openHAB 4 and later offers those at {@code /rest/actions} to anyone on the network,
 * without a login. Scripts need the scope alone. Arguments are objects because each rule language passes numbers of
 * other types. The static methods are the ones that DSL rules call. As an OSGi component this class would not work
 * before openHAB 4.2.
 */
@NonNullByDefault
@ThingActionsScope(name = MonzoBindingConstants.BINDING_ID)
public class PotActions implements ThingActions {

    private static final String NO_POT = "Not moved: this thing is not a Monzo Pot.";

    private @Nullable MonzoPotHandler handler;

    @Override
    public void setThingHandler(ThingHandler handler) {
        this.handler = handler instanceof MonzoPotHandler pot ? pot : null;
    }

    @Override
    public @Nullable ThingHandler getThingHandler() {
        return handler;
    }

    /**
     * Moves money from the pot's account into the pot.
     *
     * @param amount the amount in major units, a number or its text
     * @param id the caller's name for this transfer, {@code null} for none; the same name never pays twice
     * @return {@code outcome}, {@code message} and {@code balance}, see {@link TransferResult}
     */
    public Map<String, @Nullable Object> deposit(@Nullable Object amount, @Nullable Object id) {
        return transfer(Direction.DEPOSIT, amount, id);
    }

    /** Moves money from the pot's account into the pot; see {@link #deposit(Object, Object)}. */
    public Map<String, @Nullable Object> deposit(@Nullable Object amount) {
        return transfer(Direction.DEPOSIT, amount, null);
    }

    /** Moves money from the pot into its account; see {@link #deposit(Object, Object)}. */
    public Map<String, @Nullable Object> withdraw(@Nullable Object amount, @Nullable Object id) {
        return transfer(Direction.WITHDRAWAL, amount, id);
    }

    /** Moves money from the pot into its account; see {@link #deposit(Object, Object)}. */
    public Map<String, @Nullable Object> withdraw(@Nullable Object amount) {
        return transfer(Direction.WITHDRAWAL, amount, null);
    }

    // For DSL rules, which pass null for a thing without actions

    public static Map<String, @Nullable Object> deposit(@Nullable ThingActions actions, @Nullable Object amount) {
        return transfer(actions, Direction.DEPOSIT, amount, null);
    }

    public static Map<String, @Nullable Object> deposit(
            @Nullable ThingActions actions, @Nullable Object amount, @Nullable Object id) {
        return transfer(actions, Direction.DEPOSIT, amount, id);
    }

    public static Map<String, @Nullable Object> withdraw(@Nullable ThingActions actions, @Nullable Object amount) {
        return transfer(actions, Direction.WITHDRAWAL, amount, null);
    }

    public static Map<String, @Nullable Object> withdraw(
            @Nullable ThingActions actions, @Nullable Object amount, @Nullable Object id) {
        return transfer(actions, Direction.WITHDRAWAL, amount, id);
    }

    private static Map<String, @Nullable Object> transfer(
            @Nullable ThingActions actions, Direction direction, @Nullable Object amount, @Nullable Object id) {
        return actions instanceof PotActions pot ? pot.transfer(direction, amount, id) : withoutPot();
    }

    private Map<String, @Nullable Object> transfer(Direction direction, @Nullable Object amount, @Nullable Object id) {
        MonzoPotHandler pot = handler;
        return pot == null ? withoutPot() : outputs(pot.transfer(direction, amount, id));
    }

    /** Returns the result for a thing that is no pot, which is not translated, as it has no texts. */
    private static Map<String, @Nullable Object> withoutPot() {
        return outputs(new TransferResult(TransferResult.Outcome.REFUSED, NO_POT, null));
    }

    private static Map<String, @Nullable Object> outputs(TransferResult result) {
        Map<String, @Nullable Object> outputs = new HashMap<>();
        outputs.put("outcome", result.outcome().name());
        outputs.put("message", result.message());
        outputs.put("balance", result.balance());
        return outputs;
    }
}
