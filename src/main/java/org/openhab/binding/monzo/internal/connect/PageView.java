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
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.bank.Fault;
import org.openhab.binding.monzo.internal.text.MonzoTexts;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingStatus;
import org.openhab.core.thing.ThingStatusDetail;
import org.openhab.core.thing.ThingStatusInfo;
import org.openhab.core.thing.i18n.ThingStatusInfoI18nLocalizationService;

/**
 * How the pages look: plain HTML that works without scripts and on a phone.
 */
@NonNullByDefault
class PageView {

    private static final int REFRESH_SECONDS = 4;

    private static final Pattern TEXT_KEY = Pattern.compile("@text/(offline\\.[a-z-]+)");

    private final MonzoTexts texts;
    private final ThingStatusInfoI18nLocalizationService statusTexts;

    PageView(MonzoTexts texts, ThingStatusInfoI18nLocalizationService statusTexts) {
        this.texts = texts;
        this.statusTexts = statusTexts;
    }

    /**
     * The page with every bridge.
     *
     * @param outcome of the login that has just ended, if one has
     * @param bridgeUid whose login that was
     * @param otherUid the login that the person has already, of an outcome that names it
     */
    String overview(
            PageRequest request,
            Collection<ConnectableBridge> bridges,
            Optional<Outcome> outcome,
            String bridgeUid,
            String otherUid) {
        Optional<ConnectableBridge> whose = find(bridges, bridgeUid);
        Optional<Outcome> news = outcome.filter(ended -> whose.isPresent() && !isOutdated(ended, whose.get()));
        boolean connected = news.isPresent() && isOnline(whose.get());
        Html content = news.map(ended -> notice(
                        request.locale(), ended, connected, labels(request.locale(), find(bridges, otherUid), whose)))
                .orElse(Html.NONE);
        if (news.isPresent()) {
            content = content.plus(card(request, whose.get()));
        }
        for (ConnectableBridge bridge : bridges) {
            if (news.isEmpty() || bridge != whose.get()) {
                content = content.plus(card(request, bridge));
            }
        }
        if (bridges.isEmpty()) {
            content = content.plus(paragraph(request.locale(), "page.no-bridges"));
        }
        boolean waiting = news.filter(Outcome.APPROVE::equals).isPresent() && !connected;
        if (bridges.isEmpty() || bridges.stream().anyMatch(bridge -> bridge.callbackUrl() == null)) {
            content = content.plus(redirectUrl(PageTemplates.HELP, request.locale(), request.redirectUrl()));
        }
        return page(request.locale(), content, waiting ? refresh(request) : Html.NONE);
    }

    /** A page that says what went wrong, with the way back. */
    String outcome(PageRequest request, Outcome outcome) {
        Html content = notice(request.locale(), outcome, false)
                .plus(Html.fill(
                        PageTemplates.BACK,
                        Map.of("root", request.root(), "back", texts.text(request.locale(), "page.back"))));
        return page(request.locale(), content, Html.NONE);
    }

    private String page(Locale locale, Html content, Html refresh) {
        return Html.fill(
                        PageTemplates.PAGE,
                        Map.of(
                                "language",
                                locale.toLanguageTag(),
                                "title",
                                texts.text(locale, "page.title"),
                                "style",
                                new Html(PageTemplates.STYLE),
                                "refresh",
                                refresh,
                                "content",
                                content))
                .markup();
    }

    /** While the person is busy with the app, the page follows by itself. */
    private Html refresh(PageRequest request) {
        String query = "?result=" + Outcome.APPROVE.word() + "&bridge=" + encoded(request.parameter("bridge"));
        return Html.fill(PageTemplates.REFRESH, Map.of("seconds", REFRESH_SECONDS, "url", request.root() + query));
    }

    /** An address may be kept and opened again when it is no news any more. */
    private static boolean isOutdated(Outcome outcome, ConnectableBridge bridge) {
        return outcome == Outcome.APPROVE
                && bridge.getThing().getStatusInfo().getStatusDetail() == ThingStatusDetail.CONFIGURATION_ERROR;
    }

    /** The labels of the login that the person has already, and of the one that was to be authorised. */
    private Object[] labels(Locale locale, Optional<ConnectableBridge> other, Optional<ConnectableBridge> whose) {
        return new Object[] {
            other.map(bridge -> label(locale, bridge)).orElseGet(() -> texts.text(locale, "page.disabled-bridge")),
            whose.map(bridge -> label(locale, bridge)).orElse("")
        };
    }

