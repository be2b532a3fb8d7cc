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
package org.openhab.binding.monzo.internal.transfer;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * The name of a transfer: the ID that a rule gave it, or a random one.
 *
 * @param isGiven whether a rule gave it, and so can repeat it
 * @param dedupeId the ID of the transfer at Monzo
 */
@NonNullByDefault
record TransferName(boolean isGiven, String dedupeId) {

    private static final String PREFIX = "openhab-";

    /**
     * Returns the name for an ID. The same ID gives the same name after a restart, even if nothing was stored.
     *
     * @param id the ID as passed by a rule, {@code null} or blank for none
     */
    static TransferName of(@Nullable Object id) {
        String text = id == null ? "" : id.toString().trim();
        UUID uuid = text.isEmpty() ? UUID.randomUUID() : UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
        return new TransferName(!text.isEmpty(), PREFIX + uuid);
    }

    @Override
    public String toString() {
        return "TransferName"; // never log IDs
    }
}
