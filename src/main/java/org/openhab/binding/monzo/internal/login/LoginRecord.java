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
package org.openhab.binding.monzo.internal.login;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.Json;

/**
 * What must outlive a restart beside the tokens that openHAB's OAuth client keeps. Holds no secret.
 *
 * @param settings fingerprint of the settings that the tokens were got with
 * @param userId whose login it is, {@code null} while not known
 * @param identified whether the stored token is known to be that person's
 * @param approved whether the person had given approval in the app with this login
 * @param token fingerprint of the access token that the times are of
 * @param obtained when that token was issued
 * @param expires when it is over its time
 */
@NonNullByDefault
record LoginRecord(
        String settings,
        @Nullable String userId,
        boolean identified,
        boolean approved,
        @Nullable String token,
        @Nullable Instant obtained,
        @Nullable Instant expires) {

    static LoginRecord none(String settings) {
        return new LoginRecord(settings, null, false, false, null, null, null);
    }

    LoginRecord withToken(AccessToken newToken) {
        return new LoginRecord(
                settings,
                userId,
                identified,
                approved,
                LoginSettings.fingerprint(newToken.value()),
                newToken.obtained(),
                newToken.expires());
    }

    /** A new login: whose it is has to be found out, and it has to be approved in the app. */
    LoginRecord unidentified() {
        return new LoginRecord(settings, userId, false, false, token, obtained, expires);
    }

    LoginRecord identifiedAs(@Nullable String newUserId) {
        return new LoginRecord(
                settings, newUserId == null ? userId : newUserId, true, approved, token, obtained, expires);
    }

    LoginRecord withApproval() {
        return new LoginRecord(settings, userId, identified, true, token, obtained, expires);
    }

    String toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("settings", settings);
        json.addProperty("userId", userId);
        json.addProperty("identified", identified);
        json.addProperty("approved", approved);
        json.addProperty("token", token);
        json.addProperty("obtained", text(obtained));
        json.addProperty("expires", text(expires));
        return json.toString();
    }

    static @Nullable LoginRecord fromJson(@Nullable String text) {
        if (text == null) {
            return null;
        }
        JsonObject json = Json.objectOrEmpty(text);
        String settings = Json.text(json, "settings");
        return settings == null
                ? null
                : new LoginRecord(
                        settings,
                        Json.text(json, "userId"),
                        Boolean.TRUE.equals(Json.flag(json, "identified")),
                        Boolean.TRUE.equals(Json.flag(json, "approved")),
                        Json.text(json, "token"),
                        instant(Json.text(json, "obtained")),
                        instant(Json.text(json, "expires")));
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
