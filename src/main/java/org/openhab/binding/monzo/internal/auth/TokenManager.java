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
 * One person's login at Monzo: keeps its access token valid, renewing it ahead of its end, and makes sure that it stays
 * that person's.
 * <p>
 * Monzo's refresh tokens work once. So one caller at a time has to do with tokens, also across the lives of a bridge's
 * handlers: the lock is the login's name's, not the object's.
 */
@NonNullByDefault
public class TokenManager {

    private static final Duration RETRY_RENEWAL = Duration.ofMinutes(2);

    private final Logger logger = LoggerFactory.getLogger(TokenManager.class);

    private final OAuthClientSettings settings;
    private final SharedTokens shared;
    private final AuthorizationFlow flow;
    private final TokenEndpoint tokenEndpoint;
    private final MonzoApi api;
    private final Clock clock;

    private Instant noRenewalBefore = Instant.MIN;
    private Instant leftAloneUntil = Instant.MIN;

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
     * Gives a token to call the bank with, renewed when that is due. May wait for the bank.
     *
     * @throws MonzoException a fault of recovery {@code REAUTHORIZE} when the person has to log in; one of recovery {@code RETRY}
     *         when a due renewal failed and the old token is over its time
     */
    public AccessToken token() throws MonzoException {
        shared.lock().lock();
        try {
            StoredTokens login = loggedIn();
            AccessToken token = login.token();
            Instant now = clock.instant();
            if (!now.isBefore(token.expires())) {
                return renew(login);
            } else if (login.refreshToken() != null
                    && !now.isBefore(token.renewalDue())
                    && !now.isBefore(noRenewalBefore)) {
                return renewAhead(login, now);
            }
            return token;
        } finally {
            shared.lock().unlock();
        }
    }

    /**
     * While the old token works, a renewal that fails costs nothing: it is tried again a little later, whatever the
     * fault, unless Monzo refused.
     */
    private AccessToken renewAhead(StoredTokens login, Instant now) throws MonzoException {
        try {
            return renew(login);
        } catch (MonzoException e) {
            if (e.kind().recovery() == Recovery.REAUTHORIZE) {
                throw e;
            }
            logger.debug("{}: token refresh failed, will retry: {}", handle(), e.getMessage());
            Duration retryAfter = e.retryAfter();
            noRenewalBefore = now.plus(retryAfter == null ? RETRY_RENEWAL : retryAfter);
            return login.token();
        }
    }

    /**
     * Gives another token than one that the bank refused, by renewing unless that has happened meanwhile.
     *
     * @param refused the token that the bank did not take
     * @throws MonzoException as {@link #token}
     */
    public AccessToken tokenAfter(AccessToken refused) throws MonzoException {
        shared.lock().lock();
        try {
            StoredTokens login = loggedIn();
            return login.token().value().equals(refused.value()) ? renew(login) : login.token();
        } finally {
            shared.lock().unlock();
        }
    }

    /** Tells whether another token than this is in use by now, because of a new login or a renewal. */
    public boolean isReplaced(AccessToken token) {
        shared.lock().lock();
        try {
            StoredTokens login = current();
            return login != null && !login.token().value().equals(token.value());
        } finally {
            shared.lock().unlock();
        }
    }

    /**
     * Gives Monzo's ID of the person whose login this is, {@code null} while nobody is known to be logged in or Monzo did
     * not say. Waits for nothing. Not to be shown or logged.
     */
    public @Nullable String userId() {
        StoredTokens login = current();
        return login == null ? null : login.userId();
    }

    private AccessToken renew(StoredTokens login) throws MonzoException {
        throwIfOutdated(); // what cannot be kept must not be asked for
        String refreshToken = login.refreshToken();
        if (refreshToken == null) {
            throw new MonzoException(ErrorKind.CLIENT_NOT_CONFIDENTIAL, "no refresh token");
        }
        TokenGrant grant = granted(refreshToken);
        logger.debug("{}: token refreshed", handle());
        noRenewalBefore = Instant.MIN;
        StoredTokens renewed = login.renewed(grant, clock.instant());
        keep(renewed);
        return renewed.token();
    }

    /** Asks for new tokens, unless the bank has asked to be left alone. */
    private TokenGrant granted(String refreshToken) throws TokenRefreshException {
        try {
            Instant now = clock.instant();
            Duration patience = Duration.between(now, leftAloneUntil);
            // Longer than the bank may ask for is a clock that was set back.
            if (!patience.isNegative() && !patience.isZero() && patience.compareTo(ErrorMapper.LONGEST_WAIT) <= 0) {
                throw new MonzoException(
                        ErrorKind.RATE_LIMITED, "the token endpoint is rate-limited, request not sent", patience);
            }
            shared.renewals().spend();
            return tokenEndpoint.refresh(refreshToken);
        } catch (MonzoException e) {
            Duration retryAfter = e.retryAfter();
            if (retryAfter != null) {
                leftAloneUntil = clock.instant().plus(retryAfter);
            }
            throw new TokenRefreshException(e);
        }
    }

    /**
     * Begins a login. Waits for nobody.
     *
     * @param redirectUrl where Monzo sends the browser back to, exactly as registered there
     * @param state comes back with it, RFC 6749 section 10.12
     * @return the address at Monzo to send the browser to
     * @throws MonzoException {@code LOGIN_MISSING} when the bridge was edited or removed
     */
    public String authorizationUrl(String redirectUrl, String state) throws MonzoException {
        throwIfOutdated();
        return settings.authorizationUrl(redirectUrl, state);
    }

