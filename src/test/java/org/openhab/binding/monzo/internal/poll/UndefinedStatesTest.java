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

import static java.util.stream.Collectors.toMap;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.core.thing.Thing;

/** Tests the states of what no longer exists. */
class UndefinedStatesTest extends StaleValuesTestBase {

    private static final List<String> ACCOUNT_STATES = List.of(
            "balance",
            "total-balance",
            "spend-today",
            "last-transaction-amount",
            "last-transaction-description",
            "last-transaction-category",
            "last-transaction-time",
            "last-transaction-location");
    private static final List<String> POT_STATES = List.of("balance", "goal", "goal-progress", "locked");

    /** Each is another way in which the account and the pot cease to exist. */
    private enum End {
        DELETED_AND_CLOSED,
        ACCOUNT_CLOSED,
        NO_LONGER_LISTED,
        EDITED_TO_UNKNOWN_ID
    }

    private static Map<String, String> undefined(List<String> channels) {
        return channels.stream().collect(toMap(channel -> channel, channel -> "UNDEF"));
    }

    private void cease(End end) {
        switch (end) {
            case DELETED_AND_CLOSED -> {
                people.holiday().delete();
                people.current().close();
            }
            case ACCOUNT_CLOSED -> people.current().close();
            case NO_LONGER_LISTED -> listInThisOrder(people.joint(), people.euro());
            case EDITED_TO_UNKNOWN_ID -> {
                fixture.edit(account, Map.of("accountId", "acc_mistyped"));
                fixture.edit(pot, Map.of("potId", "pot_mistyped"));
            }
        }
        bridge.connection().poller().refreshAll();
        fixture.pass(BindingFixture.INTERVAL.multipliedBy(3));
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void undefinesAllStatesOfWhatNoLongerExists(End end) {
        fixture.edit(account, Map.of("transactions", true));
        people.current().spend(100);
        connected();
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(states(account).get("balance"), is("1233.56"));
        assertThat(states(pot).get("goal-progress"), is("98.3 %"));

        cease(end);
        assertThat(BindingFixture.status(account), startsWith("OFFLINE/"));
        assertThat(states(account), is(undefined(ACCOUNT_STATES)));
        assertThat(states(pot), is(undefined(POT_STATES)));

        fixture.callback(pot).forgetStates();
        fixture.pass(BindingFixture.INTERVAL);
        assertThat("only once", fixture.callback(pot).states(), is(anEmptyMap()));
    }

    @Test
    void undefinesStatesOfAnIdNeverListed() {
        Thing mistyped = fixture.addPot(bridge, "pot_mistyped");
        connected();
        assertThat(BindingFixture.status(mistyped), is("OFFLINE/CONFIGURATION_ERROR offline.pot-unknown"));
        assertThat(states(mistyped), is(undefined(POT_STATES)));
    }

    @Test
    void undefinesStatesOfPreviousIdAtOnce() {
        connected();
        fixture.pass(BindingFixture.INTERVAL);
        fixture.bank.faults().always(Endpoint.ACCOUNTS, Fault.serverError());
        fixture.pass(Duration.ofHours(1));
        fixture.edit(pot, Map.of("potId", people.rainyDay().id()));
        assertThat(states(pot), is(undefined(POT_STATES)));
    }

    @Test
    void showsRestoredAccountAgain() {
        connected();
        fixture.bank.faults().always(Endpoint.ACCOUNTS, Fault.json("{\"accounts\":[]}"));
        bridge.connection().poller().refreshAll();
        fixture.pass(BindingFixture.INTERVAL.multipliedBy(3));
        assertThat(states(account).get("balance"), is("UNDEF"));

        fixture.bank.faults().clear();
        bridge.connection().poller().refreshAll();
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(states(account).get("balance"), is("1234.56"));
    }
}
