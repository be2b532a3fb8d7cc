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
import org.openhab.binding.monzo.internal.api.TokenGrant;

/**
 * A login as it outlives a restart, written as one, so that no part of it can be newer than another.
 *
 * @param settings fingerprint of the settings it was got with
 * @param userId whose it is, {@code null} where Monzo did not say
 * @param approved whether the person has given approval in the app
 * @param token to call the bank with
 * @param refreshToken to renew that token with, once; {@code null} for a client that is not confidential
 */
@NonNullByDefault
record StoredTokens(
        String settings,
        @Nullable String userId,
        boolean approved,
        AccessToken token,
        @Nullable String refreshToken) {

    /** A new login: it has to be approved in the app. */
    static StoredTokens of(TokenGrant grant, String settings, Instant now) {
        return new StoredTokens(settings, grant.userId(), false, token(grant, now), grant.refreshToken());
    }

    /** The same login with renewed tokens. */
    StoredTokens renewed(TokenGrant grant, Instant now) {
        String newRefreshToken = grant.refreshToken();
        return new StoredTokens(
                settings,
                userId,
                approved,
                token(grant, now),
                // RFC 6749 section 6: without a new one, the old one stays valid.
                newRefreshToken == null ? refreshToken : newRefreshToken);
    }

    /** Whether both are known to be of somebody, and not of the same person. */
    boolean isOfAnotherPerson(StoredTokens other) {
        String person = userId;
        String otherPerson = other.userId;
        return person != null && otherPerson != null && !person.equals(otherPerson);
    }

    /** Whether both are known to be of the same person. */
    boolean isOfSamePerson(StoredTokens other) {
        String person = userId;
        return person != null && person.equals(other.userId);
    }

    /** Whether it was got with these settings. */
    boolean isOf(OAuthClientSettings used) {
        return settings.equals(used.fingerprint());
    }

    /** The same tokens, stored with the settings of another login of the same client. */
    StoredTokens withSettings(OAuthClientSettings used) {
        return new StoredTokens(used.fingerprint(), userId, approved, token, refreshToken);
    }

    StoredTokens withApproval() {
        return new StoredTokens(settings, userId, true, token, refreshToken);
    }

    private static AccessToken token(TokenGrant grant, Instant now) {
        return new AccessToken(grant.accessToken(), now, now.plus(grant.life()));
    }

    String toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("settings", settings);
        json.addProperty("userId", userId);
        json.addProperty("approved", approved);
        json.addProperty("accessToken", token.value());
        json.addProperty("obtained", token.obtained().toString());
        json.addProperty("expires", token.expires().toString());
        json.addProperty("refreshToken", refreshToken);
        return json.toString();
    }

    /** Reads what {@link #toJson} wrote; {@code null} for anything else. */
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
                Boolean.TRUE.equals(Json.flag(json, "approved")),
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
        return "StoredTokens[" + token + "]"; // neither tokens nor the person belong in a log
    }
}
