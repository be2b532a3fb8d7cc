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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.HttpTransport;
import org.openhab.binding.monzo.internal.api.MonzoApi;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.auth.AuthorizationFlow.LoginResult;
import org.openhab.binding.monzo.internal.auth.OAuthClient.AccessToken;
import org.openhab.binding.monzo.internal.auth.TokenStore.StoredTokens;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.internal.model.ErrorKind.Recovery;
import org.openhab.binding.monzo.internal.model.Times;
import org.openhab.core.auth.client.oauth2.OAuthFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Manages the tokens of one bridge: stores them, refreshes the access token before it expires, and rejects tokens of a
 * different user. It outlives the handlers of the bridge, each of which configures it anew.
 * <p>
 * Monzo's refresh tokens are single-use, so only one thread at a time may use them: reading and writing tokens requires
 * the lock. No thread ever holds the locks of two logins. Tokens are never given to a caller with other settings than
 * those they were obtained with: it may belong to a former handler, and send them to another bank.
 */
@NonNullByDefault
public class TokenManager {

    private static final Duration REFRESH_RETRY_DELAY = Duration.ofMinutes(2);

    /** A safeguard; no bridge needs as many. */
    private static final int MAX_REFRESHES = 10;

    private final Logger logger = LoggerFactory.getLogger(TokenManager.class);

    private final String bridgeUid;
    private final TokenStore store;
    private final HttpTransport http;
    private final AuthorizationFlow flow;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final RateLimiter refreshLimiter;
    /** The client of the latest configuration. */
    private final AtomicReference<@Nullable OAuthClient> client = new AtomicReference<>();

    private Instant noRefreshBefore = Instant.MIN;

    TokenManager(String bridgeUid, OAuthFactory oAuthFactory, HttpTransport http, AuthorizationFlow flow, Clock clock) {
        this.bridgeUid = bridgeUid;
        this.store = new TokenStore(bridgeUid, oAuthFactory);
        this.http = http;
        this.flow = flow;
        this.clock = clock;
        this.refreshLimiter = new RateLimiter(MAX_REFRESHES, TokenManagers.RATE_PERIOD, clock);
    }

    /**
     * Sets the current settings, without sending requests or blocking. Tokens stored with other settings are deleted on
     * first use.
     *
     * @param api the API of the same bank
     * @return the token of another client of the same bank that was in use until now, {@code null} for none
     */
    public @Nullable AccessToken configure(OAuthClient.Settings settings, MonzoApi api) {
        OAuthClient.Settings former = settings();
        boolean isOtherClient = former != null && settings.isSameBank(former) && !settings.isSameClient(former);
        AccessToken formerToken = isOtherClient ? tokenInUse() : null;
        client.set(new OAuthClient(settings, http, clock, api));
        return formerToken;
    }

