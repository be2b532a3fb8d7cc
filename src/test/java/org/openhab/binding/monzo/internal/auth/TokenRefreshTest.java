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
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.fixture.BackgroundTask;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.auth.AuthorizationFlow.LoginResult;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;

/** Tests when and how often tokens are refreshed, also after restarts, sleep and errors. */
class TokenRefreshTest extends LoginLifecycleTestBase {

    @ParameterizedTest
    @ValueSource(strings = {"PT5H35M", "PT9H"})
    void refreshesTokenOnceForConcurrentCallers(Duration age) throws Exception {
        connected();
        TokenManager login = loginInStore(fixture.core(), fixture.clock);
        fixture.clock.advance(age);
        CompletableFuture<Void> answer = new CompletableFuture<>();
        fixture.bank.faults().next(Endpoint.TOKEN, Fault.lateReply(answer));

        List<BackgroundTask> callers = Stream.generate(
                        () -> BackgroundTask.call(() -> token(login).value()))
                .limit(20)
                .toList();
        callers.forEach(BackgroundTask::awaitBlocked);
        assertThat(fixture.bank.awaitCount(Endpoint.TOKEN, 1, AWAIT_TIMEOUT), is(true));
        answer.complete(null);
        for (BackgroundTask caller : callers) {
            assertThat(caller.join(), is(fixture.bank.currentAccessToken(alice).orElseThrow()));
        }
        assertThat(tokenCalls(), is(1));
    }

    @Test
    void closingWaitsForTokenRefreshInProgressAndPreventsOthers() throws Exception {
        connected();
        TokenManagers logins =
                new TokenManagers(fixture.core().oAuthFactory(), http(fixture.core()), fixture.clock, Map::of);
        TokenManager login = open(logins, fixture.core(), fixture.clock);
        fixture.clock.advance(REFRESH_DUE);
        CompletableFuture<Void> answer = new CompletableFuture<>();
        fixture.bank.faults().next(Endpoint.TOKEN, Fault.lateReply(answer));
        BackgroundTask renewal = BackgroundTask.call(() -> token(login).value());
        assertThat(fixture.bank.awaitCount(Endpoint.TOKEN, 1, AWAIT_TIMEOUT), is(true));

        BackgroundTask end =
                BackgroundTask.run(() -> logins.close(AWAIT_TIMEOUT)).awaitBlocked();
        answer.complete(null);
        String renewed = fixture.bank.currentAccessToken(alice).orElseThrow();
        assertThat(renewal.join(), is(renewed));
        end.join();
        assertThat(tokenInStore(), is(renewed));

        fixture.clock.advance(REFRESH_DUE);
        assertThrows(MonzoException.class, () -> token(login));
        assertThat(tokenCalls(), is(1));
    }

    @Test
    void closingWaitsForCodeExchangeInProgressAndPreventsOthers() throws Exception {
        TokenManagers logins =
                new TokenManagers(fixture.core().oAuthFactory(), http(fixture.core()), fixture.clock, Map::of);
        TokenManager login = open(logins, fixture.core(), fixture.clock);
        String redirectUrl = "http://openhab/callback?a=b&c";
        String back = fixture.bank
                .logIn(login.settings().authorizationUrl(redirectUrl, "state"), alice)
                .toString();
        assertThat(back, startsWith(redirectUrl + "&code="));
        CompletableFuture<Void> answer = new CompletableFuture<>();
        fixture.bank.faults().next(Endpoint.TOKEN, Fault.lateReply(answer));
        String code = back.replaceAll(".*[?&]code=([^&]*).*", "$1");
        BackgroundTask exchange =
                BackgroundTask.call(() -> login.logIn(code, redirectUrl).kind());
        assertThat(fixture.bank.awaitCount(Endpoint.TOKEN, 1, AWAIT_TIMEOUT), is(true));

        BackgroundTask end =
                BackgroundTask.run(() -> logins.close(AWAIT_TIMEOUT)).awaitBlocked();
        answer.complete(null);
        assertThat(exchange.join(), is(LoginResult.Kind.ACCEPTED));
        end.join();
        assertThat(tokenInStore(), is(fixture.bank.currentAccessToken(alice).orElseThrow()));
        assertThrows(MonzoException.class, () -> login.logIn("another", redirectUrl));
        assertThat(tokenCalls(), is(1));
    }

