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

import java.util.LinkedHashMap;
import java.util.Map;

/** Every shop that was paid at, once. Guarded by the {@link Ledger}. */
final class Merchants {
    private record Kind(String emoji, String category) {}

    private static final Kind UNKNOWN = new Kind("🛍️", "shopping");
    private static final Map<String, Kind> KINDS = Map.of(
            "Corner Shop", new Kind("🛒", "groceries"),
            "Coffee Bar", new Kind("☕", "eating_out"),
            "City Railway", new Kind("🚆", "transport"),
            "Hotel Paris", new Kind("🏨", "holidays"),
            "Energy Company", new Kind("💡", "bills"));

    private final Ledger ledger;
    private final Map<String, Merchant> byName = new LinkedHashMap<>();

    Merchants(Ledger ledger) {
        this.ledger = ledger;
    }

    Merchant named(String name) {
        Kind kind = KINDS.getOrDefault(name, UNKNOWN);
        return byName.computeIfAbsent(
                name,
                n -> new Merchant(
                        ledger.newEntryId("merch"),
                        ledger.newEntryId("grp"),
                        n,
                        kind.emoji(),
                        kind.category(),
                        ledger.now()));
    }
}
