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
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.fixture.BackgroundTask;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.simulator.BankAccount;
import org.openhab.binding.monzo.simulator.BankPot;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.core.thing.Thing;

/** Tests the first values of new, re-enabled and edited things. */
class NewThingValuesTest extends StaleValuesTestBase {

    private enum Beginning {
        NEW,
        REENABLED,
        EDITED
    }

    /** Returns a pot of an account without pot things, whose pots are fetched once an hour. */
    private BankPot fetchedLongAgo(long goal, long balanceThen, long balanceNow) {
        BankPot savings = people.joint().addPot("Savings", goal, balanceThen);
        connected();
        fixture.pass(Duration.ofMinutes(5));
        savings.balance(balanceNow);
        fixture.pass(Duration.ofMinutes(50));
        fixture.bank.resetCounts();
        return savings;
    }

    private Thing begin(Beginning beginning, BankPot shown) {
        switch (beginning) {
            case NEW -> {
                return fixture.addPot(bridge, shown.id());
            }
            case REENABLED -> {
                fixture.end(pot);
                return fixture.addPot(bridge, shown.id());
            }
            case EDITED -> {
                fixture.edit(pot, Map.of("potId", shown.id()));
                fixture.callback(pot).forgetStates();
                return pot;
            }
            default -> throw new IllegalArgumentException();
        }
    }

    @ParameterizedTest
    @EnumSource(Beginning.class)
    void showsNoOutdatedPot(Beginning beginning) {
        BankPot savings = fetchedLongAgo(10_000, 9_000, 100);
        Thing thing = begin(beginning, savings);
        assertThat(BindingFixture.status(thing), is("UNKNOWN"));
        assertThat(fixture.state(thing, "balance"), is(nullValue()));

        fixture.pass(A_MOMENT);
        assertThat(BindingFixture.status(thing), is("ONLINE"));
        assertThat(fixture.state(thing, "balance"), is("1.00"));
    }

    @ParameterizedTest
    @EnumSource(Beginning.class)
    void doesNotTriggerForGoalReachedBefore(Beginning beginning) {
        Thing thing = begin(beginning, fetchedLongAgo(10_000, 9_000, 10_000));
        fixture.pass(BindingFixture.INTERVAL.multipliedBy(3));
        assertThat(fixture.state(thing, "goal-progress"), is("100.0 %"));
        assertThat(fixture.callback(thing).triggers(), is(empty()));
    }

    @Test
    void showsCurrentValuesAtOnce() {
        BankPot bills = people.current().addPot("Bills", null, 4_200);
        connected();
        fixture.pass(BindingFixture.INTERVAL);
        fixture.bank.resetCounts();
        Thing thing = fixture.addPot(bridge, bills.id());
        assertThat(BindingFixture.status(thing), is("ONLINE"));
        assertThat(fixture.state(thing, "balance"), is("42.00"));
        fixture.pass(A_MOMENT);
        assertThat(fixture.bank.requests(), is(empty()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isUnknownUntilItsIdWasRequested(boolean exists) {
        connected();
        BankAccount opened = fixture.bank.openAccount("uk_retail", "GBP", alice).balance(700);
        BankPot made = people.current().addPot("Made", null, 300);
        Thing newAccount = fixture.addAccount(bridge, exists ? opened.id() : "acc_mistyped");
        Thing newPot = fixture.addPot(bridge, exists ? made.id() : "pot_mistyped");
        assertThat(BindingFixture.status(newAccount), is("UNKNOWN"));
        assertThat(BindingFixture.status(newPot), is("UNKNOWN"));

        for (int i = 0; i < 3; i++) {
            fixture.pass(i == 0 ? A_MOMENT : BindingFixture.INTERVAL);
            assertThat(
                    BindingFixture.status(newAccount),
                    is(exists ? "ONLINE" : "OFFLINE/CONFIGURATION_ERROR offline.account-unknown"));
            assertThat(
                    BindingFixture.status(newPot),
                    is(exists ? "ONLINE" : "OFFLINE/CONFIGURATION_ERROR offline.pot-unknown"));
        }
    }

    @Test
    void isUnknownAfterRefreshStartedWithoutIt() throws Exception {
        BankPot savings = fetchedLongAgo(10_000, 9_000, 100);
        CompletableFuture<Void> answer = new CompletableFuture<>();
        fixture.bank.faults().next(Endpoint.BALANCE, Fault.lateReply(answer));
        Duration untilRefresh = fixture.scheduler.untilNext();
        BackgroundTask refresh = BackgroundTask.run(() -> fixture.pass(untilRefresh));
        assertThat(fixture.bank.awaitCount(Endpoint.BALANCE, 1, AWAIT_TIMEOUT), is(true));
        Thing thing = fixture.addPot(bridge, savings.id());
        Thing mistyped = fixture.addPot(bridge, "pot_mistyped");
        answer.complete(null);
        refresh.join();
        assertThat(BindingFixture.status(account), is("ONLINE"));
        assertThat(BindingFixture.status(thing), is("UNKNOWN"));
        assertThat(fixture.state(thing, "balance"), is(nullValue()));
        assertThat(BindingFixture.status(mistyped), is("UNKNOWN"));

        fixture.pass(A_MOMENT);
        assertThat(BindingFixture.status(thing), is("ONLINE"));
        assertThat(fixture.state(thing, "balance"), is("1.00"));
        assertThat(BindingFixture.status(mistyped), is("OFFLINE/CONFIGURATION_ERROR offline.pot-unknown"));
    }
}
