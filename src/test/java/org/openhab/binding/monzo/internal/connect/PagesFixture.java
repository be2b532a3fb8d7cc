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
package org.openhab.binding.monzo.internal.connect;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openhab.binding.monzo.internal.MonzoBindingConstants;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.auth.AuthorizationFlow.LoginResult;
import org.openhab.binding.monzo.internal.auth.AuthorizationFlow.LoginResult.Kind;
import org.openhab.binding.monzo.internal.compat.MainUi;
import org.openhab.binding.monzo.internal.connect.ConnectPages.PageRequest;
import org.openhab.binding.monzo.internal.connect.ConnectPages.PageResponse;
import org.openhab.binding.monzo.internal.connection.ConnectionRegistry;
import org.openhab.binding.monzo.internal.connection.MonzoConnection;
import org.openhab.binding.monzo.internal.i18n.PropertiesTranslations;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.internal.poll.Poller;
import org.openhab.binding.monzo.internal.webhook.Push;
import org.openhab.binding.monzo.simulator.AdjustableClock;
import org.openhab.core.thing.Bridge;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingStatus;
import org.openhab.core.thing.ThingStatusDetail;
import org.openhab.core.thing.ThingStatusInfo;
import org.openhab.core.thing.ThingUID;
import org.openhab.core.thing.binding.builder.BridgeBuilder;
import org.openhab.core.thing.i18n.ThingStatusInfoI18nLocalizationService;

/** The pages with mocked bridges. */
final class PagesFixture {

    static final String PUBLIC_URL = "http://openhab:8080";
    static final String MONZO = "https://auth.monzo.com/";

    static final String ADDRESS = "192.0.2.1";

    private static final Pattern STATE = Pattern.compile("[?&]state=([^&]+)");

    final AdjustableClock clock = new AdjustableClock(Instant.parse("2026-03-01T12:00:00Z"));
    final ConnectionRegistry bridges =
            new ConnectionRegistry(null, null, PropertiesTranslations.monzoTexts(), null, null, null, clock, null);
    private final LoginAttempts attempts = new LoginAttempts(clock);
    final ConnectPages pages;

    PagesFixture() {
        ThingStatusInfoI18nLocalizationService statusTexts = mock(
                ThingStatusInfoI18nLocalizationService.class, withSettings().stubOnly());
        when(statusTexts.getLocalizedThingStatusInfo(any(), any()))
                .thenAnswer(call -> call.getArgument(0, Thing.class).getStatusInfo());
        pages = new ConnectPages(
                bridges, new PageView(PropertiesTranslations.monzoTexts(), statusTexts, MainUi.of("5.2.1")), attempts);
    }

    /** Adds a bridge that is waiting for a login. */
    MonzoConnection addBridge(String uid) {
        Bridge thing = BridgeBuilder.create(MonzoBindingConstants.THING_TYPE_BRIDGE, new ThingUID(uid))
                .build();
        MonzoConnection bridge = mock(MonzoConnection.class);
        when(bridge.getThing()).thenReturn(thing);
        when(bridge.uid()).thenReturn(thing.getUID());
        when(bridge.canLogIn()).thenReturn(true);
        when(bridge.pushStatus()).thenReturn(Push.Status.OFF);
        show(bridge, ThingStatus.OFFLINE, ThingStatusDetail.CONFIGURATION_PENDING, "@text/offline.login-needed");
        when(bridge.poller()).thenReturn(mock(Poller.class));
        when(bridge.authorizationUrl(anyString(), anyString()))
                .thenAnswer(call -> MONZO + "?redirect_uri=" + encoded(call.getArgument(0)) + "&state="
                        + encoded(call.getArgument(1)));
        try {
            when(bridge.logIn(anyString(), anyString())).thenReturn(new LoginResult(Kind.ACCEPTED, uid));
        } catch (MonzoException e) {
            throw new AssertionError(e);
        }
        bridges.add(bridge);
        return bridge;
    }

    static void show(MonzoConnection bridge, ThingStatus status, ThingStatusDetail detail, String description) {
        bridge.getThing().setStatusInfo(new ThingStatusInfo(status, detail, description));
        ErrorKind error = Stream.of(ErrorKind.values())
                .filter(kind -> ("" + description).matches("@text/" + kind.textKey() + "\\b.*"))
                .findFirst()
                .orElse(null);
        when(bridge.error()).thenReturn(error);
    }

    PageResponse get(String path, Map<String, String> parameters) {
        return get(path, parameters, PUBLIC_URL);
    }

    PageResponse get(String path, Map<String, String> parameters, String publicUrl) {
        return pages.reply(new PageRequest(path, parameters, publicUrl, Locale.UK, ADDRESS));
    }

    PageResponse getFrom(String address, String path, Map<String, String> parameters) {
        return pages.reply(new PageRequest(path, parameters, PUBLIC_URL, Locale.UK, address));
    }

    /** Returns the parameters of the page to which a login that has ended so leads. */
    Map<String, String> ended(Outcome outcome, String uid) {
        return ended(outcome, uid, "");
    }

    Map<String, String> ended(Outcome outcome, String uid, String other) {
        return Map.of(ConnectPages.OUTCOME, attempts.addOutcome(outcome, new ThingUID(uid), other));
    }

    /** Returns the parameters of the page to which a reply leads. */
    static Map<String, String> next(PageResponse reply) {
        return Map.of(ConnectPages.OUTCOME, reply.location().replaceAll(".*\\?" + ConnectPages.OUTCOME + "=", ""));
    }

    /** Starts a login and returns its state. */
    String begin(String uid) {
        return state(get("/authorize", Map.of("bridge", uid)));
    }

    static String state(PageResponse reply) {
        Matcher state = STATE.matcher(reply.location());
        if (!state.find()) {
            throw new AssertionError("No state in " + reply.location());
        }
        return state.group(1);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
