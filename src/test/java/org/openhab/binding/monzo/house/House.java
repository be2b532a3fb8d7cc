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
package org.openhab.binding.monzo.house;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import org.eclipse.jetty.client.HttpClient;
import org.openhab.binding.monzo.bank.AdjustableClock;
import org.openhab.binding.monzo.bank.Customer;
import org.openhab.binding.monzo.bank.SimulatedBank;
import org.openhab.binding.monzo.internal.MonzoBindingConstants;
import org.openhab.binding.monzo.internal.api.JettyHttpExchange;
import org.openhab.binding.monzo.internal.connect.ConnectService;
import org.openhab.binding.monzo.internal.connect.ConnectServlet;
import org.openhab.binding.monzo.internal.handler.ConfiguredLogins;
import org.openhab.binding.monzo.internal.handler.HeldStateDescriptions;
import org.openhab.binding.monzo.internal.handler.MonzoAccountHandler;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.binding.monzo.internal.handler.MonzoChildHandler;
import org.openhab.binding.monzo.internal.handler.MonzoEnvironment;
import org.openhab.binding.monzo.internal.handler.MonzoPotHandler;
import org.openhab.binding.monzo.internal.login.Logins;
import org.openhab.binding.monzo.internal.text.MonzoTexts;
import org.openhab.core.config.core.Configuration;
import org.openhab.core.thing.Bridge;
import org.openhab.core.thing.ChannelUID;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingStatus;
import org.openhab.core.thing.ThingUID;
import org.openhab.core.thing.binding.ThingHandler;
import org.openhab.core.thing.binding.builder.BridgeBuilder;
import org.openhab.core.thing.binding.builder.ChannelBuilder;
import org.openhab.core.thing.binding.builder.ThingBuilder;
import org.openhab.core.thing.binding.builder.ThingStatusInfoBuilder;
import org.openhab.core.thing.internal.BridgeImpl;
import org.openhab.core.thing.util.ThingHandlerHelper;

/**
 * A house with openHAB and the binding in it, and a simulated bank outside: the real handlers over the real services of
 * the core, with only openHAB's thing manager stood in for. Time passes when a test says so.
 */
public final class House implements AutoCloseable {

    public static final String CLIENT_ID = "oauth2client_000000000000000000001";
    public static final String CLIENT_SECRET = "mnzconf.secret-of-the-client";
    public static final Duration INTERVAL = Duration.ofSeconds(60);

    /** Short enough to wait for in a test, long enough for an answer on the loopback. */
    public static final Duration REQUEST_TIMEOUT = Duration.ofMillis(700);

    public final AdjustableClock clock;
    public final SimulatedBank bank;
    public final ManualScheduler scheduler;
    public final Browser browser = new Browser();
    public final HeldStateDescriptions stateDescriptions;

    private final Path folder;
    private final Duration requestTimeout;
    private Core core;
    private WebServer web;
    private ConnectService connect;
    private MonzoEnvironment environment;
    /** openHAB's registry: what is disabled is in it too. */
    private final Map<ThingUID, Thing> things = new ConcurrentHashMap<>();

    private final Map<ThingUID, ThingHandler> handlers = new LinkedHashMap<>();
    private final Map<ThingUID, RecordingCallback> callbacks = new HashMap<>();

    /**
     * Builds a house over an empty bank with one OAuth client.
     *
     * @param folder of what openHAB stores
     */
    public House(Path folder) {
        this(folder, REQUEST_TIMEOUT);
    }

    /** Builds a house whose requests have another time; a long one for a test that holds answers back. */
    public House(Path folder, Duration requestTimeout) {
        this.folder = folder;
        this.requestTimeout = requestTimeout;
        clock = new AdjustableClock(Instant.parse("2026-11-21T08:00:00Z"));
        scheduler = new ManualScheduler(clock);
        bank = SimulatedBank.start(0, clock);
        bank.addClient(CLIENT_ID, CLIENT_SECRET);
        stateDescriptions = new HeldStateDescriptions(() -> java.util.Locale.UK);
        startOpenHab();
    }

    private void startOpenHab() {
        core = new Core(folder);
        web = new WebServer();
        MonzoTexts texts = new MonzoTexts(core.translations(), core.locales(), null);
        connect = new ConnectService(core.translations(), core.locales(), core.statusTexts(), "3.0.1", clock);
        web.add(new ConnectServlet(connect), List.of("/connectmonzo", "/connectmonzo/*"));
        environment = environment(scheduler, texts);
    }

    private MonzoEnvironment environment(ScheduledExecutorService jobs, MonzoTexts texts) {
        HttpClient http = core.httpClients().getCommonHttpClient();
        return new MonzoEnvironment(
                new Logins(
                        core.oAuthFactory(),
                        new JettyHttpExchange(http, requestTimeout),
                        clock,
                        new ConfiguredLogins(things::values)),
                new JettyHttpExchange(http, requestTimeout),
                connect,
                texts,
                jobs,
                clock);
    }

    public Core core() {
        return core;
    }

    public String url() {
        return web.url();
    }

