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
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.HttpTransport;
import org.openhab.binding.monzo.internal.api.JettyHttpTransport;
import org.openhab.binding.monzo.internal.api.RequestStatistics;
import org.openhab.binding.monzo.internal.auth.TokenManagers;
import org.openhab.binding.monzo.internal.feed.Feed;
import org.openhab.binding.monzo.internal.i18n.MonzoTexts;
import org.openhab.binding.monzo.internal.transfer.TransferLedger;
import org.openhab.binding.monzo.internal.webhook.WebhookEndpoint;
import org.openhab.core.auth.client.oauth2.OAuthFactory;
import org.openhab.core.common.ThreadPoolManager;
import org.openhab.core.config.core.Configuration;
import org.openhab.core.i18n.TimeZoneProvider;
import org.openhab.core.io.net.http.HttpClientFactory;
import org.openhab.core.thing.Bridge;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingRegistry;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the connections of all bridges from what they share, and knows the open ones, for all that addresses them from
 * outside: the pages, the console and the modules of rules.
 */
@NonNullByDefault
@Component(service = ConnectionRegistry.class)
public class ConnectionRegistry {

    private final Logger logger = LoggerFactory.getLogger(ConnectionRegistry.class);

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

    /** Longer than for data requests: a lost response requires the user to log in again. */
    private static final Duration TOKEN_TIMEOUT = Duration.ofSeconds(30);

    /** The pool in which openHAB runs the handlers' jobs. */
    public static final String THING_HANDLER_POOL = "thingHandler";

    final TokenManagers tokenManagers;
    final HttpTransport http;
    final MonzoTexts texts;
    final Feed.Limits feedLimits;
    final TransferLedger transfers;
    final WebhookEndpoint webhooks;
    final ScheduledExecutorService scheduler;
    final Clock clock;
    final TimeZoneProvider zones;

    private final Map<String, MonzoConnection> connections = new ConcurrentSkipListMap<>();
    private final Set<Consumer<MonzoConnection>> listeners = new CopyOnWriteArraySet<>();

    @Activate
    public ConnectionRegistry(
            @Reference OAuthFactory oAuthFactory,
            @Reference HttpClientFactory http,
            @Reference MonzoTexts texts,
            @Reference TransferLedger transfers,
            @Reference WebhookEndpoint webhooks,
            @Reference TimeZoneProvider zones,
            BundleContext context) {
        this(
                new TokenManagers(
                        oAuthFactory,
                        new JettyHttpTransport(http.getCommonHttpClient(), TOKEN_TIMEOUT),
                        Clock.systemUTC(),
                        () -> BridgeConfiguration.oAuthClientSettings(things(context))),
                new JettyHttpTransport(http.getCommonHttpClient(), REQUEST_TIMEOUT),
                texts,
                transfers,
                webhooks,
                ThreadPoolManager.getScheduledPool(THING_HANDLER_POOL),
                Clock.systemUTC(),
                zones);
    }

    /**
     * Creates the registry outside OSGi.
     *
     * @param http sends all requests but those for tokens
     */
    public ConnectionRegistry(
            TokenManagers tokenManagers,
            HttpTransport http,
            MonzoTexts texts,
            TransferLedger transfers,
            WebhookEndpoint webhooks,
            ScheduledExecutorService scheduler,
            Clock clock,
            TimeZoneProvider zones) {
        this.tokenManagers = tokenManagers;
        this.http = http;
        this.texts = texts;
        this.feedLimits = new Feed.Limits(clock);
        this.transfers = transfers;
        this.webhooks = webhooks;
        this.scheduler = scheduler;
        this.clock = clock;
        this.zones = zones;
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

    @Deactivate
    void deactivate() {
        tokenManagers.close(TOKEN_TIMEOUT.plusSeconds(1));
    }

    /** Returns the statistics of the requests of a new bridge handler. */
    public RequestStatistics newStatistics() {
        return new RequestStatistics(clock);
    }

    /**
     * Makes a connection that does nothing yet.
     *
     * @param configuration the bridge's configuration
     * @param entered the same as openHAB stores it
     * @param statistics counts its requests
     */
    public MonzoConnection connect(
            ConnectedBridge bridge,
            BridgeConfiguration configuration,
            Configuration entered,
            RequestStatistics statistics) {
        return new MonzoConnection(bridge, configuration, entered, statistics, this);
    }

    /** Adds a connection; it replaces an earlier one with the same UID. */
    public void add(MonzoConnection connection) {
        connections.put(connection.uid().getAsString(), connection);
    }

    /** Removes a connection, unless a later one has replaced it. */
    public void remove(MonzoConnection connection) {
        connections.remove(connection.uid().getAsString(), connection);
    }

    /** Returns the open connections, ordered by UID. */
    public Collection<MonzoConnection> connections() {
        return List.copyOf(connections.values());
    }

    /** Returns the open connection of a bridge, which may be any text; {@code null} if there is none. */
    public @Nullable MonzoConnection connection(String uid) {
        return connections.get(uid);
    }

    /** Adds a listener for the refreshes of all connections; it is called after the things are updated. */
    public void addListener(Consumer<MonzoConnection> listener) {
        listeners.add(listener);
    }

    public void removeListener(Consumer<MonzoConnection> listener) {
        listeners.remove(listener);
    }

    void refreshed(MonzoConnection connection) {
        for (Consumer<MonzoConnection> listener : listeners) {
            try {
                listener.accept(connection);
            } catch (RuntimeException e) { // one rule must not hold up the others, nor the next refresh
                logger.warn("Unexpected error after a refresh; please report a bug", e);
            }
        }
    }

    /**
     * Returns a label that distinguishes a bridge from the others.
     *
     * @return the label, with the bridge's ID if another bridge has the same label; {@code null} if it is the only
     *     bridge
     */
    public @Nullable String distinctLabel(MonzoConnection connection) {
        List<String> others = connections().stream()
                .filter(other -> !other.uid().equals(connection.uid()))
                .map(this::label)
                .toList();
        String label = label(connection);
        return others.isEmpty()
                ? null
                : others.contains(label) ? label + " " + connection.uid().getId() : label;
    }

    private String label(MonzoConnection connection) {
        return label(connection.getThing(), texts.text("page.bridge"));
    }

    /** Returns the label of a bridge, or another text if it has none. */
    public static String label(Bridge bridge, String otherwise) {
        String label = bridge.getLabel();
        return label == null || label.isBlank() ? otherwise : label;
    }
}
