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
package org.openhab.binding.monzo.simulator;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A shop that takes cards.
 *
 * @param id the bank's id of the shop, {@code merch_…}
 * @param groupId the id of the chain it belongs to, {@code grp_…}
 * @param name the name that the app shows
 * @param emoji the emoji that the app shows
 * @param category the category of payments there
 * @param latitude where it is, null for a shop in the internet
 * @param longitude where it is, null for a shop in the internet
 * @param created when the bank first saw the shop
 */
record Merchant(
        String id,
        String groupId,
        String name,
        String emoji,
        String category,
        BigDecimal latitude,
        BigDecimal longitude,
        Instant created) {

    boolean isOnline() {
        return latitude == null;
    }

    /** The text a card terminal sends: shouted, padded, cut off. */
    String terminalText() {
        return String.format("%-22.22s LONDON        GBR", name.toUpperCase(java.util.Locale.ROOT));
    }
}
