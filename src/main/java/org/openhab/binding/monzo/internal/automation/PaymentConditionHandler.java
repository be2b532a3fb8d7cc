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
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.MonzoBindingConstants;
import org.openhab.binding.monzo.internal.api.Json;
import org.openhab.binding.monzo.internal.model.Transaction;
import org.openhab.core.automation.Condition;
import org.openhab.core.automation.handler.BaseModuleHandler;
import org.openhab.core.automation.handler.ConditionHandler;
import org.openhab.core.config.core.Configuration;
import org.openhab.core.thing.ThingUID;
import org.openhab.core.thing.events.ChannelTriggeredEvent;

/**
 * The condition of a rule that a transaction is a payment to, or money from, a person or company: of at least an
 * amount, at a shop, of a category.
 * <p>
 * It judges the transaction as the bank listed it. Of the event, which a caller of the rule may have
 * made up, it uses only which transaction of which thing it names.
 */
@NonNullByDefault
class PaymentConditionHandler extends BaseModuleHandler<Condition> implements ConditionHandler {

    static final String TYPE = "monzo.PaymentCondition";

    private static final String DIRECTION = "direction";
    private static final String OUT = "OUT";
    private static final String IN = "IN";
    private static final String EITHER = "EITHER";
    private static final String AMOUNT = "amount";
    private static final String MERCHANT = "merchant";
    private static final String CATEGORY = "category";
    private static final String PAYDAY = "payday";

    private final BiFunction<ThingUID, String, Optional<Transaction>> delivered;

    /**
     * Creates the condition.
     *
     * @param rule the UID of its rule
     * @param delivered finds the transaction with an ID that was delivered to the channels of a thing
     */
    PaymentConditionHandler(
            Condition module, String rule, BiFunction<ThingUID, String, Optional<Transaction>> delivered) {
        super(module);
        this.delivered = delivered;
        new Parameters.Problems(rule).report(problem(getConfig()));
    }

    @Override
    public boolean isSatisfied(Map<String, Object> context) {
        return transaction(context, delivered)
                .filter(transaction -> isSatisfied(getConfig(), transaction))
                .isPresent();
    }

    /**
     * Returns the transaction whose event triggered a rule, as the bank listed it.
     *
     * @param context the inputs and all that the rule's triggers gave: in a rule made in Main UI, the input is not
     *     connected
     * @return the transaction, empty if there is no event, or no such transaction was delivered to the channels of its
     *     thing
     */
    static Optional<Transaction> transaction(
            Map<String, Object> context, BiFunction<ThingUID, String, Optional<Transaction>> delivered) {
        return event(context)
                .flatMap(event -> id(event.getEvent())
                        .flatMap(id -> delivered.apply(event.getChannel().getThingUID(), id)));
    }

    /** Returns the event of the channel {@code transaction} that triggered a rule, empty if none did. */
    static Optional<ChannelTriggeredEvent> event(Map<String, Object> context) {
        // openHAB 3.0 starts a rule of the channel also with the events of channels whose IDs begin with its ID.
        return context.values().stream()
                .filter(ChannelTriggeredEvent.class::isInstance)
                .map(ChannelTriggeredEvent.class::cast)
                .filter(event -> MonzoBindingConstants.CHANNEL_TRANSACTION.equals(
                        event.getChannel().getId()))
                .findFirst();
    }

    private static Optional<String> id(String payload) {
        String id = Json.text(Json.objectOrEmpty(payload), "id");
        return id == null ? Optional.empty() : Optional.of(id);
    }

    /**
     * Returns whether a transaction is one that a configuration of this condition describes. Pending ones are; declined
     * ones, pot moves and those of amount 0 are none.
     */
    static boolean isSatisfied(Configuration configuration, Transaction transaction) {
        Parameters parameters = new Parameters(configuration);
        BigDecimal amount = transaction.amount();
        if (amount == null || !transaction.movesMoney() || problem(configuration) != null) {
            return false;
        }
        BigDecimal smallest = parameters.number(AMOUNT);
        String merchant = parameters.text(MERCHANT);
        String category = parameters.text(CATEGORY);
        return isOfDirection(transaction, amount, parameters)
                && (smallest == null || amount.abs().compareTo(smallest) >= 0)
                && (merchant == null || transaction.isNamed(merchant))
                && (category == null || transaction.isOfCategory(category))
                && (transaction.payday() || !isPayday(parameters));
    }

    /** Returns why a configuration is never satisfied, {@code null} if it may be. */
    private static @Nullable String problem(Configuration configuration) {
        Parameters parameters = new Parameters(configuration);
        String direction = parameters.text(DIRECTION);
        BigDecimal smallest = parameters.number(AMOUNT);
        if (direction != null && !Set.of(OUT, IN, EITHER).contains(direction)) {
            return DIRECTION + " is none of OUT, IN and EITHER";
        } else if (parameters.isEntered(AMOUNT) && smallest == null) {
            return Parameters.Problems.noNumber(AMOUNT);
        } else if (smallest != null && smallest.signum() < 0) {
            return AMOUNT + " is negative; direction says which way the money goes";
        } else if (isPayday(parameters) && !isIn(parameters)) {
            return PAYDAY + " needs the direction IN";
        }
        return null;
    }

    private static boolean isOfDirection(Transaction transaction, BigDecimal amount, Parameters parameters) {
        return amount.signum() > 0
                ? isIn(parameters) || EITHER.equals(parameters.text(DIRECTION)) && transaction.isRefund()
                : !isIn(parameters);
    }

    private static boolean isIn(Parameters parameters) {
        return IN.equals(parameters.text(DIRECTION));
    }

    private static boolean isPayday(Parameters parameters) {
        return Boolean.parseBoolean(parameters.text(PAYDAY));
    }
}
