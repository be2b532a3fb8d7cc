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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.auth.AuthorizationFlow.LoginResult.Kind;
import org.openhab.binding.monzo.internal.auth.TokenStore.StoredTokens;
import org.openhab.binding.monzo.internal.model.ErrorKind;

/**
 * Completes RFC 6749's authorization code flow and assigns the tokens to the login they belong to.
 * <p>
 * At Monzo, new tokens of a user invalidate older ones of the same client. So if the user has another login in openHAB,
 * the tokens belong to that login: it would stop working if they were invalidated or stored elsewhere.
 * <p>
 * Codes of all logins are exchanged one at a time, so that concurrent exchanges cannot each become the first login of
 * the same user. The flow's lock is acquired before the lock of a login, and only one login is locked at a time, which
 * rules out deadlocks. At most five web threads are in this class at a time. They wait for a few seconds; after a code
 * was exchanged, when the tokens must not be lost, for no longer than a token refresh of another login may take.
 */
@NonNullByDefault
public class AuthorizationFlow {

    /** Per 5 minutes, for all logins; Monzo locks users out after about 30 calls, token refreshes included. */
    private static final int MAX_EXCHANGES = 20;

    private static final int MAX_WAITING = 4;
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(3);

    /** Longer than the timeout of a token request, during which a login is locked. */
    static final Duration ASSIGN_TIMEOUT = Duration.ofSeconds(45);

    /**
     * The result of an authorization that the user completed at Monzo.
     *
     * @param kind how its tokens were used
     * @param bridgeUid the UID of the bridge that the tokens, or the authorizing user, belong to
     */
    public record LoginResult(Kind kind, String bridgeUid) {

        /** How the tokens were used. */
        public enum Kind {
            /** Stored for the authorized login. */
            ACCEPTED,
            /** Stored for another login of the same user and client. */
            HANDED_OVER,
            /** Invalidated, because the same user has another login with a different client. */
            PERSON_HAS_LOGIN,
            /** Not requested, because of too many other attempts or a token refresh in progress. */
            BUSY
        }
    }

    private final Supplier<Map<String, OAuthClient.Settings>> configured;
    private final Function<String, TokenManager> managers;
    private final Duration assignTimeout;
    private final RateLimiter exchanges;
    private final Semaphore permits = new Semaphore(1 + MAX_WAITING);
    private final ReentrantLock lock = new ReentrantLock(true);
    private volatile boolean closed;

    /** Another login of the authorizing user. */
    private record OtherLogin(TokenManager login, OAuthClient.Settings settings) {}

    /**
     * Creates the flow.
     *
     * @param configured the settings of all logins in openHAB by bridge UID, including disabled ones
     * @param managers returns the token manager of a login by bridge UID
     * @param assignTimeout how long to wait in all for the locks of other logins; {@link #ASSIGN_TIMEOUT} but for tests
     */
    AuthorizationFlow(
            Supplier<Map<String, OAuthClient.Settings>> configured,
            Function<String, TokenManager> managers,
            Duration assignTimeout,
            Clock clock) {
        this.assignTimeout = assignTimeout;
        this.configured = configured;
        this.managers = managers;
        this.exchanges = new RateLimiter(MAX_EXCHANGES, TokenManagers.RATE_PERIOD, clock);
    }

    /** Waits for an exchange in progress and prevents new ones. */
    void close(Duration timeout) {
        closed = true;
        if (tryLock(lock, timeout)) {
            lock.unlock();
        }
    }

    /**
     * Exchanges a code for tokens and stores them for the login they belong to.
     *
     * @param login the login that the user intended to authorize
     * @param client its client
     * @throws MonzoException as {@link TokenManager#logIn}
     */
    LoginResult complete(TokenManager login, OAuthClient client, String code, String redirectUrl)
            throws MonzoException {
        if (!permits.tryAcquire()) {
            return login.result(Kind.BUSY);
        }
        try {
            if (!tryLock(lock, LOCK_TIMEOUT)) {
                return login.result(Kind.BUSY);
            }
            try {
                if (closed) {
                    throw new MonzoException(ErrorKind.LOGIN_MISSING, "the binding is stopping");
                }
                return exchange(login, client, code, redirectUrl);
            } finally {
                lock.unlock();
            }
        } finally {
            permits.release();
        }
    }

