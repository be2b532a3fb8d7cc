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

import static org.openhab.binding.monzo.internal.MonzoBindingConstants.CONFIG_POT_ID;
import static org.openhab.binding.monzo.internal.MonzoBindingConstants.THING_TYPE_POT;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.connection.MonzoConnection;
import org.openhab.binding.monzo.internal.model.Transaction;
import org.openhab.binding.monzo.internal.transfer.TransferRule;
import org.openhab.core.automation.Action;
import org.openhab.core.automation.ModuleHandlerCallback;
import org.openhab.core.automation.handler.ActionHandler;
import org.openhab.core.automation.handler.BaseModuleHandler;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingStatus;

/**
 * The action of a rule that moves money between a pot and its account.
 * <p>
 * openHAB creates it when the rule is enabled and disposes it when the rule is edited, disabled or removed, or openHAB
 * stops. What waits to be moved belongs to the rule, not to this object.
 */
@NonNullByDefault
class PotTransferHandler extends BaseModuleHandler<Action>
        implements ActionHandler, TransferRule, Consumer<MonzoConnection> {

    static final String TYPE = "monzo.PotTransfer";

    private static final String POT = "pot";

    private final String ruleUid;
    private final MonzoModuleHandlerFactory services;
    private final Parameters.Problems problems;

    private volatile @Nullable ModuleHandlerCallback engine;
    private volatile boolean disposed;

    PotTransferHandler(Action module, String ruleUid, MonzoModuleHandlerFactory services) {
        super(module);
        this.ruleUid = ruleUid;
        this.services = services;
        this.problems = new Parameters.Problems(ruleUid);
    }

    @Override
    public void setCallback(ModuleHandlerCallback callback) {
        super.setCallback(callback);
        engine = callback;
        services.connections.addListener(this); // not for callers outside of rules, of whom there may be many
        rule().ifPresent(rule -> problems.report(problem(rule)));
    }

    @Override
    public void dispose() {
        disposed = true; // removed from the listeners after the next refresh
        super.dispose();
    }

    private Optional<KnownRule> rule() {
        return services.rule(ruleUid, module);
    }

    private Optional<KnownRule> enabledRule() {
        return services.enabledRule(ruleUid, module, engine);
    }

    private static @Nullable String problem(KnownRule rule) {
        TransferAmount amount = amount(rule);
        String problem = rule.parameters().isEntered(POT) ? amount.problem() : POT + " is missing";
        return problem == null && amount.isForTransaction() && !rule.isTriggeredByTransactions()
                ? "it needs a trigger by the channel transaction of the pot's account"
                : problem;
    }

    private static TransferAmount amount(KnownRule rule) {
        return new TransferAmount(rule.parameters());
    }

    @Override
    public @Nullable Map<String, Object> execute(Map<String, Object> context) {
        Optional<KnownRule> known = disposed ? Optional.empty() : enabledRule();
        if (known.isEmpty()) {
            services.reportUnknownRule();
            return null;
        }
        KnownRule rule = known.get();
        String problem = problem(rule);
        if (problem != null) {
            problems.report(problem);
            return null;
        }
        Optional<MonzoConnection> connection = connection();
        if (connection.isEmpty()) {
            services.refuse(ruleUid, "there is no such Monzo Pot, or it or its Monzo Login is disabled");
            return null;
        }
        transfer(rule, context, connection.get());
        return null;
    }

    private void transfer(KnownRule rule, Map<String, Object> context, MonzoConnection connection) {
        TransferAmount amount = amount(rule);
        if (!amount.isForTransaction() && !rule.hasPaymentCondition()) {
            connection.transfers().of(this).transferByBalance();
            return;
        }
        Optional<Transaction> transaction =
                rule.transaction(context, services.ledgers).filter(Transaction::movesMoney);
        if (transaction.isEmpty()) {
            return; // another trigger, a forged event, or one of before a restart
        } else if (!amount.isForTransaction()) {
            connection.transfers().of(this).transferByBalance();
            return;
        }
        BigDecimal moved = amount.of(transaction.get());
        if (moved.signum() != 0 || amount.dependsOnBalance()) {
            connection.transfers().of(this).transfer(transaction.get(), moved);
        }
    }

    /** Returns the pot's thing, empty while it or its login is disabled. */
    private Optional<Thing> pot() {
        String uid = rule().map(rule -> rule.parameters().text(POT)).orElse(null);
        return uid == null
                ? Optional.empty()
                : services.thing(THING_TYPE_POT, uid)
                        .filter(thing -> connection(thing).isPresent());
    }

    private Optional<MonzoConnection> connection() {
        return pot().flatMap(this::connection);
    }

    private Optional<MonzoConnection> connection(Thing thing) {
        return services.connections.connections().stream()
                .filter(connection -> connection.uid().equals(thing.getBridgeUID()))
                .findFirst();
    }

    /** Continues after a refresh of a login. */
    @Override
    public void accept(MonzoConnection connection) {
        Optional<KnownRule> rule = enabledRule();
        if (disposed) {
            services.connections.removeListener(this);
            if (rule.isEmpty() && !services.stopped) {
                connection.transfers().drop(this);
            }
        } else if (rule.isPresent() && connection().filter(connection::equals).isPresent()) {
            connection.transfers().of(this).resume();
        }
    }

    // TransferRule

    @Override
    public String ruleUid() {
        return ruleUid;
    }

    @Override
    public String moduleId() {
        return module.getId();
    }

    @Override
    public String configurationHash() {
        return rule().map(KnownRule::hash).orElse("");
    }

    @Override
    public String potId() {
        return pot().map(thing -> thing.getConfiguration().get(CONFIG_POT_ID))
                .map(id -> id.toString().trim())
                .orElse("");
    }

    @Override
    public boolean isPotOnline() {
        return pot().filter(thing -> thing.getStatus() == ThingStatus.ONLINE).isPresent();
    }

    @Override
    public boolean isPermitted() {
        return !disposed && enabledRule().isPresent() && pot().isPresent();
    }

    @Override
    public boolean dependsOnBalance() {
        return rule().filter(rule -> amount(rule).dependsOnBalance()).isPresent();
    }

    @Override
    public BigDecimal amount(BigDecimal balance, BigDecimal received, int decimals) {
        return rule().map(rule -> amount(rule).of(balance, received, decimals)).orElse(BigDecimal.ZERO);
    }

    @Override
    public void onRefused(String reason) {
        services.refuse(ruleUid, reason);
    }
}
