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
import org.openhab.binding.monzo.internal.bank.Fault;

class TokenEndpointTest {

    private final CannedExchange bank = new CannedExchange();
    private final TokenEndpoint endpoint =
            new TokenEndpoint("https://api.example/oauth2/token", "id", "secret", bank, Clock.systemUTC());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | {\"code\":\"unauthorized.bad_refresh_token\"}         | LOGIN_REFUSED",
                "401 | {\"code\":\"unauthorized.bad_refresh_token.evicted\"} | LOGIN_EVICTED",
                "401 | {\"error\":\"invalid_client\"}                        | CLIENT_REFUSED",
                "401 | <html>                                                | LOGIN_REFUSED",
                "401 | ''                                                    | LOGIN_REFUSED",
                "400 | {\"error\":\"invalid_grant\"}                         | LOGIN_REFUSED",
                "400 | {\"error\":\"unauthorized_client\"}                   | CLIENT_REFUSED",
                "400 | ''                                                    | LOGIN_REFUSED",
                "400 | <html>                                                | NONSENSE",
                "403 | {\"code\":\"forbidden\"}                              | LOGIN_REFUSED",
                "403 | <html>                                                | NONSENSE",
                "404 | ''                                                    | NONSENSE",
                "429 | ''                                                    | RATE_LIMITED",
                "502 | <html>                                                | SERVER_ERROR",
                "302 | ''                                                    | NONSENSE",
                "200 | {}                                                    | NONSENSE",
                "200 | {\"access_token\":\"a\",\"expires_in\":1.5}           | NONSENSE",
                "200 | {\"access_token\":\"\"}                               | NONSENSE"
            })
    void tellsRefusalsApart(int status, String body, Fault fault) {
        bank.answer(status, body);

        assertEquals(
                fault,
                assertThrows(MonzoException.class, () -> endpoint.refresh("refresh"))
                        .fault());
    }

    @ParameterizedTest
    @CsvSource({"'\"expires_in\":60', PT1M", "'\"x\":1', PT6H", "'\"expires_in\":-5', PT6H", "'\"expires_in\":0', PT0S"
    })
    void readsTheLifeAndAssumesMonzosWhereItIsNotTold(String field, Duration life) throws MonzoException {
        bank.answer(200, "{\"access_token\":\"a\"," + field + "}");

        assertEquals(life, endpoint.exchange("code", "https://me.example/cb").life());
    }

    @Test
    void aTokensLifeIsNeverBeyondWhatDatesCanHold() throws MonzoException {
        bank.answer(200, "{\"access_token\":\"a\",\"expires_in\":9223372036854775807}");

        assertEquals(
                Duration.ofSeconds(Integer.MAX_VALUE),
                endpoint.refresh("refresh").life());
    }
}
