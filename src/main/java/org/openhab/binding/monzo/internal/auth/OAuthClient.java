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

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.HttpTransport;
import org.openhab.binding.monzo.internal.api.HttpTransport.HttpRequest;
import org.openhab.binding.monzo.internal.api.HttpTransport.HttpResponse;
import org.openhab.binding.monzo.internal.api.HttpTransport.Pending;
import org.openhab.binding.monzo.internal.api.Json;
import org.openhab.binding.monzo.internal.api.MonzoApi;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.auth.TokenStore.StoredTokens;
import org.openhab.binding.monzo.internal.model.ErrorKind;

/**
 * The OAuth client of a login: requests its tokens from {@code POST /oauth2/token}, RFC 6749 sections 4.1.3 and 6, and
 * ends their use. No request is retried.
 */
@NonNullByDefault
public class OAuthClient {

    /** Monzo documents six hours. */
    private static final Duration DEFAULT_EXPIRES_IN = Duration.ofHours(6);

    /** About 68 years, within the range of dates. */
    private static final BigInteger MAX_EXPIRES_IN = BigInteger.valueOf(Integer.MAX_VALUE);

    /** Seconds with an ignored fraction; no exponents, with which ten characters could expand to a gigabyte. */
    private static final Pattern SECONDS = Pattern.compile("(\\d{1,40})(?:\\.\\d{0,40})?");

    private static final Set<String> OAUTH_ERRORS = Set.of(
            "invalid_request",
            "invalid_client",
            "invalid_grant",
            "unauthorized_client",
            "unsupported_grant_type",
            "invalid_scope");

    private static final String PATH = "/oauth2/token";

    private final Settings settings;
    private final HttpTransport http;
    private final Clock clock;
    private final MonzoApi api;

    /**
     * Creates a client.
     *
     * @param http sends the requests for tokens
     * @param api the API of the same bank
     */
    OAuthClient(Settings settings, HttpTransport http, Clock clock, MonzoApi api) {
        this.settings = settings;
        this.http = http;
        this.clock = clock;
        this.api = api;
    }

    Settings settings() {
        return settings;
    }

    /**
     * Invalidates an access token and its refresh token at Monzo.
     *
     * @throws MonzoException with the error of the response
     */
    void logOut(AccessToken token) throws MonzoException {
        api.logOut(token.value());
    }

    /**
     * Exchanges an authorization code for the tokens of a new login, which is not approved in the app yet.
     *
     * @param redirectUrl the redirection URI of the authorization request
     * @throws MonzoException {@code CLIENT_REFUSED}, {@code LOGIN_REFUSED}, or an error of recovery {@code RETRY}
     */
    StoredTokens exchange(String code, String redirectUrl) throws MonzoException {
        return tokens(Map.of("grant_type", "authorization_code", "code", code, "redirect_uri", redirectUrl));
    }

    /**
     * Exchanges a refresh token for new tokens. The old refresh token is invalid afterwards, even if the
     * response is lost.
     *
     * @throws MonzoException {@code CLIENT_REFUSED}, {@code LOGIN_REFUSED}, {@code LOGIN_EVICTED}, or an error of
     *         recovery {@code RETRY}
     */
    StoredTokens refresh(String refreshToken) throws MonzoException {
        return tokens(Map.of("grant_type", "refresh_token", "refresh_token", refreshToken));
    }

    private StoredTokens tokens(Map<String, String> fields) throws MonzoException {
        Map<String, String> form = new HashMap<>(fields);
        form.put("client_id", settings.clientId());
        form.put("client_secret", settings.clientSecret());
        Pending<HttpResponse> response =
                http.send(new HttpRequest("POST", settings.apiUrl(), PATH, form, null, () -> true));
        return api.statistics()
                .count("POST " + PATH, () -> tokens(response.await()))
                .await();
    }

    private StoredTokens tokens(HttpResponse response) throws MonzoException {
        throwIfRejected(response);
        // The refresh token has been used by now, so accept the tokens of any successful response, not only of a 200.
        JsonObject json =
                response.status() / 100 == 2 ? Json.leadingObject(response.body()) : response.object(clock.instant());
        String accessToken = Json.text(json, "access_token");
        if (accessToken == null) {
            throw new MonzoException(ErrorKind.INVALID_RESPONSE, "token response without an access token");
        }
        Instant now = clock.instant();
        return new StoredTokens(
                settings.fingerprint(),
                Json.text(json, "user_id"),
                null,
                new AccessToken(accessToken, now, now.plus(expiresIn(json))),
                Json.text(json, "refresh_token"));
    }

    /** Returns the lifetime, Monzo's usual one if it is invalid: the tokens must not be lost because of it. */
    private static Duration expiresIn(JsonObject json) {
        JsonElement value = json.get("expires_in");
        String text =
                value != null && value.isJsonPrimitive() ? value.getAsString().trim() : "";
        Matcher seconds = SECONDS.matcher(text);
        if (!seconds.matches()) {
            return DEFAULT_EXPIRES_IN;
        }
        BigInteger whole = new BigInteger(seconds.group(1));
        return Duration.ofSeconds(whole.min(MAX_EXPIRES_IN).longValue());
    }

