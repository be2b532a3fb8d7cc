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

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.internal.auth.OAuthClient.AccessToken;
import org.openhab.binding.monzo.internal.auth.TokenStore.StoredTokens;

class StoredTokensTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456789Z");
    private static final StoredTokens TOKENS = tokens("access", "refresh", Duration.ofHours(6), "user_1");

    private static StoredTokens tokens(String access, String refresh, Duration expiresIn, String userId) {
        return new StoredTokens("settings", userId, null, new AccessToken(access, NOW, NOW.plus(expiresIn)), refresh);
    }

    @Test
    void roundTripsThroughJson() {
        StoredTokens tokens = TOKENS.withApproval(NOW);

        assertThat(StoredTokens.fromJson(tokens.toJson()), is(tokens));
        StoredTokens minimal = tokens("access", null, Duration.ZERO, null);
        assertThat(StoredTokens.fromJson(minimal.toJson()), is(minimal));
    }

    @Test
    void refreshKeepsUserApprovalAndUnreplacedRefreshToken() {
        StoredTokens tokens = TOKENS.withApproval(NOW);
        StoredTokens refreshed = tokens.refreshed(tokens("next", null, Duration.ofHours(1), null));

        assertThat(refreshed.userId(), is("user_1"));
        assertThat(refreshed.approved(), is(NOW));
        assertThat(refreshed.refreshToken(), is("refresh"));
        assertThat(refreshed.token().value(), is("next"));
        assertThat(refreshed.token().expires(), is(NOW.plusSeconds(3600)));
    }

    @Test
    void learnsTheUserAtARefresh() {
        StoredTokens unknown = tokens("first", "refresh", Duration.ofHours(1), null);

        assertThat(unknown.refreshed(TOKENS).userId(), is("user_1"));
    }

    @Test
    void comparesOnlyKnownUsers() {
        StoredTokens alice = TOKENS;
        StoredTokens bob = tokens("b", null, Duration.ZERO, "user_2");
        StoredTokens nobody = tokens("c", null, Duration.ZERO, null);

        assertThat(alice.belongsToDifferentUser(bob), is(true));
        assertThat(alice.belongsToDifferentUser(alice), is(false));
        assertThat(alice.belongsToDifferentUser(nobody), is(false));
        assertThat(nobody.belongsToDifferentUser(alice), is(false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "access", "{}", "[]", "{\"settings\":\"s\",\"accessToken\":\"a\",\"obtained\":\"soon\"}"})
    void returnsNullForInvalidJson(String text) {
        assertThat(StoredTokens.fromJson(text), is(nullValue()));
    }

    @Test
    void toStringHidesTokensAndUser() {
        assertThat(
                TOKENS.toString(),
                allOf(not(containsString("access\"")), not(containsString("refresh")), not(containsString("user_1"))));
    }
}
