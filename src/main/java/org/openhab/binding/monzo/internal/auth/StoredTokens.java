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
package org.openhab.binding.monzo.internal.auth;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.Json;

/**
 * The tokens of a login as persisted, written as a unit so that all parts have the same age.
 *
 * @param settings the fingerprint of the settings used to obtain them
 * @param userId Monzo's ID of the user, {@code null} if Monzo omitted it
 * @param approved when data could first be read after the user approved access in the app, {@code null} before that
 * @param token the access token
 * @param refreshToken the single-use refresh token; {@code null} for a client that is not confidential
 */
@NonNullByDefault
record StoredTokens(
        String settings,
        @Nullable String userId,
        @Nullable Instant approved,
        AccessToken token,
        @Nullable String refreshToken) {

    /** Returns the same login with the tokens that a refresh has issued. */
    StoredTokens refreshed(StoredTokens issued) {
        String newRefreshToken = issued.refreshToken;
        return new StoredTokens(
                settings,
                userId == null ? issued.userId : userId,
                approved,
                issued.token,
                // RFC 6749 section 6: without a new one, the old one stays valid.
                newRefreshToken == null ? refreshToken : newRefreshToken);
    }

    /** Returns whether both user IDs are known and differ. */
    boolean belongsToDifferentUser(StoredTokens other) {
        String user = userId;
        String otherUser = other.userId;
        return user != null && otherUser != null && !user.equals(otherUser);
    }

    /** Returns whether both user IDs are known and equal. */
    boolean belongsToSameUser(StoredTokens other) {
        String user = userId;
        return user != null && user.equals(other.userId);
    }

    /** Returns whether these tokens were obtained with the given settings. */
    boolean matches(OAuthClientSettings other) {
        return settings.equals(other.fingerprint());
    }

    /** Returns the same tokens with the settings of another login of the same client. */
    StoredTokens withSettings(OAuthClientSettings other) {
        return new StoredTokens(other.fingerprint(), userId, approved, token, refreshToken);
    }

    StoredTokens withApproval(Instant time) {
        return new StoredTokens(settings, userId, time, token, refreshToken);
    }

    String toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("settings", settings);
        json.addProperty("userId", userId);
        json.addProperty("approved", approved == null ? null : approved.toString());
        json.addProperty("accessToken", token.value());
        json.addProperty("obtained", token.obtained().toString());
        json.addProperty("expires", token.expires().toString());
        json.addProperty("refreshToken", refreshToken);
        return json.toString();
    }

    /** Parses the output of {@link #toJson}; returns {@code null} for any other text. */
    static @Nullable StoredTokens fromJson(String text) {
        JsonObject json = Json.objectOrEmpty(text);
        String settings = Json.text(json, "settings");
        String accessToken = Json.text(json, "accessToken");
        Instant obtained = instant(Json.text(json, "obtained"));
        Instant expires = instant(Json.text(json, "expires"));
        if (settings == null || accessToken == null || obtained == null || expires == null) {
            return null;
        }
        return new StoredTokens(
                settings,
                Json.text(json, "userId"),
                instant(Json.text(json, "approved")),
                new AccessToken(accessToken, obtained, expires),
                Json.text(json, "refreshToken"));
    }

    private static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    @Override
    public String toString() {
        return "StoredTokens[" + token + "]"; // never log tokens or the user
    }
}
