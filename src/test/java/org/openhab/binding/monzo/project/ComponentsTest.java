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
import static org.hamcrest.Matchers.hasSize;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The OSGi components, as the build has written them. */
class ComponentsTest {

    private static final Path COMPONENTS = Path.of("target", "classes", "OSGI-INF");
    private static final Pattern NAME = Pattern.compile("<scr:component [^>]*\\bname=\"([^\"]*)\"");
    private static final Pattern PARAMETERS = Pattern.compile("<scr:component [^>]*\\binit=\"(\\d+)\"");

    static Stream<String> components() throws IOException {
        try (Stream<Path> files = Files.list(COMPONENTS)) {
            return files.filter(ComponentsTest::isOfThisBuild).toList().stream().map(ComponentsTest::read);
        }
    }

    /** A build leaves the files of classes that are gone. */
    private static boolean isOfThisBuild(Path file) {
        String name = file.getFileName().toString().replaceFirst("\\.xml$", "").replace('.', '/');
        return Files.exists(COMPONENTS.resolveSibling(name + ".class"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** openHAB 3.0.1 chooses by the number of parameters alone, and logs an error for a second one. */
    @ParameterizedTest
    @MethodSource("components")
    void haveOneConstructorThatOpenHabCanChoose(String component) throws ClassNotFoundException {
        Matcher parameters = PARAMETERS.matcher(component);
        int count = parameters.find() ? Integer.parseInt(parameters.group(1)) : 0;
        Matcher name = NAME.matcher(component);
        assertThat(component, name.find());

        List<Constructor<?>> constructors = Stream.of(
                        Class.forName(name.group(1)).getConstructors())
                .<Constructor<?>>map(constructor -> constructor)
                .filter(constructor -> constructor.getParameterCount() == count)
                .toList();

        assertThat(constructors, hasSize(1));
    }
}
