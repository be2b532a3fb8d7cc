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
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.auth.LoginResult.Kind;
import org.openhab.binding.monzo.internal.model.ErrorKind;

/**
 * Completes RFC 6749's authorization code flow, and finds the login that the tokens belong to.
 * <p>
 * At Monzo, a person's new tokens end the older ones of the same client. So tokens of a person who has another login in
 * openHAB belong to that one: given back or stored elsewhere they would strand it.
 * <p>
 * One exchange at a time, for all logins, so that two cannot both be the first of one person. Its lock comes before the
 * lock of a login, of which one at a time is held, so there is no deadlock. Web threads wait for either no longer than a
 * few seconds, and few of them.
 */
@NonNullByDefault
class AuthorizationFlow {

    /** In 5 minutes and for all logins. Monzo was seen to lock out after about 30, renewals included. */
    private static final int EXCHANGES = 20;

    private static final int MOST_WAITING = 4;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);

    private final Supplier<Map<String, OAuthClientSettings>> configured;
    private final Function<String, SharedTokens> logins;
    private final RateLimiter exchanges;
    private final Semaphore places = new Semaphore(1 + MOST_WAITING);
    private final ReentrantLock lock = new ReentrantLock(true);
    private volatile boolean closed;

    /** Another login than the one that is authorised, of the same person. */
    private record Other(SharedTokens login, OAuthClientSettings settings) {}

    /**
     * Makes the flow.
     *
     * @param configured the settings of every login in openHAB by its handle, whether it is in use or disabled
     * @param logins gives what is shared by the lives of a login
     */
    AuthorizationFlow(
            Supplier<Map<String, OAuthClientSettings>> configured, Function<String, SharedTokens> logins, Clock clock) {
        this.configured = configured;
        this.logins = logins;
        this.exchanges = new RateLimiter(EXCHANGES, clock);
    }

    /** Waits for an exchange under way, and lets no other begin. */
    void close(Duration patience) {
        closed = true;
        if (isAcquired(lock, patience)) {
            lock.unlock();
        }
    }

    /**
     * Exchanges a code for tokens, and stores them for the login that they belong to.
     *
     * @param login the one that the person meant to authorise
     * @throws MonzoException as {@link TokenManager#logIn}
     */
    LoginResult complete(TokenManager login, String code, String redirectUrl) throws MonzoException {
        if (!places.tryAcquire()) {
            return login.result(Kind.BUSY);
        }
        try {
            return inTurn(login, code, redirectUrl);
        } finally {
            places.release();
        }
    }

    private LoginResult inTurn(TokenManager login, String code, String redirectUrl) throws MonzoException {
        if (!isAcquired(lock, LONGEST_WAIT)) {
            return login.result(Kind.BUSY);
        }
        try {
            if (closed) {
                throw new MonzoException(ErrorKind.LOGIN_MISSING, "the binding is stopping");
            }
            return exchanged(login, code, redirectUrl);
        } finally {
            lock.unlock();
        }
    }

    private LoginResult exchanged(TokenManager login, String code, String redirectUrl) throws MonzoException {
        if (!isAcquired(login.lock(), LONGEST_WAIT)) {
            return login.result(Kind.BUSY);
        }
        StoredTokens received;
        try {
            if (!exchanges.tryToSpend()) {
                return login.result(Kind.BUSY);
            }
            received = login.exchange(code, redirectUrl);
            if (login.isOwnedBy(received)) {
                return login.accept(received);
            }
        } finally {
            login.lock().unlock();
        }
        return placed(login, received);
    }

    /** Places the tokens of a person who is not known to own the login that was authorised. */
    private LoginResult placed(TokenManager login, StoredTokens received) throws MonzoException {
        List<Other> others = others(login, received);
        for (Other other : others) {
            if (other.settings().isSameClient(login.settings()) && isHandedOver(received, other)) {
                return new LoginResult(Kind.HANDED_OVER, other.login().handle());
            }
        }
        Optional<Other> ofOtherClient = others.stream()
                .filter(other -> !other.settings().isSameClient(login.settings()))
                .findFirst();
        login.lock().lock();
        try {
            if (ofOtherClient.isPresent()) {
                login.logOut(received);
                return new LoginResult(
                        Kind.PERSON_HAS_LOGIN, ofOtherClient.get().login().handle());
            }
            return login.accept(received);
        } finally {
            login.lock().unlock();
        }
    }

    /** The other logins of the person at the same bank, in use or not. */
    private List<Other> others(TokenManager login, StoredTokens received) {
        List<Other> others = new ArrayList<>();
        configured.get().forEach((handle, settings) -> {
            if (!handle.equals(login.handle())) {
                Other other = other(handle, settings);
                if (other.settings().isSameBank(login.settings()) && isOwnedBySamePerson(other, received)) {
                    others.add(other);
                }
            }
        });
        return others;
    }

    /** A bridge that openHAB has started knows its settings best: variables in them are replaced. */
    private Other other(String handle, OAuthClientSettings configured) {
        SharedTokens login = logins.apply(handle);
        OAuthClientSettings inUse = login.settings();
        return new Other(login, inUse == null ? configured : inUse);
    }

    private static boolean isOwnedBySamePerson(Other other, StoredTokens received) {
        StoredTokens known = other.login().current(other.settings());
        if (known == null) {
            // Not started since openHAB's own start, or nobody has logged in there.
            other.login().lock().lock();
            try {
                known = other.login().read(other.settings());
            } finally {
                other.login().lock().unlock();
            }
        }
        return known != null && known.isOfSamePerson(received);
    }

    /** Stores the tokens, unless the other login was edited, removed or logged out meanwhile. */
    private boolean isHandedOver(StoredTokens received, Other found) throws MonzoException {
        SharedTokens login = found.login();
        login.lock().lock();
        try {
            OAuthClientSettings settings =
                    other(login.handle(), found.settings()).settings();
            StoredTokens known = login.read(settings);
            if (known == null || !known.isOfSamePerson(received)) {
                return false;
            }
            login.keep(received.withSettings(settings), settings);
            return true;
        } finally {
            login.lock().unlock();
        }
    }

    private static boolean isAcquired(ReentrantLock lock, Duration longest) {
        try {
            return lock.tryLock(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
