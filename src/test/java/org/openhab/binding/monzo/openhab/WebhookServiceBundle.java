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

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.openhab.binding.monzo.webhookservice.Activator;

/** Makes the bundle that stands in for the openHAB Cloud add-on of openHAB 5.2. */
final class WebhookServiceBundle {

    private static final List<String> CLASSES = List.of(
            "org.openhab.binding.monzo.webhookservice.Activator",
            "org.openhab.binding.monzo.webhookservice.Activator$Connector",
            "org.openhab.core.io.rest.Webhook",
            "org.openhab.core.io.rest.WebhookService");

    private WebhookServiceBundle() {}

    /**
     * Writes the bundle.
     *
     * @param jar to be created
     * @param url the public URL that the service gives
     * @param requests the file to which the service writes the latest local path
     */
    static void write(Path jar, String url, Path requests) {
        Map<String, String> headers = Map.of(
                "Bundle-Activator",
                Activator.class.getName(),
                "Import-Package",
                "org.osgi.framework",
                Activator.URL_HEADER,
                url,
                Activator.FILE_HEADER,
                requests.toString());
        TestBundle.write(jar, "webhook.service", headers, CLASSES);
    }
}