    /**
     * Throws if the request was rejected, so that a new login is required: with an {@code error} of RFC 6749 section
     * 5.2 or a {@code code} of Monzo; any other response may come from a proxy. A 401 without a body counts as
     * a rejection too, because Jetty may discard the body.
     */
    private static void throwIfRejected(HttpResponse response) throws MonzoException {
        int status = response.status();
        if (status != 400 && status != 401 && status != 403) {
            return;
        }
        JsonObject body = Json.objectOrEmpty(response.body());
        String code = Json.text(body, "code");
        String error = Json.text(body, "error");
        boolean hasErrorCode = code != null || error != null && OAUTH_ERRORS.contains(error);
        if (hasErrorCode || status == 401 && response.body().isBlank()) {
            throw new MonzoException(rejection(code, error), "rejected with HTTP " + status);
        } else if (status == 401) {
            throw new MonzoException(ErrorKind.INVALID_RESPONSE, "HTTP 401 without an error code");
        }
    }

    private static ErrorKind rejection(@Nullable String code, @Nullable String error) {
        if (code != null && code.endsWith(".evicted")) {
            return ErrorKind.LOGIN_EVICTED;
        } else if (code != null && code.contains("client") || error != null && error.contains("client")) {
            return ErrorKind.CLIENT_REFUSED;
        }
        return ErrorKind.LOGIN_REFUSED;
    }

    /**
     * An access token with its validity period.
     *
     * @param value the bearer token
     * @param obtained time of issue
     * @param expires time of expiry
     */
    public record AccessToken(String value, Instant obtained, Instant expires) {

        /** Long enough to retry a failed refresh several times while the token still works. */
        private static final Duration MAX_LEAD = Duration.ofMinutes(30);

        private static final int LEAD_FRACTION = 4;

        /**
         * Returns the time from which to refresh the token: half an hour before it expires, less for short-lived
         * tokens.
         */
        public Instant refreshDue() {
            Duration lead = Duration.between(obtained, expires).dividedBy(LEAD_FRACTION);
            return expires.minus(lead.compareTo(MAX_LEAD) > 0 ? MAX_LEAD : lead);
        }

        @Override
        public String toString() {
            return "AccessToken[expires=" + expires + "]"; // never log the token
        }
    }

    /**
     * The endpoints of the bank and the credentials of the OAuth client.
     *
     * @param clientId the ID of the OAuth client created at Monzo
     * @param clientSecret the secret of the OAuth client
     * @param apiUrl the base URL of the API and the token endpoint, without a trailing slash
     * @param authUrl the base URL of the authorization endpoint
     */
    public record Settings(String clientId, String clientSecret, String apiUrl, String authUrl) {

        /** Returns the URL of the token endpoint, RFC 6749 section 3.2. */
        public String tokenUrl() {
            return apiUrl + PATH;
        }

        /** Returns the URL of the authorization endpoint, RFC 6749 section 3.1. */
        public String authorizationUrl() {
            return authUrl + "/";
        }

        /**
         * Returns the URL of the authorization request, RFC 6749 section 4.1.1.
         * <p>
         * openHAB's OAuth client could build it too. But creating that client opens the token store, which would make a
         * browser wait for a token refresh in progress and create an entry for a bridge that is being removed.
         *
         * @param redirectUrl the redirection URI, exactly as registered at Monzo
         * @param state the state to be returned in the response, RFC 6749 section 10.12
         */
        public String authorizationUrl(String redirectUrl, String state) {
            return authorizationUrl() + "?response_type=code&client_id=" + encoded(clientId) + "&redirect_uri="
                    + encoded(redirectUrl) + "&state=" + encoded(state);
        }

        private static String encoded(String value) {
            return URLEncoder.encode(value, StandardCharsets.UTF_8);
        }

        /** Returns whether a user has the same ID with both settings. */
        public boolean isSameBank(Settings other) {
            return apiUrl.equals(other.apiUrl);
        }

        /**
         * Returns whether a login with one of the settings ends a login of the same user with the other. The secret
         * does not matter, as it may be regenerated.
         */
        public boolean isSameClient(Settings other) {
            return isSameBank(other) && clientId.equals(other.clientId);
        }

        /** Returns a hash that changes when tokens obtained with these settings must no longer be used. */
        String fingerprint() {
            String text = String.join("\n", apiUrl, clientId, clientSecret);
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
                return HexFormat.of().formatHex(hash);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("SHA-256 is not available", e);
            }
        }

        @Override
        public String toString() {
            return "Settings[" + apiUrl + "]"; // never log the ID or the secret
        }
    }
}
