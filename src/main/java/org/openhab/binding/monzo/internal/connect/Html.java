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

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Markup, as opposed to plain text, which must be escaped to become markup.
 *
 * @param markup the markup, inserted into a page unchanged
 */
@NonNullByDefault
record Html(String markup) {

    static final Html NONE = new Html("");

    private static final Map<String, String> RESOURCES = new ConcurrentHashMap<>();

    private static final Pattern LINK = Pattern.compile("(.*?)<a>(.*?)</a>(.*)", Pattern.DOTALL);

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([a-zA-Z]+)}");

    /** Fills the template of a name; see {@link #fill(String, Map)}. */
    static Html template(String name, Map<String, Object> values) {
        return fill(resource(name + ".html"), values);
    }

    /** Returns the style of the pages. */
    static String style() {
        return resource("style.css");
    }

    private static String resource(String file) {
        return RESOURCES.computeIfAbsent(file, name -> {
            try (InputStream stream = Html.class.getResourceAsStream("/templates/" + name)) {
                return new String(Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /**
     * Fills a template.
     *
     * @param template markup with {@code ${name}} in text or in quoted attributes
     * @param values the values to insert: {@link Html} unchanged, all others escaped
     */
    static Html fill(String template, Map<String, Object> values) {
        StringBuilder filled = new StringBuilder();
        Matcher placeholders = PLACEHOLDER.matcher(template);
        while (placeholders.find()) {
            Object value = values.get(placeholders.group(1));
            if (value == null) {
                throw new IllegalArgumentException("No value for " + placeholders.group());
            }
            String markup = value instanceof Html html ? html.markup() : escape(value.toString());
            placeholders.appendReplacement(filled, Matcher.quoteReplacement(markup));
        }
        return new Html(placeholders.appendTail(filled).toString());
    }

    /** Creates markup from plain text. */
    static Html of(String text) {
        return new Html(escape(text));
    }

    /**
     * Creates markup from plain text with a link.
     *
     * @param text plain text with the link text between {@code <a>} and {@code </a>}, if any
     */
    static Html linked(String text, String url) {
        return linked(text, url, "");
    }

    /**
     * Creates markup from plain text with a link that screen readers tell from the same link elsewhere on the page.
     *
     * @param text as in {@link #linked(String, String)}
     * @param subject what the link is about, added to its words for screen readers; empty for nothing
     */
    static Html linked(String text, String url, String subject) {
        Matcher link = LINK.matcher(text);
        if (!link.matches()) {
            return of(text);
        }
        String words = link.group(2);
        Html name = subject.isEmpty()
                ? NONE
                : fill(" aria-label=\"${words}: ${subject}\"", Map.of("words", words, "subject", subject));
        return fill(
                "${before}<a href=\"${url}\"${name}>${words}</a>${after}",
                Map.of("before", link.group(1), "url", url, "name", name, "words", words, "after", link.group(3)));
    }

    Html plus(Html other) {
        return new Html(markup + other.markup);
    }

    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }
}
