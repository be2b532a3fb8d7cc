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
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.internal.api.HttpTransport.HttpResponse;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.auth.AuthorizationFlow.LoginResult;
import org.openhab.binding.monzo.internal.auth.OAuthClient.AccessToken;
import org.openhab.binding.monzo.internal.model.ErrorKind;

class TokenManagerTest extends TokenManagerFixture {

    private static final String TOKEN = "/oauth2/token";

    private ErrorKind errorOfToken() {
        return errorOfToken(manager);
    }

    private static ErrorKind errorOfToken(TokenManager login) {
        return assertThrows(MonzoException.class, () -> login.token(login.settings()))
                .kind();
    }

    /** A code can be exchanged once, and the tokens would belong to the former client. */
    @Test
    void exchangesNoCodeIfTheBridgeIsEditedMeanwhile() throws Exception {
        FutureTask<LoginResult> logIn =
                new FutureTask<>(() -> manager.logIn("code", "https://me.example/connectmonzo"));
        manager.lock().lock();
        try {
            new Thread(logIn).start();
            while (!manager.lock().hasQueuedThreads()) {
                Thread.onSpinWait();
            }
            open(HANDLE, "another secret");
        } finally {
            manager.lock().unlock();
        }

        ExecutionException e = assertThrows(ExecutionException.class, () -> logIn.get(60, TimeUnit.SECONDS));

        assertEquals(ErrorKind.LOGIN_MISSING, ((MonzoException) e.getCause()).kind());
        assertEquals(0, sent(TOKEN));
    }

    /** A former handler of the bridge could send it to another bank. */
    @Test
    void givesNoTokenToACallerWithFormerSettings() throws MonzoException {
        OAuthClient.Settings former = manager.settings();
        AccessToken token = manager.token(former);
        open(HANDLE, "secret", "https://other.example");
        issueTokens("user_1");
        manager.logIn("code", "https://me.example/connectmonzo");

        assertThrows(MonzoException.class, () -> manager.token(former));
        assertThrows(MonzoException.class, () -> manager.replaceToken(token, former));
        assertEquals("access-2", manager.token(manager.settings()).value());
    }

    @Test
    void storesNoTokensThatWereRefreshedForFormerSettings() {
        clock.advance(EXPIRES_IN);
        OAuthClient.Settings former = manager.settings();
        respondMeanwhile(TOKEN, () -> open(HANDLE, "another secret"));

        assertThrows(MonzoException.class, () -> manager.token(former));
        assertNull(manager.tokenInUse());
        assertEquals(ErrorKind.LOGIN_MISSING, errorOfToken());
    }

    @Test
    void keepsTokensOfABridgeThatIsAddedAgainBeforeTheLogout() throws MonzoException {
        manager.logOut(() -> true);

        assertEquals(0, sent("/oauth2/logout"));
        assertEquals("access-1", manager.token(manager.settings()).value());
    }

    @Test
    void returnsTheTokenOfTheFormerClientOfTheSameBankOnly() {
        OAuthClient.Settings same = manager.settings();
        assertNull(manager.configure(same, api));
        assertNull(manager.configure(
                new OAuthClient.Settings(same.clientId(), "regenerated", same.apiUrl(), same.authUrl()), api));
        manager.configure(same, api);
        assertNull(manager.configure(
                new OAuthClient.Settings("another", "secret", "https://other.example", same.authUrl()), api));
        manager.configure(same, api);
        AccessToken former =
                manager.configure(new OAuthClient.Settings("another", "secret", same.apiUrl(), same.authUrl()), api);
        assertEquals("access-1", former.value());
    }

    @Test
    void opensNoStoreAfterTheLogout() throws MonzoException {
        respond("/oauth2/logout", response(200, "{}"));
        manager.logOut(() -> false);

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
        second.replaceToken(second.token(second.settings()), second.settings());

        LoginResult result = second.logIn("code", "https://me.example/connectmonzo");

        assertEquals(new LoginResult(LoginResult.Kind.ACCEPTED, handle), result);
    }

    /** Another login may wait for a token response that never comes; a web thread must not wait forever. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givesUpWaitingForAnotherLogin(boolean loaded) throws Exception {
        respond("/oauth2/logout", response(200, "{}"));
        TokenManager second = open("monzo:bridge:second", "secret");
        if (!loaded) { // as before the first refresh after a restart
            managers = restart.get();
            manager = open(HANDLE, "secret");
            second = open("monzo:bridge:second", "secret");
        }
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        FutureTask<Boolean> refresh = new FutureTask<>(() -> {
            manager.lock().lock();
            locked.countDown();
            boolean ended = end.await(60, TimeUnit.SECONDS);
            manager.lock().unlock();
            return ended;
        });
        new Thread(refresh).start();
        locked.await();

        LoginResult result = second.logIn("code", "https://me.example/connectmonzo");

        assertEquals(new LoginResult(LoginResult.Kind.BUSY, "monzo:bridge:second"), result);
        assertEquals(1, sent("/oauth2/logout"), "the new tokens are invalidated");
        assertEquals(ErrorKind.LOGIN_MISSING, errorOfToken(second));
        end.countDown();
        assertTrue(refresh.get());
        assertFalse(second.lock().isLocked());
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

        assertEquals("access-1", manager.token(manager.settings()).value());
        assertEquals(0, sent(TOKEN));
    }
}
