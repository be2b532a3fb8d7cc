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
import java.util.HashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The names of the servlets, as the build has written them. Two servlets without a name have the same one in pax-web 8,
 * which leaves out the second; any other add-on's may be the first.
 */
class ServletNamesTest {

    private static final Path COMPONENTS = Path.of("target", "classes", "OSGI-INF");
    private static final Pattern NAME =
            Pattern.compile("<property name=\"osgi\\.http\\.whiteboard\\.servlet\\.name\"[^>]* value=\"([^\"]*)\"/>");

    @Test
    void givesEachServletANameOfItsOwn() throws IOException {
        List<String> names = new ArrayList<>();
        for (String servlet : servlets()) {
            Matcher name = NAME.matcher(servlet);
            assertThat(servlet, name.find());
            names.add(name.group(1));
        }
        assertThat(names, hasSize(greaterThanOrEqualTo(2)));
        assertThat(names, everyItem(startsWith("org.openhab.binding.monzo.")));
        assertThat(new HashSet<>(names), hasSize(names.size()));
    }

    private static List<String> servlets() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(COMPONENTS)) {
            for (Path file : files.toList()) {
                String component = Files.readString(file);
                if (component.contains("interface=\"javax.servlet.Servlet\"")) {
                    found.add(component);
                }
            }
        }
        return found;
    }
}
