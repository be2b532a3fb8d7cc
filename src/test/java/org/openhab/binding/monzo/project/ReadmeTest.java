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
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.openhab.Repository;

/**
 * Tests that the README matches the code and the tested examples.
 */
class ReadmeTest {

    private static final Path ROOT = Repository.root();
    private static final Path RESOURCES = ROOT.resolve("src/test/resources");

    static List<Path> examples() throws IOException {
        List<Path> examples = new ArrayList<>(List.of(RESOURCES.resolve("transfers/transfers.rules")));
        for (String folder : List.of("examples", "examples-transactions")) {
            try (Stream<Path> files = Files.list(RESOURCES.resolve(folder))) {
                files.filter(file -> !isLinked(file)).sorted().forEach(examples::add);
            }
        }
        return examples;
    }

    @ParameterizedTest
    @MethodSource("examples")
    void examplesMatchTestedFiles(Path example) throws IOException {
        assertThat(readme(), containsString("\n" + Files.readString(example).strip() + "\n```"));
    }

    /** Examples for openHAB 4 and later alone are linked rather than shown. */
    private static boolean isLinked(Path example) {
        return example.toString().matches(".*\\.(js|yaml)");
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
        assertThat(readme().lines().count(), lessThanOrEqualTo(370L));
        assertThat(
                readme().lines()
                        .filter(line -> !line.startsWith("|"))
                        .map(line -> line.replaceFirst("^1\\. ", ""))
                        .filter(line -> line.matches(".*[.] [A-Z].*"))
                        .toList(),
                empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"examples", "examples-transactions", "transfers"})
    void linksExamplesThatItDoesNotShow(String folder) throws IOException {
        try (Stream<Path> files = Files.list(RESOURCES.resolve(folder))) {
            assertThat(
                    readme(),
                    stringContainsInOrder(files.filter(ReadmeTest::isLinked)
                            .map(file -> "](" + ROOT.relativize(file) + ")")
                            .toList()));
        }
    }

    @Test
    void linkedFilesExist() throws IOException {
        readme().lines()
                .filter(line -> line.contains("]("))
                .flatMap(line -> Pattern.compile("]\\(((?:doc|src)/[^)]+)\\)")
                        .matcher(line)
                        .results())
                .forEach(link -> assertThat(link.group(1), Files.exists(ROOT.resolve(link.group(1)))));
    }

    @Test
    void documentsEveryChannelAndCommand() throws IOException {
        assertThat(
                readme(),
                stringContainsInOrder(
                        "./demo",
                        "mvn verify",
                        "balance",
                        "total-balance",
                        "spend-today",
                        "transaction",
                        "goal-progress"));
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
