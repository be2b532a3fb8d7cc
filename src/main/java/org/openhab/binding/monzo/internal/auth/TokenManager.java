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
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.ErrorMapper;
import org.openhab.binding.monzo.internal.api.MonzoApi;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.api.TokenEndpoint;
import org.openhab.binding.monzo.internal.api.TokenGrant;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.internal.model.ErrorKind.Recovery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Manages the tokens of one login: refreshes the access token before it expires and rejects tokens of a different user.
 * <p>
 * Monzo's refresh tokens are single-use, so only one thread at a time may use them. The lock belongs to the login's
 * handle rather than to this object, so that it also covers successive handlers of a bridge.
 */
@NonNullByDefault
public class TokenManager {

    private static final Duration REFRESH_RETRY_DELAY = Duration.ofMinutes(2);

    private final Logger logger = LoggerFactory.getLogger(TokenManager.class);

    private final OAuthClientSettings settings;
    private final SharedTokens shared;
    private final AuthorizationFlow flow;
    private final TokenEndpoint tokenEndpoint;
    private final MonzoApi api;
    private final Clock clock;

    private Instant noRefreshBefore = Instant.MIN;
    private Instant blockedUntil = Instant.MIN;

    TokenManager(
            OAuthClientSettings settings,
            SharedTokens shared,
            AuthorizationFlow flow,
            TokenEndpoint tokenEndpoint,
            MonzoApi api,
            Clock clock) {
        this.settings = settings;
        this.shared = shared;
        this.flow = flow;
        this.tokenEndpoint = tokenEndpoint;
        this.api = api;
        this.clock = clock;
    }

    String handle() {
        return shared.handle();
    }

    OAuthClientSettings settings() {
        return settings;
    }

    ReentrantLock lock() {
        return shared.lock();
    }

    /**
     * Returns a valid access token, refreshing it if due. May block for a request.
     *
     * @throws MonzoException of recovery {@code REAUTHORIZE} if the user has to log in; of recovery {@code RETRY} if
     *     the refresh failed and the old token has expired
     */
    public AccessToken token() throws MonzoException {
        shared.lock().lock();
        try {
            StoredTokens tokens = requireTokens();
            AccessToken token = tokens.token();
            Instant now = clock.instant();
            if (!now.isBefore(token.expires())) {
                return refresh(tokens);
            } else if (tokens.refreshToken() != null
                    && !now.isBefore(token.refreshDue())
                    && !now.isBefore(noRefreshBefore)) {
                return refreshEarly(tokens, now);
            }
            return token;
        } finally {
            shared.lock().unlock();
        }
    }

    /**
     * Refreshes a token that is still valid. A failure is harmless until the token expires, so the refresh is retried
     * later after any error, unless Monzo rejected it.
     */
    private AccessToken refreshEarly(StoredTokens tokens, Instant now) throws MonzoException {
        try {
            return refresh(tokens);
        } catch (MonzoException e) {
            if (e.kind().recovery() == Recovery.REAUTHORIZE) {
                throw e;
            }
            logger.debug("{}: token refresh failed, will retry: {}", handle(), e.getMessage());
            Duration retryAfter = e.retryAfter();
            noRefreshBefore = now.plus(retryAfter == null ? REFRESH_RETRY_DELAY : retryAfter);
            return tokens.token();
        }
    }

    /**
     * Returns a replacement for a rejected token, refreshing it unless another caller already has.
     *
     * @param rejected the rejected token
     * @throws MonzoException as {@link #token}
     */
    public AccessToken replaceToken(AccessToken rejected) throws MonzoException {
        shared.lock().lock();
        try {
            StoredTokens tokens = requireTokens();
            return tokens.token().value().equals(rejected.value()) ? refresh(tokens) : tokens.token();
        } finally {
            shared.lock().unlock();
        }
    }

    /** Returns whether a new login or a refresh has replaced this token. */
    public boolean hasNewerToken(AccessToken token) {
        shared.lock().lock();
        try {
            StoredTokens tokens = current();
            return tokens != null && !tokens.token().value().equals(token.value());
        } finally {
            shared.lock().unlock();
        }
    }

