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
package org.openhab.binding.monzo.openhab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes openHAB 3.0.1 run on Java 17. Its Karaf 4.2.7 supports Java 8 to 11: it does not know newer versions, and some
 * of its jars cannot read newer class files. Both are fixed with Karaf's own configuration.
 */
final class Java17 {

    /** A newer jar and the version in Karaf that it replaces. */
    private record Override(String group, String artifact, String version, String range) {

        String line() {
            return "mvn:%s/%s/%s;range=\"%s\"".formatted(group, artifact, version, range);
        }

        String fileName() {
            return artifact + "-" + version + ".jar";
        }

        Path placeIn(Path repository) {
            return repository
                    .resolve(group.replace('.', '/'))
                    .resolve(artifact)
                    .resolve(version)
                    .resolve(fileName());
        }
    }

    // A second version of ASM, 8.0.1, is required by Xtext and must be kept.
    private static final List<Override> OVERRIDES = Stream.concat(
                    Stream.concat(
                            Stream.of("asm", "asm-commons", "asm-util", "asm-tree", "asm-analysis")
                                    .map(a -> new Override("org.ow2.asm", a, "9.7.1", "[7.1,7.2)")),
                            Stream.of("xbean-finder", "xbean-bundleutils", "xbean-reflect")
                                    .map(a -> new Override("org.apache.xbean", a, "4.26", "[4.14,4.15)"))),
                    Stream.of(new Override(
                            "org.apache.aries.spifly", "org.apache.aries.spifly.dynamic.bundle", "1.3.7", "[1.2,1.3)")))
            .toList();

    private static final String VERSIONS =
            "1.0,1.1,1.2,1.3,1.4,1.5,1.6,1.7,1.8,9.0,10.0,11.0,12.0,13.0,14.0,15.0,16.0,17.0";
    private static final String COMPACT_VERSIONS = "1.8,9.0,10.0,11.0,12.0,13.0,14.0,15.0,16.0,17.0";

    private Java17() {}

    /**
     * Modifies a copy of the distribution's {@code userdata}.
     *
     * @param userdata the copy
     * @param jars a directory with the newer jars, at any depth
     */
    static void applyTo(Path userdata, Path jars) throws IOException {
        Path etc = userdata.resolve("etc");
        append(etc.resolve("jre.properties"), "jre-17 = ${jre-11}");
        append(etc.resolve("config.properties"), executionEnvironment());
        append(
                etc.resolve("overrides.properties"),
                OVERRIDES.stream().map(Override::line).collect(Collectors.joining("\n")));
        for (Override override : OVERRIDES) {
            // Karaf searches here too, so its own repository can be shared unchanged.
            Path place = override.placeIn(userdata.resolve("system"));
            Files.createDirectories(place.getParent());
            Files.copy(find(jars, override.fileName()), place);
        }
    }

    private static Path find(Path jars, String fileName) throws IOException {
        try (Stream<Path> walk = Files.walk(jars)) {
            return walk.filter(f -> f.endsWith(fileName))
                    .findFirst()
                    .orElseThrow(() -> new IOException(fileName + " is not in " + jars
                            + "; the versions there and in Java17 have to be the same"));
        }
    }

    private static String executionEnvironment() {
        return environments()
                .map(e -> " osgi.ee; osgi.ee=\"%s\"; version:List<Version>=\"%s\"".formatted(e[0], e[1]))
                .collect(Collectors.joining(", \\\n", "eecap-17=", ""));
    }

    private static Stream<String[]> environments() {
        return Stream.of(new String[][] {
            {"OSGi/Minimum", "1.0,1.1,1.2"},
            {"JavaSE", VERSIONS},
            {"JRE", "1.0,1.1"},
            {"JavaSE/compact1", COMPACT_VERSIONS},
            {"JavaSE/compact2", COMPACT_VERSIONS},
            {"JavaSE/compact3", COMPACT_VERSIONS}
        });
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, "\n" + text + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
