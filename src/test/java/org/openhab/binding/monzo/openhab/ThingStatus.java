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
package org.openhab.binding.monzo.openhab;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/**
 * The status of a thing as returned by REST.
 *
 * @param status for example {@code OFFLINE}
 * @param detail for example {@code CONFIGURATION_PENDING}, or {@code NONE}
 * @param description the status text, empty if there is none
 */
public record ThingStatus(String status, String detail, String description) {

    static ThingStatus of(JsonObject statusInfo) {
        return new ThingStatus(
                statusInfo.get("status").getAsString(),
                statusInfo.get("statusDetail").getAsString(),
                text(statusInfo.get("description")));
    }

    private static String text(JsonElement element) {
        return element == null || element.isJsonNull() ? "" : element.getAsString();
    }

    /**
     * @return whether the thing is online
     */
    public boolean isOnline() {
        return "ONLINE".equals(status);
    }
}
