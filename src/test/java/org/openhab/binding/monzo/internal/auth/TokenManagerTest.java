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
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.internal.api.HttpResponse;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.model.ErrorKind;

class TokenManagerTest extends TokenManagerFixture {

    private static final String TOKEN = "/oauth2/token";

    private ErrorKind errorOfToken() {
        return assertThrows(MonzoException.class, manager::token).kind();
    }

    /** A code can be exchanged once, and the tokens would belong to the former client. */
    @Test
    void exchangesNoCodeOnceTheBridgeIsEdited() {
        open(HANDLE, "another secret");

        MonzoException e =
                assertThrows(MonzoException.class, () -> manager.logIn("code", "https://me.example/connectmonzo"));

        assertEquals(ErrorKind.LOGIN_MISSING, e.kind());
        assertEquals(0, sent(TOKEN));
    }

    @Test
    void opensNoStoreAfterTheLogout() throws MonzoException {
        respond("/oauth2/logout", response(200, "{}"));
        manager.logOut();

        assertEquals(ErrorKind.LOGIN_MISSING, errorOfToken());
        assertNull(core.oAuthFactory().getOAuthClientService(HANDLE));
    }

    @Test
    void requestsNoTokenUntilRetryAfterHasElapsed() {
        clock.advance(EXPIRES_IN);
        respond(TOKEN, new HttpResponse(429, "3600", ""));
        assertEquals(ErrorKind.RATE_LIMITED, errorOfToken());
        assertEquals(ErrorKind.RATE_LIMITED, errorOfToken());

        clock.advance(Duration.ofMinutes(59));
        assertEquals(ErrorKind.RATE_LIMITED, errorOfToken());
        assertEquals(1, sent(TOKEN));

        clock.advance(Duration.ofMinutes(1));
        assertEquals(ErrorKind.RATE_LIMITED, errorOfToken());
        assertEquals(2, sent(TOKEN));
    }

    /** A login without a user ID learns it at a refresh, when another login of the same user may exist. */
    @Test
    void keepsTokensOfItsOwnUserThoughAnotherLoginHasThatUserToo() throws MonzoException {
        String handle = "monzo:bridge:second";
        TokenManager second = open(handle, "secret");
        issueTokens(null);
        second.logIn("code", "https://me.example/connectmonzo");
        issueTokens("user_1");
        second.replaceToken(second.token());

        LoginResult result = second.logIn("code", "https://me.example/connectmonzo");

        assertEquals(new LoginResult(LoginResult.Kind.ACCEPTED, handle), result);
    }

    /** User IDs of two banks, such as Monzo's and a simulated one, have nothing to do with each other. */
    @Test
    void assignsNoTokensToALoginAtAnotherBank() throws MonzoException {
        String handle = "monzo:bridge:elsewhere";
        TokenManager elsewhere = open(handle, "secret", "https://api.other.example");

        LoginResult result = elsewhere.logIn("code", "https://me.example/connectmonzo");

        assertEquals(new LoginResult(LoginResult.Kind.ACCEPTED, handle), result);
    }

    @Test
    void deletesStoredTokensOfFormerSettingsAfterARestart() {
        managers = restart.get();
        manager = open(HANDLE, "another secret");
        assertEquals(ErrorKind.LOGIN_MISSING, errorOfToken());

        managers = restart.get();
        manager = open(HANDLE, "secret");
        assertEquals(ErrorKind.LOGIN_MISSING, errorOfToken());
    }

    @Test
    void readsStoredTokensAfterARestart() throws MonzoException {
        managers = restart.get();
        manager = open(HANDLE, "secret");

        assertEquals("access-1", manager.token().value());
        assertEquals(0, sent(TOKEN));
    }
}