    // Things

    /** Adds a bridge with the bank's client and addresses, and starts it. */
    public MonzoBridgeHandler addBridge(String id) {
        return addBridge(id, Map.of());
    }

    /** Adds a bridge whose configuration differs from the usual in some entries; null takes one out. */
    public MonzoBridgeHandler addBridge(String id, Map<String, Object> differences) {
        Map<String, Object> entries = new HashMap<>(Map.of(
                "clientId", CLIENT_ID,
                "clientSecret", CLIENT_SECRET,
                "refreshInterval", INTERVAL.toSeconds(),
                "apiUrl", bank.url(),
                "authUrl", bank.url()));
        entries.putAll(differences);
        Bridge bridge = BridgeBuilder.create(
                        MonzoBindingConstants.THING_TYPE_BRIDGE, new ThingUID("monzo:bridge:" + id))
                .withLabel("Login of " + id)
                .withConfiguration(new Configuration(entries))
                .build();
        MonzoBridgeHandler handler = new MonzoBridgeHandler(bridge, environment);
        begin(bridge, handler);
        return handler;
    }

    /** Adds an account thing; without an id it is the first open current account. */
    public Thing addAccount(MonzoBridgeHandler bridge, String accountId) {
        String id = accountId == null ? "first" : accountId;
        Thing thing = child(
                bridge,
                MonzoBindingConstants.THING_TYPE_ACCOUNT,
                id,
                accountId == null ? Map.of() : Map.of("accountId", accountId));
        begin(thing, new MonzoAccountHandler(thing, stateDescriptions, environment.texts()));
        return thing;
    }

    public Thing addPot(MonzoBridgeHandler bridge, String potId) {
        Thing thing = child(
                bridge, MonzoBindingConstants.THING_TYPE_POT, potId.isEmpty() ? "none" : potId, Map.of("potId", potId));
        begin(thing, new MonzoPotHandler(thing, stateDescriptions));
        return thing;
    }

    private static Thing child(
            MonzoBridgeHandler bridge,
            org.openhab.core.thing.ThingTypeUID type,
            String id,
            Map<String, Object> configuration) {
        ThingUID bridgeUid = bridge.getThing().getUID();
        return ThingBuilder.create(type, new ThingUID(type, bridgeUid, id))
                .withBridge(bridgeUid)
                .withConfiguration(new Configuration(configuration))
                .build();
    }

    private void begin(Thing thing, ThingHandler handler) {
        RecordingCallback callback = new RecordingCallback(this::bridge, () -> tellChildren(thing));
        callbacks.put(thing.getUID(), callback);
        handlers.put(thing.getUID(), handler);
        things.put(thing.getUID(), thing);
        thing.setHandler(handler);
        parent(thing).ifPresent(parent -> parent.addThing(thing));
        handler.setCallback(callback);
        thing.setStatusInfo(
                ThingStatusInfoBuilder.create(ThingStatus.INITIALIZING).build());
        handler.initialize();
        bridgeHandler(thing).ifPresent(bridge -> bridge.childHandlerInitialized(handler, thing));
    }

    private Bridge bridge(ThingUID uid) {
        return handlers.get(uid) instanceof MonzoBridgeHandler handler ? handler.getThing() : null;
    }

    /** The bridge in whose list of things openHAB has a thing. */
    private Optional<BridgeImpl> parent(Thing child) {
        return Optional.ofNullable((BridgeImpl) bridge(child.getBridgeUID()));
    }

    private Optional<MonzoBridgeHandler> bridgeHandler(Thing child) {
        return Optional.ofNullable((MonzoBridgeHandler) handlers.get(child.getBridgeUID()));
    }

    private void tellChildren(Thing bridge) {
        for (ThingHandler handler : new ArrayList<>(handlers.values())) {
            Thing thing = handler.getThing();
            // Not those that are still initializing, as in openHAB.
            if (bridge.getUID().equals(thing.getBridgeUID()) && ThingHandlerHelper.isHandlerInitialized(thing)) {
                handler.bridgeStatusChanged(bridge.getStatusInfo());
            }
        }
    }

    /** What openHAB does when a thing is edited: its handler ends and begins again. */
    public void edit(Thing thing, Map<String, Object> changes) {
        Map<String, Object> entries = new HashMap<>(thing.getConfiguration().getProperties());
        entries.putAll(changes);
        ThingHandler handler = handlers.get(thing.getUID());
        handler.dispose();
        thing.getConfiguration().setProperties(entries);
        handler.initialize();
    }

    /**
     * What openHAB does when a thing is given another bridge: its handler goes on, and neither bridge is told.
     *
     * @param bridge null for none
     */
    public void move(Thing thing, MonzoBridgeHandler bridge) {
        parent(thing).ifPresent(parent -> parent.removeThing(thing));
        thing.setBridgeUID(bridge == null ? null : bridge.getThing().getUID());
        parent(thing).ifPresent(parent -> parent.addThing(thing));
        handlers.get(thing.getUID()).thingUpdated(thing);
    }

