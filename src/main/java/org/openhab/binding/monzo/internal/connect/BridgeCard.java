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

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.compat.MainUi;
import org.openhab.binding.monzo.internal.connect.ConnectPages.PageRequest;
import org.openhab.binding.monzo.internal.connection.ConnectionRegistry;
import org.openhab.binding.monzo.internal.connection.MonzoConnection;
import org.openhab.binding.monzo.internal.i18n.MonzoTexts;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.internal.webhook.Push;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingStatus;
import org.openhab.core.thing.i18n.ThingStatusInfoI18nLocalizationService;

/**
 * Renders a bridge with its label, localized status and login button.
 */
@NonNullByDefault
class BridgeCard {

    static final String REDIRECT_URL_HELP_LINK = "https://developers.monzo.com/";

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM yyyy");

    private final MonzoTexts texts;
    private final ThingStatusInfoI18nLocalizationService statusTexts;
    private final MainUi mainUi;

    BridgeCard(MonzoTexts texts, ThingStatusInfoI18nLocalizationService statusTexts, MainUi mainUi) {
        this.texts = texts;
        this.statusTexts = statusTexts;
        this.mainUi = mainUi;
    }

    /**
     * Renders a bridge.
     *
     * @param name distinguishes it from the others
     */
    Html of(PageRequest request, MonzoConnection bridge, String name) {
        Thing thing = bridge.getThing();
        Locale locale = request.locale();
        LoginPhase phase = LoginPhase.of(bridge);
        return Html.template(
                "card",
                Map.of(
                        "label",
                        label(locale, bridge),
                        "uid",
                        thing.getUID().getAsString(),
                        "statusKind",
                        phase.style(),
                        "status",
                        status(locale, phase, bridge),
                        "description",
                        description(request, bridge, name),
                        "details",
                        approved(locale, bridge).plus(push(locale, bridge.pushStatus())),
                        "callback",
                        callback(request, bridge),
                        "action",
                        bridge.canLogIn() ? action(request, phase, bridge, name) : Html.NONE));
    }

    private Html approved(Locale locale, MonzoConnection bridge) {
        return bridge.approved()
                .map(day -> soft(texts.text(locale, "page.approved", day.format(DAY.withLocale(locale)))))
                .orElse(Html.NONE);
    }

    private Html push(Locale locale, Push.Status status) {
        return status == Push.Status.OFF
                ? Html.NONE
                : soft(texts.text(locale, "page.push", texts.text(locale, status.textKey())));
    }

    static Html soft(Object text) {
        return Html.template("soft", Map.of("text", text));
    }

    /** Returns the bridge's label, or a generic one if it has none. */
    String label(Locale locale, MonzoConnection bridge) {
        return ConnectionRegistry.label(bridge.getThing(), texts.text(locale, "page.bridge"));
    }

    /** Renders the default redirect URL, which the browser's address determines. */
    Html defaultRedirectUrl(PageRequest request) {
        Html local = request.isLocal() ? soft(texts.text(request.locale(), "page.local-address")) : Html.NONE;
        return redirectUrl("redirect-url", request.locale(), request.redirectUrl(), local);
    }

    /** Renders a redirect URL to register at Monzo, with instructions. */
    private Html redirectUrl(String template, Locale locale, String url, Html local) {
        return Html.template(
                template,
                Map.of(
                        "local",
                        local,
                        "redirectUrlLabel",
                        texts.text(locale, "page.redirect-url"),
                        "redirectUrlHelp",
                        Html.linked(texts.text(locale, "page.redirect-url-help"), REDIRECT_URL_HELP_LINK),
                        "redirectUrl",
                        url));
    }

    private String status(Locale locale, LoginPhase phase, MonzoConnection bridge) {
        return switch (phase) {
            case CONNECTED -> connected(locale, bridge.accountCount());
            case AWAITING_APPROVAL, LOGGED_OUT -> texts.text(locale, "page.status.PENDING");
            default ->
                texts.text(
                        locale, "page.status." + bridge.getThing().getStatus().name());
        };
    }

    /** Shows only the number of accounts, no names, as anyone on the home network can open this page. */
    private String connected(Locale locale, int accounts) {
        return switch (accounts) {
            case 0 -> texts.text(locale, "page.status.ONLINE");
            case 1 -> texts.text(locale, "page.connected-one");
            default -> texts.text(locale, "page.connected-many", accounts);
        };
    }

    /** Returns this page's own text for an error whose status text refers to the page, or else the status text. */
    private Html description(PageRequest request, MonzoConnection bridge, String name) {
        Locale locale = request.locale();
        Thing thing = bridge.getThing();
        ErrorKind error = thing.getStatus() == ThingStatus.OFFLINE ? bridge.error() : null;
        if (error != null) {
            String key = "page." + error.textKey();
            String text = texts.text(locale, key);
            if (!text.equals(key)) {
                return Html.linked(text, request.openHabPage(mainUi.thing(thing.getUID())), name);
            }
        }
        String description =
                statusTexts.getLocalizedThingStatusInfo(thing, locale).getDescription();
        return description == null ? Html.NONE : Html.of(description);
    }

    /** Renders a configured redirect URL; the default one is shown once at the end of the page. */
    private Html callback(PageRequest request, MonzoConnection bridge) {
        String configured = bridge.callbackUrl();
        return configured == null ? Html.NONE : redirectUrl("callback", request.locale(), configured, Html.NONE);
    }

    /** Renders the login button, less prominently if the user is logged in or only has to approve in the app. */
    private Html action(PageRequest request, LoginPhase phase, MonzoConnection bridge, String name) {
        boolean again = phase == LoginPhase.CONNECTED || phase == LoginPhase.AWAITING_APPROVAL;
        String uid = bridge.getThing().getUID().getAsString();
        return Html.template(
                "action",
                Map.of(
                        "kind",
                        again ? "again" : "first",
                        "login",
                        name,
                        "url",
                        request.root() + "/authorize?bridge=" + URLEncoder.encode(uid, StandardCharsets.UTF_8),
                        "authorise",
                        texts.text(request.locale(), again ? "page.authorise-again" : "page.authorise")));
    }
}
