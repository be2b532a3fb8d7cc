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

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;

/** Pots in Monzo's JSON. */
final class PotJson {
    private PotJson() {}

    static JsonObject pot(BankPot pot) {
        JsonObject json = new JsonObject();
        json.addProperty("id", pot.id());
        json.addProperty("name", pot.name());
        json.addProperty("style", pot.style());
        json.addProperty("balance", pot.balance());
        json.addProperty("currency", pot.account().currency());
        json.addProperty("created", Timestamps.text(pot.created()));
        json.addProperty("updated", Timestamps.text(pot.updated()));
        json.addProperty("deleted", pot.isDeleted());
        if (pot.form() == JsonForm.DOCS) {
            return json;
        }
        if (pot.goal() != null) {
            json.addProperty("goal_amount", pot.goal());
        }
        boolean savings = pot.isFlexibleSavings();
        json.addProperty("type", savings ? "flexible_savings" : "default");
        json.addProperty("product_id", savings ? "ISA" : "default");
        json.addProperty("isa_wrapper", savings ? "ISA" : "");
        json.addProperty("current_account_id", pot.account().id());
        json.addProperty("cover_image_url", "https://public-images.example/pot.png");
        json.addProperty("round_up", pot.roundUpMultiplier() != null);
        if (pot.roundUpMultiplier() != null) {
            json.addProperty("round_up_multiplier", pot.roundUpMultiplier());
        } else {
            json.add("round_up_multiplier", JsonNull.INSTANCE);
        }
        json.addProperty("is_tax_pot", false);
        json.addProperty("available_for_bills", true);
        json.addProperty("has_virtual_cards", false);
        json.addProperty("locked", pot.isLocked());
        if (pot.isLocked()) {
            json.addProperty("lock_type", "until_date");
            json.addProperty("locked_until", Timestamps.toTheSecond(pot.lockedUntil()));
        }
        if (pot.form() == JsonForm.NEWEST) {
            json.addProperty("charity_id", "");
        }
        return json;
    }
}
