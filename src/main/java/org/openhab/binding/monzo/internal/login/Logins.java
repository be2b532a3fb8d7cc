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
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.HttpExchange;
import org.openhab.binding.monzo.internal.api.MonzoApi;
import org.openhab.binding.monzo.internal.api.TokenEndpoint;
import org.openhab.core.auth.client.oauth2.OAuthFactory;

/**
 * Opens logins. Lives as long as the factory of the handlers, and with it what the successive lives of one login share.
 */
@NonNullByDefault
public class Logins {

    private static final int RENEWALS = 10;
    private static final int EXCHANGES = 5;

    /** The owner of a login that was deleted, or that is another one's to open. */
    static final String NOBODY = "";

    private final OAuthFactory oAuthFactory;
    private final HttpExchange http;
    private final Clock clock;
    private final Map<String, Shared> shared = new ConcurrentHashMap<>();

    /**
     * What the successive lives of one login share.
     *
     * @param lock of whoever has to do with tokens
     * @param owner fingerprint of the settings of the latest life; an earlier life with others must not write any more
     * @param current the login as last read or written, {@code null} while there is none or it was not read yet
     */
    record Shared(
            ReentrantLock lock,
            CallBudget renewals,
            CallBudget exchanges,
            AtomicReference<String> owner,
            AtomicReference<@Nullable StoredLogin> current) {

        @Override
        public String toString() {
            return "Shared"; // fingerprints do not belong in a log
        }
    }

    /**
     * Makes the opener.
     *
     * @param oAuthFactory openHAB's, with its encrypted store
     * @param http for the token endpoint; more patient than for data, since an answer that gets lost there costs the
     *        person a new login
     */
    public Logins(OAuthFactory oAuthFactory, HttpExchange http, Clock clock) {
        this.oAuthFactory = oAuthFactory;
        this.http = http;
        this.clock = clock;
    }

    /**
     * Waits for whoever has to do with tokens, and lets nobody begin. Whoever opens the same logins next would else send
     * a refresh token that is on its way already, and Monzo honours it once.
     *
     * @param patience how long to wait for each login in which something is under way
     */
    public void close(Duration patience) {
        for (Shared login : shared.values()) {
            try {
                if (login.lock().tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                    login.owner().set(NOBODY);
                    login.lock().unlock();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /**
     * Opens a login, without asking the bank or waiting for anything.
     *
     * @param handle the name under which openHAB stores it: the bridge's UID
     * @param settings a login stored with others is deleted at the first use
     * @param api the calls of the same bank
     */
    public Login open(String handle, LoginSettings settings, MonzoApi api) {
        Shared common = shared.computeIfAbsent(
                handle,
                key -> new Shared(
                        new ReentrantLock(),
                        new CallBudget(RENEWALS, clock),
                        new CallBudget(EXCHANGES, clock),
                        new AtomicReference<>(NOBODY),
                        new AtomicReference<>()));
        common.owner().set(settings.fingerprint());
        TokenEndpoint tokenEndpoint =
                new TokenEndpoint(settings.tokenUrl(), settings.clientId(), settings.clientSecret(), http, clock);
        return new Login(handle, settings, oAuthFactory, common, tokenEndpoint, api, clock);
    }
}
