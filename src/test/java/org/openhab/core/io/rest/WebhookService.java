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
package org.openhab.core.io.rest;

import java.util.concurrent.CompletableFuture;

/** openHAB's webhook service as of openHAB 5.2, which the openHAB that the binding is built on lacks. */
public interface WebhookService {

    CompletableFuture<Webhook> requestWebhook(String localPath);

    CompletableFuture<Void> removeWebhook(String localPath);
}
