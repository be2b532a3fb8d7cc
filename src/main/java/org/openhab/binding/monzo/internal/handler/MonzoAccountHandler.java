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

import static org.openhab.binding.monzo.internal.MonzoBindingConstants.*;

import java.util.Collection;
import java.util.List;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.connection.MonzoConnection;
import org.openhab.binding.monzo.internal.feed.Feed;
import org.openhab.binding.monzo.internal.feed.FeedMessage;
import org.openhab.binding.monzo.internal.i18n.MonzoTexts;
import org.openhab.binding.monzo.internal.transaction.LedgerStore;
import org.openhab.core.i18n.TimeZoneProvider;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingUID;
import org.openhab.core.thing.binding.ThingHandlerService;

/**
 * Handler of an account thing.
 */
@NonNullByDefault
public class MonzoAccountHandler extends MonzoChildHandler {

    private final MonzoTexts texts;
    private final LedgerStore ledgers;
    private final TimeZoneProvider timeZones;

    public MonzoAccountHandler(
            Thing thing,
            MonzoStateDescriptionProvider stateDescriptions,
            MonzoTexts texts,
            LedgerStore ledgers,
            TimeZoneProvider timeZones) {
        super(thing, stateDescriptions);
        this.texts = texts;
        this.ledgers = ledgers;
        this.timeZones = timeZones;
        if (!thing.getProperties().containsKey(CONFIG_ACCOUNT_ID)) {
            // openHAB does not notify the binding of a thing removed without its handler; an enabled one has
            // properties.
            ledgers.removeIfUsed(thing.getUID());
        }
    }

    @Override
    public Collection<Class<? extends ThingHandlerService>> getServices() {
        return List.of(AccountActions.class);
    }

    /** Shows a message in the account's feed and waits for the response, for less than 30 s. */
    public Feed.Result postToFeed(FeedMessage message) {
        MonzoConnection connection = connection();
        String accountId = configured(CONFIG_ACCOUNT_ID);
        if (accountId.isEmpty()) {
            accountId = getThing().getProperties().getOrDefault(CONFIG_ACCOUNT_ID, ""); // the chosen account
        }
        return connection == null ? Feed.Result.LOGIN_OFFLINE : connection.postToFeed(accountId, message);
    }

    MonzoTexts texts() {
        return texts;
    }

    @Override
    @Nullable
    String validate() {
        return null; // without an ID, the first open current account is used
    }

    @Override
    public synchronized void initialize() {
        if (!watchesTransactions()) {
            ledgers.remove(getThing().getUID()); // switched on again, they start anew
        }
        super.initialize();
    }

    private boolean watchesTransactions() {
        return Boolean.parseBoolean(configured(CONFIG_TRANSACTIONS));
    }

    @Override
    ThingView createView() {
        ThingUID uid = getThing().getUID();
        AccountTransactions transactions = new AccountTransactions(
                watchesTransactions() ? accountId -> ledgers.dispatcher(uid, accountId) : null, timeZones);
        // openHAB does not persist the property of a thing from a file; an account is then chosen again.
        String chosenBefore = getThing().getProperties().get(AccountView.PROPERTY_CHOSEN_ACCOUNT_ID);
        return new AccountView(configured(CONFIG_ACCOUNT_ID), chosenBefore, texts, transactions);
    }

    @Override
    public synchronized void handleRemoval() {
        dispose(); // nothing is to be stored any more
        ledgers.remove(getThing().getUID());
        super.handleRemoval();
    }
}