    /** What openHAB does when a thing is removed. */
    public void remove(Thing thing) {
        ThingHandler handler = handlers.get(thing.getUID());
        thing.setStatusInfo(ThingStatusInfoBuilder.create(ThingStatus.REMOVING).build());
        handler.handleRemoval();
        scheduler.runDue();
        if (thing.getStatus() == ThingStatus.REMOVED) {
            forceRemoval(thing);
        }
    }

    /** What openHAB does when a thing goes out of a file, or its removal is forced. */
    public void forceRemoval(Thing thing) {
        end(thing);
        things.remove(thing.getUID());
    }

    /** What openHAB does when a thing is disabled. */
    public void end(Thing thing) {
        ThingHandler handler = handlers.remove(thing.getUID());
        parent(thing).ifPresent(parent -> parent.removeThing(thing));
        bridgeHandler(thing).ifPresent(bridge -> bridge.childHandlerDisposed(handler, thing));
        handler.dispose();
        handler.setCallback(null);
    }

    /** What openHAB does when a thing is enabled again. */
    public void enable(Thing thing) {
        thing.setStatusInfo(
                org.openhab.core.thing.binding.builder.ThingStatusInfoBuilder.create(ThingStatus.UNINITIALIZED)
                        .build());
        begin(thing, handler(thing));
    }

    private ThingHandler handler(Thing thing) {
        if (thing instanceof Bridge bridge) {
            return new MonzoBridgeHandler(bridge, environment);
        } else if (thing.getThingTypeUID().equals(MonzoBindingConstants.THING_TYPE_ACCOUNT)) {
            return new MonzoAccountHandler(thing, stateDescriptions, environment.texts());
        }
        return new MonzoPotHandler(thing, stateDescriptions);
    }

    public RecordingCallback callback(Thing thing) {
        return callbacks.get(thing.getUID());
    }

    /** The state of a channel as text, null without one. */
    public String state(Thing thing, String channel) {
        var state = callback(thing).state(channel);
        return state == null ? null : state.toString();
    }

    /** The pattern that a thing gives its channel beyond the channel's type, null without one. */
    public String pattern(Thing thing, String channel) {
        var description = stateDescriptions.getStateDescription(
                ChannelBuilder.create(new ChannelUID(thing.getUID(), channel)).build(), null, null);
        return description == null ? null : description.getPattern();
    }

    /** A thing's status as text, e.g. {@code OFFLINE/CONFIGURATION_PENDING offline.login-needed}. */
    public static String status(Thing thing) {
        var status = thing.getStatusInfo();
        String detail = status.getStatusDetail().name();
        String description = status.getDescription();
        return status.getStatus()
                + (detail.equals("NONE") ? "" : "/" + detail)
                + (description == null
                        ? ""
                        : " " + description.replace("@text/", "").replaceAll(" \\[.*", ""));
    }

    public static String status(MonzoBridgeHandler bridge) {
        return status(bridge.getThing());
    }

    /** openHAB stops and starts again, all handlers made anew over what was stored. */
    public void restart(Duration downtime) {
        List<Thing> started =
                handlers.values().stream().map(ThingHandler::getThing).toList();
        List<Thing> reversed = new ArrayList<>(started);
        java.util.Collections.reverse(reversed);
        reversed.forEach(this::end);
        web.close();
        core.close();
        clock.advance(downtime);
        startOpenHab();
        for (Thing thing : started) {
            enable(thing);
        }
    }

    /** The handler that a thing has now. */
    public MonzoBridgeHandler bridgeNow(String id) {
        return (MonzoBridgeHandler) handlers.get(new ThingUID("monzo:bridge:" + id));
    }

    public MonzoChildHandler childNow(Thing thing) {
        return (MonzoChildHandler) handlers.get(thing.getUID());
    }

    // The person

    /** Goes from the page to Monzo and back, as far as the callback's answer. */
    public HttpResponse<String> logIn(MonzoBridgeHandler bridge, Customer who) {
        return browser.get(callbackUrl(bridge, who));
    }

    /** Goes from the page to Monzo, and gives where Monzo sends the browser back to. */
    public String callbackUrl(MonzoBridgeHandler bridge, Customer who) {
        HttpResponse<String> authorize = browser.get(
                url() + "/connectmonzo/authorize?bridge=" + bridge.getThing().getUID());
        return bank.logIn(Browser.location(authorize), who).toString();
    }

    /** Logs in, approves, and lets the time pass until the binding has noticed. */
    public void connect(MonzoBridgeHandler bridge, Customer who) {
        logIn(bridge, who);
        bank.approve(who);
        scheduler.advance(Duration.ofSeconds(10));
    }

    public void pass(Duration time) {
        scheduler.advance(time);
    }

    @Override
    public void close() {
        new ArrayList<>(handlers.values())
                .stream()
                        .sorted((a, b) ->
                                Boolean.compare(a instanceof MonzoBridgeHandler, b instanceof MonzoBridgeHandler))
                        .forEach(handler -> end(handler.getThing()));
        web.close();
        core.close();
        bank.close();
    }
}
