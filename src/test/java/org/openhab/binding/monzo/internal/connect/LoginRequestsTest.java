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
package org.openhab.binding.monzo.internal.connect;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.auth.AuthorizationFlow.LoginResult;
import org.openhab.binding.monzo.internal.connect.ConnectPages.PageResponse;
import org.openhab.binding.monzo.internal.connection.MonzoConnection;
import org.openhab.binding.monzo.internal.model.ErrorKind;

/** Tests the requests that start and complete a login. */
class LoginRequestsTest extends ConnectPagesTestBase {

    @Test
    void redirectsToMonzoForALogin() {
        PageResponse reply = fixture.get("/authorize", Map.of("bridge", HOME));

        assertEquals(302, reply.status());
        assertThat(
                reply.location(),
                startsWith(PagesFixture.MONZO
                        + "?redirect_uri=http%3A%2F%2Fopenhab%3A8080%2Fconnectmonzo%2Fcallback&state="));
    }

    /** Two different redirect URLs would confuse users, who must register one exactly as shown. */
    @Test
    void showsDefaultRedirectUrlOnlyIfUsed() {
        when(home.callbackUrl()).thenReturn("https://home.example/connectmonzo/callback");
        String help = texts.text(Locale.ENGLISH, "page.redirect-url-help");

        String configured = fixture.get("", Map.of()).html();
        assertThat(configured, containsString("<code>https://home.example/connectmonzo/callback</code>"));
        assertThat(words(configured), containsString(words(help)));
        assertThat(configured, containsString("<a href=\"https://developers.monzo.com/\">developers.monzo.com</a>"));
        assertThat(configured, not(containsString(CALLBACK)));

        fixture.addBridge(OTHER);
        assertThat(fixture.get("", Map.of()).html(), containsString("<code>" + CALLBACK + "</code>"));
    }

