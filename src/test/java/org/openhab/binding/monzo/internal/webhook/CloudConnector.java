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
package org.openhab.binding.monzo.internal.webhook;

import java.net.MalformedURLException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.openhab.core.io.rest.Webhook;
import org.openhab.core.io.rest.WebhookService;

/**
 * Stands in for the openHAB Cloud add-on. Its class is not public, as that of the add-on need not be accessible either.
 */
final class CloudConnector implements WebhookService {

    private final Clock clock;
    private final List<String> requested = new ArrayList<>();
    private final List<String> removed = new ArrayList<>();
    private String url;
    private Duration life = Duration.ofDays(30);
    private RuntimeException failure;
    private boolean silent;
    private CompletableFuture<Webhook> last = new CompletableFuture<>();

    CloudConnector(Clock clock, String url) {
        this.clock = clock;
        this.url = url;
    }

    @Override
    public CompletableFuture<Webhook> requestWebhook(String localPath) {
        requested.add(localPath);
        last = new CompletableFuture<>();
        if (failure != null) {
            last.completeExceptionally(failure);
        } else if (!silent) {
            complete();
        }
        return last;
    }

    private void complete() {
        try {
            last.complete(new Webhook(URI.create(url).toURL(), clock.instant().plus(life)));
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public CompletableFuture<Void> removeWebhook(String localPath) {
        removed.add(localPath);
        return CompletableFuture.completedFuture(null);
    }

    void url(String url) {
        this.url = url;
    }

    void life(Duration life) {
        this.life = life;
    }

    void failure(RuntimeException failure) {
        this.failure = failure;
    }

    void silent(boolean silent) {
        this.silent = silent;
    }

    List<String> requested() {
        return requested;
    }

    List<String> removed() {
        return removed;
    }
}
