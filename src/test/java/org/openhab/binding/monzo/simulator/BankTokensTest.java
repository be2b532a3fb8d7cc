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
package org.openhab.binding.monzo.simulator;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItems;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tests how the simulated bank issues, refreshes and revokes tokens. */
class BankTokensTest extends SimulatedBankTestBase {

    @Test
    void haveTheDocumentedForm() throws Exception {
        JsonObject tokens = logIn(alice);
        assertEquals(
                Set.of("access_token", "client_id", "expires_in", "refresh_token", "token_type", "user_id"),
                keys(tokens));
        assertEquals(21_600, tokens.get("expires_in").getAsInt());
        assertEquals("Bearer", text(tokens, "token_type"));
        assertEquals(alice.userId(), text(tokens, "user_id"));
        assertThat(bank.issuedSecrets(), hasItems(access(tokens), text(tokens, "refresh_token")));
        assertEquals(access(tokens), bank.currentAccessToken(alice).orElseThrow());
    }

    @Test
    void haveNoRefreshTokenForANonConfidentialClient() throws Exception {
        bank.addNonConfidentialClient(CLIENT, SECRET, REDIRECT);
        assertFalse(logIn(alice).has("refresh_token"));
    }

    @Test
    void rotateOnRefreshAndTheOldOnesEnd() throws Exception {
        JsonObject first = logIn(alice);
        JsonObject second = json(refresh(first), 200);
        assertNotEquals(access(first), access(second));
        assertNotEquals(text(first, "refresh_token"), text(second, "refresh_token"));
        assertCode("unauthorized.bad_access_token.evicted", 401, api("/ping/whoami", first));
        assertCode("unauthorized.bad_refresh_token", 401, refresh(first));
        assertEquals(200, api("/ping/whoami", second).statusCode());
        assertEquals(200, refresh(second).statusCode());
    }

    @Test
    void areEvictedByASecondLogin() throws Exception {
        JsonObject first = logIn(alice);
        JsonObject second = logIn(alice);
        assertCode("unauthorized.bad_access_token.evicted", 401, api("/ping/whoami", first));
        assertCode("unauthorized.bad_refresh_token.evicted", 401, refresh(first));
        assertEquals(200, api("/ping/whoami", second).statusCode());
    }

    @Test
    void ofAnotherPersonOrClientAreNotEvicted() throws Exception {
        JsonObject tokens = logIn(alice);
        logIn(bob);
        bank.addClient("oauth2client_2", SECRET);
        json(exchange(Map.of("client_id", "oauth2client_2"), code(alice, "oauth2client_2")), 200);
        assertEquals(200, api("/ping/whoami", tokens).statusCode());
        assertEquals(200, refresh(tokens).statusCode());
    }

    @Test
    void areEvictedByTheHook() throws Exception {
        JsonObject tokens = logIn(alice);
        bank.evict(alice);
        assertCode("unauthorized.bad_access_token.evicted", 401, api("/accounts", tokens));
        assertCode("unauthorized.bad_refresh_token.evicted", 401, refresh(tokens));
    }

    @Test
    void expireByTheBanksClock() throws Exception {
        bank.expiresIn(Duration.ofMinutes(5));
        JsonObject tokens = logIn(alice);
        clock.advance(Duration.ofSeconds(299));
        assertEquals(200, api("/ping/whoami", tokens).statusCode());
        clock.advance(Duration.ofSeconds(1));
        HttpResponse<String> expired = api("/ping/whoami", tokens);
        assertCode("unauthorized.bad_access_token.expired", 401, expired);
        assertEquals("invalid_token", text(json(expired, 401), "error"));
        assertEquals(200, refresh(tokens).statusCode());
    }

    @Test
    void expireByTheHook() throws Exception {
        JsonObject tokens = logIn(alice);
        bank.expireAccessTokens();
        assertCode("unauthorized.bad_access_token.expired", 401, api("/ping/whoami", tokens));
        assertEquals(200, refresh(tokens).statusCode());
    }

    @Test
    void needTheClientsSecret() throws Exception {
        JsonObject tokens = logIn(alice);
        String refreshToken = text(tokens, "refresh_token");
        assertCode(
                "unauthorized.bad_client",
                401,
                postForm(Map.of(
                        "grant_type",
                        "refresh_token",
                        "client_id",
                        CLIENT,
                        "client_secret",
                        "wrong",
                        "refresh_token",
                        refreshToken)));
        assertCode(
                "unauthorized.bad_client",
                401,
                postForm(Map.of("grant_type", "refresh_token", "client_id", CLIENT, "refresh_token", refreshToken)));
        assertEquals(200, refresh(tokens).statusCode(), "a refused client costs no refresh token");
    }

    @Test
    void areGivenForACodeOnce() throws Exception {
        String code = code(alice, CLIENT);
        assertEquals(200, exchange(Map.of(), code).statusCode());
        assertEquals(401, exchange(Map.of(), code).statusCode());
    }

    @Test
    void areNotGivenForACodeOfAnotherRedirectUrlOrOfAge() throws Exception {
        String code = code(alice, CLIENT);
        assertEquals(401, exchange(Map.of("redirect_uri", REDIRECT + "/"), code).statusCode());
        clock.advance(Duration.ofMinutes(10));
        assertEquals(401, exchange(Map.of(), code).statusCode());
    }

    @Test
    void areRequestedWithAForm() throws Exception {
        HttpRequest asJson = HttpRequest.newBuilder(URI.create(bank.url() + "/oauth2/token"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"grant_type\":\"refresh_token\"}"))
                .build();
        assertEquals(400, send(asJson).statusCode());
        assertEquals(400, postForm(Map.of("grant_type", "password")).statusCode());
        assertEquals(405, get(bank.url() + "/oauth2/token", null).statusCode());
    }

    @Test
    void endWithTheLogout() throws Exception {
        JsonObject tokens = logIn(alice);
        HttpRequest logout = HttpRequest.newBuilder(URI.create(bank.url() + "/oauth2/logout"))
                .header("Authorization", "Bearer " + access(tokens))
                .POST(BodyPublishers.noBody())
                .build();
        assertEquals("{\"ok\":true}", send(logout).body());
        assertCode("unauthorized.bad_access_token", 401, api("/ping/whoami", tokens));
        assertCode("unauthorized.bad_refresh_token", 401, refresh(tokens));
    }

    @Test
    void areRefusedInTheConfiguredWay() throws Exception {
        bank.behaviour().refreshRefusedStatus(400).challenges(true);
        JsonObject tokens = logIn(alice);
        refresh(tokens);
        HttpResponse<String> refused = refresh(tokens);
        assertCode("unauthorized.bad_refresh_token", 400, refused);
        assertEquals("invalid_grant", text(json(refused, 400), "error"));
        assertTrue(api("/accounts", tokens)
                .headers()
                .firstValue("WWW-Authenticate")
                .isPresent());
        bank.behaviour().challenges(false);
        assertFalse(api("/accounts", tokens)
                .headers()
                .firstValue("WWW-Authenticate")
                .isPresent());
    }
}
