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

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.i18n.MonzoTexts;
import org.openhab.core.thing.i18n.ThingStatusInfoI18nLocalizationService;

/**
 * How the pages look: plain HTML that works without scripts and on a phone.
 */
@NonNullByDefault
class PageView {

    /** How soon a page is loaded again that shows something the person or the binding is busy with. */
    static final Duration FOLLOW = Duration.ofSeconds(4);

    /** How soon a page is loaded again that shows a bank out of reach. */
    private static final Duration FOLLOW_SLOWLY = Duration.ofSeconds(30);

    private final MonzoTexts texts;
    private final BridgeCard card;
    private final MainUi mainUi;

    PageView(MonzoTexts texts, ThingStatusInfoI18nLocalizationService statusTexts, MainUi mainUi) {
        this.texts = texts;
        this.card = new BridgeCard(texts, statusTexts);
        this.mainUi = mainUi;
    }

    /**
     * The page with every bridge.
     *
     * @param outcome of the login that has just ended, if one has
     * @param bridgeUid whose login that was
     * @param otherUid the login that the person has already, of an outcome that names it
     * @param recent the outcomes that are news whatever the status says: a login that failed leaves the earlier one
     */
    String overview(
            PageRequest request,
            Collection<ConnectableBridge> bridges,
            Optional<Outcome> outcome,
            String bridgeUid,
            String otherUid,
            RecentOutcomes recent) {
        Optional<Notice> notice = outcome.flatMap(ended ->
                        find(bridges, bridgeUid).map(of -> new Notice(ended, of, find(bridges, otherUid))))
                .filter(ended -> !ended.isContradicted()
                        || recent.isNews(ended.bridge().getThing().getUID(), ended.outcome()));
        Html content = notice.map(ended -> html(request, ended)).orElse(Html.NONE);
        for (ConnectableBridge bridge : inOrder(request.locale(), bridges, notice)) {
            content = content.plus(card.of(request, bridge));
        }
        if (bridges.isEmpty()) {
            String text = texts.text(request.locale(), "page.no-bridges");
            content = content.plus(Html.fill(
                    PageTemplates.PARAGRAPH, Map.of("text", Html.linked(text, request.openHabPage(mainUi.things())))));
        }
        if (bridges.isEmpty() || bridges.stream().anyMatch(bridge -> bridge.callbackUrl() == null)) {
            content = content.plus(card.redirectUrl(PageTemplates.HELP, request.locale(), request.redirectUrl()));
        }
        return page(request.locale(), content, refresh(request, bridges, notice));
    }

    /** A page that says what went wrong, with the way back. */
    String outcome(PageRequest request, Outcome outcome) {
        Locale locale = request.locale();
        Html text = Html.of(texts.text(locale, "page." + outcome.word() + "-text"));
        Html content = html(Html.NONE, "bad", texts.text(locale, "page." + outcome.word()), text)
                .plus(Html.fill(
                        PageTemplates.BACK, Map.of("root", request.root(), "back", texts.text(locale, "page.back"))));
        return page(locale, content, Html.NONE);
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

    /** By label, as people look for them; the one that there is news of comes first. */
    private List<ConnectableBridge> inOrder(
            Locale locale, Collection<ConnectableBridge> bridges, Optional<Notice> notice) {
        Comparator<ConnectableBridge> byNews = Comparator.comparing(
                bridge -> notice.filter(ended -> ended.bridge() == bridge).isEmpty());
        return bridges.stream()
                .sorted(byNews.thenComparing(bridge -> card.label(locale, bridge), String.CASE_INSENSITIVE_ORDER)
                        .thenComparing(bridge -> bridge.getThing().getUID().getAsString()))
                .toList();
    }

    /** Has the page loaded again while what it shows is about to change. */
    private static Html refresh(PageRequest request, Collection<ConnectableBridge> bridges, Optional<Notice> notice) {
        String url = request.root() + notice.map(Notice::query).orElse("");
        return Stream.concat(
                        notice.flatMap(Notice::follow).stream(),
                        bridges.stream().flatMap(PageView::follow))
                .min(Comparator.naturalOrder())
                .map(after -> Html.fill(PageTemplates.REFRESH, Map.of("seconds", after.toSeconds(), "url", url)))
                .orElse(Html.NONE);
    }

    private static Stream<Duration> follow(ConnectableBridge bridge) {
        return switch (LoginPhase.of(bridge.getThing())) {
            case AWAITING_APPROVAL, APPROVAL_WITHDRAWN, CHANGING -> Stream.of(FOLLOW);
            case RETRYING -> Stream.of(FOLLOW_SLOWLY);
            default -> Stream.empty();
        };
    }

    private Html html(PageRequest request, Notice notice) {
        Locale locale = request.locale();
        Html label = Html.fill(PageTemplates.NOTICE_LABEL, Map.of("label", card.label(locale, notice.bridge())));
        Object[] labels = {
            notice.other()
                    .map(other -> card.label(locale, other))
                    .orElseGet(() -> texts.text(locale, "page.disabled-bridge")),
            card.label(locale, notice.bridge())
        };
        String heading = texts.text(locale, "page." + notice.word(), labels);
        String text = texts.text(locale, "page." + notice.word() + "-text", labels);
        return html(
                label,
                notice.kind(),
                heading,
                notice.isConnected() ? Html.linked(text, request.openHabPage(mainUi.inbox())) : Html.of(text));
    }

    private static Html html(Html label, String kind, String heading, Html text) {
        return Html.fill(PageTemplates.NOTICE, Map.of("kind", kind, "label", label, "heading", heading, "text", text));
    }

    private static Optional<ConnectableBridge> find(Collection<ConnectableBridge> bridges, String uid) {
        return bridges.stream()
                .filter(bridge -> bridge.getThing().getUID().getAsString().equals(uid))
                .findFirst();
    }
}
