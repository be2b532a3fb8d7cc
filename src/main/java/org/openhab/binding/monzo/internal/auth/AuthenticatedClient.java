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

import java.time.Clock;
import java.time.Duration;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.HttpTransport.Pending;
import org.openhab.binding.monzo.internal.api.MonzoApi;
import org.openhab.binding.monzo.internal.api.MonzoApi.ApiRequest;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.auth.OAuthClient.AccessToken;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.internal.model.Times;

/**
 * Sends requests with the access token of a login, and repeats a request once with another token if Monzo rejects the
 * first.
 */
@NonNullByDefault
public class AuthenticatedClient {

    /** Frequent token refreshes would not help, and Monzo locks out users for them. */
    private static final Duration TOKEN_REFRESH_COOLDOWN = Duration.ofMinutes(5);

    private final TokenManager tokens;
    private final OAuthClient.Settings settings;
    private final MonzoApi api;
    private final Clock clock;

    private volatile @Nullable AccessToken accepted;
    private volatile @Nullable AccessToken rejectedAfterRefresh;

    /**
     * Creates a client.
     *
     * @param settings the settings of the caller, without which it gets no tokens
     * @param api makes the requests to the login's bank
     */
    public AuthenticatedClient(TokenManager tokens, OAuthClient.Settings settings, MonzoApi api, Clock clock) {
        this.tokens = tokens;
        this.settings = settings;
        this.api = api;
        this.clock = clock;
    }

    /** Returns the UID of the login's bridge. */
    public String bridgeUid() {
        return tokens.bridgeUid();
    }

    /** Returns the API of the login's bank. */
    public MonzoApi api() {
        return api;
    }

    /**
     * Sends a request and waits for its result.
     *
     * @throws MonzoException with the error of the response, or if the login has no valid token
     */
    public <T> T call(ApiRequest<T> request) throws MonzoException {
        return send(request).await();
    }

    /**
     * Sends a request without waiting for its response. Waits for a token refresh if one is due.
     *
     * @return the result; awaiting it may refresh the token and repeat the request, and throws as {@link #call}
     * @throws MonzoException if the login has no valid token
     */
    public <T> Pending<T> send(ApiRequest<T> request) throws MonzoException {
        AccessToken token = tokens.token(settings);
        Pending<T> response = request.send(token.value());
        return () -> result(request, response, token);
    }

    /** Returns whether the user has approved access in the app before; a 403 then means that this was withdrawn. */
    public boolean isApproved() {
        return tokens.approved() != null;
    }

    /**
     * Stores that the user has approved access, if Monzo has accepted the token.
     *
     * @param again whether access was refused since the last approval, if there was one
     * @throws MonzoException if it cannot be stored
     */
    public void storeApproval(boolean again) throws MonzoException {
        AccessToken token = accepted;
        if (token != null) {
            tokens.approved(token, again);
        }
    }

    private <T> T result(ApiRequest<T> request, Pending<T> response, AccessToken token) throws MonzoException {
        try {
            return accepted(response, token);
        } catch (MonzoException e) {
            return switch (e.kind()) {
                case TOKEN_EXPIRED, TOKEN_REFUSED -> {
                    if (isInCooldown(token)) {
                        throw rejected();
                    }
                    yield repeat(request, tokens.replaceToken(token, settings));
                }
                // A concurrent login or token refresh evicts the token of this request.
                case LOGIN_EVICTED -> {
                    if (tokens.hasNewerToken(token)) {
                        yield repeat(request, tokens.token(settings));
                    }
                    throw e;
                }
                default -> throw e;
            };
        }
    }

    private <T> T accepted(Pending<T> response, AccessToken token) throws MonzoException {
        T result = response.await();
        accepted = token;
        return result;
    }

    private <T> T repeat(ApiRequest<T> request, AccessToken token) throws MonzoException {
        try {
            return accepted(request.send(token.value()), token);
        } catch (MonzoException e) {
            if (e.kind() == ErrorKind.TOKEN_REFUSED || e.kind() == ErrorKind.TOKEN_EXPIRED) {
                rejectedAfterRefresh = token;
                throw rejected();
            }
            throw e;
        }
    }

    private boolean isInCooldown(AccessToken token) {
        return token.equals(rejectedAfterRefresh)
                && Times.isRecent(TOKEN_REFRESH_COOLDOWN, token.obtained(), clock.instant());
    }

    private static MonzoException rejected() {
        return new MonzoException(ErrorKind.REFRESHED_TOKEN_REJECTED, "a refreshed access token was rejected");
    }
}
