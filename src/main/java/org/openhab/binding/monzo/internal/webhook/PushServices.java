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
package org.openhab.binding.monzo.internal.webhook;

import java.time.Clock;
import java.time.ZoneId;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * The services that push needs.
 *
 * @param notices receives requests from Monzo
 * @param webhookService provides public URLs, if openHAB has such a service
 * @param stores the secrets and webhooks of all bridges, which outlive a restart
 * @param zone openHAB's time zone
 * @param scheduler openHAB's scheduler for things
 * @param clock the current time
 */
@NonNullByDefault
public record PushServices(
        Notices notices,
        OpenHabWebhookService webhookService,
        WebhookStores stores,
        Supplier<ZoneId> zone,
        ScheduledExecutorService scheduler,
        Clock clock) {}
