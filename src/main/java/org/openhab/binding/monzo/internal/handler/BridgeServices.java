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

import java.time.Clock;
import java.time.ZoneId;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.api.HttpTransport;
import org.openhab.binding.monzo.internal.auth.TokenManagers;
import org.openhab.binding.monzo.internal.connect.BridgeRegistry;
import org.openhab.binding.monzo.internal.feed.FeedLimits;
import org.openhab.binding.monzo.internal.i18n.MonzoTexts;
import org.openhab.binding.monzo.internal.transfer.TransferLedgers;
import org.openhab.binding.monzo.internal.webhook.Notices;
import org.openhab.binding.monzo.internal.webhook.OpenHabWebhookService;
import org.openhab.binding.monzo.internal.webhook.PushServices;
import org.openhab.binding.monzo.internal.webhook.WebhookStores;

/**
 * The services that a bridge needs.
 *
 * @param tokenManagers creates the bridge's token manager
 * @param http sends its requests
 * @param bridges makes the bridge known to the pages and the console
 * @param texts provides the labels of discovered things
 * @param webhookStores the webhooks of each login
 * @param feedLimits limits the messages of each login
 * @param transfers the transfers of each login so far
 * @param notices receives Monzo's notices
 * @param webhookService openHAB's webhook service, if it has one
 * @param zone openHAB's time zone
 * @param scheduler openHAB's scheduler for things
 * @param clock the current time
 */
@NonNullByDefault
public record BridgeServices(
        TokenManagers tokenManagers,
        HttpTransport http,
        BridgeRegistry bridges,
        MonzoTexts texts,
        WebhookStores webhookStores,
        FeedLimits feedLimits,
        TransferLedgers transfers,
        Notices notices,
        OpenHabWebhookService webhookService,
        Supplier<ZoneId> zone,
        ScheduledExecutorService scheduler,
        Clock clock) {

    PushServices forPush() {
        return new PushServices(notices, webhookService, webhookStores, zone, scheduler, clock);
    }
}
