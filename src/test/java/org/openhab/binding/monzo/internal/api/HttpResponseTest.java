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

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.internal.api.HttpTransport.HttpResponse;
import org.openhab.binding.monzo.internal.model.ErrorKind;

class HttpResponseTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void returnsJsonObjectOf200() throws MonzoException {
        assertEquals(Json.object("{\"a\": 1}"), new HttpResponse(200, null, "{\"a\": 1}").object(NOW));
    }

    @ParameterizedTest
    @CsvSource({
        "200, , INVALID_RESPONSE", // not JSON
        "201, , INVALID_RESPONSE",
        "204, , INVALID_RESPONSE",
        "301, , INVALID_RESPONSE",
        "302, , INVALID_RESPONSE",
        "400, bad_request.missing_param, REJECTED",
        "400, , INVALID_RESPONSE",
        "400, something.else, INVALID_RESPONSE",
        "401, , TOKEN_REFUSED",
        "401, unauthorized, TOKEN_REFUSED",
        "401, unauthorized.bad_access_token, TOKEN_REFUSED",
        "401, unauthorized.bad_access_token.expired, TOKEN_EXPIRED",
        "401, unauthorized.bad_access_token.evicted, LOGIN_EVICTED",
        "403, forbidden.insufficient_permissions, NOT_PERMITTED",
        "403, forbidden.verification_required, VERIFICATION_REQUIRED",
        "403, , INVALID_RESPONSE", // from a proxy or firewall
        "403, something.else, INVALID_RESPONSE",
        "404, not_found, NOT_FOUND",
        "404, not_found.account, NOT_FOUND",
        "404, bad_request.not_found, REJECTED",
        "404, , INVALID_RESPONSE",
        "404, no_route, INVALID_RESPONSE",
        "405, , INVALID_RESPONSE",
        "406, , INVALID_RESPONSE",
        "410, , INVALID_RESPONSE",
        "410, not_found, NOT_FOUND",
        "418, , INVALID_RESPONSE",
        "429, , RATE_LIMITED",
        "500, , SERVER_ERROR",
        "502, , SERVER_ERROR",
        "503, , SERVER_ERROR",
        "504, , SERVER_ERROR",
        "599, , SERVER_ERROR",
    })
    void mapsResponsesToErrorKinds(int status, String code, ErrorKind fault) {
        String body = code == null ? "<html>secret</html>" : "{\"code\": \"" + code + "\", \"message\": \"secret\"}";

        MonzoException e = refusal(new HttpResponse(status, null, body));

        assertEquals(fault, e.kind());
        assertNull(e.retryAfter());
        assertThat(e.getMessage(), not(containsString("secret")));
    }

    @ParameterizedTest
    @CsvSource({
        "400, bad_request.insufficient_funds,   HTTP 400 bad_request.insufficient_funds",
        "403, forbidden.insufficient_permissions, HTTP 403 forbidden.insufficient_permissions",
        "404, not_found.pot_0000AbC1,           HTTP 404",
        "400, bad_request.Alice,                HTTP 400",
        "400, bad_request.1234,                 HTTP 400",
        "400, 'bad_request.a b',                HTTP 400",
        "500, internal_service,                 HTTP 500 internal_service",
        "500, ,                                 HTTP 500",
    })
    void namesTheCodeOfMonzoIfItHidesNothing(int status, String code, String message) {
        String body = code == null ? "" : "{\"code\": \"" + code + "\", \"message\": \"secret\"}";

        assertEquals(message, refusal(new HttpResponse(status, null, body)).getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 429, 500})
    void acceptsAnyBodyOfAnErrorResponse(int status) {
        for (String body :
                new String[] {"", "null", "[]", "{\"code\": 1}", "{\"code\": null}", "{\"code\": {}}", "{"}) {
            assertEquals(
                    refusal(new HttpResponse(status, null, "")).kind(),
                    refusal(new HttpResponse(status, null, body)).kind());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "429, 30, 30",
        "503, 30, 30",
        "429, ' 30 ', 30",
        "429, 3600, 3600",
        "429, 0000000030, 30",
        "429, 'Sun, 01 Mar 2026 12:01:00 GMT', 60",
        "429, 3601, 3600", // and longer values
        "429, 7200, 3600",
        "503, 999999999, 3600",
        "429, 9999999999999999999999, 3600",
        "429, 'Mon, 01 Mar 2027 12:00:00 GMT', 3600",
        "429, 'Fri, 31 Dec 9999 23:59:59 GMT', 3600",
    })
    void honoursRetryAfterUpToAnHour(int status, String header, long seconds) {
        assertEquals(
                Duration.ofSeconds(seconds),
                refusal(new HttpResponse(status, header, "")).retryAfter());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "0",
                "-5",
                "1.5",
                "30s",
                "soon",
                "٣",
                "Sun, 01 Mar 2026 11:59:59 GMT",
                "Sun, 01 Mar 2026 12:00:00 GMT",
                "Mon, 01 Mar 2026 12:01:00 GMT",
                "2026-03-01T12:01:00Z",
            })
    void ignoresInvalidRetryAfter(String header) {
        assertNull(refusal(new HttpResponse(429, header, "")).retryAfter());
    }

    @Test
    void hidesBodiesInMessages() {
        assertEquals("HttpResponse[200]", new HttpResponse(200, null, "secret").toString());
    }

    private static MonzoException refusal(HttpResponse reply) {
        return assertThrows(MonzoException.class, () -> reply.object(NOW));
    }
}