    private String label(Locale locale, ConnectableBridge bridge) {
        String label = bridge.getThing().getLabel();
        return label == null || label.isBlank() ? texts.text(locale, "page.bridge") : label;
    }

    private Html notice(Locale locale, Outcome outcome, boolean online, Object... labels) {
        boolean connected = outcome == Outcome.APPROVE && online;
        String key = connected ? "connected" : outcome.word();
        return Html.fill(
                PageTemplates.NOTICE,
                Map.of(
                        "kind",
                        connected ? "good" : outcome == Outcome.APPROVE ? "todo" : "bad",
                        "heading",
                        texts.text(locale, "page." + key, labels),
                        "text",
                        texts.text(locale, "page." + key + "-text", labels)));
    }

    private Html card(PageRequest request, ConnectableBridge bridge) {
        Thing thing = bridge.getThing();
        Locale locale = request.locale();
        ThingStatusInfo status = statusTexts.getLocalizedThingStatusInfo(thing, locale);
        return Html.fill(
                PageTemplates.CARD,
                Map.of(
                        "label",
                        label(locale, bridge),
                        "uid",
                        thing.getUID().getAsString(),
                        "statusKind",
                        status.getStatus() == ThingStatus.ONLINE ? "good" : isWaiting(status) ? "todo" : "bad",
                        "status",
                        texts.text(
                                locale,
                                "page.status."
                                        + (isPending(status)
                                                ? "PENDING"
                                                : status.getStatus().name())),
                        "description",
                        description(locale, thing, status),
                        "callback",
                        callback(request, bridge),
                        "action",
                        bridge.canLogIn() ? action(request, bridge) : Html.NONE));
    }

    private static boolean isWaiting(ThingStatusInfo status) {
        return status.getStatus() != ThingStatus.OFFLINE || isPending(status);
    }

    private static boolean isPending(ThingStatusInfo status) {
        return status.getStatusDetail() == ThingStatusDetail.CONFIGURATION_PENDING;
    }

    /** The status text; where that says to open this very page, another one that says what to do on it. */
    private String description(Locale locale, Thing thing, ThingStatusInfo status) {
        String description = status.getDescription();
        if (description == null) {
            return "";
        }
        String untranslated = thing.getStatusInfo().getDescription();
        Matcher text = TEXT_KEY.matcher(untranslated == null ? "" : untranslated);
        if (text.lookingAt()) {
            String key = "page." + text.group(1);
            String here = texts.text(locale, key);
            return here.equals(key) ? description : here;
        }
        return description;
    }

    /** Only where it is not what this page says further down for all of them. */
    private Html callback(PageRequest request, ConnectableBridge bridge) {
        String configured = bridge.callbackUrl();
        return configured == null ? Html.NONE : redirectUrl(PageTemplates.CALLBACK, request.locale(), configured);
    }

    private Html redirectUrl(String template, Locale locale, String url) {
        return Html.fill(
                template,
                Map.of(
                        "redirectUrlLabel", texts.text(locale, "page.redirect-url"),
                        "redirectUrlHelp", texts.text(locale, "page.redirect-url-help"),
                        "redirectUrl", url));
    }

    private Html action(PageRequest request, ConnectableBridge bridge) {
        boolean again = isOnline(bridge) || isAwaitingApproval(bridge);
        return Html.fill(
                PageTemplates.ACTION,
                Map.of(
                        "kind",
                        again ? "again" : "first",
                        "url",
                        request.root() + "/authorize?bridge="
                                + encoded(bridge.getThing().getUID().getAsString()),
                        "authorise",
                        texts.text(request.locale(), again ? "page.authorise-again" : "page.authorise")));
    }

    private Html paragraph(Locale locale, String key) {
        return Html.fill(PageTemplates.PARAGRAPH, Map.of("text", texts.text(locale, key)));
    }

    private static Optional<ConnectableBridge> find(Collection<ConnectableBridge> bridges, String uid) {
        return bridges.stream()
                .filter(bridge -> bridge.getThing().getUID().getAsString().equals(uid))
                .findFirst();
    }

    private static boolean isOnline(ConnectableBridge bridge) {
        return bridge.getThing().getStatus() == ThingStatus.ONLINE;
    }

    /** Then it is the app that the person should turn to, not another login. */
    private static boolean isAwaitingApproval(ConnectableBridge bridge) {
        String description = bridge.getThing().getStatusInfo().getDescription();
        return ("@text/" + Fault.NOT_PERMITTED.textKey()).equals(description);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
