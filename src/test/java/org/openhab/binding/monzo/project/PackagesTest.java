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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The packages and what they use of each other, as the table of doc/design.md has them in order. */
class PackagesTest {

    private static final Path SOURCES = Path.of("src/main/java/org/openhab/binding/monzo/internal");
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z0-9]+)` *\\|.*\\| ([^|]*) *\\|$", Pattern.MULTILINE);
    private static final Pattern IMPORT = Pattern.compile(
            "^import (?:static )?org\\.openhab\\.binding\\.monzo\\.internal\\.([a-z]\\w*)\\.", Pattern.MULTILINE);

    @Test
    void usesOnlyPackagesFurtherDown() throws IOException {
        List<String> order = new ArrayList<>();
        List<String> uses = new ArrayList<>();
        Matcher row = ROW.matcher(Files.readString(Path.of("doc/design.md")));
        while (row.find()) {
            order.add(row.group(1));
            uses.add(row.group(2));
        }
        List<String> violations = new ArrayList<>();
        for (Path source : sources()) {
            String user = source.getParent().getFileName().toString();
            int position = order.indexOf(user);
            Matcher used = IMPORT.matcher(Files.readString(source));
            while (position >= 0 && used.find()) {
                String name = used.group(1);
                boolean isNamed = uses.get(position).contains("all below")
                        || uses.get(position).contains("`" + name + "`");
                if (!name.equals(user) && (order.indexOf(name) < position || !isNamed)) {
                    violations.add(user + "/" + source.getFileName() + " uses " + name);
                }
            }
        }
        assertThat(violations, is(empty()));
        assertThat(order, containsInAnyOrder(packages().toArray()));
    }

    private static List<String> packages() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            return files.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .toList();
        }
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
