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

import static org.openhab.binding.monzo.internal.MonzoBindingConstants.CONNECT_PATH;

import java.time.Clock;
import javax.servlet.ServletException;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.text.MonzoTexts;
import org.openhab.core.i18n.LocaleProvider;
import org.openhab.core.i18n.TranslationProvider;
import org.openhab.core.thing.i18n.ThingStatusInfoI18nLocalizationService;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.http.HttpService;
import org.osgi.service.http.NamespaceException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the pages on openHAB's web server for as long as the binding is there, and tells them of the bridges.
 */
@NonNullByDefault
@Component(service = ConnectService.class)
public class ConnectService {

    private final Logger logger = LoggerFactory.getLogger(ConnectService.class);

    private final HttpService httpService;
    private final ConnectPages pages;

    @Activate
    public ConnectService(
            @Reference HttpService httpService,
            @Reference TranslationProvider translations,
            @Reference LocaleProvider locales,
            @Reference ThingStatusInfoI18nLocalizationService statusTexts,
            BundleContext context) {
        this(httpService, new MonzoTexts(translations, locales, context.getBundle()), statusTexts, Clock.systemUTC());
    }

    /** Puts the pages on a web server, with a clock that tells when a login took too long. */
    public ConnectService(
            HttpService httpService,
            MonzoTexts texts,
            ThingStatusInfoI18nLocalizationService statusTexts,
            Clock clock) {
        this.httpService = httpService;
        this.pages = new ConnectPages(new PageView(texts, statusTexts), clock);
        try {
            httpService.registerServlet(CONNECT_PATH, new ConnectServlet(pages), null, null);
        } catch (NamespaceException | ServletException e) {
            logger.warn("The page {} cannot be shown, so nobody can log in to Monzo", CONNECT_PATH, e);
        }
    }

    @Deactivate
    public void deactivate() {
        httpService.unregister(CONNECT_PATH);
    }

    /** Shows a bridge on the page. */
    public void add(ConnectableBridge bridge) {
        pages.add(bridge);
    }

    /** Shows it no more. */
    public void remove(ConnectableBridge bridge) {
        pages.remove(bridge);
    }
}
