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

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.openhab.core.i18n.TranslationProvider;
import org.osgi.framework.Bundle;

/** Provides the binding's real texts, formatted like openHAB's own provider, including default texts. */
public class PropertiesTranslations implements TranslationProvider {

    private static final Map<String, String> TEXTS = load();

    /** Returns all texts by key. */
    public static Map<String, String> load() {
        try (InputStream file = PropertiesTranslations.class.getResourceAsStream("/OH-INF/i18n/monzo.properties")) {
            Properties properties = new Properties();
            properties.load(new InputStreamReader(file, StandardCharsets.UTF_8));
            Map<String, String> texts = new TreeMap<>();
            properties.forEach((key, text) -> texts.put((String) key, (String) text));
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Creates the texts as used by the binding. */
    public static MonzoTexts monzoTexts() {
        return new MonzoTexts(new PropertiesTranslations(), () -> Locale.ENGLISH, null);
    }

    @Override
    public String getText(Bundle bundle, String key, String defaultText, Locale locale) {
        return TEXTS.getOrDefault(key, defaultText);
    }

    @Override
    public String getText(Bundle bundle, String key, String defaultText, Locale locale, Object... arguments) {
        String text = getText(bundle, key, defaultText, locale);
        return text == null ? null : MessageFormat.format(text, arguments);
    }
}
