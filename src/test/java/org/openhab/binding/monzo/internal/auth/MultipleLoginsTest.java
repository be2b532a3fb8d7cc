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

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.fixture.BackgroundTask;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.fixture.Browser;
import org.openhab.binding.monzo.fixture.SingleLoginTestBase;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.binding.monzo.simulator.Customer;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;

/**
 * Tests two users with a login each, of whom one signs in at Monzo for the login of the other.
 */
class MultipleLoginsTest extends SingleLoginTestBase {

    private static final Map<String, Object> OTHER_CLIENT =
            Map.of("clientId", "oauth2client_bob", "clientSecret", "mnzconf.bob");

    private Customer bob;

    @BeforeEach
    void addBob() {
        bob = people.bob();
        fixture.bank.addClient("oauth2client_bob", "mnzconf.bob");
        bridge.getThing().setLabel("Alice's Monzo");
    }

    private MonzoBridgeHandler addBobs(Map<String, Object> differences) {
        MonzoBridgeHandler bobs = fixture.addBridge("bob", differences);
        bobs.getThing().setLabel("Bob's Monzo");
        fixture.pass(Duration.ofSeconds(1));
        return bobs;
    }

    private MonzoBridgeHandler connectedBobs(Map<String, Object> differences) {
        MonzoBridgeHandler bobs = addBobs(differences);
        fixture.connect(bobs, bob);
        assertThat(BindingFixture.status(bobs), is("ONLINE"));
        fixture.bank.resetCounts();
        return bobs;
    }

    private String page(HttpResponse<String> answer) {
        return fixture.browser
                .get(Browser.location(answer))
                .body()
                .replace("&#39;", "'")
                .replaceAll("<[^>]*>", "");
    }

    private void assertLoginWorks(MonzoBridgeHandler handler) {
        fixture.skip(Duration.ofHours(7));
        fixture.skip(Duration.ofHours(7)); // a token refresh each
        assertThat(BindingFixture.status(handler), is("ONLINE"));
    }

    private static void assertNeverFailed(BindingFixture fixture, MonzoBridgeHandler handler) {
        List<String> statuses = fixture.callback(handler.getThing()).statuses().stream()
                .map(Object::toString)
                .toList();
        assertThat(statuses, everyItem(not(containsString("CONFIGURATION_ERROR"))));
    }

    // The same client

    @Test
    void updatesUsersOwnLoginWhenAnotherIsAuthorised() {
        connected();
        MonzoBridgeHandler bobs = connectedBobs(Map.of());

        String page = page(fixture.logIn(bobs, alice));

        assertThat(
                page,
                allOf(
                        containsString("Authorised instead: Alice's Monzo"),
                        containsString("Bob's Monzo was not changed."),
                        containsString("Approve access in the Monzo app.")));
        assertThat(BindingFixture.status(bridge), is("OFFLINE/CONFIGURATION_PENDING offline.approval-needed"));
        assertThat(BindingFixture.status(bobs), is("ONLINE"));
        assertThat("no logout", fixture.bank.count(Endpoint.LOGOUT), is(0));
        fixture.bank.approve(alice);
        fixture.pass(Duration.ofSeconds(10));
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        assertThat(fixture.state(account, "balance"), is("1234.56"));
        assertNeverFailed(fixture, bridge);
        assertNeverFailed(fixture, bobs);
        assertLoginWorks(bridge);
        assertLoginWorks(bobs);
    }

    @Test
    void updatesUsersOwnLoginWhenANewOneIsAuthorised() {
        connected();
        MonzoBridgeHandler bobs = addBobs(Map.of());

        String page = page(fixture.logIn(bobs, alice));

        assertThat(page, containsString("Authorised instead: Alice's Monzo"));
        assertThat(BindingFixture.status(bobs), is("OFFLINE/CONFIGURATION_PENDING offline.login-needed"));
        fixture.bank.approve(alice);
        fixture.pass(Duration.ofSeconds(10));
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        assertThat(bobs.connection().tokenInUse(), is(nullValue()));
        assertLoginWorks(bridge);
        fixture.connect(bobs, bob);
        assertThat(BindingFixture.status(bobs), is("ONLINE"));
        assertLoginWorks(bobs);
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
    }

    @Test
    void restoresEndedLoginWhenAnotherIsAuthorised() {
        connected();
        MonzoBridgeHandler bobs = connectedBobs(Map.of());
        fixture.bank.evict(alice);
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(BindingFixture.status(bridge), is("OFFLINE/CONFIGURATION_ERROR offline.login-evicted"));

        fixture.logIn(bobs, alice);
        fixture.bank.approve(alice);
        fixture.pass(Duration.ofSeconds(10));

        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        assertThat(BindingFixture.status(bobs), is("ONLINE"));
    }