    /** Waits for a request in progress and prevents new ones. */
    void close(Duration timeout) throws InterruptedException {
        if (lock.tryLock(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            client.set(null);
            lock.unlock();
        }
    }

    public String bridgeUid() {
        return bridgeUid;
    }

    ReentrantLock lock() {
        return lock;
    }

    TokenStore store() {
        return store;
    }

    /** Returns the current settings, {@code null} before the first ones and after the bridge was removed. */
    public OAuthClient.@Nullable Settings settings() {
        OAuthClient configured = client.get();
        return configured == null ? null : configured.settings();
    }

    private OAuthClient requireClient() throws MonzoException {
        OAuthClient configured = client.get();
        if (configured == null) {
            throw new MonzoException(ErrorKind.LOGIN_MISSING, "the bridge was removed");
        }
        return configured;
    }

    /** Returns the current client if its tokens are those of the given settings. */
    private OAuthClient requireClient(OAuthClient.Settings settings) throws MonzoException {
        OAuthClient configured = requireClient();
        if (!settings.fingerprint().equals(configured.settings().fingerprint())) {
            throw new MonzoException(ErrorKind.LOGIN_MISSING, "the bridge was changed");
        }
        return configured;
    }

    /**
     * Returns a valid access token, refreshing it if due. May block for a request.
     *
     * @param settings the settings of the caller
     * @throws MonzoException of recovery {@code REAUTHORIZE} if the user has to log in, or the settings are no longer
     *     the current ones; of recovery {@code RETRY} if the refresh failed and the old token has expired
     */
    public AccessToken token(OAuthClient.Settings settings) throws MonzoException {
        lock.lock();
        try {
            OAuthClient configured = requireClient(settings);
            StoredTokens tokens = requireTokens(configured);
            AccessToken token = tokens.token();
            Instant now = clock.instant();
            if (!now.isBefore(token.expires())) {
                return refresh(configured, tokens);
            } else if (tokens.refreshToken() != null
                    && !now.isBefore(token.refreshDue())
                    && !now.isBefore(noRefreshBefore)) {
                return refreshEarly(configured, tokens, now);
            }
            return token;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Refreshes a token that is still valid. A failure is harmless until the token expires, so the refresh is retried
     * later after any error, unless Monzo rejected it.
     */
    private AccessToken refreshEarly(OAuthClient configured, StoredTokens tokens, Instant now) throws MonzoException {
        try {
            return refresh(configured, tokens);
        } catch (MonzoException e) {
            if (e.kind().recovery() == Recovery.REAUTHORIZE) {
                throw e;
            }
            logger.debug("{}: token refresh failed, will retry: {}", bridgeUid, e.getMessage());
            noRefreshBefore = now.plus(Times.max(REFRESH_RETRY_DELAY, e.retryAfter()));
            return tokens.token();
        }
    }

    /**
     * Returns a replacement for a rejected token, refreshing it unless another caller already has.
     *
     * @param rejected the rejected token
     * @param settings the settings of the caller
     * @throws MonzoException as {@link #token}
     */
    public AccessToken replaceToken(AccessToken rejected, OAuthClient.Settings settings) throws MonzoException {
        lock.lock();
        try {
            OAuthClient configured = requireClient(settings);
            StoredTokens tokens = requireTokens(configured);
            return tokens.token().value().equals(rejected.value()) ? refresh(configured, tokens) : tokens.token();
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether a new login or a refresh has replaced this token. */
    boolean hasNewerToken(AccessToken token) {
        lock.lock();
        try {
            StoredTokens tokens = current();
            return tokens != null && !tokens.token().value().equals(token.value());
        } finally {
            lock.unlock();
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

    private AccessToken refresh(OAuthClient configured, StoredTokens tokens) throws MonzoException {
        String refreshToken = tokens.refreshToken();
        if (refreshToken == null) {
            throw new MonzoException(ErrorKind.CLIENT_NOT_CONFIDENTIAL, "no refresh token");
        }
        StoredTokens refreshed = tokens.refreshed(requestRefresh(configured, refreshToken));
        logger.debug("{}: token refreshed", bridgeUid);
        noRefreshBefore = Instant.MIN;
        store.save(refreshed, requireClient(configured.settings()).settings());
        return refreshed.token();
    }

    /** Requests new tokens, unless a Retry-After period of the bank has not elapsed yet. */
    private StoredTokens requestRefresh(OAuthClient configured, String refreshToken) throws MonzoException {
        try {
            refreshLimiter.acquire();
            return configured.refresh(refreshToken);
        } catch (MonzoException e) {
            Duration retryAfter = e.retryAfter();
            if (retryAfter != null) {
                refreshLimiter.block(retryAfter);
            }
            throw MonzoException.ofTokenRefresh(e);
        }
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
        return flow.complete(this, requireClient(), code, redirectUrl);
    }

    // For AuthorizationFlow; the caller holds the lock

    LoginResult result(LoginResult.Kind kind) {
        return new LoginResult(kind, bridgeUid);
    }

    /** Exchanges an authorization code for tokens, unless they could not be stored. */
    StoredTokens exchangeCode(OAuthClient of, String code, String redirectUrl) throws MonzoException {
        OAuthClient configured = requireClient(of.settings());
        store.load(configured.settings());
        return configured.exchange(code, redirectUrl);
    }

    /** Returns whether tokens belong to the user of this login. Tokens without a user ID are accepted. */
    boolean isOwnedBy(StoredTokens received) {
        StoredTokens tokens = current();
        return received.userId() == null || tokens != null && tokens.belongsToSameUser(received);
    }

    /** Stores received tokens; invalidates them at Monzo if they belong to a different user or former settings. */
    LoginResult accept(OAuthClient of, StoredTokens received) throws MonzoException {
        try {
            StoredTokens previous = store.load(requireClient(of.settings()).settings());
            if (previous != null && previous.belongsToDifferentUser(received)) {
                throw new MonzoException(ErrorKind.OTHER_PERSON, "a different Monzo user logged in");
            }
        } catch (MonzoException e) {
            invalidate(of, received);
            throw e;
        }
        store.save(received, of.settings());
        return result(LoginResult.Kind.ACCEPTED);
    }

    /** Returns when data could first be read after the latest approval, {@code null} if it is pending or not known. */
    public @Nullable Instant approved() {
        StoredTokens tokens = current();
        return tokens == null ? null : tokens.approved();
    }

    /**
     * Marks this login as approved after a successful request for data.
     *
     * @param token the token of the request; ignored if it is no longer in use
     * @param again whether access was refused since the last approval, if there was one
     */
    public void approved(AccessToken token, boolean again) throws MonzoException {
        lock.lock();
        try {
            OAuthClient configured = client.get();
            StoredTokens tokens = current();
            if (configured != null
                    && tokens != null
                    && (again || tokens.approved() == null)
                    && tokens.token().value().equals(token.value())) {
                store.save(tokens.withApproval(clock.instant()), configured.settings());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns the current token, {@code null} if there is none or it is not loaded yet. Sends no request. */
    public @Nullable AccessToken tokenInUse() {
        StoredTokens tokens = current();
        return tokens == null ? null : tokens.token();
    }

    /**
     * Logs out at Monzo, if reachable, and deletes the stored tokens of a removed bridge.
     *
     * @param isAddedAgain asked after any request in progress: whether there is a bridge with the same UID again, to
     *     which the stored tokens then belong, so that nothing is done
     */
    public void logOut(BooleanSupplier isAddedAgain) {
        lock.lock();
        try {
            OAuthClient removed = client.get();
            if (removed == null || isAddedAgain.getAsBoolean()) {
                return;
            }
            StoredTokens tokens = store.load(removed.settings());
            if (tokens != null) {
                invalidate(removed, tokens);
            }
            store.delete(removed.settings());
            // Prevents a refresh in progress from opening the store again.
            client.compareAndSet(removed, null);
        } finally {
            lock.unlock();
        }
    }

    /** Invalidates tokens at Monzo, if reachable. */
    void invalidate(OAuthClient of, StoredTokens tokens) {
        String refreshToken = tokens.refreshToken();
        try {
            of.logOut(tokens.token());
        } catch (MonzoException e) {
            logger.debug("{}: logout at Monzo failed: {}", bridgeUid, e.getMessage());
            if (e.kind() == ErrorKind.TOKEN_EXPIRED && refreshToken != null) {
                invalidateRefreshed(of, refreshToken);
            }
        }
    }

    /** Invalidates a refresh token that has outlived its access token, which requires a new access token. */
    private void invalidateRefreshed(OAuthClient of, String refreshToken) {
        try {
            of.logOut(requestRefresh(of, refreshToken).token());
        } catch (MonzoException e) {
            logger.debug("{}: logout at Monzo with a refreshed token failed: {}", bridgeUid, e.getMessage());
        }
    }

    private StoredTokens requireTokens(OAuthClient configured) throws MonzoException {
        StoredTokens tokens = store.load(configured.settings());
        if (tokens == null) {
            throw store.isUnreadable()
                    ? new MonzoException(ErrorKind.LOGIN_UNREADABLE, "the stored tokens are unreadable")
                    : new MonzoException(ErrorKind.LOGIN_MISSING, "no tokens stored");
        }
        return tokens;
    }

    /** Returns the tokens in memory if they were obtained with the current settings. Requires no lock. */
    private @Nullable StoredTokens current() {
        OAuthClient.Settings settings = settings();
        return settings == null ? null : store.current(settings);
    }
}