    @Test
    void doesNotRefreshRejectedNewTokenAtEveryPoll() {
        connected();
        fixture.bank.faults().always(Endpoint.BALANCE, Fault.unauthorized("unauthorized.bad_access_token", true));
        fixture.pass(Duration.ofHours(1));
        assertThat("with backoff", tokenCalls(), is(lessThan(10)));
        assertThat(status(), is("ONLINE"));
        assertThat(BindingFixture.status(account), is("OFFLINE/COMMUNICATION_ERROR offline.refreshed-token-rejected"));
        fixture.bank.faults().clear();
        assertLoginWorks();
    }

    @Test
    void restartedBridgeUsesTokenOfRefreshInProgress() throws Exception {
        connected();
        fixture.clock.advance(REFRESH_DUE);
        CompletableFuture<Void> answer = new CompletableFuture<>();
        fixture.bank.faults().next(Endpoint.TOKEN, Fault.lateReply(answer));
        BackgroundTask earlier = BackgroundTask.run(() -> fixture.pass(BindingFixture.INTERVAL));
        assertThat(fixture.bank.awaitCount(Endpoint.TOKEN, 1, AWAIT_TIMEOUT), is(true));

        bridge.dispose();
        bridge.initialize();
        BackgroundTask later = BackgroundTask.run(fixture.scheduler::runDue).awaitBlocked();
        answer.complete(null);
        earlier.join();
        later.join();
        assertThat(status(), is("ONLINE"));
        assertThat(tokenCalls(), is(1));
        assertThat(fixture.scheduler.waiting(), is(1));
        assertLoginWorks();
        assertThat(tokenCalls(), is(2));
    }

    @Test
    void earlierHandlerDoesNotRestoreItsOldToken() throws Exception {
        fixture.bank.behaviour().approvesAtOnce(true);
        fixture.logIn(bridge, alice);
        CompletableFuture<Void> answer = new CompletableFuture<>();
        fixture.bank.faults().next(Endpoint.BALANCE, Fault.lateReply(answer));
        BackgroundTask earlier = BackgroundTask.run(fixture.scheduler::runDue);
        assertThat(fixture.bank.awaitCount(Endpoint.BALANCE, 1, AWAIT_TIMEOUT), is(true));

        bridge.dispose();
        bridge.initialize();
        fixture.logIn(bridge, alice);
        fixture.scheduler.runDue();
        assertThat(status(), is("ONLINE"));
        answer.complete(null);
        earlier.join();
        assertThat(tokenInStore(), is(fixture.bank.currentAccessToken(alice).orElseThrow()));
    }

    @Test
    void storesNewTokensEncryptedBeforeTheirFirstUse() throws Exception {
        connected();
        fixture.clock.advance(REFRESH_DUE);
        CompletableFuture<Void> answer = new CompletableFuture<>();
        fixture.bank.faults().next(Endpoint.ACCOUNTS, Fault.lateReply(answer));
        bridge.connection().poller().refreshAll();
        BackgroundTask refresh = BackgroundTask.run(fixture.scheduler::runDue);
        assertThat(fixture.bank.awaitCount(Endpoint.ACCOUNTS, 1, AWAIT_TIMEOUT), is(true));

        assertThat(tokenInStore(), is(fixture.bank.currentAccessToken(alice).orElseThrow()));
        assertThat(tokenCalls(), is(1));
        String stored = fixture.core().stored(STORE);
        assertThat(stored, not(containsString(BindingFixture.CLIENT_SECRET)));
        for (String secret : fixture.bank.issuedSecrets()) {
            assertThat(stored, not(containsString(secret)));
        }
        answer.complete(null);
        refresh.join();
    }

    @Test
    void refreshesTokenExpiredEarlyAndRepeatsTheRequest() {
        people.current().withoutTotalBalance(); // so that two requests are sent together
        connected();
        int statuses = fixture.callback(bridge.getThing()).statuses().size();
        fixture.bank.expireAccessTokens();
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(tokenCalls(), is(1));
        // Both were sent together with the old token, and each again with the new one.
        assertThat(fixture.bank.count(Endpoint.POTS), is(2));
        assertThat(fixture.bank.count(Endpoint.BALANCE), is(2));
        assertThat(fixture.callback(bridge.getThing()).statuses(), hasSize(statuses));
        assertLoginWorks();
    }

