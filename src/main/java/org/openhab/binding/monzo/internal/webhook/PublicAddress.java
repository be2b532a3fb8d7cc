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

import java.time.Instant;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * A public URL that leads to the secret path of a bridge.
 *
 * @param expiresAt when it stops to, {@code null} for never
 */
@NonNullByDefault
record PublicAddress(String url, @Nullable Instant expiresAt) {

    @Override
    public String toString() {
        return "PublicAddress"; // never log the URL, which contains a secret
    }
}
