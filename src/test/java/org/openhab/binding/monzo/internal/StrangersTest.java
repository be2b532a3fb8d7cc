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
package org.openhab.binding.monzo.internal;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.fixture.Browser;
import org.openhab.binding.monzo.internal.auth.LoginResult;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;

/**
 * Anyone on the home network can open the page, begin logins and invent codes. It must change nothing, and keep nobody
 * from logging in.
 */
class StrangersTest extends AliceTest {

    private String authorize() {
        return Browser.location(house.browser.get(house.url() + "/connectmonzo/authorize?bridge=monzo:bridge:alice"));
    }

    /** What a stranger's browser asks for who makes a code up. */
    private String junk() {
        String state = authorize().replaceAll(".*[?&]state=([^&]*).*", "$1");
        return house.url() + "/connectmonzo/callback?code=junk&state=" + state;
    }

    private String result(String callback) {
        return Browser.location(house.browser.get(callback)).replaceAll(".*result=([a-z-]*).*", "$1");
    }

    private static boolean isBusy(BackgroundTask callback) {
        return callback.isDone() && "busy".equals(callback.join());
    }

    private static long threadsThatEndALogin() {
        return Thread.getAllStackTraces().values().stream()
                .filter(trace -> Stream.of(trace)
                        .anyMatch(frame -> frame.getMethodName().equals("isAcquired")
                                || frame.getMethodName().equals("exchanged")))
                .count();
    }

    /** A renewal that the bank holds back. */
    private BackgroundTask renewalUntil(CompletableFuture<Void> answer) throws InterruptedException {
        connected();
        house.clock.advance(Duration.ofMinutes(5 * 60 + 35));
        house.bank.faults().next(Endpoint.TOKEN, Fault.lateReply(answer));
        BackgroundTask look = BackgroundTask.run(() -> house.pass(BindingFixture.INTERVAL));
        assertThat(house.bank.awaitCount(Endpoint.TOKEN, 1, PATIENCE), is(true));
        return look;
    }

    // Statuses

    private void assertJunkChangesNothing(String status) {
        assertThat(BindingFixture.status(bridge), is(status));
        int statuses = house.callback(bridge.getThing()).statuses().size();
        house.bank.resetCounts();
        assertThat(result(junk()), is("refused"));
        assertThat(house.bank.count(Endpoint.TOKEN), is(1));
        assertThat(BindingFixture.status(bridge), is(status));
        assertThat(house.callback(bridge.getThing()).statuses(), hasSize(statuses));
    }

    @Test
    void aMadeUpCodeDuringAnOutageDoesNotChangeTheStatus() {
        connected();
        house.bank.faults().always(Endpoint.BALANCE, Fault.serverError()).always(Endpoint.POTS, Fault.serverError());
        house.pass(Duration.ofMinutes(30));
        assertJunkChangesNothing("OFFLINE/COMMUNICATION_ERROR offline.server-error");
        house.bank.faults().clear();
        house.pass(Duration.ofMinutes(16));
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
    }

    @Test
    void aMadeUpCodeDoesNotChangeTheStatusOfALoginInUse() {
        connected();
        assertJunkChangesNothing("ONLINE");
    }

    @Test
    void aMadeUpCodeDoesNotChangeTheStatusWhileTheApprovalIsMissing() {
        house.logIn(bridge, alice);
        house.pass(Duration.ofSeconds(10));
        assertJunkChangesNothing("OFFLINE/CONFIGURATION_PENDING offline.approval-needed");
    }

    @Test
    void aMadeUpCodeDoesNotChangeTheStatusOfALoginThatHasEnded() {
        connected();
        house.bank.evict(alice);
        house.pass(BindingFixture.INTERVAL);
        assertJunkChangesNothing("OFFLINE/CONFIGURATION_ERROR offline.login-evicted");
    }

    /** There is no login to say anything else of, and who has typed something wrong is helped. */
    @Test
    void aCodeThatMonzoRefusesShowsInTheStatusBeforeTheFirstLogin() {
        house.pass(Duration.ofSeconds(1));
        assertThat(result(junk()), is("refused"));
        assertThat(BindingFixture.status(bridge), is("OFFLINE/CONFIGURATION_ERROR offline.login-refused"));
        connected();
    }

    @Test
    void aClientThatMonzoRefusesShowsInTheStatusBeforeTheFirstLogin() {
        house.pass(Duration.ofSeconds(1));
        String callback = house.callbackUrl(bridge, alice);
        house.bank.addClient(BindingFixture.CLIENT_ID, "mnzconf.another");
        assertThat(result(callback), is("client-refused"));
        assertThat(BindingFixture.status(bridge), is("OFFLINE/CONFIGURATION_ERROR offline.client-refused"));
    }

    @Test
    void aClientThatMonzoRefusesDoesNotHideWhatBecameOfTheLoginInUse() {
        connected();
        house.bank.faults().always(Endpoint.BALANCE, Fault.serverError()).always(Endpoint.POTS, Fault.serverError());
        house.pass(Duration.ofMinutes(5));
        house.bank.faults().next(Endpoint.TOKEN, Fault.unauthorized("unauthorized.bad_client", true));
        assertThat(result(junk()), is("client-refused"));
        assertThat(BindingFixture.status(bridge), is("OFFLINE/COMMUNICATION_ERROR offline.server-error"));
    }