    /**
     * Ends a login: exchanges the code for tokens, and takes them if they are of the person that this login is of. Those
     * of a person who has another login in openHAB are that login's.
     *
     * @param code as Monzo sent it with the browser
     * @param redirectUrl the one that the login was begun with
     * @return what became of the tokens
     * @throws MonzoException {@code OTHER_PERSON}, {@code LOGIN_REFUSED}, {@code CLIENT_REFUSED} or a fault of recovery
     *         {@code RETRY}; the earlier login then stays as it is
     */
    public LoginResult logIn(String code, String redirectUrl) throws MonzoException {
        return flow.complete(this, code, redirectUrl);
    }

    // What the flow needs, the lock being held

    LoginResult result(LoginResult.Kind kind) {
        return new LoginResult(kind, handle());
    }

    /** Exchanges a code for tokens. */
    StoredTokens exchange(String code, String redirectUrl) throws MonzoException {
        throwIfOutdated(); // what cannot be kept must not be asked for
        opened();
        return StoredTokens.of(tokenEndpoint.exchange(code, redirectUrl), settings.fingerprint(), clock.instant());
    }

    /** Whether tokens are known to be of the person that this login is of. Those of nobody known are not questioned. */
    boolean isOwnedBy(StoredTokens received) throws MonzoException {
        StoredTokens login = shared.current(settings);
        return received.userId() == null || login != null && login.isOfSamePerson(received);
    }

    /** Takes the tokens of an exchange; gives them back to Monzo if they are of another person than this login is of. */
    LoginResult accept(StoredTokens received) throws MonzoException {
        if (isOutdated()) {
            logOut(received);
            throwIfOutdated();
        }
        StoredTokens before = opened();
        if (before != null && before.isOfAnotherPerson(received)) {
            logOut(received);
            throw new MonzoException(ErrorKind.OTHER_PERSON, "a different Monzo user logged in");
        }
        keep(received);
        return result(LoginResult.Kind.ACCEPTED);
    }

    /** Tells whether this login was once approved in the app, so that a later 403 means that approval was withdrawn. */
    public boolean isApproved() {
        StoredTokens login = current();
        return login != null && login.approved();
    }

    /**
     * Remembers that the bank gave data to this login.
     *
     * @param answered the token that it was given for; one that is not in use any more tells nothing of the login
     */
    public void approved(AccessToken answered) throws MonzoException {
        shared.lock().lock();
        try {
            StoredTokens login = current();
            if (login != null && !login.approved() && login.token().value().equals(answered.value())) {
                keep(login.withApproval());
            }
        } finally {
            shared.lock().unlock();
        }
    }

    /** The token in use, {@code null} when nobody is logged in or it is not known yet. Asks nobody. */
    public @Nullable AccessToken tokenInUse() {
        StoredTokens login = current();
        return login == null ? null : login.token();
    }

    /**
     * Logs out at Monzo, as far as it can be reached, and deletes everything stored. Of no use afterwards.
     * <p>
     * Does nothing once a bridge of the same UID was added again, after a removal that was forced: what is stored is
     * that one's by then.
     */
    public void logOut() throws MonzoException {
        shared.lock().lock();
        try {
            if (!shared.isLatest(this)) {
                return;
            }
            StoredTokens login = opened();
            if (login != null) {
                logOut(login);
            }
            shared.delete(settings);
            // A look under way would else open the store again.
            shared.end(this);
        } finally {
            shared.lock().unlock();
        }
    }

    /** Makes tokens invalid at Monzo, as far as it can be reached. */
    void logOut(StoredTokens login) {
        String refreshToken = login.refreshToken();
        try {
            api.logOut(login.token().value());
        } catch (MonzoException e) {
            logger.debug("{}: logout at Monzo failed: {}", handle(), e.getMessage());
            if (e.kind() == ErrorKind.TOKEN_EXPIRED && refreshToken != null) {
                logOutRenewed(refreshToken);
            }
        }
    }

    /** The refresh token outlives its access token, and only a new access token ends it. */
    private void logOutRenewed(String refreshToken) {
        try {
            api.logOut(granted(refreshToken).accessToken());
        } catch (MonzoException e) {
            logger.debug("{}: logout at Monzo with a refreshed token failed: {}", handle(), e.getMessage());
        }
    }

    private StoredTokens loggedIn() throws MonzoException {
        StoredTokens login = opened();
        if (login == null) {
            throw new MonzoException(ErrorKind.LOGIN_MISSING, "no tokens stored");
        }
        return login;
    }

    private @Nullable StoredTokens opened() throws MonzoException {
        StoredTokens login = current();
        if (login == null) {
            throwIfOutdated();
            login = shared.open(settings);
        }
        return login;
    }

    /** The login as far as it is known, if it was got with these settings. */
    private @Nullable StoredTokens current() {
        return shared.current(settings);
    }

    /** Whether the settings were changed since, or the bridge was removed. */
    private boolean isOutdated() {
        OAuthClientSettings latest = shared.settings();
        return latest == null || !latest.fingerprint().equals(settings.fingerprint());
    }

    private void throwIfOutdated() throws MonzoException {
        if (isOutdated()) {
            throw new MonzoException(ErrorKind.LOGIN_MISSING, "the bridge was changed or removed");
        }
    }

    private void keep(StoredTokens login) throws MonzoException {
        throwIfOutdated();
        shared.keep(login, settings);
    }
}
