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
package org.openhab.binding.monzo.internal;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.openhab.binding.monzo.openhab.Repository;

/** Tests the files that {@code ./demo} adds to openHAB. */
class DemoFilesTest {

    private static final Path RESOURCES = Repository.root().resolve("src/test/resources");
    private static final Pattern ITEM =
            Pattern.compile("(?m)^(?:DateTime|Group|Number|String|Switch)\\S*\\s+(\\w+)\\s+\"([^\"]+)\"");

    private final String items = read("demo/monzo-demo.items");

    /** The README's examples can be tried in the demo without overwriting its files. */
    @Test
    void differsFromReadmeInFilesItemsAndThings() throws IOException {
        assertThat(names("demo"), everyItem(not(in(names("examples")))));
        assertThat(find(ITEM, items, 1), everyItem(not(in(find(ITEM, read("examples/monzo.items"), 1)))));
        assertTrue(read("examples/monzo.things").contains("Bridge monzo:bridge:alice "));
        assertTrue(read("demo/monzo-demo.things").contains("Bridge monzo:bridge:demo "));
    }

    @Test
    void labelsItemsUniquely() {
        List<String> labels = find(ITEM, items, 2);

        assertThat(labels, not(empty()));
        assertEquals(labels.size(), Set.copyOf(labels).size(), labels.toString());
    }

    @Test
    void showsEveryItemInOverviewAndSitemap() {
        Set<String> all = new TreeSet<>(find(ITEM, items, 1));
        Set<String> onOverview = new TreeSet<>(find("\"item\": \"(\\w+)\"", read("demo/overview.json")));

        assertEquals(all, new TreeSet<>(find("item=(\\w+)", read("demo/monzo_demo.sitemap"))));
        // A pot without a goal has no values there.
        all.removeAll(Set.of("Demo_Rainy_Goal", "Demo_Rainy_Progress"));
        assertEquals(all, onOverview);
    }

    @Test
    void hasEveryIcon() throws IOException {
        Set<String> drawn = names("icons");
        Set<String> used = new TreeSet<>(find("<(\\w+)>", items + read("examples/monzo.items")));
        used.addAll(find("\"oh:(\\w+)\"", read("demo/overview.json")));

        assertEquals(drawn, used.stream().map(name -> name + ".svg").collect(Collectors.toSet()));
    }

    private static Set<String> names(String directory) throws IOException {
        try (Stream<Path> files = Files.list(RESOURCES.resolve(directory))) {
            Set<String> names = new TreeSet<>();
            files.forEach(file -> names.add(file.getFileName().toString()));
            return names;
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
        try {
            return Files.readString(RESOURCES.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
