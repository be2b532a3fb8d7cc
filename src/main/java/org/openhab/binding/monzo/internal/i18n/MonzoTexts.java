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
package org.openhab.binding.monzo.internal.i18n;

import java.math.BigDecimal;
import java.util.Locale;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.model.Money;
import org.openhab.core.i18n.LocaleProvider;
import org.openhab.core.i18n.TranslationProvider;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Provides the localized texts of {@code OH-INF/i18n/monzo.properties}.
 */
@NonNullByDefault
@Component(service = MonzoTexts.class)
public class MonzoTexts {

    private static final String ACCOUNT_TYPE_PATTERN = "\\w{1,100}";

    private final TranslationProvider translations;
    private final LocaleProvider locales;
    private final @Nullable Bundle bundle;

    /**
     * Creates the provider.
     *
     * @param context of the bundle with the texts; {@code null} outside OSGi
     */
    @Activate
    public MonzoTexts(
            @Reference TranslationProvider translations,
            @Reference LocaleProvider locales,
            @Nullable BundleContext context) {
        this.translations = translations;
        this.locales = locales;
        this.bundle = context == null ? null : context.getBundle();
    }

    /**
     * Returns a text in openHAB's locale.
     *
     * @param key the key in the properties file
     * @param arguments the values of {0}, {1} …
     * @return the text, or the key if there is none
     */
    public String text(String key, Object... arguments) {
        return text(locales.getLocale(), key, arguments);
    }

    /** Returns a text in the given locale; see {@link #text(String, Object...)}. */
    public String text(Locale locale, String key, Object... arguments) {
        String text = translations.getText(bundle, key, key, locale, arguments);
        return text == null ? key : text;
    }

    /**
     * Formats an amount in openHAB's locale.
     *
     * @param amount the amount in major units
     * @param currency ISO 4217 code, {@code null} if Monzo omitted it
     * @return the amount with the currency's symbol and decimals, e.g. £50.00
     */
    public String amount(BigDecimal amount, @Nullable String currency) {
        Locale locale = locales.getLocale();
        return String.format(locale, Money.pattern(currency, locale), amount);
    }

    /**
     * Returns the display name of an account type.
     *
     * @param type Monzo's account type, e.g. {@code uk_retail}
     * @return the name; a generic one with the type in brackets if the type is unknown
     */
    public String accountType(@Nullable String type) {
        if (type == null || type.isBlank()) {
            return text("account-type.account");
        }
        if (!type.matches(ACCOUNT_TYPE_PATTERN)) {
            // openHAB formats the default text too, so braces or apostrophes in the type must not become part of it.
            return text("account-type.unknown", type);
        }
        String key = "account-type." + type;
        String name = text(key);
        return name.equals(key) ? text("account-type.unknown", type) : name;
    }
}
