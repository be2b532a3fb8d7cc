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
package org.openhab.binding.monzo.internal.connection;

import java.time.Clock;
import java.time.ZoneId;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.api.HttpTransport;
import org.openhab.binding.monzo.internal.auth.TokenManagers;
import org.openhab.binding.monzo.internal.feed.FeedLimits;
import org.openhab.binding.monzo.internal.i18n.MonzoTexts;
import org.openhab.binding.monzo.internal.transfer.TransferLedger;
import org.openhab.binding.monzo.internal.webhook.PushServices;

/**
 * The services that a connection needs.
 *
 * @param tokenManagers creates the bridge's token manager
 * @param http sends its requests
 * @param connections makes the connection known to the pages and the console
 * @param texts provides the labels of discovered things and the results of transfers
 * @param feedLimits limits the messages of each login
 * @param transfers the transfers of all logins so far
 * @param push the services that push needs
 * @param scheduler openHAB's scheduler for things
 * @param clock the current time
 * @param zone openHAB's time zone
 */
@NonNullByDefault
public record ConnectionServices(
        TokenManagers tokenManagers,
        HttpTransport http,
        ConnectionRegistry connections,
        MonzoTexts texts,
        FeedLimits feedLimits,
        TransferLedger transfers,
        PushServices push,
        ScheduledExecutorService scheduler,
        Clock clock,
        Supplier<ZoneId> zone) {}