    @Test
    void updatesLoginOfADisabledBridge() {
        connected();
        MonzoBridgeHandler bobs = connectedBobs(Map.of());
        fixture.end(bridge.getThing());

        String page = page(fixture.logIn(bobs, alice));
        fixture.bank.approve(alice);

        assertThat(page, containsString("Authorised instead: a disabled Monzo Login"));
        assertThat(BindingFixture.status(bobs), is("ONLINE"));
        fixture.enable(bridge.getThing());
        fixture.pass(Duration.ofSeconds(5));
        bridge = fixture.bridgeNow("alice");
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        assertLoginWorks(bridge);
    }

    @Test
    void updatesLoginOfABridgeDisabledSinceStartup() {
        connected();
        connectedBobs(Map.of());
        fixture.end(bridge.getThing());
        fixture.restart(Duration.ofMinutes(1));
        fixture.pass(Duration.ofSeconds(5));

        String page = page(fixture.logIn(fixture.bridgeNow("bob"), alice));
        fixture.bank.approve(alice);

        assertThat(page, containsString("Authorised instead: a disabled Monzo Login"));
        fixture.enable(bridge.getThing());
        fixture.pass(Duration.ofSeconds(5));
        assertThat(BindingFixture.status(fixture.bridgeNow("alice")), is("ONLINE"));
    }

    @Test
    void authorisesAnotherLoginAfterRemoval() {
        connected();
        fixture.remove(bridge.getThing());
        MonzoBridgeHandler hers = addBobs(Map.of());

        assertThat(Browser.location(fixture.logIn(hers, alice)), containsString("?outcome=approve-"));
        fixture.bank.approve(alice);
        fixture.pass(Duration.ofSeconds(10));
        assertThat(BindingFixture.status(hers), is("ONLINE"));
    }

    @Test
    void authorisesAnotherLoginAfterForcedRemoval() {
        connected();
        fixture.forceRemoval(bridge.getThing());
        MonzoBridgeHandler hers = addBobs(Map.of());

        assertThat(Browser.location(fixture.logIn(hers, alice)), containsString("?outcome=approve-"));
        fixture.bank.approve(alice);
        fixture.pass(Duration.ofSeconds(10));
        assertThat(BindingFixture.status(hers), is("ONLINE"));
    }

    @Test
    void doesNotRestoreLoginRemovedDuringAuthorisation() throws Exception {
        connected();
        MonzoBridgeHandler bobs = addBobs(Map.of());
        String callback = fixture.callbackUrl(bobs, alice);
        CompletableFuture<Void> answer = new CompletableFuture<>();
        fixture.bank.faults().next(Endpoint.TOKEN, Fault.lateReply(answer));
        BackgroundTask login = BackgroundTask.call(() -> Browser.location(fixture.browser.get(callback)));
        assertThat(fixture.bank.awaitCount(Endpoint.TOKEN, 1, AWAIT_TIMEOUT), is(true));
        fixture.remove(bridge.getThing());
        answer.complete(null);

        assertThat((String) login.join(), containsString("?outcome=approve-"));
        fixture.bank.approve(alice);
        fixture.pass(Duration.ofSeconds(10));
        assertThat(BindingFixture.status(bobs), is("ONLINE"));
        assertThat(fixture.core().stored(STORE), not(containsString("monzo:bridge:alice.")));
    }

