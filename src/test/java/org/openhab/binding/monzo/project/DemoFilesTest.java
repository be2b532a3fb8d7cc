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
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.openhab.Repository;

/** Tests the files that {@code ./demo} adds to openHAB. */
class DemoFilesTest {

    private static final Path RESOURCES = Repository.root().resolve("src/test/resources");
    private static final Pattern ITEM =
            Pattern.compile("(?m)^(?:DateTime|Group|Location|Number|String|Switch)\\S*\\s+(\\w+)\\s+\"([^\"]+)\"");

    /** Those of the README's examples, and more. */
    private final String items = read("examples/monzo.items")
            + read("examples-transactions/transactions.items")
            + read("examples-budgets/budgets.items")
            + read("demo/demo.items");

    /** Examples pasted from the README find their things and items, and replace files of the same name. */
    @Test
    void usesReadmeNames() {
        String readme = readFile(Repository.root().resolve("README.md"));
        List<String> channels = find("channel=\"([^\"]+)\"", items);

        assertEquals(channels.size(), Set.copyOf(channels).size(), channels.toString());
        for (String thing :
                List.of("Bridge monzo:bridge:alice ", "account current ", "account joint ", "pot     holiday ")) {
            assertThat(read("demo/monzo.things"), containsString(thing));
            assertThat(readme, containsString(thing));
        }
        assertThat(names("demo"), not(hasItem("monzo.items")));
    }

    @Test
    void labelsItemsUniquely() {
        List<String> labels = find(ITEM, items, 2);

        assertThat(labels, not(empty()));
        assertEquals(labels.size(), Set.copyOf(labels).size(), labels.toString());
    }

    @Test
    void showsEveryItemInTheSitemap() {
        assertEquals(
                new TreeSet<>(find(ITEM, items, 1)), new TreeSet<>(find("item=(\\w+)", read("demo/demo.sitemap"))));
    }

    /** An item that does not exist shows as nothing in Main UI, and an error in an expression as its text. */
    @ParameterizedTest
    @ValueSource(strings = {"overview.yaml", "map.yaml"})
    void usesExistingItemsInPages(String page) {
        String code = readFile(Repository.root().resolve("doc").resolve(page));
        Set<String> used = new TreeSet<>(find("item: (\\w+)", code));
        used.addAll(find("items\\.(\\w+)", code));

        assertThat(used, not(empty()));
        assertThat(find(ITEM, items, 1), hasItems(used.toArray(String[]::new)));
    }

    @Test
    void hasEveryIcon() {
        Set<String> drawn = names("icons");
        Set<String> used = new TreeSet<>(find("<(\\w+)>", items));

        assertEquals(drawn, used.stream().map(name -> name + ".svg").collect(Collectors.toSet()));
    }

    /** openHAB 3.0 drops the rules of {@code monzo-more.rules} each time it loads {@code monzo.rules} again. */
    @Test
    void beginsNoRulesFileWithTheNameOfAnotherAndHyphen() throws IOException {
        List<String> names;
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".rules"))
                    .map(name -> name.substring(0, name.length() - ".rules".length()))
                    .toList();
        }

        assertThat(names, hasItems("monzo", "transactions", "budgets"));
        for (String name : names) {
            assertThat(names, not(hasItem(startsWith(name + "-"))));
        }
    }

    private static Set<String> names(String directory) {
        try (Stream<Path> files = Files.list(RESOURCES.resolve(directory))) {
            Set<String> names = new TreeSet<>();
            files.forEach(file -> names.add(file.getFileName().toString()));
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> find(String regex, String text) {
        return find(Pattern.compile(regex), text, 1);
    }

    private static List<String> find(Pattern pattern, String text, int group) {
        return pattern.matcher(text)
                .results()
                .map(result -> result.group(group))
                .toList();
    }

    private static String read(String file) {
        return readFile(RESOURCES.resolve(file));
    }

    private static String readFile(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
