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

/** Tests of Alice's login, of which she has an account and a pot as things. */
abstract class SingleLoginTest extends BindingFixtureTest {

    /** For tests that hold answers back, and so must not depend on how fast this computer is. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Where openHAB keeps the tokens. */
    static final String STORE = "StorageHandler.For.OAuthClientService";

    Customer alice;
    MonzoBridgeHandler bridge;
    Thing account;
    Thing pot;

    SingleLoginTest() {
        super(PATIENCE);
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
