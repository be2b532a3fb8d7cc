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
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests that the build results do not depend on the user, place or time of the build. {@code .ci/run} builds twice and
 * compares.
 */
class ReproducibleBuildIT {

    /** Headers with the time, tool or machine of a build. */
    private static final Set<String> OF_ONE_BUILD = Set.of(
            "Bnd-LastModified",
            "Build-Jdk",
            "Build-Jdk-Spec",
            "Built-By",
            "Created-By",
            "Originally-Created-By",
            "Tool");

    static List<Path> archives() {
        return List.of(Artifacts.jar(), Artifacts.sibling(".kar"), Artifacts.released("-upstream.zip"));
    }

    @Test
    void manifestDoesNotNameTheBuild() {
        Attributes manifest = Artifacts.manifest().getMainAttributes();

        assertThat(manifest.keySet().stream().map(Object::toString).toList(), everyItem(not(in(OF_ONE_BUILD))));
        assertEquals(Artifacts.version().replace('-', '.'), manifest.getValue("Bundle-Version"));
    }

    @ParameterizedTest
    @MethodSource("archives")
    void everyEntryHasTheTimeOfThePom(Path archive) throws IOException {
        String timestamp = System.getProperty("monzo.timestamp");
        LocalDateTime time = LocalDateTime.ofInstant(Instant.parse(timestamp), ZoneOffset.UTC);

        try (ZipFile zip = new ZipFile(archive.toFile())) {
            Set<LocalDateTime> times = zip.stream().map(ZipEntry::getTimeLocal).collect(Collectors.toSet());

            assertEquals(1, times.size(), times.toString());
            // Zip files store times in steps of two seconds.
            assertThat(Duration.between(time, times.iterator().next()).abs(), lessThan(Duration.ofSeconds(2)));
        }
    }

    @ParameterizedTest
    @MethodSource("archives")
    void everyEntryHasTheUsualPermissions(Path archive) throws IOException {
        Map<String, String> unusual = new TreeMap<>();
        try (ZipFile zip = new ZipFile(archive.toFile());
                FileSystem files = FileSystems.newFileSystem(archive, Map.of("enablePosixFileAttributes", true))) {
            for (ZipEntry entry : zip.stream().toList()) {
                Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(files.getPath(entry.getName()));
                String shown = PosixFilePermissions.toString(permissions);
                if (!shown.equals(entry.isDirectory() ? "rwxr-xr-x" : "rw-r--r--")) {
                    unusual.put(entry.getName(), shown);
                }
            }
        }
        assertEquals(Map.of(), unusual);
    }
}
