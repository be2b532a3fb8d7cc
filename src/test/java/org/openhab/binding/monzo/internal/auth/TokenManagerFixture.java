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

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.openhab.binding.monzo.fixture.Core;
import org.openhab.binding.monzo.internal.api.HttpTransport;
import org.openhab.binding.monzo.internal.api.HttpTransport.HttpRequest;
import org.openhab.binding.monzo.internal.api.HttpTransport.HttpResponse;
import org.openhab.binding.monzo.internal.api.MonzoApi;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.simulator.AdjustableClock;

/** A token manager over openHAB's real token store, with responses that a test chooses for each request. */
abstract class TokenManagerFixture {

    static final String HANDLE = "monzo:bridge:alice";
    static final Duration EXPIRES_IN = Duration.ofHours(6);

    @TempDir
    Path folder;

    final AdjustableClock clock = new AdjustableClock(Instant.parse("2026-03-01T12:00:00Z"));
    final List<HttpRequest> requests = new ArrayList<>();
    final Map<String, OAuthClient.Settings> configured = new HashMap<>();

    Core core;
    MonzoApi api;
    Supplier<TokenManagers> restart;
    TokenManagers managers;
    TokenManager manager;

    private final Map<String, Supplier<HttpResponse>> responses = new HashMap<>();
    private int tokensIssued;

    @BeforeEach
    final void logIn() throws MonzoException {
        core = new Core(folder);
        HttpTransport transport = request -> {
            requests.add(request);
            HttpResponse response = responses.get(request.path()).get();
            return () -> response;
        };
        api = new MonzoApi("https://api.example", transport, clock);
        restart = () ->
                new TokenManagers(core.oAuthFactory(), transport, clock, () -> configured, Duration.ofMillis(200));
        managers = restart.get();
        issueTokens("user_1");
        manager = open(HANDLE, "secret");
        manager.logIn("code", "https://me.example/connectmonzo");
        requests.clear();
    }

    @AfterEach
    final void leavesNoLockBehind() {
        core.close();
        assertFalse(manager.lock().isLocked());
    }

    final TokenManager open(String handle, String clientSecret) {
        return open(handle, clientSecret, "https://api.example");
    }

    final TokenManager open(String handle, String clientSecret, String apiUrl) {
        OAuthClient.Settings settings =
                new OAuthClient.Settings("client", clientSecret, apiUrl, "https://auth.example");
        configured.put(handle, settings);
        TokenManager opened = managers.of(handle);
        opened.configure(settings, api);
        return opened;
    }

    /** Lets the token endpoint issue the tokens access-1, access-2 and so on, without a user ID for {@code null}. */
    final void issueTokens(String user) {
        String userId = user == null ? null : '"' + user + '"';
        responses.put(
                "/oauth2/token", () -> response(200, """
                        {"access_token": "access-%d", "refresh_token": "refresh-%1$d", "expires_in": %d,
                         "user_id": %s}""".formatted(++tokensIssued, EXPIRES_IN.toSeconds(), userId)));
    }

    /** Lets an endpoint respond as before, after something else has happened. */
    final void respondMeanwhile(String path, Runnable meanwhile) {
        Supplier<HttpResponse> response = responses.get(path);
        responses.put(path, () -> {
            meanwhile.run();
            return response.get();
        });
    }

    final void respond(String path, HttpResponse response) {
        responses.put(path, () -> response);
    }

    static HttpResponse response(int status, String body) {
        return new HttpResponse(status, null, body);
    }

    final long sent(String path) {
        return requests.stream().filter(request -> request.path().equals(path)).count();
    }
}