    // Waiting

    @Test
    void beginningALoginWaitsForNoRenewal() throws Exception {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        BackgroundTask look = renewalUntil(answer);

        List<BackgroundTask> strangers = Stream.generate(() -> BackgroundTask.call(this::authorize))
                .limit(30)
                .toList();

        for (BackgroundTask stranger : strangers) {
            assertThat((String) stranger.join(), startsWith(house.bank.url() + "/?"));
        }
        assertThat("the renewal is still under way", look.isDone(), is(false));
        answer.complete(null);
        look.join();
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
    }

    @Test
    void endingALoginWaitsForARenewalForSecondsOnlyAndSaysSo() throws Exception {
        String callback = house.callbackUrl(bridge, alice);
        CompletableFuture<Void> answer = new CompletableFuture<>();
        BackgroundTask look = renewalUntil(answer);

        assertThat(result(house.callbackUrl(bridge, alice)), is("busy"));

        assertThat("the renewal is still under way", look.isDone(), is(false));
        String page = house.browser
                .get(house.url() + "/connectmonzo?result=busy&bridge=monzo:bridge:alice")
                .body();
        assertThat(page, containsString("Please try again later"));
        answer.complete(null);
        look.join();
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        assertThat(result(house.callbackUrl(bridge, alice)), is("approve"));
        assertThat("that was begun too long ago", house.browser.get(callback).statusCode(), is(400));
    }

    @Test
    void ofManyWhoEndALoginAtOnceOnlyAFewWait() throws Exception {
        house.pass(Duration.ofSeconds(1));
        String first = house.callbackUrl(bridge, alice);
        List<String> others = Stream.generate(this::junk).limit(9).toList();
        CompletableFuture<Void> answer = new CompletableFuture<>();
        house.bank.faults().next(Endpoint.TOKEN, Fault.lateReply(answer));
        BackgroundTask exchange = BackgroundTask.call(() -> result(first));
        assertThat(house.bank.awaitCount(Endpoint.TOKEN, 1, PATIENCE), is(true));

        List<BackgroundTask> callbacks = others.stream()
                .map(callback -> BackgroundTask.call(() -> result(callback)))
                .toList();
        BackgroundTask.until("all others have been answered", () -> {
            assertThat("one exchanges, four wait", threadsThatEndALogin(), is(lessThanOrEqualTo(5L)));
            return callbacks.stream().allMatch(StrangersTest::isBusy);
        });

        assertThat(exchange.isDone(), is(false));
        answer.complete(null);
        assertThat(exchange.join(), is("approve"));
        assertThat(house.bank.count(Endpoint.TOKEN), is(1));
    }

    // Crowding out

    @Test
    void hundredsOfLoginsThatStrangersBeginDoNotEndAPersons() {
        house.pass(Duration.ofSeconds(1));
        String callback = house.callbackUrl(bridge, alice);
        for (int i = 0; i < 500; i++) {
            authorize();
        }
        assertThat(result(callback), is("approve"));
    }

    @Test
    void fiveMadeUpCodesDoNotUseUpAPersonsLogin() {
        house.pass(Duration.ofSeconds(1));
        for (int i = 0; i < 5; i++) {
            assertThat(result(junk()), is("refused"));
        }
        assertThat(result(house.callbackUrl(bridge, alice)), is("approve"));
    }

    @Test
    void codesOfOneAddressAreLimitedAndFreeAgainAfterFiveMinutes() {
        house.pass(Duration.ofSeconds(1));
        List<String> results =
                Stream.generate(this::junk).map(this::result).limit(30).toList();
        assertThat(results.stream().filter(Predicate.isEqual("refused")).count(), is(10L));
        assertThat(results.stream().filter(Predicate.isEqual("busy")).count(), is(20L));
        assertThat(house.bank.count(Endpoint.TOKEN), is(10));
        house.pass(Duration.ofMinutes(5));
        assertThat(result(house.callbackUrl(bridge, alice)), is("approve"));
    }

    /** Monzo locks out after about 30 calls, whoever made them. */
    @Test
    void codesOfAllAddressesAndLoginsTogetherAreLimited() throws Exception {
        var bobs = house.addBridge("bob");
        int busy = 0;
        for (int i = 0; i < 40; i++) {
            try {
                LoginResult result = (i % 2 == 0 ? bridge : bobs).logIn("junk", "http://openhab/callback");
                assertThat(result.kind(), is(LoginResult.Kind.BUSY));
                busy++;
            } catch (org.openhab.binding.monzo.internal.api.MonzoException e) {
                assertThat(e.kind(), is(org.openhab.binding.monzo.internal.model.ErrorKind.LOGIN_REFUSED));
            }
        }
        assertThat(busy, is(20));
        assertThat(house.bank.count(Endpoint.TOKEN), is(20));
    }
}
