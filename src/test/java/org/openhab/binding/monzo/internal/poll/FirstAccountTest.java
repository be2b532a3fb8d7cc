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
package org.openhab.binding.monzo.internal.poll;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.core.thing.Thing;

/** Tests which account a thing without an account ID shows. */
class FirstAccountTest extends StaleValuesTestBase {

    @Test
    void keepsFirstAccountAcrossARestart() {
        Thing first = fixture.addAccount(bridge, null);
        connected();
        fixture.pass(Duration.ofSeconds(10));
        assertThat(
                fixture.callback(first).storedProperties(),
                hasEntry("accountId", people.current().id()));
        listInThisOrder(people.joint(), people.current());
        fixture.restart(Duration.ofMinutes(1));
        fixture.pass(Duration.ofSeconds(10));
        assertThat(BindingFixture.status(first), is("ONLINE"));
        assertThat(fixture.state(first, "balance"), is("1234.56"));
    }

    @Test
    void choosesNextAccountAfterFirstWasClosedBeforeARestart() {
        Thing first = fixture.addAccount(bridge, null);
        connected();
        fixture.pass(Duration.ofSeconds(10));
        people.current().close();
        fixture.restart(Duration.ofMinutes(1));
        fixture.pass(Duration.ofSeconds(10));
        assertThat(BindingFixture.status(first), is("ONLINE"));
        assertThat(fixture.state(first, "balance"), is("987.00"));
        listInThisOrder(people.euro(), people.joint());
        fixture.restart(Duration.ofMinutes(1));
        fixture.pass(Duration.ofSeconds(10));
        assertThat(fixture.state(first, "balance"), is("987.00"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void usesFirstAccountAfterIdWasCleared(boolean whileDown) {
        Thing edited = fixture.addAccount(bridge, people.euro().id());
        connected();
        fixture.pass(Duration.ofSeconds(10));
        assertThat(fixture.state(edited, "balance"), is("205.15"));
        if (whileDown) {
            edited.getConfiguration().put("accountId", "");
            fixture.restart(Duration.ofMinutes(1));
        } else {
            fixture.edit(edited, Map.of("accountId", ""));
        }
        fixture.pass(Duration.ofSeconds(10));
        assertThat(fixture.state(edited, "balance"), is("1234.56"));
    }

    @Test
    void forgetsChosenAccountOnceAnIdIsEntered() {
        Thing edited = fixture.addAccount(bridge, null);
        connected();
        fixture.pass(Duration.ofSeconds(10));
        assertThat(fixture.state(edited, "balance"), is("1234.56"));
        fixture.edit(edited, Map.of("accountId", people.euro().id()));
        fixture.pass(Duration.ofSeconds(10));
        listInThisOrder(people.joint(), people.current(), people.euro());
        bridge.connection().poller().refreshAll();
        fixture.pass(A_MOMENT);
        fixture.edit(edited, Map.of("accountId", " "));
        fixture.restart(Duration.ofMinutes(1));
        fixture.pass(Duration.ofSeconds(10));
        assertThat(fixture.state(edited, "balance"), is("987.00"));
    }

    @Test
    void chosenAccountDoesNotProveAnotherId() {
        Thing edited = fixture.addAccount(bridge, null);
        connected();
        fixture.pass(Duration.ofSeconds(10));
        fixture.edit(edited, Map.of("accountId", "acc_mistyped"));
        fixture.pass(Duration.ofSeconds(10));
        assertThat(BindingFixture.status(edited), is("OFFLINE/CONFIGURATION_ERROR offline.account-unknown"));
    }
}
