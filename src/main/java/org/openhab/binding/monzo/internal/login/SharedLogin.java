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
 * Reading and writing tokens needs the lock. Nobody holds the locks of two logins at once.
 */
@NonNullByDefault
final class SharedLogin {

    /** More than any bridge needs: a safeguard. */
    private static final int RENEWALS = 10;

    private final String handle;
    private final OAuthFactory oAuthFactory;
    private final ReentrantLock lock = new ReentrantLock();
    private final CallBudget renewals;
    private final AtomicReference<@Nullable Login> latest = new AtomicReference<>();
    private final AtomicReference<@Nullable StoredLogin> current = new AtomicReference<>();

    SharedLogin(String handle, OAuthFactory oAuthFactory, Clock clock) {
        this.handle = handle;
        this.oAuthFactory = oAuthFactory;
        this.renewals = new CallBudget(RENEWALS, clock);
    }

    String handle() {
        return handle;
    }

    ReentrantLock lock() {
        return lock;
    }

    CallBudget renewals() {
        return renewals;
    }

    /** Makes a life the latest one. */
    void begin(Login life) {
        latest.set(life);
    }

    boolean isLatest(Login life) {
        return latest.get() == life;
    }

    /** Ends a life, unless another one has begun meanwhile. */
    void end(Login life) {
        latest.compareAndSet(life, null);
    }

    /** Ends whichever life there is. */
    void end() {
        latest.set(null);
    }

    /** The settings of the latest life, {@code null} before the first one and after the bridge was removed. */
    @Nullable
    LoginSettings settings() {
        Login life = latest.get();
        return life == null ? null : life.settings();
    }

    /** The tokens as last read or written, if they were got with these settings. Needs no lock. */
    @Nullable
    StoredLogin current(LoginSettings settings) {
        StoredLogin login = current.get();
        return login != null && login.isOf(settings) ? login : null;
    }

    /** The tokens, from the store when they are not in memory, if they were got with these settings. */
    @Nullable
    StoredLogin read(LoginSettings settings) {
        StoredLogin login = current(settings);
        if (login == null) {
            StoredLogin stored = store(settings).load();
            login = stored != null && stored.isOf(settings) ? stored : null;
        }
        return login;
    }

    /** The tokens, read into memory; the store is emptied when what is in there was got with other settings. */
    @Nullable
    StoredLogin open(LoginSettings settings) {
        StoredLogin login = current(settings);
        if (login == null) {
            LoginStore store = store(settings);
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
    void keep(StoredLogin login, LoginSettings settings) throws MonzoException {
        store(settings).save(login);
        current.set(login);
    }

    void delete(LoginSettings settings) {
        store(settings).delete();
        current.set(null);
    }

    /** Opened anew each time: openHAB closes a store that it deletes, also for those who have it open. */
    private LoginStore store(LoginSettings settings) {
        return new LoginStore(handle, settings, oAuthFactory);
    }
}
