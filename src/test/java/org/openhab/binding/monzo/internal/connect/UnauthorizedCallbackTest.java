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
import static org.hamcrest.Matchers.*;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.fixture.BackgroundTask;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.fixture.Browser;
import org.openhab.binding.monzo.fixture.SingleLoginTestBase;
import org.openhab.binding.monzo.internal.auth.AuthorizationFlow.LoginResult;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;

/**
 * Tests that anyone on the home network who opens the page, starts logins or invents codes changes nothing and does not
 * prevent logins.
 */
class UnauthorizedCallbackTest extends SingleLoginTestBase {

    private String authorize() {
        return Browser.location(
                fixture.browser.get(fixture.url() + "/connectmonzo/authorize?bridge=monzo:bridge:alice"));
    }

    /** Returns the URL of a callback with an invented code. */
    private String inventedCode() {
        String state = authorize().replaceAll(".*[?&]state=([^&]*).*", "$1");
        return fixture.url() + "/connectmonzo/callback?code=junk&state=" + state;
    }

    private String result(String callback) {
        return Browser.location(fixture.browser.get(callback))
                .replaceAll(".*\\?outcome=([a-z-]*)-[A-Za-z0-9_-]{22}", "$1");
    }

    private static boolean isBusy(BackgroundTask callback) {
        return callback.isDone() && "busy".equals(callback.join());
    }

    private static long callbackThreads() {
        return Thread.getAllStackTraces().values().stream()
                .filter(trace -> Stream.of(trace)
                        .anyMatch(frame -> frame.getMethodName().equals("isAcquired")
                                || frame.getMethodName().equals("exchanged")))
                .count();
    }

    /** Starts a token refresh whose response the bank delays. */
    private BackgroundTask delayedTokenRefresh(CompletableFuture<Void> answer) throws InterruptedException {
        connected();
        fixture.clock.advance(Duration.ofMinutes(5 * 60 + 35));
        fixture.bank.faults().next(Endpoint.TOKEN, Fault.lateReply(answer));
        BackgroundTask refresh = BackgroundTask.run(() -> fixture.pass(BindingFixture.INTERVAL));
        assertThat(fixture.bank.awaitCount(Endpoint.TOKEN, 1, AWAIT_TIMEOUT), is(true));
        return refresh;
    }

    // Statuses

    private void assertInventedCodeKeepsStatus(String status) {
        assertThat(BindingFixture.status(bridge), is(status));
        int statuses = fixture.callback(bridge.getThing()).statuses().size();
        fixture.bank.resetCounts();
        assertThat(result(inventedCode()), is("refused"));
        assertThat(fixture.bank.count(Endpoint.TOKEN), is(1));
        assertThat(BindingFixture.status(bridge), is(status));
        assertThat(fixture.callback(bridge.getThing()).statuses(), hasSize(statuses));
    }

    @Test
    void inventedCodeDuringAnOutageKeepsStatus() {
        connected();
        fixture.bank.faults().always(Endpoint.BALANCE, Fault.serverError()).always(Endpoint.POTS, Fault.serverError());
        fixture.pass(Duration.ofMinutes(30));
        assertInventedCodeKeepsStatus("OFFLINE/COMMUNICATION_ERROR offline.server-error");
        fixture.bank.faults().clear();
        fixture.pass(Duration.ofMinutes(16));
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
    }

    @Test
    void inventedCodeKeepsStatusOfConnectedLogin() {
        connected();
        assertInventedCodeKeepsStatus("ONLINE");
    }

    @Test
    void inventedCodeKeepsStatusWhileAwaitingApproval() {
        fixture.logIn(bridge, alice);
        fixture.pass(Duration.ofSeconds(10));
        assertInventedCodeKeepsStatus("OFFLINE/CONFIGURATION_PENDING offline.approval-needed");
    }

    @Test
    void inventedCodeKeepsStatusOfEndedLogin() {
        connected();
        fixture.bank.evict(alice);
        fixture.pass(BindingFixture.INTERVAL);
        assertInventedCodeKeepsStatus("OFFLINE/CONFIGURATION_ERROR offline.login-evicted");
    }

    /** Without a login there is no other status, and the text helps to correct a mistake. */
    @Test
    void showsRejectedCodeInStatusBeforeFirstLogin() {
        fixture.pass(Duration.ofSeconds(1));
        assertThat(result(inventedCode()), is("refused"));
        assertThat(BindingFixture.status(bridge), is("OFFLINE/CONFIGURATION_ERROR offline.login-refused"));
        connected();
    }

    @Test
    void showsRejectedClientInStatusBeforeFirstLogin() {
        fixture.pass(Duration.ofSeconds(1));
        String callback = fixture.callbackUrl(bridge, alice);
        fixture.bank.addClient(BindingFixture.CLIENT_ID, "mnzconf.another");
        assertThat(result(callback), is("client-refused"));
        assertThat(BindingFixture.status(bridge), is("OFFLINE/CONFIGURATION_ERROR offline.client-refused"));
    }

