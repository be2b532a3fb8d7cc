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

import java.util.Locale;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.core.i18n.LocaleProvider;
import org.openhab.core.i18n.TranslationProvider;
import org.osgi.framework.Bundle;

/**
 * The texts of {@code OH-INF/i18n/monzo.properties} in a person's language.
 */
@NonNullByDefault
public class MonzoTexts {

    private static final String TYPE_OF_MONZO = "\\w{1,100}";

    private final TranslationProvider translations;
    private final LocaleProvider locales;
    private final @Nullable Bundle bundle;

    /**
     * Makes the texts.
     *
     * @param bundle the one with the texts; {@code null} outside OSGi
     */
    public MonzoTexts(TranslationProvider translations, LocaleProvider locales, @Nullable Bundle bundle) {
        this.translations = translations;
        this.locales = locales;
        this.bundle = bundle;
    }

    /**
     * Gives a text in the language set in openHAB.
     *
     * @param key as in the properties file
     * @param arguments put in for {0}, {1} …
     * @return the key itself when there is no such text
     */
    public String text(String key, Object... arguments) {
        return text(locales.getLocale(), key, arguments);
    }

    /** Gives a text in a given language; see {@link #text(String, Object...)}. */
    public String text(Locale locale, String key, Object... arguments) {
        String text = translations.getText(bundle, key, key, locale, arguments);
        return text == null ? key : text;
    }

    /**
     * Gives what people call an account of a type.
     *
     * @param type Monzo's name, e.g. {@code uk_retail}
     * @return the name, with the type in brackets when it has none of its own
     */
    public String accountType(@Nullable String type) {
        if (type == null || type.isBlank()) {
            return text("account-type.account");
        }
        if (!type.matches(TYPE_OF_MONZO)) {
            // openHAB formats the default text too, where a brace or an apostrophe of the bank's would have a meaning.
            return text("account-type.unknown", type);
        }
        String key = "account-type." + type;
        String name = text(key);
        return name.equals(key) ? text("account-type.unknown", type) : name;
    }
}
