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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A topic of the community marketplace, with the rules by which openHAB 3.3 to 5.2 reads one.
 *
 * @param category the number of its category
 * @param title its title, with the range of versions
 * @param tags its tags
 * @param text the text of its first post
 */
record MarketplaceTopic(String category, String title, List<String> tags, String text) {
    private static final Pattern RANGE = Pattern.compile("\\[(\\d+\\.\\d+\\.\\d+);(\\d+\\.\\d+\\.\\d+)([)\\]])");
    private static final Pattern LINK = Pattern.compile("https?://[^\\s)]+");
    private static final Pattern JAR = Pattern.compile(
            "https://github\\.com/[^/]+/[^/]+/releases/download/v([^/]+)/([^/]+?)-(\\d+\\.\\d+\\.\\d+)\\.jar");

    private static final Set<String> MATURITY = Set.of("alpha", "beta", "mature", "stable");
    private static final Set<String> OTHER_KINDS =
            Set.of("kar", "automation", "misc", "persistence", "transformation", "ui", "voice");

    /** Reads the topic described in a Markdown file. */
    static MarketplaceTopic read(Path file) {
        try {
            String all = Files.readString(file);
            String[] parts = all.split("```(?:markdown)?\n", -1);
            if (parts.length != 3) {
                throw new IllegalStateException("The text has to be the only code block of " + file);
            }
            return new MarketplaceTopic(
                    field(all, "Category", "(\\d+)"),
                    field(all, "Title", "`([^`]*)`"),
                    Arrays.stream(field(all, "Tags", "(`.*`)").split(", "))
                            .map(tag -> tag.replace("`", ""))
                            .toList(),
                    parts[1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String field(String text, String name, String value) {
        Matcher row = Pattern.compile("(?m)^\\| " + name + " +\\| " + value).matcher(text);
        if (!row.find()) {
            throw new IllegalStateException("No " + name);
        }
        return row.group(1);
    }

    MarketplaceTopic withTitle(String other) {
        return new MarketplaceTopic(category, other, tags, text);
    }

    MarketplaceTopic withTags(String... others) {
        return new MarketplaceTopic(category, title, List.of(others), text);
    }

    MarketplaceTopic withText(String other) {
        return new MarketplaceTopic(category, title, tags, other);
    }

    /** What openHAB would misread, or would not offer as the binding with the ID {@code monzo}. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (!"73".equals(category)) {
            problems.add("category " + category);
        }
        if (range() == null) {
            problems.add("no range of two versions with three numbers at the end of: " + title);
        } else if (title.substring(0, title.lastIndexOf('[')).isBlank()) {
            problems.add("no name before the range");
        } else if (compare(range().group(1), range().group(2)) >= 0) {
            problems.add("an empty range in: " + title);
        }
        if (!tags.contains("binding") || !tags.contains("published")) {
            problems.add("tags binding and published");
        }
        if (tags.stream().filter(MATURITY::contains).count() != 1) {
            problems.add("not one tag of " + MATURITY);
        }
        tags.stream().filter(OTHER_KINDS::contains).forEach(tag -> problems.add("tag of another kind: " + tag));

        List<String> links =
                LINK.matcher(text).results().map(MatchResult::group).toList();
        links.stream()
                .filter(link -> link.matches(".*\\.(?:kar|json|yaml)"))
                .forEach(link -> problems.add("openHAB would read " + link));
        List<String> jars = links.stream().filter(link -> link.contains(".jar")).toList();
        Matcher jar = JAR.matcher(String.join(" ", jars));
        if (!jar.matches()) {
            problems.add("not one link to the jar of a release: " + jars);
        } else if (!jar.group(1).equals(jar.group(3))) {
            problems.add("a jar of another release: " + jars);
        } else if (!"monzo".equals(jar.group(2).substring(jar.group(2).lastIndexOf('.') + 1))) {
            problems.add("the name does not end in the ID: " + jars);
        }
        return problems;
    }

    /** Whether openHAB of a version offers it. */
    boolean fits(String version) {
        MatchResult range = range();
        int toEnd = compare(version, range.group(2));
        return compare(version, range.group(1)) >= 0 && (toEnd < 0 || toEnd == 0 && "]".equals(range.group(3)));
    }

    /** The version of the jar. */
    String version() {
        Matcher jar = Pattern.compile("-(\\d+\\.\\d+\\.\\d+)\\.jar").matcher(text);
        return jar.find() ? jar.group(1) : "";
    }

    /** The range, which openHAB looks for behind the last bracket, without a space in it; null if there is none. */
    private MatchResult range() {
        int start = title.lastIndexOf('[');
        if (title.lastIndexOf(' ') >= start) {
            return null;
        }
        Matcher range = RANGE.matcher(title.substring(start));
        return range.matches() ? range.toMatchResult() : null;
    }

    private static int compare(String one, String other) {
        return Arrays.compare(numbers(one), numbers(other));
    }

    private static int[] numbers(String version) {
        return Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
    }
}
