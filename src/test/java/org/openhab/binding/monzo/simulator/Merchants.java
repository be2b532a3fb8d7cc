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
import java.util.LinkedHashMap;
import java.util.Map;

/** Every shop that was paid at, once. Guarded by the {@link Ledger}. */
final class Merchants {
    private record Kind(String emoji, String category, String latitude, String longitude) {

        static Kind inTown(String emoji, String category) {
            return new Kind(emoji, category, "51.5", "-0.08");
        }

        static Kind online(String emoji, String category) {
            return new Kind(emoji, category, null, null);
        }
    }

    private static final Kind UNKNOWN = Kind.inTown("🛍️", "shopping");
    private static final Map<String, Kind> KINDS = Map.ofEntries(
            Map.entry("Corner Shop", Kind.inTown("🛒", "groceries")),
            Map.entry("Supermarket", new Kind("🛒", "groceries", "51.5392", "-0.1426")),
            Map.entry("Greengrocer", new Kind("🥕", "groceries", "51.5362", "-0.1033")),
            Map.entry("Coffee Bar", Kind.inTown("☕", "eating_out")),
            Map.entry("Noodle House", new Kind("🍜", "eating_out", "51.5115", "-0.1300")),
            Map.entry("Corner Pub", new Kind("🍺", "eating_out", "51.5405", "-0.0986")),
            Map.entry("City Railway", Kind.inTown("🚆", "transport")),
            Map.entry("Petrol Station", new Kind("⛽", "transport", "51.5497", "-0.0758")),
            Map.entry("Hotel Paris", new Kind("🏨", "holidays", "48.8566", "2.3522")),
            Map.entry("Hotel York", new Kind("🏨", "expenses", "53.9591", "-1.0815")),
            Map.entry("Cinema", new Kind("🎬", "entertainment", "51.5108", "-0.1304")),
            Map.entry("Chemist", new Kind("💊", "personal_care", "51.5379", "-0.1011")),
            Map.entry("Shoe Shop Online", Kind.online("👟", "shopping")),
            Map.entry("Film Club", Kind.online("🍿", "entertainment")),
            Map.entry("Phone Company", Kind.online("📱", "bills")),
            Map.entry("The Council", Kind.online("🏛️", "bills")),
            Map.entry("Energy Company", Kind.inTown("💡", "bills")));

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
                        decimal(kind.latitude()),
                        decimal(kind.longitude()),
                        ledger.now()));
    }

    private static BigDecimal decimal(String text) {
        return text == null ? null : new BigDecimal(text);
    }
}
