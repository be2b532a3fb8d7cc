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
import java.util.function.Supplier;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.api.HttpTransport;
import org.openhab.core.auth.client.oauth2.OAuthFactory;

/**
 * The token managers of all logins, each for as long as the binding runs.
 */
@NonNullByDefault
public class TokenManagers {

    /**
     * The period of the limits of calls to the token endpoint: Monzo locks users out after about 30 within 5
     * minutes (monzo/docs issue 66). The limits are a safeguard; normal operation stays far below.
     */
    static final Duration RATE_PERIOD = Duration.ofMinutes(5);

    private final OAuthFactory oAuthFactory;
    private final HttpTransport http;
    private final Clock clock;
    private final AuthorizationFlow flow;
    private final Map<String, TokenManager> managers = new ConcurrentHashMap<>();

    /**
     * Creates the registry.
     *
     * @param oAuthFactory openHAB's OAuth factory with its encrypted store
     * @param http the transport for the token endpoint, with a longer timeout than for data: a lost response requires
     *     the user to log in again
     * @param configured the settings of all logins in openHAB by bridge UID, including disabled ones, whose tokens are
     *     still stored
     */
    public TokenManagers(
            OAuthFactory oAuthFactory,
            HttpTransport http,
            Clock clock,
            Supplier<Map<String, OAuthClient.Settings>> configured) {
        this(oAuthFactory, http, clock, configured, AuthorizationFlow.ASSIGN_TIMEOUT);
    }

    TokenManagers(
            OAuthFactory oAuthFactory,
            HttpTransport http,
            Clock clock,
            Supplier<Map<String, OAuthClient.Settings>> configured,
            Duration assignTimeout) {
        this.oAuthFactory = oAuthFactory;
        this.http = http;
        this.clock = clock;
        this.flow = new AuthorizationFlow(configured, this::of, assignTimeout, clock);
    }

    /** Returns the token manager of a bridge, always the same. */
    public TokenManager of(String bridgeUid) {
        return managers.computeIfAbsent(bridgeUid, uid -> new TokenManager(uid, oAuthFactory, http, flow, clock));
    }

    /**
     * Waits for token requests in progress and prevents new ones. Otherwise the binding, when it is started again,
     * could send a refresh token that is already in use, which Monzo accepts only once.
     *
     * @param timeout the maximum time to wait for each login with a request in progress
     */
    public void close(Duration timeout) {
        flow.close(timeout);
        for (TokenManager manager : managers.values()) {
            try {
                manager.close(timeout);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
