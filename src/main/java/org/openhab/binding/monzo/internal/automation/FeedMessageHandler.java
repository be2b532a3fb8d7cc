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

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.connection.MonzoConnection;
import org.openhab.binding.monzo.internal.feed.Feed;
import org.openhab.binding.monzo.internal.feed.FeedMessage;
import org.openhab.binding.monzo.internal.handler.MonzoAccountHandler;
import org.openhab.binding.monzo.internal.model.Transaction;
import org.openhab.core.automation.Action;
import org.openhab.core.automation.ModuleHandlerCallback;
import org.openhab.core.automation.handler.ActionHandler;
import org.openhab.core.automation.handler.BaseModuleHandler;

/**
 * The action of a rule that shows a message in the Monzo app; in a rule with a condition for a transaction, once for
 * each.
 */
@NonNullByDefault
class FeedMessageHandler extends BaseModuleHandler<Action> implements ActionHandler {

    static final String TYPE = "monzo.FeedMessage";

    private static final String ACCOUNT = "account";
    private static final String TITLE = "title";
    private static final String TEXT = "text";

    /** More transactions than the binding remembers. */
    private static final int MAX_TRANSACTIONS = 5000;

    private final String ruleUid;
    private final MonzoModuleHandlerFactory services;
    private final Set<String> transactions = new LinkedHashSet<>();

    private volatile @Nullable ModuleHandlerCallback engine;

    FeedMessageHandler(Action module, String ruleUid, MonzoModuleHandlerFactory services) {
        super(module);
        this.ruleUid = ruleUid;
        this.services = services;
    }

    @Override
    public void setCallback(ModuleHandlerCallback callback) {
        super.setCallback(callback);
        engine = callback;
    }

    @Override
    public @Nullable Map<String, Object> execute(Map<String, Object> context) {
        Optional<KnownRule> known = services.enabledRule(ruleUid, module, engine);
        if (known.isEmpty()) {
            services.reportUnknownRule();
            return null;
        }
        KnownRule rule = known.get();
        if (!rule.hasPaymentCondition()) {
            post(rule.parameters());
        } else if (rule.transaction(context, services.ledgers)
                .filter(this::isNew)
                .isPresent()) {
            post(rule.parameters());
        }
        return null;
    }

    private synchronized boolean isNew(Transaction transaction) {
        boolean isNew = transactions.add(transaction.id());
        if (transactions.size() > MAX_TRANSACTIONS) {
            transactions.remove(transactions.iterator().next());
        }
        return isNew;
    }

    private void post(Parameters parameters) {
        String uid = parameters.text(ACCOUNT);
        for (MonzoConnection connection : services.connections.connections()) {
            if (uid != null
                    && connection.thing(uid).map(thing -> thing.getHandler()).orElse(null)
                            instanceof MonzoAccountHandler account) {
                FeedMessage message = FeedMessage.of(parameters.text(TITLE), parameters.text(TEXT), null, null);
                Feed.Result result = account.postToFeed(message);
                if (result != Feed.Result.DONE) {
                    services.refuse(ruleUid, connection.texts().text(result.key(), Feed.Limits.MAX_MESSAGES));
                }
                return;
            }
        }
        services.refuse(ruleUid, "there is no such Monzo Account, or it or its Monzo Login is disabled");
    }
}