    /**
     * Returns Monzo's ID of the logged-in user, {@code null} if it is unknown. Never blocks. The ID must not be
     * displayed or logged.
     */
    public @Nullable String userId() {
        StoredTokens tokens = current();
        return tokens == null ? null : tokens.userId();
    }

    private AccessToken refresh(StoredTokens tokens) throws MonzoException {
        throwIfOutdated(); // never request tokens that cannot be stored
        String refreshToken = tokens.refreshToken();
        if (refreshToken == null) {
            throw new MonzoException(ErrorKind.CLIENT_NOT_CONFIDENTIAL, "no refresh token");
        }
        TokenGrant grant = requestRefresh(refreshToken);
        logger.debug("{}: token refreshed", handle());
        noRefreshBefore = Instant.MIN;
        StoredTokens refreshed = tokens.refreshed(grant, clock.instant());
        save(refreshed);
        return refreshed.token();
    }

    /** Requests new tokens, unless a Retry-After period of the bank has not elapsed yet. */
    private TokenGrant requestRefresh(String refreshToken) throws TokenRefreshException {
        try {
            Instant now = clock.instant();
            Duration remaining = Duration.between(now, blockedUntil);
            // A longer time than any accepted Retry-After means that the clock was set back.
            if (!remaining.isNegative()
                    && !remaining.isZero()
                    && remaining.compareTo(ErrorMapper.MAX_RETRY_AFTER) <= 0) {
                throw new MonzoException(
                        ErrorKind.RATE_LIMITED, "the token endpoint is rate-limited, request not sent", remaining);
            }
            shared.refreshLimiter().acquire();
            return tokenEndpoint.refresh(refreshToken);
        } catch (MonzoException e) {
            Duration retryAfter = e.retryAfter();
            if (retryAfter != null) {
                blockedUntil = clock.instant().plus(retryAfter);
            }
            throw new TokenRefreshException(e);
        }
    }

    /**
     * Returns the URL of the authorization request. Never blocks.
     *
     * @param redirectUrl the redirection URI, exactly as registered at Monzo
     * @param state the state to be returned in the response, RFC 6749 section 10.12
     * @return the URL at Monzo to redirect the browser to
     * @throws MonzoException {@code LOGIN_MISSING} if the bridge was edited or removed
     */
    public String authorizationUrl(String redirectUrl, String state) throws MonzoException {
        throwIfOutdated();
        return settings.authorizationUrl(redirectUrl, state);
    }

    /**
     * Exchanges an authorization code for tokens and stores them if they belong to the user of this login. Tokens of a
     * user with another login in openHAB are assigned to that login.
     *
     * @param code the authorization code
     * @param redirectUrl the redirection URI of the authorization request
     * @return how the tokens were used
     * @throws MonzoException {@code OTHER_PERSON}, {@code LOGIN_REFUSED}, {@code CLIENT_REFUSED} or of recovery {@code
     *     RETRY}; the previous tokens are then kept
     */
    public LoginResult logIn(String code, String redirectUrl) throws MonzoException {
        return flow.complete(this, code, redirectUrl);
    }

    // For AuthorizationFlow; the caller holds the lock

    LoginResult result(LoginResult.Kind kind) {
        return new LoginResult(kind, handle());
    }

    /** Exchanges an authorization code for tokens. */
    StoredTokens exchangeCode(String code, String redirectUrl) throws MonzoException {
        throwIfOutdated(); // never request tokens that cannot be stored
        load();
        return StoredTokens.of(tokenEndpoint.exchange(code, redirectUrl), settings.fingerprint(), clock.instant());
    }

    /** Returns whether tokens belong to the user of this login. Tokens without a user ID are accepted. */
    boolean isOwnedBy(StoredTokens received) throws MonzoException {
        StoredTokens tokens = shared.current(settings);
        return received.userId() == null || tokens != null && tokens.belongsToSameUser(received);
    }

    /** Stores received tokens; invalidates them at Monzo if they belong to a different user than this login. */
    LoginResult accept(StoredTokens received) throws MonzoException {
        if (isOutdated()) {
            logOut(received);
            throwIfOutdated();
        }
        StoredTokens previous = load();
        if (previous != null && previous.belongsToDifferentUser(received)) {
            logOut(received);
            throw new MonzoException(ErrorKind.OTHER_PERSON, "a different Monzo user logged in");
        }
        save(received);
        return result(LoginResult.Kind.ACCEPTED);
    }

