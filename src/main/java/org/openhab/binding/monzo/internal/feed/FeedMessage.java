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

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * A message for the feed of the Monzo app.
 *
 * @param title the title, on one line
 * @param body the text below it, on one line; may be empty
 * @param imageUrl the address of the picture
 * @param url the address that a tap opens, empty for none: the app then shows the message itself
 */
@NonNullByDefault
public record FeedMessage(String title, String body, String imageUrl, String url) {

    /** Longer titles are cut off. */
    public static final int MAX_TITLE = 100;

    /** Longer texts are cut off. */
    public static final int MAX_BODY = 500;

    private static final int MAX_URL = 2000;

    /** openHAB's logo, as Monzo requires a picture. */
    static final String DEFAULT_IMAGE_URL = "https://www.openhab.org/openhab-logo-square.png";

    /** Blanks, line breaks, control characters and halves of surrogate pairs. */
    private static final Pattern SEPARATORS = Pattern.compile("[\\s\\p{Z}\\p{Cc}\\p{Cs}]+");

    /** What a reader takes for one character, such as an emoji of several code points. */
    private static final Pattern CHARACTER = Pattern.compile("\\X");

    private static final String ELLIPSIS = "…";

    /**
     * Creates a message from the values of a rule, each of which may be missing. Title and text are shortened to their
     * maximum length, between characters, and lose line breaks and control characters.
     */
    public static FeedMessage of(
            @Nullable String title, @Nullable String body, @Nullable String imageUrl, @Nullable String url) {
        return new FeedMessage(
                shorten(clean(title), MAX_TITLE),
                shorten(clean(body), MAX_BODY),
                imageUrl == null || imageUrl.isBlank() ? DEFAULT_IMAGE_URL : imageUrl.strip(),
                url == null ? "" : url.strip());
    }

    /** Returns why the message cannot be sent, {@code null} if it can. */
    Feed.@Nullable Result validate() {
        if (title.isEmpty()) {
            return Feed.Result.TITLE_MISSING;
        } else if (!isHttps(imageUrl)) {
            return Feed.Result.IMAGE_URL_INVALID;
        } else if (!url.isEmpty() && !isHttps(url)) {
            return Feed.Result.URL_INVALID;
        }
        return null;
    }

    private static String clean(@Nullable String text) {
        return text == null ? "" : SEPARATORS.matcher(text).replaceAll(" ").strip();
    }

    private static String shorten(String text, int maxLength) {
        if (text.length() <= maxLength) {
            return text;
        }
        int end = 0;
        Matcher character = CHARACTER.matcher(text);
        while (character.find() && character.end() < maxLength) {
            end = character.end();
        }
        return text.substring(0, end).strip() + ELLIPSIS;
    }

    private static boolean isHttps(String url) {
        try {
            URI uri = new URI(url);
            return url.length() <= MAX_URL
                    && "https".equalsIgnoreCase(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null; // would tell Monzo a password
        } catch (URISyntaxException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "FeedMessage"; // never log its texts
    }
}