    private LoginResult exchange(TokenManager login, OAuthClient client, String code, String redirectUrl)
            throws MonzoException {
        if (!tryLock(login.lock(), LOCK_TIMEOUT)) {
            return login.result(Kind.BUSY);
        }
        StoredTokens received;
        try {
            if (!exchanges.tryAcquire()) {
                return login.result(Kind.BUSY);
            }
            received = login.exchangeCode(client, code, redirectUrl);
            if (login.isOwnedBy(received)) {
                return login.accept(client, received);
            }
        } finally {
            login.lock().unlock();
        }
        try {
            return assign(login, client, received, System.nanoTime() + assignTimeout.toNanos());
        } catch (TimeoutException e) {
            login.invalidate(client, received);
            return login.result(Kind.BUSY);
        }
    }

    /** Assigns the tokens of a user who is not known to own the authorized login. */
    private LoginResult assign(TokenManager login, OAuthClient client, StoredTokens received, long deadline)
            throws MonzoException, TimeoutException {
        List<OtherLogin> otherLogins = otherLogins(login, client, received, deadline);
        for (OtherLogin otherLogin : otherLogins) {
            if (otherLogin.settings().isSameClient(client.settings()) && tryHandOver(received, otherLogin, deadline)) {
                return new LoginResult(Kind.HANDED_OVER, otherLogin.login().bridgeUid());
            }
        }
        Optional<OtherLogin> withOtherClient = otherLogins.stream()
                .filter(otherLogin -> !otherLogin.settings().isSameClient(client.settings()))
                .findFirst();
        lock(login.lock(), deadline);
        try {
            if (withOtherClient.isPresent()) {
                login.invalidate(client, received);
                return new LoginResult(
                        Kind.PERSON_HAS_LOGIN, withOtherClient.get().login().bridgeUid());
            }
            return login.accept(client, received);
        } finally {
            login.lock().unlock();
        }
    }

    /** Returns the user's other logins at the same bank, including inactive ones. */
    private List<OtherLogin> otherLogins(TokenManager login, OAuthClient client, StoredTokens received, long deadline)
            throws TimeoutException {
        List<OtherLogin> otherLogins = new ArrayList<>();
        for (Map.Entry<String, OAuthClient.Settings> entry : configured.get().entrySet()) {
            OtherLogin other = otherLogin(entry.getKey(), entry.getValue());
            if (!entry.getKey().equals(login.bridgeUid())
                    && other.settings().isSameBank(client.settings())
                    && belongsToSameUser(other, received, deadline)) {
                otherLogins.add(other);
            }
        }
        return otherLogins;
    }

    /** Prefers the settings of an initialized bridge, in which openHAB has replaced variables. */
    private OtherLogin otherLogin(String bridgeUid, OAuthClient.Settings configured) {
        TokenManager login = managers.apply(bridgeUid);
        OAuthClient.Settings inUse = login.settings();
        return new OtherLogin(login, inUse == null ? configured : inUse);
    }

    private static boolean belongsToSameUser(OtherLogin otherLogin, StoredTokens received, long deadline)
            throws TimeoutException {
        StoredTokens known = otherLogin.login().store().current(otherLogin.settings());
        if (known == null) {
            // Not initialized since openHAB was started, or not logged in.
            lock(otherLogin.login().lock(), deadline);
            try {
                known = otherLogin.login().store().read(otherLogin.settings());
            } finally {
                otherLogin.login().lock().unlock();
            }
        }
        return known != null && known.belongsToSameUser(received);
    }

    /** Stores the tokens for the other login, unless it was edited, removed or logged out in the meantime. */
    private boolean tryHandOver(StoredTokens received, OtherLogin found, long deadline)
            throws MonzoException, TimeoutException {
        TokenManager login = found.login();
        lock(login.lock(), deadline);
        try {
            OAuthClient.Settings settings =
                    otherLogin(login.bridgeUid(), found.settings()).settings();
            StoredTokens known = login.store().read(settings);
            if (known == null || !known.belongsToSameUser(received)) {
                return false;
            }
            login.store().save(received.withSettings(settings), settings);
            return true;
        } finally {
            login.lock().unlock();
        }
    }

    /** Waits for a lock until a value of {@link System#nanoTime()}. */
    private static void lock(ReentrantLock lock, long deadline) throws TimeoutException {
        if (!tryLock(lock, Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
            throw new TimeoutException();
        }
    }

    private static boolean tryLock(ReentrantLock lock, Duration timeout) {
        try {
            return lock.tryLock(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