    /** Returns whether this login has been approved in the app; a later 403 then means that approval was withdrawn. */
    public boolean isApproved() {
        StoredTokens tokens = current();
        return tokens != null && tokens.approved();
    }

    /**
     * Marks this login as approved after a successful request for data.
     *
     * @param token the token of the request; ignored if it is no longer in use
     */
    public void approved(AccessToken token) throws MonzoException {
        shared.lock().lock();
        try {
            StoredTokens tokens = current();
            if (tokens != null && !tokens.approved() && tokens.token().value().equals(token.value())) {
                save(tokens.withApproval());
            }
        } finally {
            shared.lock().unlock();
        }
    }

    /** Returns the current token, {@code null} if there is none or it is not loaded yet. Sends no request. */
    public @Nullable AccessToken tokenInUse() {
        StoredTokens tokens = current();
        return tokens == null ? null : tokens.token();
    }

    /** Returns whether this is the latest manager of its bridge, and was not closed by a logout. */
    public boolean isActive() {
        return shared.isActive(this);
    }

    /**
     * Logs out at Monzo, if reachable, and deletes the stored tokens. This object must not be used afterwards.
     * <p>
     * Does nothing if a bridge with the same UID was added again after a forced removal: the stored tokens then belong
     * to the new bridge.
     */
    public void logOut() throws MonzoException {
        shared.lock().lock();
        try {
            if (!shared.isActive(this)) {
                return;
            }
            StoredTokens tokens = load();
            if (tokens != null) {
                logOut(tokens);
            }
            shared.delete(settings);
            // Prevents a refresh in progress from opening the store again.
            shared.deactivate(this);
        } finally {
            shared.lock().unlock();
        }
    }

    /** Invalidates tokens at Monzo, if reachable. */
    void logOut(StoredTokens tokens) {
        String refreshToken = tokens.refreshToken();
        try {
            api.logOut(tokens.token().value());
        } catch (MonzoException e) {
            logger.debug("{}: logout at Monzo failed: {}", handle(), e.getMessage());
            if (e.kind() == ErrorKind.TOKEN_EXPIRED && refreshToken != null) {
                logOutWithRefreshedToken(refreshToken);
            }
        }
    }

    /** Invalidates a refresh token that has outlived its access token, which requires a new access token. */
    private void logOutWithRefreshedToken(String refreshToken) {
        try {
            api.logOut(requestRefresh(refreshToken).accessToken());
        } catch (MonzoException e) {
            logger.debug("{}: logout at Monzo with a refreshed token failed: {}", handle(), e.getMessage());
        }
    }

    private StoredTokens requireTokens() throws MonzoException {
        StoredTokens tokens = load();
        if (tokens == null) {
            throw shared.isUnreadable()
                    ? new MonzoException(ErrorKind.LOGIN_UNREADABLE, "the stored tokens are unreadable")
                    : new MonzoException(ErrorKind.LOGIN_MISSING, "no tokens stored");
        }
        return tokens;
    }

    private @Nullable StoredTokens load() throws MonzoException {
        StoredTokens tokens = current();
        if (tokens == null) {
            throwIfOutdated();
            tokens = shared.load(settings);
        }
        return tokens;
    }

    /** Returns the tokens in memory if they were obtained with these settings. */
    private @Nullable StoredTokens current() {
        return shared.current(settings);
    }

    /** Returns whether the settings were changed or the bridge was removed. */
    private boolean isOutdated() {
        OAuthClientSettings latest = shared.settings();
        return latest == null || !latest.fingerprint().equals(settings.fingerprint());
    }

    private void throwIfOutdated() throws MonzoException {
        if (isOutdated()) {
            throw new MonzoException(ErrorKind.LOGIN_MISSING, "the bridge was changed or removed");
        }
    }

    private void save(StoredTokens tokens) throws MonzoException {
        throwIfOutdated();
        shared.save(tokens, settings);
    }
}