    @Test
    void refreshesTokenHalfAnHourBeforeExpiry() {
        connected();
        fixture.skip(Duration.ofMinutes(5 * 60 + 29));
        assertThat(tokenCalls(), is(0));
        fixture.pass(Duration.ofMinutes(2));
        assertThat(tokenCalls(), is(1));
    }

    @ParameterizedTest
    @CsvSource({"PT6H, 4", "PT30H, 0", "PT10M, 144"})
    void staysOnlineForADayForAnyTokenLifetime(Duration life, int tokenCalls) {
        fixture.bank.expiresIn(life);
        fixture.edit(bridge.getThing(), Map.of("refreshInterval", 300));
        connected();
        int statuses = fixture.callback(bridge.getThing()).statuses().size();
        fixture.pass(Duration.ofDays(1));
        assertThat(fixture.callback(bridge.getThing()).statuses(), hasSize(statuses));
        assertThat((double) tokenCalls(), is(closeTo(tokenCalls, 1)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void limitsTokenCallsForExpiredNewTokens(int seconds) {
        fixture.bank.expiresIn(Duration.ofSeconds(seconds));
        fixture.edit(bridge.getThing(), Map.of("refreshInterval", 10));
        fixture.connect(bridge, alice);
        List<Integer> calls = new ArrayList<>();
        for (int minute = 0; minute < 60; minute++) {
            calls.add(tokenCalls());
            fixture.pass(Duration.ofMinutes(1));
        }
        for (int minute = 5; minute < calls.size(); minute++) {
            assertThat(calls.get(minute) - calls.get(minute - 5), is(lessThanOrEqualTo(10)));
        }
        fixture.bank.expiresIn(Duration.ofHours(6));
        fixture.pass(Duration.ofMinutes(16));
        assertThat(status(), is("ONLINE"));
        assertLoginWorks();
    }

    @Test
    void callsFailingTokenEndpointOncePerPoll() {
        fixture.addAccount(bridge, people.joint().id());
        fixture.addAccount(bridge, people.euro().id());
        connected();
        fixture.bank.expireAccessTokens();
        fixture.bank.faults().always(Endpoint.TOKEN, Fault.serverError());
        fixture.pass(fixture.scheduler.untilNext());
        assertThat(status(), is("OFFLINE/COMMUNICATION_ERROR offline.server-error"));
        assertThat(tokenCalls(), is(1));
    }

    @Test
    void honoursRetryAfterOfTokenEndpointPastTokenExpiry() {
        connected();
        fixture.skip(Duration.ofMinutes(5 * 60 + 28));
        fixture.bank.faults().always(Endpoint.TOKEN, Fault.tooManyRequests("3000"));
        fixture.pass(Duration.ofMinutes(45));
        assertThat(tokenCalls(), is(1));
        assertThat(status(), is("OFFLINE/COMMUNICATION_ERROR offline.rate-limited"));
        fixture.bank.faults().clear();
        fixture.pass(Duration.ofMinutes(10));
        assertThat(status(), is("ONLINE"));
        assertThat(tokenCalls(), is(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"21600\"", "21600.5", "\"soon\"", "-1", "{}", "99999999999999999999"})
    void keepsTokensForAnyValueOfExpiresIn(String life) throws Exception {
        connected();
        fixture.bank.faults().next(Endpoint.TOKEN, Fault.changedBody(body -> {
            assertThat(body, containsString("\"expires_in\":21600"));
            return body.replace("\"expires_in\":21600", "\"expires_in\":" + life);
        }));
        fixture.skip(REFRESH_DUE);
        fixture.pass(Duration.ofMinutes(25));
        assertThat(status(), is("ONLINE"));
        assertThat(tokenCalls(), is(1));
        assertThat(tokenInStore(), is(fixture.bank.currentAccessToken(alice).orElseThrow()));
        assertLoginWorks();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<!-- added by a proxy -->", "{}", "\0", "]"})
    void keepsTokensFollowedByOtherText(String trailer) throws Exception {
        connected();
        fixture.bank.faults().next(Endpoint.TOKEN, Fault.changedBody(body -> body + trailer));
        fixture.skip(REFRESH_DUE);
        fixture.pass(Duration.ofMinutes(25));
        assertThat(status(), is("ONLINE"));
        assertThat(tokenCalls(), is(1));
        assertThat(tokenInStore(), is(fixture.bank.currentAccessToken(alice).orElseThrow()));
        assertLoginWorks();
    }

    static Stream<Fault> proxyResponses() {
        return Stream.of(
                Fault.html(400),
                Fault.html(401),
                Fault.html(403),
                Fault.html(404),
                Fault.html(405),
                Fault.emptyBody(400),
                Fault.emptyBody(403),
                Fault.emptyBody(404),
                Fault.status(410),
                Fault.status(401, "{\"message\":\"Unauthorized\"}", "application/json"),
                Fault.status(400, "{\"error\":\"Bad Request\",\"status\":400}", "application/json"));
    }

    @ParameterizedTest
    @MethodSource("proxyResponses")
    void staysOnlineWhenAProxyAnswersATokenRefresh(Fault fault) {
        connected();
        fixture.skip(Duration.ofMinutes(5 * 60 + 28));
        int statuses = fixture.callback(bridge.getThing()).statuses().size();
        fixture.bank.faults().always(Endpoint.TOKEN, fault);
        fixture.pass(Duration.ofMinutes(30));
        assertThat(fixture.callback(bridge.getThing()).statuses(), hasSize(statuses));
        assertThat(tokenCalls(), is(both(greaterThan(10)).and(lessThan(20))));
        fixture.pass(Duration.ofMinutes(30));
        assertThat(status(), startsWith("OFFLINE/COMMUNICATION_ERROR"));
        fixture.bank.faults().clear();
        fixture.pass(Duration.ofMinutes(16));
        assertThat(status(), is("ONLINE"));
        assertLoginWorks();
    }

    @Test
    void treatsEmpty401AsRejection() {
        connected();
        fixture.skip(Duration.ofMinutes(5 * 60 + 28));
        fixture.bank.faults().always(Endpoint.TOKEN, Fault.emptyBody(401));
        fixture.pass(Duration.ofMinutes(5));
        assertThat(status(), is("OFFLINE/CONFIGURATION_ERROR offline.login-refused"));
        assertThat(tokenCalls(), is(1));
    }

    @ParameterizedTest
    @CsvSource({"PT3M, 0", "PT9H, 1"})
    void refreshesTokenAtMostOnceAfterARestart(Duration downtime, int tokenCalls) {
        connected();
        fixture.restart(downtime);
        fixture.pass(Duration.ofSeconds(1));
        assertThat(status(), is("ONLINE"));
        assertThat(tokenCalls(), is(tokenCalls));
        assertLoginWorks();
    }

    @Test
    void usesRotatedTokensAfterARestart() {
        connected();
        fixture.skip(Duration.ofHours(6));
        assertThat(tokenCalls(), is(1));
        fixture.restart(Duration.ofMinutes(1));
        fixture.pass(Duration.ofSeconds(1));
        assertThat(status(), is("ONLINE"));
        assertThat(tokenCalls(), is(1));
        assertLoginWorks();
    }

    @ParameterizedTest
    @CsvSource({"PT3H, 0", "PT9H, 1", "PT24H, 1", "PT-24H, 0"})
    void continuesAfterSleepOrClockChange(Duration jump, int tokenCalls) {
        connected();
        fixture.clock.advance(jump);
        int statuses = fixture.callback(bridge.getThing()).statuses().size();
        fixture.pass(Duration.ofMinutes(5));
        assertThat(tokenCalls(), is(tokenCalls));
        assertThat(fixture.bank.count(Endpoint.BALANCE), is(5));
        assertThat(fixture.callback(bridge.getThing()).statuses(), hasSize(statuses));
        fixture.clock.advance(jump.negated());
        fixture.bank.expireAccessTokens();
        fixture.pass(Duration.ofMinutes(5));
        assertThat(tokenCalls(), is(tokenCalls + 1));
        assertLoginWorks();
    }
}
