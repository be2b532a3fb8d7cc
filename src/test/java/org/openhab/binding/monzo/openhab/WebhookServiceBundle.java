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
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.openhab.binding.monzo.webhookservice.Activator;

/** Makes the bundle that stands in for the openHAB Cloud add-on of openHAB 5.2. */
final class WebhookServiceBundle {

    private static final List<String> CLASSES = List.of(
            "org/openhab/binding/monzo/webhookservice/Activator.class",
            "org/openhab/binding/monzo/webhookservice/Activator$Connector.class",
            "org/openhab/core/io/rest/Webhook.class",
            "org/openhab/core/io/rest/WebhookService.class");

    private WebhookServiceBundle() {}

    /**
     * Writes the bundle.
     *
     * @param jar to be created
     * @param url the public URL that the service gives
     * @param requests the file to which the service writes the latest local path
     */
    static void write(Path jar, String url, Path requests) {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Bundle-ManifestVersion", "2");
        attributes.putValue("Bundle-SymbolicName", "webhook.service");
        attributes.putValue("Bundle-Activator", Activator.class.getName());
        attributes.putValue("Import-Package", "org.osgi.framework");
        attributes.putValue(Activator.URL_HEADER, url);
        attributes.putValue(Activator.FILE_HEADER, requests.toString());
        try (JarOutputStream bundle = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (String name : CLASSES) {
                bundle.putNextEntry(new ZipEntry(name));
                try (InputStream content = Activator.class.getClassLoader().getResourceAsStream(name)) {
                    content.transferTo(bundle);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
