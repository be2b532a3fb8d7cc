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

import com.google.gson.JsonObject;

/** The other end of a bank transfer. */
interface Counterparty {

    JsonObject json();

    /** A person with another bank. */
    static Counterparty elsewhere(String name, String userId) {
        return () -> {
            JsonObject json = new JsonObject();
            json.addProperty("account_number", "12345678");
            json.addProperty("name", name);
            json.addProperty("sort_code", "112233");
            json.addProperty("user_id", userId);
            return json;
        };
    }

    /** Another customer of this bank. */
    static Counterparty customer(BankAccount account) {
        Customer owner = account.owners().get(0);
        return () -> {
            JsonObject json = new JsonObject();
            json.addProperty("account_id", account.id());
            json.addProperty("name", owner.name());
            json.addProperty("preferred_name", owner.name());
            json.addProperty("user_id", owner.userId());
            return json;
        };
    }

    /** A company that collects a direct debit. */
    static Counterparty company(String name, String userId) {
        return () -> {
            JsonObject json = elsewhere(name, userId).json();
            json.addProperty("service_user_number", "123456");
            return json;
        };
    }
}