    @Test
    void rejectedClientKeepsStatusOfConnectedLogin() {
        connected();
        fixture.bank.faults().always(Endpoint.BALANCE, Fault.serverError()).always(Endpoint.POTS, Fault.serverError());
        fixture.pass(Duration.ofMinutes(5));
        fixture.bank.faults().next(Endpoint.TOKEN, Fault.unauthorized("unauthorized.bad_client", true));
        assertThat(result(inventedCode()), is("client-refused"));
        assertThat(BindingFixture.status(bridge), is("OFFLINE/COMMUNICATION_ERROR offline.server-error"));
    }

    // Waiting

    @Test
    void startingALoginDoesNotWaitForTokenRefresh() throws Exception {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        BackgroundTask refresh = delayedTokenRefresh(answer);

        List<BackgroundTask> starts = Stream.generate(() -> BackgroundTask.call(this::authorize))
                .limit(30)
                .toList();

        for (BackgroundTask start : starts) {
            assertThat((String) start.join(), startsWith(fixture.bank.url() + "/?"));
        }
        assertThat("token refresh still in progress", refresh.isDone(), is(false));
        answer.complete(null);
        refresh.join();
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
    }

    @Test
    void callbackReportsBusyAfterSecondsOfTokenRefresh() throws Exception {
        String callback = fixture.callbackUrl(bridge, alice);
        CompletableFuture<Void> answer = new CompletableFuture<>();
        BackgroundTask refresh = delayedTokenRefresh(answer);

        String next = Browser.location(fixture.browser.get(fixture.callbackUrl(bridge, alice)));

        assertThat("token refresh still in progress", refresh.isDone(), is(false));
        String page = fixture.browser.get(next).body();
        assertThat(page, containsString("Please try again later"));
        answer.complete(null);
        refresh.join();
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        assertThat(result(fixture.callbackUrl(bridge, alice)), is("approve"));
        assertThat("expired login", fixture.browser.get(callback).statusCode(), is(400));
    }

    @Test
    void limitsConcurrentCallbacks() throws Exception {
        fixture.pass(Duration.ofSeconds(1));
        String first = fixture.callbackUrl(bridge, alice);
        List<String> others = Stream.generate(this::inventedCode).limit(9).toList();
        CompletableFuture<Void> answer = new CompletableFuture<>();
        fixture.bank.faults().next(Endpoint.TOKEN, Fault.lateReply(answer));
        BackgroundTask exchange = BackgroundTask.call(() -> result(first));
        assertThat(fixture.bank.awaitCount(Endpoint.TOKEN, 1, AWAIT_TIMEOUT), is(true));

        List<BackgroundTask> callbacks = others.stream()
                .map(callback -> BackgroundTask.call(() -> result(callback)))
                .toList();
        BackgroundTask.until("all others have been answered", () -> {
            assertThat("one exchanges, four wait", callbackThreads(), is(lessThanOrEqualTo(5L)));
            return callbacks.stream().allMatch(UnauthorizedCallbackTest::isBusy);
        });

        assertThat(exchange.isDone(), is(false));
        answer.complete(null);
        assertThat(exchange.join(), is("approve"));
        assertThat(fixture.bank.count(Endpoint.TOKEN), is(1));
    }

    // Limits

    @Test
    void keepsLoginInProgressAmongHundredsOfOthers() {
        fixture.pass(Duration.ofSeconds(1));
        String callback = fixture.callbackUrl(bridge, alice);
        for (int i = 0; i < 500; i++) {
            authorize();
        }
        assertThat(result(callback), is("approve"));
    }

    @Test
    void acceptsLoginAfterFiveInventedCodes() {
        fixture.pass(Duration.ofSeconds(1));
        for (int i = 0; i < 5; i++) {
            assertThat(result(inventedCode()), is("refused"));
        }
        assertThat(result(fixture.callbackUrl(bridge, alice)), is("approve"));
    }

    @Test
    void limitsCodesOfOneAddressForFiveMinutes() {
        fixture.pass(Duration.ofSeconds(1));
        List<String> results =
                Stream.generate(this::inventedCode).map(this::result).limit(30).toList();
        assertThat(results.stream().filter(Predicate.isEqual("refused")).count(), is(10L));
        assertThat(results.stream().filter(Predicate.isEqual("busy")).count(), is(20L));
        assertThat(fixture.bank.count(Endpoint.TOKEN), is(10));
        fixture.pass(Duration.ofMinutes(5));
        assertThat(result(fixture.callbackUrl(bridge, alice)), is("approve"));
    }

    /** Monzo locks customers out after about 30 calls. */
    @Test
    void limitsCodesOfAllAddressesAndLogins() throws Exception {
        var bobs = fixture.addBridge("bob");
        int busy = 0;
        for (int i = 0; i < 40; i++) {
            try {
                LoginResult result = (i % 2 == 0 ? bridge : bobs).connection().logIn("junk", "http://openhab/callback");
                assertThat(result.kind(), is(LoginResult.Kind.BUSY));
                busy++;
            } catch (org.openhab.binding.monzo.internal.api.MonzoException e) {
                assertThat(e.kind(), is(org.openhab.binding.monzo.internal.model.ErrorKind.LOGIN_REFUSED));
            }
        }
        assertThat(busy, is(20));
        assertThat(fixture.bank.count(Endpoint.TOKEN), is(20));
    }
}
