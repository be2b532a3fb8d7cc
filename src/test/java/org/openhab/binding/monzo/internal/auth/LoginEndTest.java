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

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.fixture.BackgroundTask;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;

/** Tests what ends a login, and bridges that are removed and added again. */
class LoginEndTest extends LoginLifecycleTestBase {

    @Test
    void requiresNewLoginAfterLostTokenResponse() {
        connected();
        fixture.clock.advance(REFRESH_DUE);
        fixture.bank.faults().next(Endpoint.TOKEN, Fault.lostReply());
        fixture.pass(Duration.ofHours(1));
        assertThat(
                status(),
                anyOf(
                        is("OFFLINE/CONFIGURATION_ERROR offline.login-refused"),
                        is("OFFLINE/CONFIGURATION_ERROR offline.login-evicted")));
        assertThat(tokenCalls(), is(lessThanOrEqualTo(2)));
        connected();
        assertLoginWorks();
    }

    @Test
    void reportsEvictionByAnotherLogin() throws Exception {
        people.current().withoutTotalBalance(); // so that two requests are sent together
        connected();
        fixture.bank.evict(alice);
        fixture.pass(Duration.ofHours(1));
        assertThat(status(), is("OFFLINE/CONFIGURATION_ERROR offline.login-evicted"));
        // Both were sent together, and the second may still be pending; there is no third.
        assertThat(fixture.bank.awaitCount(Endpoint.POTS, 1, AWAIT_TIMEOUT), is(true));
        assertThat(fixture.bank.awaitCount(Endpoint.BALANCE, 1, AWAIT_TIMEOUT), is(true));
        assertThat(fixture.bank.requests(), hasSize(2));
        connected();
        assertLoginWorks();
    }

    @Test
    void reportsWithdrawnApprovalAndDetectsANewOne() {
        connected();
        fixture.bank.revoke(alice);
        fixture.pass(Duration.ofMinutes(2));
        assertThat(status(), is("OFFLINE/CONFIGURATION_PENDING offline.approval-withdrawn"));
        fixture.bank.approve(alice);
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(status(), is("ONLINE"));
        assertThat(tokenCalls(), is(0));
    }

    @Test
    void worksWithNonConfidentialClientUntilTokenExpires() {
        fixture.bank.addNonConfidentialClient("oauth2client_public", "mnzpub.secret");
        fixture.edit(bridge.getThing(), Map.of("clientId", "oauth2client_public", "clientSecret", "mnzpub.secret"));
        connected();
        fixture.pass(Duration.ofMinutes(5 * 60 + 58));
        assertThat(status(), is("ONLINE"));
        fixture.pass(Duration.ofMinutes(3));
        assertThat(status(), is("OFFLINE/CONFIGURATION_ERROR offline.client-not-confidential"));
        assertThat(tokenCalls(), is(0));
    }

    @Test
    void lateLogoutDoesNotAffectReplacementBridge() {
        connected();
        fixture.end(account);
        fixture.end(pot);
        bridge.handleRemoval(); // the logout is queued in openHAB's pool
        fixture.forceRemoval(bridge.getThing());
        bridge = fixture.addBridge("alice");
        account = fixture.addAccount(bridge, people.current().id());
        fixture.pass(Duration.ofSeconds(5));
        assertThat(status(), is("ONLINE"));
        assertThat(fixture.bank.count(Endpoint.LOGOUT), is(0));
        connected();
        assertLoginWorks();
        fixture.restart(Duration.ofMinutes(1));
        assertLoginWorks();
    }

    @Test
    void logsInDuringLogoutOfRemovedBridge() throws Exception {
        connected();
        fixture.end(account);
        fixture.end(pot);
        bridge.handleRemoval();
        CompletableFuture<Void> answer = new CompletableFuture<>();
        fixture.bank.faults().next(Endpoint.LOGOUT, Fault.lateReply(answer));
        BackgroundTask logout = BackgroundTask.run(fixture.scheduler::runDue);
        assertThat(fixture.bank.awaitCount(Endpoint.LOGOUT, 1, AWAIT_TIMEOUT), is(true));
        fixture.forceRemoval(bridge.getThing());
        bridge = fixture.addBridge("alice");
        account = fixture.addAccount(bridge, people.current().id());
        BackgroundTask refresh = BackgroundTask.run(fixture.scheduler::runDue);
        answer.complete(null);
        logout.join();
        refresh.join();
        fixture.pass(Duration.ofSeconds(5));
        assertThat(status(), is("OFFLINE/CONFIGURATION_PENDING offline.login-needed"));
        connected();
        assertLoginWorks();
        fixture.restart(Duration.ofMinutes(1));
        assertLoginWorks();
    }

    @Test
    void lateLogoutOfIncompleteBridgeDoesNotAffectReplacement() {
        connected();
        fixture.end(account);
        fixture.end(pot);
        fixture.edit(bridge.getThing(), Map.of("clientSecret", ""));
        bridge.handleRemoval();
        fixture.forceRemoval(bridge.getThing());
        bridge = fixture.addBridge("alice");
        account = fixture.addAccount(bridge, people.current().id());
        fixture.pass(Duration.ofSeconds(5));
        assertThat(status(), is("ONLINE"));
        connected();
        assertLoginWorks();
    }
}
