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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.fixture.Fuzz;
import org.openhab.binding.monzo.internal.api.CannedTransport;
import org.openhab.binding.monzo.internal.api.MonzoApi;
import org.openhab.binding.monzo.internal.api.MonzoApiFuzzTest;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.api.RecordedResponsesTestBase;
import org.openhab.binding.monzo.internal.auth.TokenStore.StoredTokens;
import org.openhab.binding.monzo.internal.model.ErrorKind;

class OAuthClientTest extends RecordedResponsesTestBase {

    private final CannedTransport bank = new CannedTransport();
    private final OAuthClient client = new OAuthClient(
            new OAuthClient.Settings("id", "secret", "https://api.example", "https://auth.example"),
            bank,
            Clock.systemUTC(),
            new MonzoApi("https://api.example", bank, Clock.systemUTC()));

    private static Duration expiresIn(StoredTokens tokens) {
        return Duration.between(tokens.token().obtained(), tokens.token().expires());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | {\"code\":\"unauthorized.bad_refresh_token\"}         | LOGIN_REFUSED",
                "401 | {\"code\":\"unauthorized.bad_refresh_token.evicted\"} | LOGIN_EVICTED",
                "401 | {\"error\":\"invalid_client\"}                        | CLIENT_REFUSED",
                "401 | <html>                                                | INVALID_RESPONSE",
                "401 | {\"message\":\"Unauthorized\"}                        | INVALID_RESPONSE",
                "401 | {\"code\":401,\"error\":\"Unauthorized\"}              | INVALID_RESPONSE",
                "401 | {\"code\":\"unauthorized\"}                           | LOGIN_REFUSED",
                "401 | ''                                                    | LOGIN_REFUSED",
                "400 | {\"error\":\"invalid_grant\"}                         | LOGIN_REFUSED",
                "400 | {\"error\":\"unauthorized_client\"}                   | CLIENT_REFUSED",
                "400 | ''                                                    | INVALID_RESPONSE",
                "400 | <html>                                                | INVALID_RESPONSE",
                "403 | {\"code\":\"forbidden\"}                              | LOGIN_REFUSED",
                "400 | {\"message\":\"Bad Request\"}                         | INVALID_RESPONSE",
                "403 | ''                                                    | INVALID_RESPONSE",
                "403 | <html>                                                | INVALID_RESPONSE",
                "403 | {\"message\":\"Forbidden\"}                           | INVALID_RESPONSE",
                "404 | ''                                                    | INVALID_RESPONSE",
                "429 | ''                                                    | RATE_LIMITED",
                "502 | <html>                                                | SERVER_ERROR",
                "302 | ''                                                    | INVALID_RESPONSE",
                "200 | {}                                                    | INVALID_RESPONSE",
                "200 | {\"access_token\":\"\"}                               | INVALID_RESPONSE"
            })
    void mapsErrorResponses(int status, String body, ErrorKind fault) {
        bank.answer(status, body);

        assertEquals(
                fault,
                assertThrows(MonzoException.class, () -> client.refresh("refresh"))
                        .kind());
    }

    @ParameterizedTest
    @CsvSource({
        "'\"expires_in\":60', PT1M",
        "'\"x\":1', PT6H",
        "'\"expires_in\":-5', PT6H",
        "'\"expires_in\":0', PT0S",
        "'\"expires_in\":\"600\"', PT10M",
        "'\"expires_in\":\" 600 \"', PT10M",
        "'\"expires_in\":600.9', PT10M",
        "'\"expires_in\":\"600.0\"', PT10M",
        "'\"expires_in\":\"-600\"', PT6H",
        "'\"expires_in\":\"soon\"', PT6H",
        "'\"expires_in\":\"\"', PT6H",
        "'\"expires_in\":1e999999999', PT6H",
        "'\"expires_in\":NaN', PT6H",
        "'\"expires_in\":null', PT6H",
        "'\"expires_in\":true', PT6H",
        "'\"expires_in\":{}', PT6H",
        "'\"expires_in\":[600]', PT6H",
    })
    void readsExpiresInOrUsesDefault(String field, Duration life) throws MonzoException {
        bank.answer(200, "{\"access_token\":\"a\"," + field + "}");

        assertEquals(life, expiresIn(client.exchange("code", "https://me.example/cb")));
    }

    @Test
    void acceptsTokensOfAnySuccessfulResponse() throws MonzoException {
        bank.answer(201, "{\"access_token\":\"a\",\"refresh_token\":\"r\",\"expires_in\":60}");

        StoredTokens tokens = client.refresh("refresh");

        assertEquals("a", tokens.token().value());
        assertEquals("r", tokens.refreshToken());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9223372036854775807",
                "\"9223372036854775807\"",
                "9999999999999999999999999999",
                "99999999999999999999.5"
            })
    void limitsExpiresInToTheRangeOfDates(String seconds) throws MonzoException {
        bank.answer(200, "{\"access_token\":\"a\",\"expires_in\":" + seconds + "}");

        assertEquals(Duration.ofSeconds(Integer.MAX_VALUE), expiresIn(client.refresh("refresh")));
    }

    @Test
    void readsTokens() throws MonzoException {
        bank.answer(200, recorded("token"));

        StoredTokens tokens = client.refresh("refresh-token");

        assertEquals("access-token-of-the-example", tokens.token().value());
        assertEquals("refresh-token-of-the-example", tokens.refreshToken());
        assertEquals("user_00009example00000001", tokens.userId());
        assertEquals(Duration.ofHours(6), expiresIn(tokens));
    }

    @ParameterizedTest
    @CsvSource({"error-refresh-token-refused, LOGIN_REFUSED", "error-refresh-token-evicted, LOGIN_EVICTED"})
    void mapsRecordedRefreshErrors(String file, ErrorKind expected) {
        bank.answer(401, recorded(file));

        assertEquals(
                expected,
                assertThrows(MonzoException.class, () -> client.refresh("refresh-token"))
                        .kind());
    }

    @Test
    void returnsTokensOrThrowsMonzoException() {
        String valid = "{\"access_token\":\"a\",\"client_id\":\"oauth2client_1\",\"expires_in\":21600,"
                + "\"refresh_token\":\"r\",\"token_type\":\"Bearer\",\"user_id\":\"user_1\"}";
        Fuzz.run("OAuthClient", random -> {
            bank.answer(MonzoApiFuzzTest.response(valid, random));
            try {
                assertNotNull(client.refresh("refresh").token().value());
            } catch (MonzoException e) {
                assertNotNull(e.kind());
            }
        });
    }
}
