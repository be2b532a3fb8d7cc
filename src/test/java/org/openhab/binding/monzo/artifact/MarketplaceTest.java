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
package org.openhab.binding.monzo.artifact;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.openhab.Repository;

/** Tests {@code doc/marketplace.md}, the topic to post. */
class MarketplaceTest {
    private static final Path ROOT = Repository.root();

    private final MarketplaceTopic topic = MarketplaceTopic.read(ROOT.resolve("doc/marketplace.md"));

    @Test
    void isReadAsTheBinding() {
        assertEquals(List.of(), topic.problems());
        assertThat(topic.text(), not(containsString("```")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.0.0", "4.3.3", "5.0.0", "5.2.1"})
    void isOfferedWhereItWasTried(String version) {
        assertTrue(topic.fits(version));
    }

    /** On Java 11 it does not start; 5.3 was not tried. */
    @ParameterizedTest
    @ValueSource(strings = {"3.4.5", "5.3.0", "6.0.0"})
    void isNotOfferedElsewhere(String version) {
        assertFalse(topic.fits(version));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Monzo Binding",
                "Monzo Binding [4.0.0;5.3)",
                "Monzo Binding [4.0;5.3.0)",
                "Monzo Binding [4.0.0;5.3.0.M1)",
                "Monzo Binding [4.0.0; 5.3.0)",
                "Monzo Binding [4.0.0,5.3.0)",
                "Monzo Binding (4.0.0;5.3.0)",
                "Monzo Binding [4.0.0;5.3.0",
                "Monzo Binding [4.0.0;5.3.0) beta",
                "Monzo Binding [4.0.0;5.3.0) ",
                "Monzo Binding [4.0.0;5.3.0)[1.0.0]",
                "Monzo Binding [v4.0.0;v5.3.0)",
                "Monzo Binding [5.3.0;4.0.0)",
                "Monzo Binding [5.3.0;5.3.0)",
                "[4.0.0;5.3.0)"
            })
    void findsAWrongTitle(String title) {
        assertThat(topic.withTitle(title).problems(), not(empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "binding beta",
                "published beta",
                "binding published",
                "binding published beta stable",
                "binding published beta kar",
                "automation binding published beta",
                "Binding published beta"
            })
    void findsWrongTags(String tags) {
        assertThat(topic.withTags(tags.split(" ")).problems(), not(empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "https://github.com/a/b/releases/download/v1.0.0/org.openhab.binding.monzo.jar",
                "https://github.com/a/b/releases/download/v1.0.0/org.openhab.binding.monzo-1.0.jar",
                "https://github.com/a/b/releases/download/v1.0.0/org.openhab.binding.monzo-1.0.0-SNAPSHOT.jar",
                "https://github.com/a/b/releases/download/v1.0.0/org.openhab.binding.monzo-1.0.1.jar",
                "https://github.com/a/b/releases/download/v1.0.0/monzo.binding-1.0.0.jar",
                "https://github.com/a/b/releases/download/v1.0.0/org.openhab.binding.monzo-1.0.0.kar",
                "https://github.com/a/b/releases/download/v1.0.0/org.openhab.binding.monzo-1.0.0.jar?raw=true",
                "http://example.org/org.openhab.binding.monzo-1.0.0.jar"
            })
    void findsAWrongLink(String link) {
        assertThat(topic.withText("Download: " + link + "\n").problems(), not(empty()));
    }

    @Test
    void findsALinkTooMuch() {
        for (String other : List.of("https://a.example/b-1.0.0.jar", "https://a.example/b.yaml")) {
            assertThat(topic.withText(topic.text() + other + "\n").problems(), not(empty()));
        }
    }

    /** A release is published as itself; a snapshot leaves the topic as it is. */
    @Test
    void linksToTheReleaseOfThisTree() throws IOException {
        Matcher version =
                Pattern.compile("<version>(.*?)</version>").matcher(Files.readString(ROOT.resolve("pom.xml")));
        assertTrue(version.find());
        if (!version.group(1).endsWith("-SNAPSHOT")) {
            assertEquals(version.group(1), topic.version());
        }
        for (String named : Pattern.compile("/v(\\d[^/]*)/")
                .matcher(topic.text())
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList()) {
            assertEquals(topic.version(), named);
        }
    }

    @Test
    void hasItsPicture() {
        Matcher picture = Pattern.compile("!\\[[^]]+]\\((doc/[^)]+)\\)").matcher(topic.text());
        assertTrue(picture.find());
        assertTrue(Files.exists(ROOT.resolve(picture.group(1))));
    }
}
