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
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.core.thing.Thing;

/**
 * From an empty bridge to live balances, the way a person goes.
 */
class LoginTest extends BindingFixtureTest {

    @Test
    void aNewBridgeNamesThePageToOpen() {
        MonzoBridgeHandler bridge = house.addBridge("alice");
        house.pass(Duration.ofSeconds(1));

        assertThat(BindingFixture.status(bridge), is("OFFLINE/CONFIGURATION_PENDING offline.login-needed"));
        assertThat(bridge.getThing().getStatusInfo().getDescription(), containsString("/connectmonzo"));
        assertThat(house.bank.requests(), is(empty()));
        assertThat(house.scheduler.waiting(), is(0));
    }

    @Test
    void loginThenApprovalThenBalances() {
        MonzoBridgeHandler bridge = house.addBridge("alice");
        Thing account = house.addAccount(bridge, people.current().id());
        Thing pot = house.addPot(bridge, people.holiday().id());
        house.pass(Duration.ofSeconds(1));

        var answer = house.logIn(bridge, people.alice());
        assertThat(answer.statusCode(), is(303));
        assertThat(BindingFixture.status(bridge), is("OFFLINE/CONFIGURATION_PENDING offline.approval-needed"));
        house.pass(Duration.ofSeconds(30));
        assertThat(BindingFixture.status(bridge), is("OFFLINE/CONFIGURATION_PENDING offline.approval-needed"));
        assertThat(BindingFixture.status(account), is("OFFLINE/BRIDGE_OFFLINE offline.bridge-offline"));

        house.bank.approve(people.alice());
        house.pass(Duration.ofSeconds(10));
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        assertThat(BindingFixture.status(account), is("ONLINE"));
        assertThat(BindingFixture.status(pot), is("ONLINE"));
        assertThat(house.state(account, "balance"), is("1234.56"));
        assertThat(house.state(account, "spend-today"), is("12.50"));
        assertThat(house.state(pot, "balance"), is("1475.00"));
        assertThat(house.state(pot, "goal"), is("1500.00"));
        assertThat(house.state(pot, "goal-progress"), is("98.3 %"));
        assertThat(house.state(pot, "locked"), is("OFF"));
        assertThat(house.bank.count(Endpoint.TOKEN), is(1));
    }

    @Test
    void inSteadyStateOnlyWhatThingsShowIsAskedFor() {
        MonzoBridgeHandler bridge = house.addBridge("alice");
        house.addAccount(bridge, people.current().id());
        people.current().pots().stream().filter(pot -> !pot.isDeleted()).forEach(pot -> house.addPot(bridge, pot.id()));
        house.connect(bridge, people.alice());
        house.bank.resetCounts();

        house.pass(BindingFixture.INTERVAL.multipliedBy(10));
        assertThat(house.bank.count(Endpoint.BALANCE), is(10));
        assertThat(house.bank.count(Endpoint.POTS), is(10));
        assertThat(house.bank.requests(), hasSize(20));
    }

    @Test
    void aRestartNeedsNoNewLogin() {
        MonzoBridgeHandler bridge = house.addBridge("alice");
        Thing account = house.addAccount(bridge, null);
        house.connect(bridge, people.alice());
        house.bank.resetCounts();
        people.current().spend(1000);

        house.restart(Duration.ofMinutes(5));
        house.pass(Duration.ofSeconds(5));
        assertThat(BindingFixture.status(house.bridgeNow("alice")), is("ONLINE"));
        assertThat(house.state(account, "balance"), is("1224.56"));
        assertThat(house.bank.count(Endpoint.TOKEN), is(0));
    }
}
