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
package org.openhab.binding.monzo.webhookservice;

import java.net.MalformedURLException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.openhab.core.io.rest.Webhook;
import org.openhab.core.io.rest.WebhookService;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * A bundle that registers openHAB's webhook service, as the openHAB Cloud add-on does since openHAB 5.2. Its manifest
 * names the public URL to give, and the file to write the latest local path to.
 */
public final class Activator implements BundleActivator {

    /** The header with the URL. */
    public static final String URL_HEADER = "Webhook-Url";
    /** The header with the file. */
    public static final String FILE_HEADER = "Webhook-File";

    @Override
    public void start(BundleContext context) {
        String url = context.getBundle().getHeaders().get(URL_HEADER);
        Path file = Path.of(context.getBundle().getHeaders().get(FILE_HEADER));
        context.registerService(WebhookService.class.getName(), new Connector(url, file), null);
    }

    @Override
    public void stop(BundleContext context) {
        // openHAB unregisters the service.
    }

    /** Not public, as the add-on's class is not exported either. */
    private static final class Connector implements WebhookService {
        private final String url;
        private final Path file;

        Connector(String url, Path file) {
            this.url = url;
            this.file = file;
        }

        @Override
        public CompletableFuture<Webhook> requestWebhook(String localPath) {
            return CompletableFuture.supplyAsync(() -> {
                write(localPath);
                try {
                    return new Webhook(URI.create(url).toURL(), Instant.now().plus(Duration.ofDays(30)));
                } catch (MalformedURLException e) {
                    throw new IllegalStateException(e);
                }
            });
        }

        @Override
        public CompletableFuture<Void> removeWebhook(String localPath) {
            write("");
            return CompletableFuture.completedFuture(null);
        }

        private void write(String text) {
            try {
                Files.writeString(file, text);
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
