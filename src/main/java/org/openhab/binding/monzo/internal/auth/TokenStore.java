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
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.Json;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.auth.OAuthClient.AccessToken;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.core.auth.client.oauth2.AccessTokenResponse;
import org.openhab.core.auth.client.oauth2.OAuthClientService;
import org.openhab.core.auth.client.oauth2.OAuthException;
import org.openhab.core.auth.client.oauth2.OAuthFactory;
import org.openhab.core.auth.client.oauth2.OAuthResponseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the tokens of a login in memory and in openHAB's encrypted OAuth token store. Everything but {@link #current}
 * requires the lock of the login.
 * <p>
 * The whole login is stored as a single access token without a refresh token, because openHAB's client must never
 * refresh tokens automatically: up to openHAB 3.3 on Java 17 it cannot parse the response of a token endpoint (Gson has
 * no reflective access to {@code java.time}) and so would lose the only valid refresh token; up to 4.3 it runs
 * concurrent refreshes and has no timeout; and no version returns the bank's error response to the caller.
 */
@NonNullByDefault
class TokenStore {

    private final Logger logger = LoggerFactory.getLogger(TokenStore.class);

    private final String bridgeUid;
    private final OAuthFactory oAuthFactory;
    private String key;
    private boolean unreadable;
    private boolean replacementReported;
    private volatile @Nullable StoredTokens current;

    /**
     * Creates the token store of a login.
     *
     * @param bridgeUid the UID of the bridge, its key in openHAB's store
     */
    TokenStore(String bridgeUid, OAuthFactory oAuthFactory) {
        this.bridgeUid = bridgeUid;
        this.key = bridgeUid;
        this.oAuthFactory = oAuthFactory;
    }

    /** Returns the tokens in memory if they were obtained with these settings. Requires no lock. */
    @Nullable
    StoredTokens current(OAuthClient.Settings settings) {
        StoredTokens tokens = current;
        return tokens != null && tokens.matches(settings) ? tokens : null;
    }

    /** Returns the tokens from memory or, failing that, from the store, if they were obtained with these settings. */
    @Nullable
    StoredTokens read(OAuthClient.Settings settings) {
        StoredTokens tokens = current(settings);
        if (tokens == null) {
            StoredTokens stored = stored(open(settings));
            tokens = stored != null && stored.matches(settings) ? stored : null;
        }
        return tokens;
    }

    /** Loads the tokens into memory; deletes stored tokens that were obtained with other settings. */
    @Nullable
    StoredTokens load(OAuthClient.Settings settings) {
        StoredTokens tokens = current(settings);
        if (tokens == null) {
            tokens = stored(open(settings));
            if (tokens != null && !tokens.matches(settings)) {
                delete(settings);
                tokens = null;
            }
            current = tokens;
        }
        return tokens;
    }

    /** Returns whether {@link #load} has found tokens that are unreadable. */
    boolean isUnreadable() {
        return unreadable;
    }

    /** Saves the tokens, in the store first: losing a refresh token in a crash after its use would end the login. */
    void save(StoredTokens tokens, OAuthClient.Settings settings) throws MonzoException {
        AccessTokenResponse stored = new AccessTokenResponse();
        stored.setAccessToken(tokens.toJson());
        write(open(settings), stored);
        current = tokens;
    }

    /** Deletes the tokens. */
    void delete(OAuthClient.Settings settings) {
        // openHAB deletes only tokens written since its start. Overwrite an earlier one with an empty token first.
        try {
            write(open(settings), new AccessTokenResponse());
        } catch (MonzoException e) {
            logger.debug("{}: cannot overwrite the stored tokens: {}", key, e.getMessage());
        }
        oAuthFactory.deleteServiceAndAccessToken(key);
        current = null;
    }

    /** Opens openHAB's store anew for each call, as openHAB closes a deleted one for all its users. */
    private OAuthClientService open(OAuthClient.Settings settings) {
        try {
            key = bridgeUid;
            return open(key, settings);
        } catch (RuntimeException e) {
            // The stored client is of another type, and openHAB neither reads nor replaces it.
            if (!replacementReported) {
                replacementReported = true;
                logger.warn("{}: openHAB cannot read what it has stored of this login. Log in again.", bridgeUid);
            }
            key = bridgeUid + ".replacement";
            return open(key, settings);
        }
    }

    private OAuthClientService open(String name, OAuthClient.Settings settings) {
        // Never release the service with ungetOAuthService: this would close it during a token refresh of an earlier
        // handler of the bridge. openHAB returns the same service again.
        return oAuthFactory.createOAuthClientService(
                name,
                settings.tokenUrl(),
                settings.authorizationUrl(),
                settings.clientId(),
                null, // openHAB would store the secret in plain text, and needs it only to refresh tokens
                null,
                false);
    }

    /** Returns the stored tokens, {@code null} if there are none or they are unreadable. */
    private @Nullable StoredTokens stored(OAuthClientService service) {
        try {
            AccessTokenResponse stored = service.getAccessTokenResponse();
            String text = stored == null ? null : stored.getAccessToken();
            StoredTokens tokens = text == null ? null : StoredTokens.fromJson(text);
            unreadable = text != null && tokens == null;
            return tokens;
        } catch (OAuthException | OAuthResponseException | IOException | RuntimeException e) {
            // The data is damaged, or was restored without its encryption key. openHAB's cipher checks neither length
            // nor format of its input, so any RuntimeException may occur. Treat unreadable data as missing: the user
            // can log in again, whereas an exception would recur at every attempt.
            logger.debug(
                    "{}: cannot read the stored tokens: {}", key, e.getClass().getSimpleName());
            unreadable = true;
            return null;
        }
    }

    private static void write(OAuthClientService service, AccessTokenResponse response) throws MonzoException {
        try {
            service.importAccessTokenResponse(response);
        } catch (OAuthException e) {
            throw new MonzoException(ErrorKind.LOGIN_MISSING, "openHAB's token store is closed");
        }
    }

    /**
     * The tokens of a login as persisted, written as a unit so that all parts have the same age.
     *
     * @param settings the fingerprint of the settings used to obtain them
     * @param userId Monzo's ID of the user, {@code null} if Monzo omitted it
     * @param approved when data could first be read after the user approved access in the app, {@code null} before that
     * @param token the access token
     * @param refreshToken the single-use refresh token; {@code null} for a client that is not confidential
     */
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
        boolean matches(OAuthClient.Settings other) {
            return settings.equals(other.fingerprint());
        }

        /** Returns the same tokens with the settings of another login of the same client. */
        StoredTokens withSettings(OAuthClient.Settings other) {
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
}
