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
package org.openhab.binding.monzo.internal.login;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginRecordTest {

    private static final Instant OBTAINED = Instant.parse("2026-03-01T12:00:00.123456789Z");
    private static final Instant EXPIRES = Instant.parse("2026-03-02T18:00:00Z");
    private static final AccessToken TOKEN = new AccessToken("s3cret-token", true, OBTAINED, EXPIRES);
    private static final LoginSettings SETTINGS =
            new LoginSettings("oauth2client_1", "s3cret", "https://api.example", "https://auth.example");

    static Stream<LoginRecord> records() {
        LoginRecord none = LoginRecord.none("settings");
        return Stream.of(
                none,
                none.withToken(TOKEN),
                none.withToken(TOKEN).identifiedAs("user_1").withApproval(),
                none.identifiedAs(null),
                new LoginRecord("a\"\\\n{}é😀", "\u0000", true, true, "", Instant.MIN, Instant.MAX));
    }

    @ParameterizedTest
    @MethodSource("records")
    void outlivesARestart(LoginRecord login) {
        LoginRecord expected = "".equals(login.token())
                ? new LoginRecord(login.settings(), login.userId(), true, true, null, login.obtained(), login.expires())
                : login;

        assertEquals(expected, LoginRecord.fromJson(login.toJson()));
    }

    @Test
    void holdsNoSecret() {
        String json = LoginRecord.none(SETTINGS.fingerprint()).withToken(TOKEN).toJson();

        assertThat(json, not(containsString("s3cret")));
        assertThat(TOKEN + " " + SETTINGS, not(containsString("s3cret")));
    }

    @Test
    void forgetsOfANewLoginWhatHasToBeFoundOut() {
        LoginRecord login = LoginRecord.none("settings")
                .withToken(TOKEN)
                .identifiedAs("user_1")
                .withApproval();

        LoginRecord again = login.unidentified();

        assertEquals(new LoginRecord("settings", "user_1", false, false, login.token(), OBTAINED, EXPIRES), again);
        assertEquals("user_1", again.identifiedAs(null).userId());
        assertEquals("user_2", again.identifiedAs("user_2").userId());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{}",
                "<x>",
                "{\"settings\": 1}",
                "{\"settings\": \"\"}",
                "{\"a\":\"\\uzzzz\"}"
            })
    void takesRubbishForNothing(String json) {
        assertNull(LoginRecord.fromJson(json));
    }

    @Test
    void takesRubbishInAFieldForUnknown() {
        assertEquals(
                LoginRecord.none("settings"),
                LoginRecord.fromJson("{\"settings\": \"settings\", \"userId\": 1, \"identified\": \"true\","
                        + " \"approved\": null, \"token\": [], \"obtained\": \"yesterday\", \"expires\": 5}"));
    }

    @Test
    void tellsSettingsApart() {
        assertEquals(
                SETTINGS.fingerprint(),
                new LoginSettings("oauth2client_1", "s3cret", "https://api.example", "x").fingerprint());
        for (LoginSettings other : new LoginSettings[] {
            new LoginSettings("oauth2client_2", "s3cret", "https://api.example", "https://auth.example"),
            new LoginSettings("oauth2client_1", "other", "https://api.example", "https://auth.example"),
            new LoginSettings("oauth2client_1", "s3cret", "https://other.example", "https://auth.example")
        }) {
            assertNotEquals(SETTINGS.fingerprint(), other.fingerprint());
        }
    }
}
