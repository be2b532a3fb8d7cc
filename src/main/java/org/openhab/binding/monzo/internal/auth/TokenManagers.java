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
 * Creates the token managers of all logins and keeps the state that successive managers of a login share.
 */
@NonNullByDefault
public class TokenManagers {

    /**
     * The period of the limits of calls to the token endpoint: Monzo locks customers out after about 30 within 5 minutes
     * (monzo/docs issue 66). The limits are a safeguard; normal operation stays far below.
     */
    static final Duration RATE_PERIOD = Duration.ofMinutes(5);

    private final OAuthFactory oAuthFactory;
    private final HttpTransport http;
    private final Clock clock;
    private final AuthorizationFlow flow;
    private final Map<String, SharedTokens> shared = new ConcurrentHashMap<>();

    /**
     * Creates the factory.
     *
     * @param oAuthFactory openHAB's OAuth factory with its encrypted store
     * @param http the transport for the token endpoint, with a longer timeout than for data: a lost response requires
     *     the user to log in again
     * @param configured the settings of all logins in openHAB by handle, including disabled ones, whose tokens are
     *     still stored
     */
    public TokenManagers(
            OAuthFactory oAuthFactory,
            HttpTransport http,
            Clock clock,
            Supplier<Map<String, OAuthClientSettings>> configured) {
        this(oAuthFactory, http, clock, configured, AuthorizationFlow.ASSIGN_TIMEOUT);
    }

    TokenManagers(
            OAuthFactory oAuthFactory,
            HttpTransport http,
            Clock clock,
            Supplier<Map<String, OAuthClientSettings>> configured,
            Duration assignTimeout) {
        this.oAuthFactory = oAuthFactory;
        this.http = http;
        this.clock = clock;
        this.flow = new AuthorizationFlow(configured, this::shared, assignTimeout, clock);
    }

    private SharedTokens shared(String handle) {
        return shared.computeIfAbsent(handle, key -> new SharedTokens(key, oAuthFactory, clock));
    }

    /**
     * Waits for token requests in progress and prevents new ones. Otherwise the next manager of a login could send a
     * refresh token that is already in use, which Monzo accepts only once.
     *
     * @param timeout the maximum time to wait for each login with a request in progress
     */
    public void close(Duration timeout) {
        flow.close(timeout);
        for (SharedTokens tokens : shared.values()) {
            try {
                if (tokens.lock().tryLock(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                    tokens.deactivate();
                    tokens.lock().unlock();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /**
     * Creates the active token manager of a login, without sending requests or blocking.
     *
     * @param handle the key of the login in openHAB's store: the bridge's UID
     * @param settings the current settings; tokens stored with other settings are deleted on first use
     * @param api the API of the same bank
     */
    public TokenManager open(String handle, OAuthClientSettings settings, MonzoApi api) {
        TokenEndpoint tokenEndpoint = new TokenEndpoint(
                settings.apiUrl(), settings.clientId(), settings.clientSecret(), http, clock, api.statistics());
        SharedTokens sharedTokens = shared(handle);
        TokenManager manager = new TokenManager(settings, sharedTokens, flow, tokenEndpoint, api, clock);
        sharedTokens.activate(manager);
        return manager;
    }
}
