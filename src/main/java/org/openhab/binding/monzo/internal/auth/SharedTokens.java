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
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.core.auth.client.oauth2.OAuthFactory;

/**
 * What the successive lives of one bridge's login share: the lock, the tokens in memory and in openHAB's store, and
 * which life is the latest.
 * <p>
 * SnapshotBuilder and writing tokens needs the lock. Nobody holds the locks of two logins at once.
 */
@NonNullByDefault
final class SharedTokens {

    /** More than any bridge needs: a safeguard. */
    private static final int RENEWALS = 10;

    private final String handle;
    private final OAuthFactory oAuthFactory;
    private final ReentrantLock lock = new ReentrantLock();
    private final RateLimiter renewals;
    private final AtomicReference<@Nullable TokenManager> latest = new AtomicReference<>();
    private final AtomicReference<@Nullable StoredTokens> current = new AtomicReference<>();

    SharedTokens(String handle, OAuthFactory oAuthFactory, Clock clock) {
        this.handle = handle;
        this.oAuthFactory = oAuthFactory;
        this.renewals = new RateLimiter(RENEWALS, clock);
    }

    String handle() {
        return handle;
    }

    ReentrantLock lock() {
        return lock;
    }

    RateLimiter renewals() {
        return renewals;
    }

    /** Makes a life the latest one. */
    void begin(TokenManager life) {
        latest.set(life);
    }

    boolean isLatest(TokenManager life) {
        return latest.get() == life;
    }

    /** Ends a life, unless another one has begun meanwhile. */
    void end(TokenManager life) {
        latest.compareAndSet(life, null);
    }

    /** Ends whichever life there is. */
    void end() {
        latest.set(null);
    }

    /** The settings of the latest life, {@code null} before the first one and after the bridge was removed. */
    @Nullable
    OAuthClientSettings settings() {
        TokenManager life = latest.get();
        return life == null ? null : life.settings();
    }

    /** The tokens as last read or written, if they were got with these settings. Needs no lock. */
    @Nullable
    StoredTokens current(OAuthClientSettings settings) {
        StoredTokens login = current.get();
        return login != null && login.isOf(settings) ? login : null;
    }

    /** The tokens, from the store when they are not in memory, if they were got with these settings. */
    @Nullable
    StoredTokens read(OAuthClientSettings settings) {
        StoredTokens login = current(settings);
        if (login == null) {
            StoredTokens stored = store(settings).load();
            login = stored != null && stored.isOf(settings) ? stored : null;
        }
        return login;
    }

    /** The tokens, read into memory; the store is emptied when what is in there was got with other settings. */
    @Nullable
    StoredTokens open(OAuthClientSettings settings) {
        StoredTokens login = current(settings);
        if (login == null) {
            TokenStore store = store(settings);
            login = store.load();
            if (login != null && !login.isOf(settings)) {
                store.delete();
                login = null;
            }
            current.set(login);
        }
        return login;
    }

    /** Into the store first: a token that is used and then lost in a crash would be the end of the login. */
    void keep(StoredTokens login, OAuthClientSettings settings) throws MonzoException {
        store(settings).save(login);
        current.set(login);
    }

    void delete(OAuthClientSettings settings) {
        store(settings).delete();
        current.set(null);
    }

    /** Opened anew each time: openHAB closes a store that it deletes, also for those who have it open. */
    private TokenStore store(OAuthClientSettings settings) {
        return new TokenStore(handle, settings, oAuthFactory);
    }
}
