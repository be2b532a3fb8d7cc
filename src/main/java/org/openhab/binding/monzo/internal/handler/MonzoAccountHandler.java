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

import static org.openhab.binding.monzo.internal.MonzoBindingConstants.CONFIG_ACCOUNT_ID;

import java.util.Collection;
import java.util.List;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.feed.FeedMessage;
import org.openhab.binding.monzo.internal.feed.FeedResult;
import org.openhab.binding.monzo.internal.i18n.MonzoTexts;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.binding.ThingHandlerService;

/**
 * Handler of an account thing.
 */
@NonNullByDefault
public class MonzoAccountHandler extends MonzoChildHandler {

    private final MonzoTexts texts;

    public MonzoAccountHandler(Thing thing, MonzoStateDescriptionProvider stateDescriptions, MonzoTexts texts) {
        super(thing, stateDescriptions);
        this.texts = texts;
    }

    @Override
    public Collection<Class<? extends ThingHandlerService>> getServices() {
        return List.of(AccountActions.class);
    }

    /** Shows a message in the account's feed and waits for the response, for less than 30 s. */
    FeedResult postToFeed(FeedMessage message) {
        MonzoBridgeHandler bridge = bridgeHandler();
        String accountId = configured(CONFIG_ACCOUNT_ID);
        if (accountId.isEmpty()) {
            accountId = getThing().getProperties().getOrDefault(CONFIG_ACCOUNT_ID, ""); // the chosen account
        }
        return bridge == null ? FeedResult.LOGIN_OFFLINE : bridge.postToFeed(accountId, message);
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
    Lifecycle createLifecycle() {
        // openHAB does not persist the property of a thing from a file; an account is then chosen again.
        String chosenBefore = getThing().getProperties().get(AccountLifecycle.PROPERTY_CHOSEN_ACCOUNT_ID);
        return new AccountLifecycle(configured(CONFIG_ACCOUNT_ID), chosenBefore, texts);
    }
}