    @Test
    void tokenRefreshDoesNotOverwriteLaterLogin() throws Exception {
        connected();
        MonzoBridgeHandler bobs = connectedBobs(Map.of());
        fixture.clock.advance(Duration.ofMinutes(5 * 60 + 35));
        CompletableFuture<Void> answer = new CompletableFuture<>();
        fixture.bank.faults().next(Endpoint.TOKEN, Fault.lateReply(answer));
        bridge.connection().poller().refreshAllNow();
        BackgroundTask refresh = BackgroundTask.run(fixture.scheduler::runDue);
        assertThat(fixture.bank.awaitCount(Endpoint.TOKEN, 1, AWAIT_TIMEOUT), is(true));
        String callback = fixture.callbackUrl(bobs, alice);
        BackgroundTask login = BackgroundTask.call(() -> Browser.location(fixture.browser.get(callback)));
        assertThat(fixture.bank.awaitCount(Endpoint.TOKEN, 2, AWAIT_TIMEOUT), is(true));
        login.awaitBlocked();
        answer.complete(null);
        refresh.join();

        assertThat((String) login.join(), containsString("?outcome=handed-over-"));
        fixture.bank.approve(alice);
        fixture.pass(Duration.ofSeconds(10));
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        assertLoginWorks(bridge);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keepsOneOfTwoConcurrentNewLoginsOfAUser(boolean sameClient) throws Exception {
        MonzoBridgeHandler second = addBobs(sameClient ? Map.of() : OTHER_CLIENT);
        List<String> callbacks = List.of(fixture.callbackUrl(bridge, alice), fixture.callbackUrl(second, alice));
        CompletableFuture<Void> answer = new CompletableFuture<>();
        fixture.bank.faults().next(Endpoint.TOKEN, Fault.lateReply(answer));
        List<BackgroundTask> logins = callbacks.stream()
                .map(callback -> BackgroundTask.call(() -> Browser.location(fixture.browser.get(callback))))
                .toList();
        assertThat(fixture.bank.awaitCount(Endpoint.TOKEN, 1, AWAIT_TIMEOUT), is(true));
        logins.forEach(BackgroundTask::awaitBlocked);
        answer.complete(null);

        List<String> results = logins.stream()
                .map(login -> ((String) login.join()).replaceAll(".*\\?outcome=([a-z-]*)-[A-Za-z0-9_-]{22}", "$1"))
                .toList();
        assertThat(results, containsInAnyOrder("approve", sameClient ? "handed-over" : "person-has-login"));
        fixture.bank.approve(alice);
        fixture.pass(Duration.ofSeconds(10));
        MonzoBridgeHandler hers = BindingFixture.status(bridge).equals("ONLINE") ? bridge : second;
        MonzoBridgeHandler none = hers == bridge ? second : bridge;
        assertThat(BindingFixture.status(none), is("OFFLINE/CONFIGURATION_PENDING offline.login-needed"));
        assertLoginWorks(hers);
    }

    /** Both sign in for each other's login at the same time; a deadlock if a thread held both locks. */
    @Test
    void updatesOwnLoginsOfTwoUsersAuthorisingEachOthers() {
        connected();
        MonzoBridgeHandler bobs = connectedBobs(Map.of());
        for (int i = 0; i < 5; i++) {
            List<String> callbacks = List.of(fixture.callbackUrl(bridge, bob), fixture.callbackUrl(bobs, alice));
            List<BackgroundTask> logins = callbacks.stream()
                    .map(callback -> BackgroundTask.call(() -> Browser.location(fixture.browser.get(callback))))
                    .toList();
            assertThat(
                    logins.stream()
                            .map(BackgroundTask::join)
                            .map(String.class::cast)
                            .toList(),
                    everyItem(containsString("?outcome=handed-over-")));
            fixture.pass(Duration.ofMinutes(6)); // stay within the limit of attempts
        }
        fixture.bank.approve(alice);
        fixture.bank.approve(bob);
        fixture.pass(Duration.ofMinutes(16));
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        assertThat(BindingFixture.status(bobs), is("ONLINE"));
        assertLoginWorks(bridge);
        assertLoginWorks(bobs);
    }

    @Test
    void treatsRegeneratedSecretAsTheSameClient() {
        connected();
        MonzoBridgeHandler bobs = addBobs(Map.of());
        fixture.bank.addClient(BindingFixture.CLIENT_ID, "mnzconf.renewed");
        fixture.edit(bobs.getThing(), Map.of("clientSecret", "mnzconf.renewed"));
        fixture.pass(Duration.ofSeconds(1));

        assertThat(Browser.location(fixture.logIn(bobs, alice)), containsString("?outcome=handed-over-"));
        fixture.bank.approve(alice);
        fixture.pass(Duration.ofSeconds(10));
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
    }

    // A different client

    @Test
    void rejectsSecondLoginOfAUserWithAnotherClient() {
        connected();
        MonzoBridgeHandler bobs = addBobs(OTHER_CLIENT);
        int statuses = fixture.callback(bridge.getThing()).statuses().size();

        String page = page(fixture.logIn(bobs, alice));

        assertThat(
                page,
                allOf(
                        containsString("This Monzo user already uses Alice's Monzo"),
                        containsString("To authorise Bob's Monzo as a different Monzo user, sign out at Monzo first")));
        assertThat(BindingFixture.status(bobs), is("OFFLINE/CONFIGURATION_PENDING offline.login-needed"));
        assertThat("of the new client only", fixture.bank.count(Endpoint.LOGOUT), is(1));
        fixture.pass(Duration.ofMinutes(5));
        assertThat(fixture.callback(bridge.getThing()).statuses(), hasSize(statuses));
        assertLoginWorks(bridge);
    }

    @Test
    void rejectsUserWithAnotherClientForAnotherUsersLogin() {
        connected();
        MonzoBridgeHandler bobs = connectedBobs(OTHER_CLIENT);

        String page = page(fixture.logIn(bobs, alice));

        assertThat(page, containsString("This Monzo user already uses Alice's Monzo"));
        assertThat(BindingFixture.status(bobs), is("ONLINE"));
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        assertNeverFailed(fixture, bobs);
        assertLoginWorks(bridge);
        assertLoginWorks(bobs);
    }

    // Unknown user

    @Test
    void storesTokensWithoutUserForAuthorisedLogin() {
        connected();
        MonzoBridgeHandler second = addBobs(OTHER_CLIENT);
        fixture.bank
                .faults()
                .next(Endpoint.TOKEN, Fault.changedBody(body -> body.replace("\"user_id\"", "\"not_a_user_id\"")));

        assertThat(Browser.location(fixture.logIn(second, alice)), containsString("?outcome=approve-"));
        fixture.bank.approve(alice);
        fixture.pass(Duration.ofSeconds(10));
        assertThat(BindingFixture.status(second), is("ONLINE"));
    }
}
