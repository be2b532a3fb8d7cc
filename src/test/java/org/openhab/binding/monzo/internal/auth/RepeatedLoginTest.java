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
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.fixture.Browser;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;

/** Tests a login that replaces another of the same bridge. */
class RepeatedLoginTest extends LoginLifecycleTestBase {

    @Test
    void rejectsDifferentUserAndKeepsTheLogin() throws Exception {
        connected();
        var answer = fixture.logIn(bridge, people.bob());
        assertThat(answer.statusCode(), is(303));
        assertThat(Browser.location(answer), containsString("?outcome=other-person-"));
        assertThat(status(), is("ONLINE"));
        assertThat(fixture.bank.count(Endpoint.LOGOUT), is(1));
        assertThat(fixture.bank.currentAccessToken(people.bob()).isPresent(), is(false));
        assertThat(tokenInStore(), is(fixture.bank.currentAccessToken(alice).orElseThrow()));
        assertLoginWorks();
        assertThat(tokenInStore(), is(fixture.bank.currentAccessToken(alice).orElseThrow()));
    }

    @Test
    void rejectsDifferentUserAfterTheLoginHasEnded() {
        connected();
        fixture.bank.evict(alice);
        fixture.pass(BindingFixture.INTERVAL);
        fixture.logIn(bridge, people.bob());
        fixture.pass(Duration.ofMinutes(5));
        assertThat(status(), is("OFFLINE/CONFIGURATION_ERROR offline.other-person"));
        assertThat(fixture.bank.currentAccessToken(people.bob()).isPresent(), is(false));
        connected();
        assertLoginWorks();
    }

    @Test
    void doesNotReportEvictionByItsOwnNewLogin() {
        connected();
        fixture.bank.faults().next(Endpoint.BALANCE, exchange -> {
            fixture.logIn(bridge, alice);
            fixture.bank.approve(alice);
            Fault.unauthorized("unauthorized.bad_access_token.evicted", false).strike(exchange);
        });
        fixture.pass(BindingFixture.INTERVAL);
        fixture.pass(Duration.ofSeconds(1));
        assertThat(status(), is("ONLINE"));
        assertThat(
                fixture.callback(bridge.getThing()).statuses().stream()
                        .map(Object::toString)
                        .toList(),
                everyItem(not(containsString("CONFIGURATION_ERROR"))));
        assertThat(tokenCalls(), is(1));
        assertThat(fixture.scheduler.waiting(), is(1));
    }

    @Test
    void responseToOldTokenIsNoApprovalOfTheNewLogin() {
        connected();
        fixture.bank.faults().next(Endpoint.BALANCE, exchange -> {
            fixture.logIn(bridge, alice);
            Fault.json("{\"balance\":100,\"currency\":\"GBP\"}").strike(exchange);
        });
        int statuses = fixture.callback(bridge.getThing()).statuses().size();
        fixture.pass(BindingFixture.INTERVAL);
        fixture.pass(Duration.ofSeconds(1));
        assertThat(status(), is("OFFLINE/CONFIGURATION_PENDING offline.approval-needed"));
        assertThat(fixture.callback(bridge.getThing()).statuses(), hasSize(statuses + 1));
        fixture.bank.approve(alice);
        fixture.pass(Duration.ofSeconds(10));
        assertThat(status(), is("ONLINE"));
    }
}
