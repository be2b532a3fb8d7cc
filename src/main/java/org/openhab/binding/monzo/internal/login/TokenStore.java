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

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.HttpReply;
import org.openhab.binding.monzo.internal.api.JettyHttpExchange;
import org.openhab.binding.monzo.internal.api.Json;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.bank.Fault;
import org.openhab.core.auth.client.oauth2.AccessTokenResponse;
import org.openhab.core.auth.client.oauth2.OAuthClientService;
import org.openhab.core.auth.client.oauth2.OAuthException;
import org.openhab.core.auth.client.oauth2.OAuthFactory;
import org.openhab.core.auth.client.oauth2.OAuthResponseException;

/**
 * The tokens of one login in openHAB's own encrypted store, through openHAB's OAuth client, and that client's many ways
 * to fail told apart. Not thread-safe: {@link Login} lets one caller in at a time.
 */
@NonNullByDefault
class TokenStore {

    private static final Pattern STATUS = Pattern.compile("http code (\\d{3})");

    private final String handle;
    private final OAuthFactory oAuthFactory;
    private final OAuthClientService service;
    private final Deadline deadline;

    /**
     * Opens the store of a login.
     *
     * @param handle the name of the login in the store
     * @param deadline ends a call of the token endpoint that takes too long
     */
    TokenStore(String handle, LoginSettings settings, OAuthFactory oAuthFactory, Deadline deadline) {
        this.handle = handle;
        this.oAuthFactory = oAuthFactory;
        this.deadline = deadline;
        // The service is never given back with ungetOAuthService: that takes the store away from a renewal that may be
        // under way in another thread, and with it the only refresh token that Monzo still honours. openHAB hands the
        // same service out again.
        this.service = oAuthFactory.createOAuthClientService(
                handle,
                settings.tokenUrl(),
                settings.authorizationUrl(),
                settings.clientId(),
                settings.clientSecret(),
                null,
                false);
    }

    /**
     * Reads the stored tokens. openHAB renews them on the way when they are over their time.
     *
     * @return {@code null} when there are none, or none that can be read
     * @throws MonzoException when they had to be renewed, and that failed
     */
    @Nullable
    AccessTokenResponse load() throws MonzoException {
        AccessTokenResponse response = ask(service::getAccessTokenResponse);
        if (isUsable(response)) {
            return response;
        } else if (response != null && response.getRefreshToken() != null) {
            // Renewed on the way with an answer that held no token; the refresh token is still the old one.
            throw new MonzoException(Fault.NONSENSE, "the token endpoint sent no token");
        }
        return null;
    }

    /**
     * Renews the tokens, RFC 6749 section 6. The new ones are in the store when this returns.
     *
     * @param current put back when the bank's answer, though a success, holds no token
     */
    AccessTokenResponse renew(AccessTokenResponse current) throws MonzoException {
        AccessTokenResponse response = ask(service::refreshToken);
        if (response == null || !isUsable(response)) {
            restore(current);
            throw new MonzoException(Fault.NONSENSE, "the token endpoint sent no token");
        }
        return response;
    }

    /** The address that the person's browser is sent to, RFC 6749 section 4.1.1. */
    String authorizationUrl(String redirectUrl, String state) throws MonzoException {
        String url = ask(() -> service.getAuthorizationUrl(redirectUrl, null, state));
        if (url == null) {
            throw new MonzoException(Fault.NONSENSE, "no authorization URL");
        }
        return url;
    }

    /**
     * Exchanges an authorization code for tokens, RFC 6749 section 4.1.3. The new ones are in the store when this
     * returns.
     *
     * @param previous put back when the bank's answer, though a success, holds no token
     */
    AccessTokenResponse exchange(String code, String redirectUrl, @Nullable AccessTokenResponse previous)
            throws MonzoException {
        // openHAB's service remembers one redirect URL, the latest. Of two logins begun in two browsers, the first to
        // come back would not fit, so each brings its own again.
        authorizationUrl(redirectUrl, "exchange");
        AccessTokenResponse response = ask(() -> service.getAccessTokenResponseByAuthorizationCode(code, redirectUrl));
        if (response == null || !isUsable(response)) {
            restore(previous);
            throw new MonzoException(Fault.NONSENSE, "the token endpoint sent no token");
        }
        return response;
    }

