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
package org.openhab.binding.monzo.internal.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.internal.model.ErrorKind;

class TokenEndpointTest {

    private final CannedTransport bank = new CannedTransport();
    private final TokenEndpoint endpoint = new TokenEndpoint(
            "https://api.example", "id", "secret", bank, Clock.systemUTC(), new RequestStatistics(Clock.systemUTC()));

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
                "400 | ''                                                    | LOGIN_REFUSED",
                "400 | <html>                                                | INVALID_RESPONSE",
                "403 | {\"code\":\"forbidden\"}                              | LOGIN_REFUSED",
                "400 | {\"message\":\"Bad Request\"}                         | INVALID_RESPONSE",
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
                assertThrows(MonzoException.class, () -> endpoint.refresh("refresh"))
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

        assertEquals(life, endpoint.exchange("code", "https://me.example/cb").expiresIn());
    }

    @Test
    void acceptsTokensOfAnySuccessfulResponse() throws MonzoException {
        bank.answer(201, "{\"access_token\":\"a\",\"refresh_token\":\"r\",\"expires_in\":60}");

        TokenGrant grant = endpoint.refresh("refresh");

        assertEquals("a", grant.accessToken());
        assertEquals("r", grant.refreshToken());
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

        assertEquals(
                Duration.ofSeconds(Integer.MAX_VALUE),
                endpoint.refresh("refresh").expiresIn());
    }
}
