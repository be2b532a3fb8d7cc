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

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.model.PotTransfer.Direction;
import org.openhab.binding.monzo.internal.transfer.TransferFailure.Reason;
import org.openhab.core.types.UnDefType;

/**
 * The ID of a transfer: derived from the one that a rule gave it, or random.
 *
 * @param dedupeId the ID of the transfer at Monzo
 * @param isGiven whether a rule gave it, and so can repeat it
 * @param name the name that a script gave it, {@code null} for none
 */
@NonNullByDefault
record TransferId(
        String dedupeId, boolean isGiven, @Nullable String name) {

    private static final String PREFIX = "openhab-";

    /** Numbers with more zeros stay in scientific notation. */
    private static final int MAX_SCALE = 30;

    /** A longer name is cut off where it is shown. */
    private static final int MAX_NAME = 100;

    /**
     * Returns the ID of a transfer. The same ID of a rule gives the same after a restart, even if nothing was stored.
     *
     * @param id the ID as passed by a rule, {@code null} for none
     * @throws TransferFailure if it identifies nothing: blank, or the state of an item without a value
     */
    static TransferId of(@Nullable Object id) throws TransferFailure {
        if (id instanceof UnDefType) {
            throw new TransferFailure(Reason.ID_UNDEFINED);
        }
        if (id == null) {
            return random();
        }
        String text = text(id).trim();
        if (text.isEmpty()) {
            throw new TransferFailure(Reason.ID_BLANK);
        }
        return new TransferId(uuid(text), true, text.substring(0, Math.min(MAX_NAME, text.length())));
    }

    /** Returns a new ID. */
    static TransferId random() {
        return new TransferId(PREFIX + UUID.randomUUID(), false, null);
    }

    /**
     * Returns the ID of the transfer for a transaction. It has the pot and the direction too: of two rules, one may pay
     * the same payment back from a pot that the other one rounds up into another.
     */
    static TransferId of(String transactionId, String potId, Direction direction) {
        return new TransferId(uuid(transactionId + "/" + potId + "/" + direction), true, null);
    }

    private static String uuid(String text) {
        return PREFIX + UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the text of an ID; of a number without its type, as a script's 5 is now an integer, now a double 5.0. */
    private static String text(Object id) {
        if (id instanceof Number) {
            try {
                BigDecimal number = new BigDecimal(id.toString()).stripTrailingZeros();
                return Math.abs(number.scale()) > MAX_SCALE ? number.toString() : number.toPlainString();
            } catch (NumberFormatException e) {
                // not finite, or with a unit
            }
        }
        return String.valueOf(id);
    }

    @Override
    public String toString() {
        return "TransferId"; // never log IDs
    }
}
