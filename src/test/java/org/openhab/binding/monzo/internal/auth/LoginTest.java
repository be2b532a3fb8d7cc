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
import org.openhab.binding.monzo.fixture.BindingTestBase;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.core.thing.Thing;

/**
 * Tests a login from a new bridge to current balances.
 */
class LoginTest extends BindingTestBase {

    @Test
    void showsLoginPageOfANewBridge() {
        MonzoBridgeHandler bridge = fixture.addBridge("alice");
        fixture.pass(Duration.ofSeconds(1));

        assertThat(BindingFixture.status(bridge), is("OFFLINE/CONFIGURATION_PENDING offline.login-needed"));
        assertThat(bridge.getThing().getStatusInfo().getDescription(), containsString("/connectmonzo"));
        assertThat(fixture.bank.requests(), is(empty()));
        assertThat(fixture.scheduler.waiting(), is(0));
    }

    @Test
    void showsBalancesAfterLoginAndApproval() {
        MonzoBridgeHandler bridge = fixture.addBridge("alice");
        Thing account = fixture.addAccount(bridge, people.current().id());
        Thing pot = fixture.addPot(bridge, people.holiday().id());
        fixture.pass(Duration.ofSeconds(1));

        var answer = fixture.logIn(bridge, people.alice());
        assertThat(answer.statusCode(), is(303));
        assertThat(BindingFixture.status(bridge), is("OFFLINE/CONFIGURATION_PENDING offline.approval-needed"));
        fixture.pass(Duration.ofSeconds(30));
        assertThat(BindingFixture.status(bridge), is("OFFLINE/CONFIGURATION_PENDING offline.approval-needed"));
        assertThat(BindingFixture.status(account), is("OFFLINE/BRIDGE_OFFLINE offline.bridge-offline"));

        fixture.bank.approve(people.alice());
        fixture.pass(Duration.ofSeconds(10));
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        assertThat(BindingFixture.status(account), is("ONLINE"));
        assertThat(BindingFixture.status(pot), is("ONLINE"));
        assertThat(fixture.state(account, "balance"), is("1234.56"));
        assertThat(fixture.state(account, "spend-today"), is("12.50"));
        assertThat(fixture.state(pot, "balance"), is("1475.00"));
        assertThat(fixture.state(pot, "goal"), is("1500.00"));
        assertThat(fixture.state(pot, "goal-progress"), is("98.3 %"));
        assertThat(fixture.state(pot, "locked"), is("OFF"));
        assertThat(fixture.bank.count(Endpoint.TOKEN), is(1));
    }

    @Test
    void requestsOnlyDataOfThings() {
        MonzoBridgeHandler bridge = fixture.addBridge("alice");
        fixture.addAccount(bridge, people.current().id());
        people.current().pots().stream()
                .filter(pot -> !pot.isDeleted())
                .forEach(pot -> fixture.addPot(bridge, pot.id()));
        fixture.connect(bridge, people.alice());
        fixture.bank.resetCounts();

        fixture.pass(BindingFixture.INTERVAL.multipliedBy(10));
        assertThat(fixture.bank.count(Endpoint.BALANCE), is(10));
        assertThat("once in ten minutes", fixture.bank.count(Endpoint.POTS), is(1));
        assertThat(fixture.bank.requests(), hasSize(11));
    }

    @Test
    void keepsLoginAcrossARestart() {
        MonzoBridgeHandler bridge = fixture.addBridge("alice");
        Thing account = fixture.addAccount(bridge, null);
        fixture.connect(bridge, people.alice());
        fixture.bank.resetCounts();
        people.current().spend(1000);

        fixture.restart(Duration.ofMinutes(5));
        fixture.pass(Duration.ofSeconds(5));
        assertThat(BindingFixture.status(fixture.bridgeNow("alice")), is("ONLINE"));
        assertThat(fixture.state(account, "balance"), is("1224.56"));
        assertThat(fixture.bank.count(Endpoint.TOKEN), is(0));
    }
}
