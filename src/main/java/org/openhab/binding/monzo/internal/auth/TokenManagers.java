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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.api.HttpTransport;
import org.openhab.binding.monzo.internal.api.MonzoApi;
import org.openhab.binding.monzo.internal.api.TokenEndpoint;
import org.openhab.core.auth.client.oauth2.OAuthFactory;

/**
 * Opens logins. Lives as long as the factory of the handlers, and with it what the successive lives of one login share.
 */
@NonNullByDefault
public class TokenManagers {

    private final OAuthFactory oAuthFactory;
    private final HttpTransport http;
    private final Clock clock;
    private final AuthorizationFlow flow;
    private final Map<String, SharedTokens> shared = new ConcurrentHashMap<>();

    /**
     * Makes the opener.
     *
     * @param oAuthFactory openHAB's, with its encrypted store
     * @param http for the token endpoint; more patient than for data, since an answer that gets lost there costs the
     *        person a new login
     * @param configured the settings of every login in openHAB by its handle, also while it is disabled: its tokens are
     *        stored
     */
    public TokenManagers(
            OAuthFactory oAuthFactory,
            HttpTransport http,
            Clock clock,
            Supplier<Map<String, OAuthClientSettings>> configured) {
        this.oAuthFactory = oAuthFactory;
        this.http = http;
        this.clock = clock;
        this.flow = new AuthorizationFlow(configured, this::shared, clock);
    }

    private SharedTokens shared(String handle) {
        return shared.computeIfAbsent(handle, key -> new SharedTokens(key, oAuthFactory, clock));
    }

    /**
     * Waits for whoever has to do with tokens, and lets nobody begin. Whoever opens the same logins next would else send
     * a refresh token that is on its way already, and Monzo honours it once.
     *
     * @param patience how long to wait for each login in which something is under way
     */
    public void close(Duration patience) {
        flow.close(patience);
        for (SharedTokens login : shared.values()) {
            try {
                if (login.lock().tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                    login.end();
                    login.lock().unlock();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /**
     * Opens a login, without asking the bank or waiting for anything. It becomes the latest life of that login.
     *
     * @param handle the name under which openHAB stores it: the bridge's UID
     * @param settings a login stored with others is deleted at the first use
     * @param api the calls of the same bank
     */
    public TokenManager open(String handle, OAuthClientSettings settings, MonzoApi api) {
        TokenEndpoint tokenEndpoint =
                new TokenEndpoint(settings.tokenUrl(), settings.clientId(), settings.clientSecret(), http, clock);
        SharedTokens common = shared(handle);
        TokenManager login = new TokenManager(settings, common, flow, tokenEndpoint, api, clock);
        common.begin(login);
        return login;
    }
}
