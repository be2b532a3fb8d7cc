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
package org.openhab.binding.monzo.internal.model;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * A webhook registered at Monzo for an account.
 *
 * @param id Monzo's ID of the webhook, empty if it did not send a usable one
 * @param url the URL that Monzo calls
 */
@NonNullByDefault
public record Webhook(String id, String url) {

    /** Returns whether the webhook has an ID to delete it by. */
    public boolean canBeDeleted() {
        return !id.isEmpty();
    }

    @Override
    public String toString() {
        return "Webhook[" + id + "]"; // never log the URL, which contains a secret
    }
}