    @Test
    void usesTheConfiguredRedirectUrl() throws MonzoException {
        when(home.callbackUrl()).thenReturn("https://home.example/connectmonzo/callback");

        String state = fixture.begin(HOME);
        fixture.get("/callback", Map.of("state", state, "code", "c0de"));

        verify(home).authorizationUrl("https://home.example/connectmonzo/callback", state);
        verify(home).logIn("c0de", "https://home.example/connectmonzo/callback");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "monzo:bridge:gone", "monzo:account:home:acc_1", "<script>", "\r\nX: y"})
    void rejectsLoginOfAnUnknownBridge(String uid) {
        assertOutcome(404, Outcome.NO_BRIDGE, fixture.get("/authorize", Map.of("bridge", uid)));
        assertOutcome(404, Outcome.NO_BRIDGE, fixture.get("/authorize", Map.of()));
    }

    @Test
    void showsErrorWhenALoginCannotStart() {
        when(home.canLogIn()).thenReturn(false);

        assertOutcome(404, Outcome.NO_BRIDGE, fixture.get("/authorize", Map.of("bridge", HOME)));
    }

    @Test
    void completesALogin() throws MonzoException {
        PageResponse reply = fixture.get("/callback", Map.of("state", fixture.begin(HOME), "code", "c0de"));

        assertGoesOn(Outcome.APPROVE, reply);
        verify(home).logIn("c0de", CALLBACK);
    }

    @Test
    void usesTheRedirectUrlOfTheStartedLogin() throws MonzoException {
        String state = fixture.begin(HOME);

        fixture.get("/callback", Map.of("state", state, "code", "c0de"), "https://other.example");

        verify(home).logIn("c0de", CALLBACK);
    }

    @ParameterizedTest
    @EnumSource(ErrorKind.class)
    void showsErrorOfAFailedLogin(ErrorKind error) throws MonzoException {
        doThrow(new MonzoException(error, "refused")).when(home).logIn(anyString(), anyString());

        assertGoesOn(Outcome.of(error), fixture.get("/callback", Map.of("state", fixture.begin(HOME), "code", "c0de")));
    }

    @ParameterizedTest
    @CsvSource({
        "OTHER_PERSON, OTHER_PERSON",
        "CLIENT_REFUSED, CLIENT_REFUSED",
        "LOGIN_REFUSED, REFUSED",
        "UNREACHABLE, UNREACHABLE",
        "RATE_LIMITED, UNREACHABLE",
    })
    void mapsErrorsToOutcomes(ErrorKind error, Outcome outcome) {
        assertEquals(outcome, Outcome.of(error));
    }

    @ParameterizedTest
    @ValueSource(strings = {"access_denied", "server_error", "<script>alert(1)</script>", "\r\nSet-Cookie: a=b"})
    void treatsErrorParameterAsDenied(String error) throws MonzoException {
        String state = fixture.begin(HOME);

        PageResponse reply = fixture.get(
                "/callback", Map.of("state", state, "error", error, "error_description", "<b>", "code", "c0de"));

        assertGoesOn(Outcome.DENIED, reply);
        assertOutcome(400, Outcome.STALE, fixture.get("/callback", Map.of("state", state, "code", "c0de")));
        verify(home, never()).logIn(any(), any());
    }

    @Test
    void limitsAttemptsPerAddress() throws MonzoException {
        for (int i = 0; i < 100; i++) {
            String state = PagesFixture.state(fixture.getFrom("192.0.2.66", "/authorize", Map.of("bridge", HOME)));
            PageResponse reply = fixture.getFrom("192.0.2.66", "/callback", Map.of("state", state, "code", "junk" + i));
            assertGoesOn(i < 10 ? Outcome.APPROVE : Outcome.BUSY, reply);
        }

        assertGoesOn(Outcome.APPROVE, fixture.get("/callback", Map.of("state", fixture.begin(HOME), "code", "c0de")));
        verify(home).logIn("c0de", CALLBACK);
        verify(home, never()).logIn(eq("junk10"), any());
    }

    @Test
    void startsTheBridgeThatTokensWereStoredFor() throws MonzoException {
        MonzoConnection other = fixture.addBridge(OTHER);
        when(home.logIn(any(), any())).thenReturn(new LoginResult(LoginResult.Kind.HANDED_OVER, OTHER));

        PageResponse reply = fixture.get("/callback", Map.of("state", fixture.begin(HOME), "code", "c0de"));

        verify(other).loggedIn();
        verify(home, never()).loggedIn();
        assertGoesOn(Outcome.HANDED_OVER, reply);
        other.getThing().setLabel("Another");
        awaitApproval(other);
        assertThat(fixture.get("", PagesFixture.next(reply)).html(), containsString("Authorised instead: Another"));
    }

    @Test
    void startsNoBridgeAfterARejectedLogin() throws MonzoException {
        MonzoConnection other = fixture.addBridge(OTHER);
        when(home.logIn(any(), any())).thenReturn(new LoginResult(LoginResult.Kind.PERSON_HAS_LOGIN, OTHER));

        PageResponse reply = fixture.get("/callback", Map.of("state", fixture.begin(HOME), "code", "c0de"));

        verify(other, never()).loggedIn();
        verify(home, never()).loggedIn();
        assertGoesOn(Outcome.PERSON_HAS_LOGIN, reply);
        other.getThing().setLabel("Another");
        assertThat(
                fixture.get("", PagesFixture.next(reply)).html(),
                containsString("This Monzo user already uses Another"));
    }

    @Test
    void rejectsCallbackWithoutCode() throws MonzoException {
        assertOutcome(400, Outcome.STALE, fixture.get("/callback", Map.of("state", fixture.begin(HOME))));
        verify(home, never()).logIn(any(), any());
    }

    @Test
    void rejectsOversizedParameters() throws MonzoException {
        String megabyte = "<a\"".repeat(350_000);

        assertOutcome(400, Outcome.STALE, fixture.get("/callback", Map.of("state", megabyte, "code", megabyte)));
        assertOutcome(
                400, Outcome.STALE, fixture.get("/callback", Map.of("state", fixture.begin(HOME), "code", megabyte)));
        assertOutcome(404, Outcome.NO_BRIDGE, fixture.get("/authorize", Map.of("bridge", megabyte)));
        assertEquals(
                200, fixture.get("", Map.of(ConnectPages.OUTCOME, megabyte)).status());
        assertThat(
                fixture.get("", Map.of(ConnectPages.OUTCOME, megabyte)).html().length(), lessThan(20_000));
        verify(home, never()).logIn(any(), any());
    }

    private static void assertGoesOn(Outcome outcome, PageResponse reply) {
        assertEquals(303, reply.status());
        assertEquals("", reply.html());
        assertThat(
                reply.location(),
                matchesPattern("\\.\\./connectmonzo\\?outcome=" + outcome.key() + "-[A-Za-z0-9_-]{22}"));
    }
}
