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
package org.openhab.binding.monzo.internal.feed;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which messages rules may send to the feed, and how they are sent. */
class FeedMessageTest {

    private static final String FAMILY = "👨‍👩‍👧‍👦";

    private static FeedMessage of(String title, String body) {
        return FeedMessage.of(title, body, null, null);
    }

    @Test
    void keepsEmojiAndOtherScripts() {
        FeedMessage message = of("Überweisung 💸 " + FAMILY, "日本語 ❤️ e\u0301");
        assertThat(message.title(), is("Überweisung 💸 " + FAMILY));
        assertThat(message.body(), is("日本語 ❤️ e\u0301"));
    }

    @Test
    void replacesLineBreaksAndControlCharacters() {
        FeedMessage message = of("  Money\u0000\u001b[31m\ttight\u007f ", "one\r\n\r\ntwo\u2028three\u0085\ud83d");
        assertThat(message.title(), is("Money [31m tight"));
        assertThat(message.body(), is("one two three"));
    }

    @Test
    void cutsOffLongTexts() {
        FeedMessage message = of("t".repeat(101), "b ".repeat(300));
        assertThat(message.title(), is("t".repeat(99) + "…"));
        assertThat(message.body(), is("b " + "b ".repeat(248) + "b…"));
        assertThat(message.body().length(), lessThanOrEqualTo(FeedMessage.MAX_BODY));
        assertThat(of("t".repeat(100), "b".repeat(500)).title(), is("t".repeat(100)));
        assertThat(of("t".repeat(100), "b".repeat(500)).body(), is("b".repeat(500)));
    }

    @Test
    void cutsBetweenCharacters() {
        String title = of("t".repeat(90) + FAMILY, null).title();
        assertThat(title, is("t".repeat(90) + "…"));
        assertThat(of("💸".repeat(60), null).title(), is("💸".repeat(49) + "…"));
    }

    /** A character may consist of any number of code points. */
    @Test
    void shortensACharacterWithoutEnd() {
        assertThat(of("e" + "\u0301".repeat(5_000), null).title(), is("…"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\n", "\u0000\u0007", "\ud83d", "\u00a0"})
    void requiresATitle(String title) {
        assertThat(of(title, "text").validate(), is(Feed.Result.TITLE_MISSING));
        assertThat(of(null, "text").validate(), is(Feed.Result.TITLE_MISSING));
    }

    @Test
    void needsNoBodyPictureOrLink() {
        FeedMessage message = FeedMessage.of("title", null, " ", " ");
        assertThat(message.validate(), is(nullValue()));
        assertThat(message.body(), is(""));
        assertThat(message.imageUrl(), is("https://www.openhab.org/openhab-logo-square.png"));
        assertThat(message.url(), is(""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.org/p.png",
                "example.org/p.png",
                "//example.org/p.png",
                "https:",
                "https:///p.png",
                "https://exa mple.org/",
                "https://alice:password@example.org/",
                "https://example.org/\u0000",
                "javascript:alert(1)",
                "data:image/png;base64,AA==",
                "file:///etc/passwd"
            })
    void acceptsHttpsUrlsOnly(String url) {
        assertThat(FeedMessage.of("title", "", url, null).validate(), is(Feed.Result.IMAGE_URL_INVALID));
        assertThat(FeedMessage.of("title", "", null, url).validate(), is(Feed.Result.URL_INVALID));
    }

    @Test
    void limitsTheLengthOfUrls() {
        String longest = "https://example.org/" + "p".repeat(1_980);
        assertThat(FeedMessage.of("title", "", longest, longest).validate(), is(nullValue()));
        assertThat(FeedMessage.of("title", "", longest + "p", null).validate(), is(Feed.Result.IMAGE_URL_INVALID));
        assertThat(FeedMessage.of("title", "", null, longest + "p").validate(), is(Feed.Result.URL_INVALID));
    }

    @Test
    void toStringHidesTheTexts() {
        assertThat(of("secret", "secret").toString(), not(containsString("secret")));
    }
}
