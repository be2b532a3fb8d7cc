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
package org.openhab.binding.monzo.internal;

import static org.openhab.binding.monzo.internal.MonzoBindingConstants.*;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jetty.client.HttpClient;
import org.openhab.binding.monzo.internal.api.JettyHttpTransport;
import org.openhab.binding.monzo.internal.auth.TokenManagers;
import org.openhab.binding.monzo.internal.compat.OpenHabWebhookService;
import org.openhab.binding.monzo.internal.compat.StartLevel;
import org.openhab.binding.monzo.internal.connection.ConfiguredLogins;
import org.openhab.binding.monzo.internal.connection.ConnectionRegistry;
import org.openhab.binding.monzo.internal.connection.ConnectionServices;
import org.openhab.binding.monzo.internal.feed.FeedLimits;
import org.openhab.binding.monzo.internal.handler.AccountServices;
import org.openhab.binding.monzo.internal.handler.MonzoAccountHandler;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.binding.monzo.internal.handler.MonzoPotHandler;
import org.openhab.binding.monzo.internal.handler.MonzoStateDescriptionProvider;
import org.openhab.binding.monzo.internal.i18n.MonzoTexts;
import org.openhab.binding.monzo.internal.transaction.LedgerStore;
import org.openhab.binding.monzo.internal.transfer.TransferLedger;
import org.openhab.binding.monzo.internal.webhook.PushServices;
import org.openhab.binding.monzo.internal.webhook.WebhookEvents;
import org.openhab.binding.monzo.internal.webhook.WebhookStore;
import org.openhab.core.auth.client.oauth2.OAuthFactory;
import org.openhab.core.common.ThreadPoolManager;
import org.openhab.core.i18n.LocaleProvider;
import org.openhab.core.i18n.TimeZoneProvider;
import org.openhab.core.i18n.TranslationProvider;
import org.openhab.core.io.net.http.HttpClientFactory;
import org.openhab.core.service.ReadyService;
import org.openhab.core.storage.StorageService;
import org.openhab.core.thing.Bridge;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingRegistry;
import org.openhab.core.thing.ThingTypeUID;
import org.openhab.core.thing.binding.BaseThingHandlerFactory;
import org.openhab.core.thing.binding.ThingHandler;
import org.openhab.core.thing.binding.ThingHandlerFactory;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Creates the handlers with openHAB's services.
 */
@NonNullByDefault
@Component(service = ThingHandlerFactory.class, configurationPid = "binding.monzo")
public class MonzoHandlerFactory extends BaseThingHandlerFactory {

    private static final Set<ThingTypeUID> THING_TYPES = Set.of(THING_TYPE_BRIDGE, THING_TYPE_ACCOUNT, THING_TYPE_POT);

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

    /** Longer than for data requests: a lost response requires the user to log in again. */
    private static final Duration TOKEN_TIMEOUT = Duration.ofSeconds(30);

    /** The pool in which openHAB runs the handlers' jobs. */
    private static final String THING_HANDLER_POOL = "thingHandler";

    private final ConnectionServices services;
    private final AccountServices accountServices;
    private final MonzoStateDescriptionProvider stateDescriptions;
    private final ServiceTracker<Object, @Nullable Object> webhookServices;

    @Activate
    public MonzoHandlerFactory(
            @Reference OAuthFactory oAuthFactory,
            @Reference HttpClientFactory httpClientFactory,
            @Reference TranslationProvider translations,
            @Reference LocaleProvider locales,
            @Reference StorageService storage,
            @Reference TimeZoneProvider timeZones,
            @Reference ReadyService ready,
            @Reference ConnectionRegistry connections,
            @Reference WebhookEvents events,
            @Reference LedgerStore ledgers,
            @Reference MonzoStateDescriptionProvider stateDescriptions,
            BundleContext context) {
        Clock clock = Clock.systemUTC();
        HttpClient http = httpClientFactory.getCommonHttpClient();
        ScheduledExecutorService scheduler = ThreadPoolManager.getScheduledPool(THING_HANDLER_POOL);
        this.stateDescriptions = stateDescriptions;
        OpenHabWebhookService webhookService = new OpenHabWebhookService();
        this.webhookServices = webhookService.track(context);
        this.services = new ConnectionServices(
                new TokenManagers(
                        oAuthFactory,
                        new JettyHttpTransport(http, TOKEN_TIMEOUT),
                        clock,
                        new ConfiguredLogins(() -> things(context))),
                new JettyHttpTransport(http, REQUEST_TIMEOUT),
                connections,
                new MonzoTexts(translations, locales, context.getBundle()),
                new FeedLimits(clock),
                new TransferLedger(storage, clock, timeZones::getTimeZone),
                new PushServices(events, webhookService, WebhookStore.openStorage(storage), scheduler, clock),
                scheduler,
                clock,
                timeZones::getTimeZone);
        this.accountServices =
                new AccountServices(services.texts(), ledgers, timeZones, new StartLevel(ready, clock), clock);
    }

    /** Not a reference, which would be cyclic: openHAB's thing registry requires all handler factories at startup. */
    private static Collection<Thing> things(BundleContext context) {
        ServiceReference<ThingRegistry> reference = context.getServiceReference(ThingRegistry.class);
        ThingRegistry things = reference == null ? null : context.getService(reference);
        if (things == null) {
            return List.of();
        }
        try {
            return things.getAll();
        } finally {
            context.ungetService(reference);
        }
    }

    @Override
    protected void deactivate(ComponentContext context) {
        webhookServices.close();
        services.tokenManagers().close(TOKEN_TIMEOUT.plusSeconds(1));
        super.deactivate(context);
    }

    @Override
    public boolean supportsThingType(ThingTypeUID type) {
        return THING_TYPES.contains(type);
    }

    @Override
    protected @Nullable ThingHandler createHandler(Thing thing) {
        ThingTypeUID type = thing.getThingTypeUID();
        if (THING_TYPE_BRIDGE.equals(type) && thing instanceof Bridge bridge) {
            return new MonzoBridgeHandler(bridge, services);
        } else if (THING_TYPE_ACCOUNT.equals(type)) {
            return new MonzoAccountHandler(thing, stateDescriptions, accountServices);
        } else if (THING_TYPE_POT.equals(type)) {
            return new MonzoPotHandler(thing, stateDescriptions, services);
        }
        return null;
    }
}
