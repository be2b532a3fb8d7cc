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

import static org.openhab.binding.monzo.openhab.OpenHabFixture.AWAIT_TIMEOUT;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.openhab.binding.monzo.foreignservlet.Activator;

/**
 * The folder of add-ons of a running openHAB, with the binding in several versions.
 */
record Addons(OpenHabFixture fixture) {

    /** Returns Karaf's lines of the binding's bundles. */
    String bundles() {
        return fixture.openHab().console("bundle:list -s | grep openhab.binding.monzo");
    }

    /**
     * Copies the binding to the folder as if it were another version.
     *
     * @param name the name of the jar, which may be in use
     */
    void drop(String name, String version) {
        try {
            Path made = file("../userdata/tmp/" + name);
            copy(Repository.bindingJar(), made, version);
            Files.move(made, file(name), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to, String version) throws IOException {
        try (JarFile binding = new JarFile(from.toFile())) {
            Manifest manifest = new Manifest(binding.getManifest());
            manifest.getMainAttributes().putValue("Bundle-Version", version);
            try (OutputStream file = Files.newOutputStream(to);
                    JarOutputStream jar = new JarOutputStream(file, manifest)) {
                for (ZipEntry entry : (Iterable<ZipEntry>) binding.stream().map(ZipEntry.class::cast)::iterator) {
                    if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
                        jar.putNextEntry(new ZipEntry(entry.getName()));
                        try (InputStream content = binding.getInputStream(entry)) {
                            content.transferTo(jar);
                        }
                    }
                }
            }
        }
    }

    /**
     * Overwrites a jar in use while the login is disabled. Karaf starts an overwritten bundle, stops it and starts it
     * again. If openHAB 3.0.1 is assigning a thing of any binding to the first handler factory when that stops, the
     * thing stays with it: things are assigned in a separate thread, and those of a stopped factory are released only
     * once.
     */
    void replaceWhileDisabled(String bridge, String name, String version) {
        fixture.rest().enableThing(bridge, false);
        drop(name, version);
        Await.until("the newer bundle", AWAIT_TIMEOUT, () -> bundles().contains(version));
        awaitEndOfInstallation();
        fixture.rest().enableThing(bridge, true);
    }

    /** Waits for earlier installations: a file copied now is installed after them. */
    private void awaitEndOfInstallation() {
        TestBundle.write(file("marker.jar"), "marker", Map.of(), List.of());
        Await.until("the marker", AWAIT_TIMEOUT, () -> isMarkerThere());
        delete("marker.jar");
        Await.until("the end of the marker", AWAIT_TIMEOUT, () -> !isMarkerThere());
    }

    private boolean isMarkerThere() {
        return fixture.openHab().console("bundle:list -s").contains("marker");
    }

    /** Adds an add-on whose servlet has no name. */
    void addForeignServlet() {
        TestBundle.write(
                file("foreign.jar"),
                "foreign.servlet",
                Map.of(
                        "Bundle-Activator",
                        Activator.class.getName(),
                        "Import-Package",
                        "org.osgi.framework,javax.servlet,javax.servlet.http"),
                List.of(Activator.class.getName(), Activator.class.getName() + "$Page"));
    }

    /** Removes a file, and with it what it installed. */
    void delete(String name) {
        try {
            Files.delete(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String name) {
        return fixture.openHab().addons().resolve(name);
    }
}
