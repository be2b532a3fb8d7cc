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
 * Holds the state shared by the successive {@link TokenManager}s of a bridge: the lock, the tokens in memory and in
 * openHAB's store, and the active manager.
 * <p>
 * Reading and writing tokens requires the lock. No thread ever holds the locks of two logins.
 */
@NonNullByDefault
final class SharedTokens {

    /** A safeguard; no bridge needs as many. */
    private static final int MAX_REFRESHES = 10;

    private final String handle;
    private final OAuthFactory oAuthFactory;
    private final ReentrantLock lock = new ReentrantLock();
    private final RateLimiter refreshLimiter;
    private final AtomicReference<@Nullable TokenManager> active = new AtomicReference<>();
    private final AtomicReference<@Nullable StoredTokens> current = new AtomicReference<>();
    private volatile boolean unreadable;

    SharedTokens(String handle, OAuthFactory oAuthFactory, Clock clock) {
        this.handle = handle;
        this.oAuthFactory = oAuthFactory;
        this.refreshLimiter = new RateLimiter(MAX_REFRESHES, TokenManagers.RATE_PERIOD, clock);
    }

    String handle() {
        return handle;
    }

    ReentrantLock lock() {
        return lock;
    }

    RateLimiter refreshLimiter() {
        return refreshLimiter;
    }

    /** Makes a manager the active one. */
    void activate(TokenManager manager) {
        active.set(manager);
    }

    boolean isActive(TokenManager manager) {
        return manager.equals(active.get());
    }

    /** Deactivates a manager, unless another one has been activated since. */
    void deactivate(TokenManager manager) {
        active.compareAndSet(manager, null);
    }

    /** Deactivates any active manager. */
    void deactivate() {
        active.set(null);
    }

    /**
     * Returns the settings of the active manager, {@code null} before the first one and after the bridge was removed.
     */
    @Nullable
    OAuthClientSettings settings() {
        TokenManager manager = active.get();
        return manager == null ? null : manager.settings();
    }

    /** Returns the tokens in memory if they were obtained with these settings. Requires no lock. */
    @Nullable
    StoredTokens current(OAuthClientSettings settings) {
        StoredTokens tokens = current.get();
        return tokens != null && tokens.matches(settings) ? tokens : null;
    }

    /** Returns the tokens from memory or, failing that, from the store, if they were obtained with these settings. */
    @Nullable
    StoredTokens read(OAuthClientSettings settings) {
        StoredTokens tokens = current(settings);
        if (tokens == null) {
            StoredTokens stored = store(settings).load();
            tokens = stored != null && stored.matches(settings) ? stored : null;
        }
        return tokens;
    }

    /** Loads the tokens into memory; deletes stored tokens that were obtained with other settings. */
    @Nullable
    StoredTokens load(OAuthClientSettings settings) {
        StoredTokens tokens = current(settings);
        if (tokens == null) {
            TokenStore store = store(settings);
            tokens = store.load();
            unreadable = store.isUnreadable();
            if (tokens != null && !tokens.matches(settings)) {
                store.delete();
                tokens = null;
            }
            current.set(tokens);
        }
        return tokens;
    }

    /** Returns whether the last attempt to load tokens has found unreadable ones. */
    boolean isUnreadable() {
        return unreadable;
    }

    /** Saves the tokens, in the store first: losing a refresh token in a crash after its use would end the login. */
    void save(StoredTokens tokens, OAuthClientSettings settings) throws MonzoException {
        store(settings).save(tokens);
        current.set(tokens);
    }

    void delete(OAuthClientSettings settings) {
        store(settings).delete();
        current.set(null);
    }

    /** Opens the store anew for each call: openHAB closes a deleted store for all its users. */
    private TokenStore store(OAuthClientSettings settings) {
        return new TokenStore(handle, settings, oAuthFactory);
    }
}
