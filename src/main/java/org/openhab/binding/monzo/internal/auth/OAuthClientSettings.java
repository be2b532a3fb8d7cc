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

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * The endpoints of the bank and the credentials of the OAuth client.
 *
 * @param clientId the ID of the OAuth client created at Monzo
 * @param clientSecret the secret of the OAuth client
 * @param apiUrl the base URL of the API and the token endpoint, without a trailing slash
 * @param authUrl the base URL of the authorization endpoint
 */
@NonNullByDefault
public record OAuthClientSettings(String clientId, String clientSecret, String apiUrl, String authUrl) {

    /** Returns the URL of the token endpoint, RFC 6749 section 3.2. */
    public String tokenUrl() {
        return apiUrl + "/oauth2/token";
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
     */
    String authorizationUrl(String redirectUrl, String state) {
        return authorizationUrl() + "?response_type=code&client_id=" + encoded(clientId) + "&redirect_uri="
                + encoded(redirectUrl) + "&state=" + encoded(state);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** Returns whether a user has the same ID with both settings. */
    public boolean isSameBank(OAuthClientSettings other) {
        return apiUrl.equals(other.apiUrl);
    }

    /**
     * Returns whether a login with one of the settings ends a login of the same user with the other. The secret does
     * not matter, as it may be regenerated.
     */
    public boolean isSameClient(OAuthClientSettings other) {
        return isSameBank(other) && clientId.equals(other.clientId);
    }

    /** Returns a hash that changes when tokens obtained with these settings must no longer be used. */
    String fingerprint() {
        return fingerprint(String.join("\n", apiUrl, clientId, clientSecret));
    }

    static String fingerprint(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not available", e);
        }
    }

    @Override
    public String toString() {
        return "OAuthClientSettings[" + apiUrl + "]"; // never log the ID or the secret
    }
}
