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
package org.openhab.binding.monzo.internal.api;

import com.google.gson.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.bank.Fault;

/**
 * {@code POST /oauth2/token} in the name of one OAuth client, RFC 6749 sections 4.1.3 and 6. Each call is one request;
 * none retries.
 */
@NonNullByDefault
public class TokenEndpoint {

    /** Monzo documents six hours. */
    private static final Duration USUAL_LIFE = Duration.ofHours(6);

    private final String url;
    private final String clientId;
    private final String clientSecret;
    private final HttpExchange http;
    private final Clock clock;

    public TokenEndpoint(String url, String clientId, String clientSecret, HttpExchange http, Clock clock) {
        this.url = url;
        this.clientId = clientId;
        this.clientSecret = clientSecret;
        this.http = http;
        this.clock = clock;
    }

    /**
     * Exchanges an authorization code for tokens.
     *
     * @param redirectUrl the one that the code was got with
     * @throws MonzoException {@code CLIENT_REFUSED}, {@code LOGIN_REFUSED}, or a fault of remedy {@code WAIT}
     */
    public TokenGrant exchange(String code, String redirectUrl) throws MonzoException {
        return grant(Map.of("grant_type", "authorization_code", "code", code, "redirect_uri", redirectUrl));
    }

    /**
     * Exchanges a refresh token for new tokens. After the call the old refresh token is worthless, even if the answer
     * is lost.
     *
     * @throws MonzoException {@code CLIENT_REFUSED}, {@code LOGIN_REFUSED}, {@code LOGIN_EVICTED}, or a fault of remedy
     *         {@code WAIT}
     */
    public TokenGrant refresh(String refreshToken) throws MonzoException {
        return grant(Map.of("grant_type", "refresh_token", "refresh_token", refreshToken));
    }

    private TokenGrant grant(Map<String, String> fields) throws MonzoException {
        Map<String, String> form = new HashMap<>(fields);
        form.put("client_id", clientId);
        form.put("client_secret", clientSecret);
        HttpReply reply = http.post(url, null, form);
        throwIfRefused(reply);
        JsonObject json = Replies.object(reply, clock.instant());
        String accessToken = Json.text(json, "access_token");
        if (accessToken == null) {
            throw new MonzoException(Fault.NONSENSE, "the token endpoint sent no token");
        }
        Long seconds = Json.wholeNumber(json, "expires_in");
        return new TokenGrant(
                accessToken,
                Json.text(json, "refresh_token"),
                seconds == null || seconds < 0 ? USUAL_LIFE : Duration.ofSeconds(Math.min(seconds, Integer.MAX_VALUE)),
                Json.text(json, "user_id"));
    }

    /**
     * RFC 6749 section 5.2 has a 400 with an {@code error}; Monzo was seen to answer 401 with a {@code code}. A 400
     * with a web page is some proxy's.
     */
    private static void throwIfRefused(HttpReply reply) throws MonzoException {
        int status = reply.status();
        JsonObject body = Json.objectOrEmpty(reply.body());
        boolean isPage = body.size() == 0 && !reply.body().isBlank();
        if (status == 401 || (status == 400 || status == 403) && !isPage) {
            throw new MonzoException(
                    refusal(Json.text(body, "code"), Json.text(body, "error")), "refused, HTTP " + status);
        }
    }

    private static Fault refusal(@Nullable String code, @Nullable String error) {
        if (code != null && code.endsWith(".evicted")) {
            return Fault.LOGIN_EVICTED;
        } else if (code != null && code.contains("client") || error != null && error.contains("client")) {
            return Fault.CLIENT_REFUSED;
        }
        return Fault.LOGIN_REFUSED;
    }
}
