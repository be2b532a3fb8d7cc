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
package org.openhab.binding.monzo.project;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.openhab.Repository;

/**
 * Tests that the README matches the code and the tested examples.
 */
class ReadmeTest {

    private static final Path ROOT = Repository.root();
    private static final Path RESOURCES = ROOT.resolve("src/test/resources");

    @ParameterizedTest
    @ValueSource(strings = {"monzo.things", "monzo.items"})
    void showsTestedFile(String file) throws IOException {
        assertThat(readme(), containsString("\n" + example(file).strip() + "\n```"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"examples", "examples-budgets", "examples-transactions", "transfers"})
    void documentsEveryExample(String folder) throws IOException {
        String documents = readme() + Files.readString(ROOT.resolve("doc/scripting.md"));
        try (Stream<Path> files = Files.list(RESOURCES.resolve(folder))) {
            files.map(file -> ROOT.relativize(file).toString())
                    .filter(file -> !file.matches(".*(monzo\\.(things|items)|actions\\.(items|rules))"))
                    .forEach(file -> assertThat(documents, containsString(file + ")")));
        }
    }

    /** No test runs the JavaScript and YAML examples, so their names are compared with those in the tested files. */
    @ParameterizedTest
    @ValueSource(strings = {"monzo.js", "monzo.yaml"})
    void examplesUseExistingItemsAndChannels(String file) throws IOException {
        String example = example(file);
        String items = example("monzo.items");
        String others = example("monzo.things") + items + example("monzo.rules");

        assertThat(find("getItem\\(\"(\\w+)", example), everyItem(in(find("(?m)^\\S+\\s+(\\w+)", items))));
        assertThat(find("ChangeTrigger\\(\"(\\w+)", example), everyItem(in(find("(?m)^\\S+\\s+(\\w+)", items))));
        assertThat(
                find("\"(monzo:\\w+:\\w+:\\w+:[\\w-]+)\"", example), everyItem(in(find("\"(monzo:[^\"]+)\"", others))));
        assertThat(find("(monzo:[\\w:-]+)", example), not(empty()));
        assertThat(find("(YOUR_\\w+)", example), everyItem(in(find("(YOUR_\\w+)", others))));
    }

    @Test
    void isShortWithOneSentencePerLine() throws IOException {
        assertThat(readme().lines().count(), lessThanOrEqualTo(300L));
        assertThat(
                readme().lines()
                        .filter(line -> !line.startsWith("|"))
                        .map(line -> line.replaceFirst("^1\\. ", ""))
                        .filter(line -> line.matches(".*[.] [A-Z].*"))
                        .toList(),
                empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "CONTRIBUTING.md", "doc/scripting.md", "doc/design.md"})
    void linksLeadToFilesAndHeadings(String document) throws IOException {
        Path file = ROOT.resolve(document);
        for (String link : find("]\\(([^)]+)\\)", Files.readString(file))) {
            if (!link.startsWith("https://")) {
                String[] parts = link.split("#");
                Path target = parts[0].isEmpty() ? file : file.resolveSibling(parts[0]);
                assertThat(link, Files.exists(target));
                assertThat(link, parts.length == 1 || headings(target).contains(parts[1]));
            }
        }
    }

    /** Returns the anchors of the headings, as GitHub makes them. */
    private static List<String> headings(Path file) throws IOException {
        return find("(?m)^#+ (.*)", Files.readString(file)).stream()
                .map(heading -> heading.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 -]", "")
                        .replace(' ', '-'))
                .toList();
    }

    @Test
    void documentsEveryChannelAndSetting() throws IOException {
        String types = Files.readString(ROOT.resolve("OH-INF/thing/thing-types.xml"));
        String text = readme().replace("-description, -category ", "-description | last-transaction-category ");
        find("<channel id=\"([^\"]+)\"", types).forEach(id -> assertThat(text, containsString(" " + id + " ")));
        find("<parameter name=\"([^\"]+)\"", types).forEach(name -> assertThat(text, containsString("`" + name + "`")));
    }

    @Test
    void documentsEveryTemplateAndCommand() throws IOException {
        String texts = Files.readString(ROOT.resolve("OH-INF/i18n/monzo.properties"));
        List<String> names = find("(?m)^rule-template[.][a-z-]+[.]label = Monzo: (.*)", texts);
        assertThat(names, hasSize(13));
        String text = readme();
        names.forEach(name -> assertThat(text, containsString(name)));
        for (String command : List.of("logins", "accounts", "transfers", "refresh", "diagnose")) {
            assertThat(text, containsString("`openhab:monzo " + command + "`"));
        }
    }

    private static String example(String file) throws IOException {
        return Files.readString(RESOURCES.resolve("examples").resolve(file));
    }

    private static List<String> find(String regex, String text) {
        return Pattern.compile(regex)
                .matcher(text)
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    private static String readme() throws IOException {
        return Files.readString(ROOT.resolve("README.md"));
    }
}
