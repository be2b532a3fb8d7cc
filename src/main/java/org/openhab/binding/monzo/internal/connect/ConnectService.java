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
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.i18n.MonzoTexts;
import org.openhab.core.OpenHAB;
import org.openhab.core.i18n.LocaleProvider;
import org.openhab.core.i18n.TranslationProvider;
import org.openhab.core.thing.i18n.ThingStatusInfoI18nLocalizationService;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Provides the login pages of the active bridges.
 */
@NonNullByDefault
@Component(service = ConnectService.class)
public class ConnectService {

    private final ConnectPages pages;

    @Activate
    public ConnectService(
            @Reference BridgeRegistry bridges,
            @Reference TranslationProvider translations,
            @Reference LocaleProvider locales,
            @Reference ThingStatusInfoI18nLocalizationService statusTexts,
            BundleContext context) {
        this(new ConnectPages(
                bridges,
                new PageView(
                        new MonzoTexts(translations, locales, context.getBundle()),
                        statusTexts,
                        MainUi.of(OpenHAB.getVersion())),
                Clock.systemUTC()));
    }

    private ConnectService(ConnectPages pages) {
        this.pages = pages;
    }

    /**
     * Creates the service outside OSGi.
     *
     * @param openHabVersion e.g. {@code 3.0.1}
     * @param clock used for the timeouts of logins
     */
    public static ConnectService create(
            BridgeRegistry bridges,
            MonzoTexts texts,
            ThingStatusInfoI18nLocalizationService statusTexts,
            String openHabVersion,
            Clock clock) {
        return new ConnectService(
                new ConnectPages(bridges, new PageView(texts, statusTexts, MainUi.of(openHabVersion)), clock));
    }

    ConnectPages pages() {
        return pages;
    }
}
