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
 * What a login needs to know of the bank and of the OAuth client.
 *
 * @param clientId of the OAuth client made at Monzo
 * @param clientSecret of the same
 * @param apiUrl where tokens and data are, without a slash at its end
 * @param authUrl where the person's browser is sent to
 */
@NonNullByDefault
public record OAuthClientSettings(String clientId, String clientSecret, String apiUrl, String authUrl) {

    /** The token endpoint, RFC 6749 section 3.2. */
    public String tokenUrl() {
        return apiUrl + "/oauth2/token";
    }

    /** The authorization endpoint, RFC 6749 section 3.1. */
    public String authorizationUrl() {
        return authUrl + "/";
    }

    /**
     * The authorization request, RFC 6749 section 4.1.1.
     * <p>
     * openHAB's OAuth client could make it too, but to get that client is to open the store, for which a browser would
     * wait as long as a renewal takes, and in which an entry would be made for a bridge that is being removed.
     */
    String authorizationUrl(String redirectUrl, String state) {
        return authorizationUrl() + "?response_type=code&client_id=" + encoded(clientId) + "&redirect_uri="
                + encoded(redirectUrl) + "&state=" + encoded(state);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** Whether a person has the same user ID in both. */
    boolean isSameBank(OAuthClientSettings other) {
        return apiUrl.equals(other.apiUrl);
    }

    /** Whether a login with one ends a login of the same person with the other. A secret may be renewed. */
    boolean isSameClient(OAuthClientSettings other) {
        return isSameBank(other) && clientId.equals(other.clientId);
    }

    /** Changes when a token got with these settings must not be used any more. */
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
        return "OAuthClientSettings[" + apiUrl + "]"; // neither id nor secret belong in a log
    }
}
