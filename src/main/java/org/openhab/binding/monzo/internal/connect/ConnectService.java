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

import java.time.Clock;
import java.util.List;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.i18n.MonzoTexts;
import org.openhab.core.OpenHAB;
import org.openhab.core.i18n.LocaleProvider;
import org.openhab.core.i18n.TranslationProvider;
import org.openhab.core.thing.ThingUID;
import org.openhab.core.thing.i18n.ThingStatusInfoI18nLocalizationService;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Registry of the bridges on the login page.
 */
@NonNullByDefault
@Component(service = ConnectService.class)
public class ConnectService {

    private final MonzoTexts texts;
    private final ConnectPages pages;

    @Activate
    public ConnectService(
            @Reference TranslationProvider translations,
            @Reference LocaleProvider locales,
            @Reference ThingStatusInfoI18nLocalizationService statusTexts,
            BundleContext context) {
        texts = new MonzoTexts(translations, locales, context.getBundle());
        pages = pages(texts, statusTexts, OpenHAB.getVersion(), Clock.systemUTC());
    }

    /**
     * Creates the service outside OSGi. The number of arguments must differ from the other constructor: otherwise Felix
     * would confuse them and log an error.
     *
     * @param openHabVersion e.g. {@code 3.0.1}
     * @param clock used for the timeouts of logins
     */
    public ConnectService(
            TranslationProvider translations,
            LocaleProvider locales,
            ThingStatusInfoI18nLocalizationService statusTexts,
            String openHabVersion,
            Clock clock) {
        texts = new MonzoTexts(translations, locales, null);
        pages = pages(texts, statusTexts, openHabVersion, clock);
    }

    private static ConnectPages pages(
            MonzoTexts texts, ThingStatusInfoI18nLocalizationService statusTexts, String openHabVersion, Clock clock) {
        return new ConnectPages(new PageView(texts, statusTexts, MainUi.of(openHabVersion)), clock);
    }

    /** Adds a bridge to the page. */
    public void add(ConnectableBridge bridge) {
        pages.add(bridge);
    }

    /** Removes a bridge from the page. */
    public void remove(ConnectableBridge bridge) {
        pages.remove(bridge);
    }

    /**
     * Returns a label that distinguishes a bridge from the others.
     *
     * @return the label, with the bridge's ID if another bridge has the same label; {@code null} if it is the only
     *     bridge
     */
    public @Nullable String distinctLabel(ConnectableBridge bridge) {
        List<String> others = pages.bridges().stream()
                .filter(other -> !uid(other).equals(uid(bridge)))
                .map(this::label)
                .toList();
        String label = label(bridge);
        return others.isEmpty()
                ? null
                : others.contains(label) ? label + " " + uid(bridge).getId() : label;
    }

    private String label(ConnectableBridge bridge) {
        String label = bridge.getThing().getLabel();
        return label == null || label.isBlank() ? texts.text("page.bridge") : label;
    }

    private static ThingUID uid(ConnectableBridge bridge) {
        return bridge.getThing().getUID();
    }

    ConnectPages pages() {
        return pages;
    }
}
