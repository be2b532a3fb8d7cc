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
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Writes bundles of the tests' own classes. */
final class TestBundle {

    private TestBundle() {}

    /**
     * Writes a bundle.
     *
     * @param jar to be created
     * @param symbolicName its name
     * @param headers further headers of its manifest
     * @param classes the names of its classes
     */
    static void write(Path jar, String symbolicName, Map<String, String> headers, List<String> classes) {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Bundle-ManifestVersion", "2");
        attributes.putValue("Bundle-SymbolicName", symbolicName);
        headers.forEach(attributes::putValue);
        try (JarOutputStream bundle = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (String name : classes) {
                String file = name.replace('.', '/') + ".class";
                bundle.putNextEntry(new ZipEntry(file));
                try (InputStream content = TestBundle.class.getClassLoader().getResourceAsStream(file)) {
                    content.transferTo(bundle);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
