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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HtmlTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "plain, plain",
                "<script>, &lt;script&gt;",
                "a&b, a&amp;b",
                "\"x\", &quot;x&quot;",
                "it's, it&#39;s",
                "&lt;, &amp;lt;",
                "😀é, 😀é",
                "``, ``",
            })
    void escapesSpecialCharacters(String text, String markup) {
        assertEquals(markup, Html.escape(text));
    }

    @Test
    void escapesTextAndKeepsMarkup() {
        Html filled = Html.fill(
                "<a title=\"${text}\">${markup}${text}</a>", Map.of("text", "\"<", "markup", new Html("<br>")));

        assertEquals("<a title=\"&quot;&lt;\"><br>&quot;&lt;</a>", filled.markup());
    }

    /** Labels may contain placeholders or references to groups of a regular expression. */
    @Test
    void ignoresPlaceholdersInValues() {
        Html inner = Html.fill("<p>${label}</p>", Map.of("label", "${secret} $1 \\ ${label}"));

        assertEquals("<p>${secret} $1 \\ ${label}</p>", inner.markup());
        assertEquals(
                "<p>${secret} $1 \\ ${label}</p>!",
                Html.fill("${content}${end}", Map.of("content", inner, "end", "!", "secret", "x"))
                        .markup());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "See <a>the & Inbox</a>. | See <a href=\"/x?a=1&amp;b\">the &amp; Inbox</a>.",
                "No link & <b> | No link &amp; &lt;b&gt;",
                "<a>Open | &lt;a&gt;Open",
                "<a>A</a> <a>B</a> | <a href=\"/x?a=1&amp;b\">A</a> &lt;a&gt;B&lt;/a&gt;",
                "<a>${url} $1</a> | <a href=\"/x?a=1&amp;b\">${url} $1</a>",
            })
    void createsLinkFromMarkedText(String text, String markup) {
        assertEquals(markup, Html.linked(text, "/x?a=1&b").markup());
    }

    @Test
    void throwsWithoutAValue() {
        assertThrows(IllegalArgumentException.class, () -> Html.fill("${missing}", Map.of()));
    }

    @Test
    void concatenates() {
        assertEquals(new Html("<p>x</p>"), Html.NONE.plus(new Html("<p>")).plus(new Html("x</p>")));
    }
}
