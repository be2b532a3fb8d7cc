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

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.compat.MainUi;
import org.openhab.binding.monzo.internal.connect.ConnectPages.PageRequest;
import org.openhab.binding.monzo.internal.connection.MonzoConnection;
import org.openhab.binding.monzo.internal.i18n.MonzoTexts;
import org.openhab.core.thing.i18n.ThingStatusInfoI18nLocalizationService;

/**
 * Renders the pages as plain HTML that works without scripts and on phones.
 */
@NonNullByDefault
class PageView {

    private final MonzoTexts texts;
    private final BridgeCard card;
    private final MainUi mainUi;

    PageView(MonzoTexts texts, ThingStatusInfoI18nLocalizationService statusTexts, MainUi mainUi) {
        this.texts = texts;
        this.card = new BridgeCard(texts, statusTexts, mainUi);
        this.mainUi = mainUi;
    }

    /**
     * Renders the page with all bridges.
     *
     * @param banner the outcome of a login that has just been completed, if any
     */
    String overview(PageRequest request, Collection<MonzoConnection> bridges, Optional<OutcomeBanner> banner) {
        Html content = banner.map(ended -> html(request, bridges, ended)).orElse(Html.NONE);
        for (MonzoConnection bridge : sorted(request.locale(), bridges, banner)) {
            content = content.plus(card.of(request, bridge, name(request.locale(), bridges, bridge)));
        }
        if (bridges.isEmpty()) {
            String text = texts.text(request.locale(), "page.no-bridges");
            content = content.plus(Html.template(
                    "no-bridges", Map.of("text", Html.linked(text, request.openHabPage(mainUi.things())))));
        }
        if (bridges.isEmpty() || bridges.stream().anyMatch(bridge -> bridge.callbackUrl() == null)) {
            content = content.plus(card.defaultRedirectUrl(request));
        }
        return page(request.locale(), content, refresh(request, bridges, banner));
    }

    /** Renders a page with an error and a link back. */
    String outcome(PageRequest request, Outcome outcome) {
        Locale locale = request.locale();
        Html text = Html.of(texts.text(locale, "page." + outcome.key() + "-text"));
        Html content = html(Html.NONE, "bad", texts.text(locale, "page." + outcome.key()), text, Html.NONE)
                .plus(Html.template("back", Map.of("root", request.root(), "back", texts.text(locale, "page.back"))));
        return page(locale, content, Html.NONE);
    }

    private String page(Locale locale, Html content, Html refresh) {
        return Html.template(
                        "page",
                        Map.of(
                                "language",
                                locale.toLanguageTag(),
                                "title",
                                texts.text(locale, "page.title"),
                                "style",
                                new Html(Html.style()),
                                "refresh",
                                refresh,
                                "content",
                                content))
                .markup();
    }

    /** Sorts the bridges by label, with the bridge of the banner first. */
    private List<MonzoConnection> sorted(
            Locale locale, Collection<MonzoConnection> bridges, Optional<OutcomeBanner> banner) {
        Comparator<MonzoConnection> byBanner = Comparator.comparing(
                bridge -> banner.filter(ended -> bridge.equals(ended.bridge())).isEmpty());
        return bridges.stream()
                .sorted(byBanner.thenComparing(bridge -> card.label(locale, bridge), String.CASE_INSENSITIVE_ORDER)
                        .thenComparing(bridge -> bridge.getThing().getUID().getAsString()))
                .toList();
    }

    /** Renders the reload tag if the content is about to change. */
    private static Html refresh(
            PageRequest request, Collection<MonzoConnection> bridges, Optional<OutcomeBanner> banner) {
        String key = request.parameter(ConnectPages.OUTCOME);
        String url = request.root()
                + banner.map(shown -> "?" + ConnectPages.OUTCOME + "=" + key).orElse("");
        return Stream.concat(
                        banner.flatMap(OutcomeBanner::refreshAfter).stream(),
                        bridges.stream().flatMap(bridge -> LoginPhase.of(bridge).reloadAfter().stream()))
                .min(Comparator.naturalOrder())
                .map(after -> Html.template("refresh", Map.of("seconds", after.toSeconds(), "url", url)))
                .orElse(Html.NONE);
    }

    private Html html(PageRequest request, Collection<MonzoConnection> bridges, OutcomeBanner banner) {
        Locale locale = request.locale();
        String name = name(locale, bridges, banner.bridge());
        MonzoConnection other = banner.other();
        String otherName = other == null ? texts.text(locale, "page.disabled-bridge") : name(locale, bridges, other);
        String heading = texts.text(locale, "page." + banner.key(), otherName, name);
        String text = texts.text(locale, "page." + banner.key() + "-text", otherName, name);
        Html linked = banner.outcome().isOfOtherLogin()
                ? Html.of(text) // it contains labels
                : banner.isConnected()
                        ? Html.linked(text, request.openHabPage(mainUi.inbox()))
                        : Html.linked(text, thingPage(request, banner.bridge()), name);
        return html(
                BridgeCard.soft(name), banner.kind(), heading, linked, labelHint(request, bridges, banner.bridge()));
    }

    private String thingPage(PageRequest request, MonzoConnection bridge) {
        return request.openHabPage(mainUi.thing(bridge.getThing().getUID()));
    }

    private static Html html(Html label, String kind, String heading, Html text, Html hint) {
        return Html.template(
                "banner", Map.of("kind", kind, "label", label, "heading", heading, "text", text, "hint", hint));
    }

    /** Returns the label of a bridge, with its UID if another bridge has the same label. */
    private String name(Locale locale, Collection<MonzoConnection> bridges, MonzoConnection bridge) {
        String label = card.label(locale, bridge);
        return hasLabelOfAnother(locale, bridges, bridge)
                ? label + " (" + bridge.getThing().getUID() + ")"
                : label;
    }

    private boolean hasLabelOfAnother(Locale locale, Collection<MonzoConnection> bridges, MonzoConnection bridge) {
        String label = card.label(locale, bridge);
        return bridges.stream()
                        .filter(other -> card.label(locale, other).equals(label))
                        .count()
                > 1;
    }

    private Html labelHint(PageRequest request, Collection<MonzoConnection> bridges, MonzoConnection bridge) {
        return hasLabelOfAnother(request.locale(), bridges, bridge)
                ? BridgeCard.soft(
                        Html.linked(texts.text(request.locale(), "page.same-label"), thingPage(request, bridge), ""))
                : Html.NONE;
    }
}
