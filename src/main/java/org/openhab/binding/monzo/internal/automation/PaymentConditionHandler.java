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

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.math.BigDecimal;
import java.util.Map;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.model.Transaction;
import org.openhab.core.automation.Condition;
import org.openhab.core.automation.handler.BaseModuleHandler;
import org.openhab.core.automation.handler.ConditionHandler;
import org.openhab.core.thing.events.ChannelTriggeredEvent;

/**
 * The condition of a rule that a transaction is a payment of at least an amount: money that left the account to
 * somebody else, neither declined nor moved to a pot.
 */
@NonNullByDefault
class PaymentConditionHandler extends BaseModuleHandler<Condition> implements ConditionHandler {

    static final String TYPE = "monzo.PaymentCondition";

    private final Gson gson = new Gson();

    /**
     * Creates the condition.
     *
     * @param rule the UID of its rule
     */
    PaymentConditionHandler(Condition module, String rule) {
        super(module);
        if (Amounts.parse(getConfig().get("amount")) == null) {
            new RuleProblems(rule).report(RuleProblems.noNumber("amount"));
        }
    }

    @Override
    public boolean isSatisfied(Map<String, Object> context) {
        BigDecimal limit = Amounts.parse(getConfig().get("amount"));
        if (limit == null || !(context.get("event") instanceof ChannelTriggeredEvent event)) {
            return false;
        }
        JsonObject transaction = transaction(event.getEvent());
        if (transaction == null || has(transaction, "declined") || isPotMove(transaction)) {
            return false;
        }
        BigDecimal amount = has(transaction, "amount") ? Amounts.parse(text(transaction.get("amount"))) : null;
        return amount != null && amount.signum() < 0 && amount.negate().compareTo(limit) >= 0;
    }

    private @Nullable JsonObject transaction(String payload) {
        try {
            return gson.fromJson(payload, JsonObject.class);
        } catch (JsonParseException e) {
            return null;
        }
    }

    /** Returns whether money moved to or from a pot, also if Monzo does not name it. */
    private static boolean isPotMove(JsonObject transaction) {
        return has(transaction, "pot")
                || has(transaction, "scheme") && Transaction.POT_SCHEME.equals(text(transaction.get("scheme")));
    }

    private static boolean has(JsonObject transaction, String name) {
        JsonElement value = transaction.get(name);
        return value != null && !value.isJsonNull();
    }

    private static String text(JsonElement value) {
        return value.isJsonPrimitive() ? value.getAsString() : "";
    }
}
