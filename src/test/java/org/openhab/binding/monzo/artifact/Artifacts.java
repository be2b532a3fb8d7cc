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
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The packaged build results, as passed by Failsafe. */
final class Artifacts {

    private Artifacts() {}

    static Path jar() {
        String jar = System.getProperty("monzo.jar");
        if (jar == null) {
            throw new IllegalStateException("Run by mvn verify, which sets monzo.jar");
        }
        return Path.of(jar);
    }

    /** The build result of another kind, e.g. {@code .kar}. */
    static Path sibling(String ending) {
        return jar().resolveSibling("org.openhab.binding.monzo-" + version() + ending);
    }

    /** The file of another kind in {@code target/release}. */
    static Path released(String ending) {
        return jar().resolveSibling("release").resolve(sibling(ending).getFileName());
    }

    static String version() {
        String name = jar().getFileName().toString();
        return name.substring("org.openhab.binding.monzo-".length(), name.length() - ".jar".length());
    }

    static Manifest manifest() {
        try (JarFile jar = new JarFile(jar().toFile())) {
            return jar.getManifest();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files of a jar, KAR or zip by their names. */
    static Map<String, byte[]> files(Path archive) {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            Map<String, byte[]> files = new TreeMap<>();
            List<? extends ZipEntry> entries =
                    zip.stream().filter(entry -> !entry.isDirectory()).toList();
            for (ZipEntry entry : entries) {
                try (InputStream content = zip.getInputStream(entry)) {
                    files.put(entry.getName(), content.readAllBytes());
                }
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
