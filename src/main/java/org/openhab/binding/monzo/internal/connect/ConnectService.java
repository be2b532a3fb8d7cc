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
import org.openhab.binding.monzo.internal.text.MonzoTexts;
import org.openhab.core.i18n.LocaleProvider;
import org.openhab.core.i18n.TranslationProvider;
import org.openhab.core.thing.i18n.ThingStatusInfoI18nLocalizationService;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Holds the pages and the bridges that they show.
 */
@NonNullByDefault
@Component(service = ConnectService.class)
public class ConnectService {

    private final ConnectPages pages;

    @Activate
    public ConnectService(
            @Reference TranslationProvider translations,
            @Reference LocaleProvider locales,
            @Reference ThingStatusInfoI18nLocalizationService statusTexts,
            BundleContext context) {
        this(new MonzoTexts(translations, locales, context.getBundle()), statusTexts, Clock.systemUTC());
    }

    /** Makes the pages, with a clock that tells when a login took too long. */
    public ConnectService(MonzoTexts texts, ThingStatusInfoI18nLocalizationService statusTexts, Clock clock) {
        this.pages = new ConnectPages(new PageView(texts, statusTexts), clock);
    }

    /** Shows a bridge on the page. */
    public void add(ConnectableBridge bridge) {
        pages.add(bridge);
    }

    /** Shows it no more. */
    public void remove(ConnectableBridge bridge) {
        pages.remove(bridge);
    }

    ConnectPages pages() {
        return pages;
    }
}
