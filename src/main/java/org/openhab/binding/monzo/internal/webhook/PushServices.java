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
import java.util.concurrent.ScheduledExecutorService;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.compat.OpenHabWebhookService;
import org.openhab.binding.monzo.internal.storage.TextStorage;

/**
 * The services that push needs.
 *
 * @param events receives requests from Monzo
 * @param webhookService provides public URLs, if openHAB has such a service
 * @param storage the webhooks of all bridges, from {@link WebhookStore#openStorage}
 * @param scheduler openHAB's scheduler for things
 * @param clock the current time
 */
@NonNullByDefault
public record PushServices(
        WebhookEvents events,
        OpenHabWebhookService webhookService,
        TextStorage storage,
        ScheduledExecutorService scheduler,
        Clock clock) {}