    /** Puts earlier tokens back into the store, or none. */
    void restore(@Nullable AccessTokenResponse previous) throws MonzoException {
        AccessTokenResponse stored = previous == null ? new AccessTokenResponse() : previous;
        ask(() -> {
            service.importAccessTokenResponse(stored);
            return null;
        });
    }

    /** Deletes the tokens. The service is of no use afterwards. */
    void delete() throws MonzoException {
        // openHAB deletes only what it has written since its start, so a token from before would stay. Writing an empty
        // one first makes sure.
        try {
            restore(null);
        } finally {
            oAuthFactory.deleteServiceAndAccessToken(handle);
        }
    }

    private static boolean isUsable(@Nullable AccessTokenResponse response) {
        String token = response == null ? null : response.getAccessToken();
        return token != null && !token.isBlank();
    }

    private <T> @Nullable T ask(Callable<@Nullable T> call) throws MonzoException {
        try {
            return deadline.within(call);
        } catch (Exception e) {
            throw told(e);
        }
    }

    /**
     * What openHAB's client throws differs between its versions: up to 5.1 a 401 is an {@code OAuthException} with the
     * status in its text, or, without {@code WWW-Authenticate}, an {@code IOException} that hides Jetty's; from 5.2 on
     * it is an {@code OAuthResponseException}. Up to 3.4 an answer that is no JSON throws a formatter's exception.
     */
    private static MonzoException told(Exception e) {
        Optional<HttpReply> unauthorized = JettyHttpExchange.unchallenged(e);
        if (unauthorized.isPresent()) {
            String code = Json.text(Json.objectOrEmpty(unauthorized.get().body()), "code");
            return new MonzoException(refusal(code), "refused, HTTP 401");
        } else if (e instanceof OAuthResponseException) {
            return new MonzoException(Fault.LOGIN_REFUSED, "refused, HTTP 400 or 401");
        } else if (e instanceof IOException) {
            return JettyHttpExchange.isTimeout(e) || isInterrupted(e)
                    ? new MonzoException(Fault.TIMED_OUT, "the token endpoint gave no answer in time")
                    : new MonzoException(Fault.UNREACHABLE, "the token endpoint gave no answer");
        } else if (e instanceof OAuthException) {
            return byMessage(String.valueOf(e.getMessage()));
        }
        return new MonzoException(
                Fault.NONSENSE,
                "the token endpoint's answer made no sense: " + e.getClass().getSimpleName());
    }

    private static MonzoException byMessage(String message) {
        Matcher status = STATUS.matcher(message);
        if (status.find()) {
            int code = Integer.parseInt(status.group(1));
            String text = "HTTP " + code + " from the token endpoint";
            if (code == 429) {
                return new MonzoException(Fault.RATE_LIMITED, text);
            } else if (code >= 500) {
                return new MonzoException(Fault.SERVER_ERROR, text);
            } else if (code == 401 || code == 403) {
                return new MonzoException(Fault.LOGIN_REFUSED, text);
            }
        } else if (message.startsWith("Cannot decrypt")) {
            return new MonzoException(Fault.LOGIN_MISSING, "the stored token cannot be read");
        }
        return new MonzoException(Fault.NONSENSE, "the token endpoint's answer made no sense");
    }

    private static Fault refusal(@Nullable String code) {
        if (code != null && code.endsWith(".evicted")) {
            return Fault.LOGIN_EVICTED;
        } else if (code != null && code.contains("client")) {
            return Fault.CLIENT_REFUSED;
        }
        return Fault.LOGIN_REFUSED;
    }

    private static boolean isInterrupted(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException) {
                return true;
            }
        }
        return false;
    }
}
