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

import static org.openhab.binding.monzo.internal.MonzoBindingConstants.CHANNEL_TRANSACTION;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.model.Transaction;
import org.openhab.binding.monzo.internal.transaction.LedgerStore;
import org.openhab.core.automation.Action;
import org.openhab.core.automation.Condition;
import org.openhab.core.automation.Module;
import org.openhab.core.automation.Rule;
import org.openhab.core.automation.RuleRegistry;

/**
 * A rule with an action of this binding, as openHAB's registry has it.
 * <p>
 * Anyone on the network may call {@code POST /rest/rules/<uid>/runnow} with a context, and {@code POST /rest/actions}
 * with a configuration, and neither needs a login. So nothing that a caller of an action brings along counts: the rule
 * and its configuration come from the registry, and the transaction from what the bank listed.
 *
 * @param action the action
 */
@NonNullByDefault
record KnownRule(Rule rule, Action action) {

    private static final String CHANNEL_TRIGGER = "core.ChannelEventTrigger";
    private static final String CHANNEL = "channelUID";

    /** Returns the rule of an action, empty if openHAB has none with this UID and action. */
    static Optional<KnownRule> find(RuleRegistry rules, String ruleUid, Module module) {
        Rule rule = rules.get(ruleUid);
        return rule == null
                ? Optional.empty()
                : rule.getActions().stream()
                        .filter(action -> action.getId().equals(module.getId())
                                && action.getTypeUID().equals(module.getTypeUID()))
                        .findFirst()
                        .map(action -> new KnownRule(rule, action));
    }

    Parameters parameters() {
        return new Parameters(action.getConfiguration());
    }

    /** Returns whether the rule has a condition for a transaction. */
    boolean hasPaymentCondition() {
        return paymentConditions().findAny().isPresent();
    }

    private Stream<Condition> paymentConditions() {
        return rule.getConditions().stream()
                .filter(condition -> condition.getTypeUID().equals(PaymentConditionHandler.TYPE));
    }

    /**
     * Returns the transaction of the event that triggered the rule, as the bank listed it: of a channel that triggers
     * this rule, and one that satisfies its conditions, which a caller may have skipped.
     */
    Optional<Transaction> transaction(Map<String, Object> context, LedgerStore ledgers) {
        return PaymentConditionHandler.event(context)
                .filter(event -> isTriggeredBy(event.getChannel().getAsString()))
                .flatMap(event -> PaymentConditionHandler.transaction(context, ledgers::delivered))
                .filter(transaction -> paymentConditions()
                        .allMatch(condition ->
                                PaymentConditionHandler.isSatisfied(condition.getConfiguration(), transaction)));
    }

    /** Returns whether the rule has a trigger that may be for transactions. */
    boolean isTriggeredByTransactions() {
        return channels().anyMatch(channel -> channel.endsWith(":" + CHANNEL_TRANSACTION));
    }

    private boolean isTriggeredBy(String channel) {
        return channels().anyMatch(channel::equals);
    }

    private Stream<String> channels() {
        return rule.getTriggers().stream()
                .filter(trigger -> trigger.getTypeUID().equals(CHANNEL_TRIGGER))
                .map(trigger -> String.valueOf(trigger.getConfiguration().get(CHANNEL)));
    }

    /** Returns a hash of all that decides when the action acts and what it does. */
    String hash() {
        StringBuilder text = new StringBuilder();
        rule.getTriggers().forEach(trigger -> append(trigger, text));
        rule.getConditions().forEach(condition -> append(condition, text));
        append(action, text);
        return UUID.nameUUIDFromBytes(text.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private static void append(Module module, StringBuilder text) {
        text.append(module.getId()).append('\n').append(module.getTypeUID()).append('\n');
        new TreeMap<>(module.getConfiguration().getProperties())
                .forEach((name, value) ->
                        text.append(name).append('=').append(normalized(value)).append('\n'));
    }

    /** Returns the text of a value; openHAB reads a stored 5 as 5.0. */
    private static String normalized(@Nullable Object value) {
        return value instanceof Number number
                ? new BigDecimal(number.toString()).stripTrailingZeros().toPlainString()
                : String.valueOf(value);
    }
}
