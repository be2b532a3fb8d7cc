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

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.storage.TextStorage;
import org.openhab.core.storage.StorageService;

/**
 * The stored webhooks of all bridges.
 */
@NonNullByDefault
public class WebhookStores {

    static final String NAME = "org.openhab.binding.monzo.webhooks";

    private final TextStorage storage;

    public WebhookStores(StorageService storages) {
        storage = new TextStorage(storages, NAME);
    }

    /**
     * Returns the store of a bridge.
     *
     * @param bridge the bridge's UID
     */
    WebhookStore of(String bridge) {
        return new WebhookStore(storage, bridge);
    }
}
