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
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.binding.monzo.simulator.Customer;
import org.openhab.core.thing.Thing;

/** Base class of tests with Alice's login and things for one of her accounts and one of her pots. */
abstract class SingleLoginTest extends BindingFixtureTest {

    /** For tests that delay responses, independent of the speed of the machine. */
    static final Duration AWAIT_TIMEOUT = Duration.ofSeconds(20);

    /** The name of openHAB's token store. */
    static final String STORE = "StorageHandler.For.OAuthClientService";

    Customer alice;
    MonzoBridgeHandler bridge;
    Thing account;
    Thing pot;

    SingleLoginTest() {
        super(AWAIT_TIMEOUT);
    }

    @BeforeEach
    final void addThings() {
        alice = people.alice();
        bridge = fixture.addBridge("alice");
        account = fixture.addAccount(bridge, people.current().id());
        pot = fixture.addPot(bridge, people.holiday().id());
    }

    final void connected() {
        fixture.connect(bridge, alice);
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        fixture.bank.resetCounts();
    }
}
