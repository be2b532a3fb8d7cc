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
package org.openhab.binding.monzo.internal.handler;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.fixture.BindingTestBase;
import org.openhab.binding.monzo.openhab.Repository;
import org.openhab.binding.monzo.simulator.BankPot;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.binding.monzo.simulator.JsonForm;
import org.openhab.core.thing.Thing;

/**
 * Tests channels, properties, statuses and the goal trigger of pot things.
 */
class PotThingTest extends BindingTestBase {

    private MonzoBridgeHandler bridge;
    private Thing sibling;

    @BeforeEach
    void addThings() {
        bridge = fixture.addBridge("alice");
        sibling = fixture.addPot(bridge, people.rainyDay().id());
    }

    @AfterEach
    void siblingIsOnline() {
        assertThat("the sibling", BindingFixture.status(sibling), is("ONLINE"));
    }

    private Thing shown(BankPot pot) {
        Thing thing = fixture.addPot(bridge, pot.id());
        fixture.connect(bridge, people.alice());
        return thing;
    }

    private BankPot potIn(String currency, Long goal, long balance) {
        return fixture.bank.openAccount("uk_retail", currency, people.alice()).addPot("Savings", goal, balance);
    }

    // States

    @ParameterizedTest
    @CsvSource({
        "GBP, 150000, 147500, 1475.00, 1500.00, 98.3 %, '£%,.2f'",
        "JPY, 10000,  5000,   5000,    10000,   50.0 %, 'JP¥%,.0f'",
        "KWD, 5000,   1,      0.001,   5.000,   0.0 %, 'KWD %,.3f'",
        "EUR, 10000,  9996,   99.96,   100.00,  99.9 %, '€%,.2f'",
        "GBP, 10000,  10000,  100.00,  100.00,  100.0 %, '£%,.2f'",
        "GBP, 10000,  12345,  123.45,  100.00,  123.4 %, '£%,.2f'",
        "GBP, 10000,  -50,    -0.50,   100.00,  -0.5 %, '£%,.2f'"
    })
    void showsExactAmountsAndRoundsProgressDown(
            String currency, long goalMinor, long minor, String balance, String goal, String progress, String pattern) {
        Thing pot = shown(potIn(currency, goalMinor, minor));

        assertThat(fixture.state(pot, "balance"), is(balance));
        assertThat(fixture.state(pot, "goal"), is(goal));
        assertThat(fixture.state(pot, "goal-progress"), is(progress));
        assertThat(fixture.pattern(pot, "balance"), is(pattern));
        assertThat(fixture.pattern(pot, "goal"), is(pattern));
        assertThat("defined by its channel type", fixture.pattern(pot, "goal-progress"), is(nullValue()));
    }

    @Test
    void channelTypeShowsDecimalsOfProgress() throws IOException {
        String types = Files.readString(Repository.root().resolve("OH-INF/thing/thing-types.xml"));
        fixture.connect(bridge, people.alice());
        assertThat(types, containsString("pattern=\"%.1f %%\""));
    }

    @Test
    void returnsUndefWithoutGoal() {
        fixture.connect(bridge, people.alice());

        assertThat(fixture.state(sibling, "balance"), is("320.10"));
        assertThat(fixture.state(sibling, "goal"), is("UNDEF"));
        assertThat(fixture.state(sibling, "goal-progress"), is("UNDEF"));
    }

    @Test
    void showsLockAndProperties() {
        Thing pot = shown(people.house());

        assertThat(fixture.state(pot, "locked"), is("ON"));
        assertThat(pot.getProperties(), hasEntry("lockedUntil", "2030-01-01T00:00:00Z"));
        assertThat(pot.getProperties(), hasEntry("name", "House deposit"));
        assertThat(pot.getProperties(), hasEntry("currency", "GBP"));
        assertThat(pot.getProperties(), hasEntry("roundUp", "false"));
        assertThat(fixture.state(sibling, "locked"), is("OFF"));
        assertThat(sibling.getProperties(), hasEntry("style", "raindrops"));

        people.house().lockUntil(null);
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(fixture.state(pot, "locked"), is("OFF"));
        assertThat("unlocked", pot.getProperties(), not(hasKey("lockedUntil")));
        assertThat(fixture.callback(pot).storedProperties(), not(hasKey("lockedUntil")));
    }

    @Test
    void supportsDocumentedFormOfAPot() {
        Thing pot = shown(people.holiday().form(JsonForm.DOCS));

        assertThat(BindingFixture.status(pot), is("ONLINE"));
        assertThat(fixture.state(pot, "balance"), is("1475.00"));
        assertThat(fixture.state(pot, "goal"), is("UNDEF"));
        assertThat(fixture.state(pot, "locked"), is("UNDEF"));
    }

    // Missing pots

    @Test
    void setsDeletedPotGone() {
        Thing bike = fixture.addPot(bridge, people.current().pots().get(5).id());
        Thing holiday = shown(people.holiday());
        assertThat(BindingFixture.status(bike), is("OFFLINE/GONE offline.pot-deleted"));
        assertThat(BindingFixture.status(holiday), is("ONLINE"));

        people.holiday().delete();
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(BindingFixture.status(holiday), is("OFFLINE/GONE offline.pot-deleted"));
    }

    @Test
    void setsPotsOfClosedAccountGone() {
        Thing bills = shown(people.joint().pots().get(0));
        people.joint().close();

        fixture.pass(Duration.ofHours(1));
        assertThat(BindingFixture.status(bills), is("OFFLINE/GONE offline.account-closed"));
    }

    @Test
    void reportsUnknownIdAsConfigurationError() {
        Thing mistyped = fixture.addPot(bridge, "pot_mistyped");
        Thing empty = fixture.addPot(bridge, "");
        assertThat(BindingFixture.status(empty), is("OFFLINE/CONFIGURATION_ERROR offline.pot-id-missing"));

        fixture.connect(bridge, people.alice());
        assertThat(BindingFixture.status(mistyped), is("OFFLINE/CONFIGURATION_ERROR offline.pot-unknown"));
        assertThat(BindingFixture.status(empty), is("OFFLINE/CONFIGURATION_ERROR offline.pot-id-missing"));
    }

    @Test
    void setsMissingPotGone() {
        Thing bills = shown(people.joint().pots().get(0));
        fixture.bank.faults().forAccount(people.joint().id(), Endpoint.POTS, Fault.json("{\"pots\":[]}"));

        fixture.pass(BindingFixture.INTERVAL);
        assertThat("after one list without it", BindingFixture.status(bills), is("UNKNOWN"));
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(BindingFixture.status(bills), is("OFFLINE/GONE offline.pot-gone"));
    }

    // Reaching the goal

    /** Each line: the balance of the pot (with a goal of 100) at each refresh, and the number of triggers. */
    @ParameterizedTest
    @CsvSource({
        "99 100,            1",
        "99 100 101 100,    1",
        "100 100 120,       0",
        "120 99 99 100,     1",
        "50 100 99 100,     2",
        "0 99 99,           0",
        "-10 200,           1"
    })
    void triggersOncePerCrossingOfTheGoal(String pounds, int times) {
        List<Long> balances = List.of(pounds.split(" ")).stream()
                .map(amount -> Long.parseLong(amount) * 100)
                .toList();
        BankPot pot = potIn("GBP", 10_000L, balances.get(0));
        Thing thing = shown(pot);
        for (long balance : balances.subList(1, balances.size())) {
            pot.balance(balance);
            fixture.pass(BindingFixture.INTERVAL);
        }
        assertThat(fixture.callback(thing).triggers(), is(times(times)));
    }

    /** Balance and goal at each refresh, in minor units; - for a missing one. */
    @ParameterizedTest
    @CsvSource({
        "balance missing once,            9000/10000 -/10000 10000/10000,            1",
        "goal missing once,               9000/10000 9000/-  10000/10000,            1",
        "both missing for long,           9000/10000 -/- -/- -/- 12000/10000,        1",
        "missing at the goal,             9000/10000 10000/10000 -/- 10000/10000,    1",
        "missing above,                   12000/10000 -/- 12000/10000,               0",
        "another goal after none,         9000/10000 9000/- 9000/8000,               0",
        "then crossed,                    9000/10000 9000/- 7000/8000 8000/8000,     1",
        "a goal of nothing counts as none, 9000/10000 9000/0 9000/8000,              0"
    })
    void triggersAcrossRefreshesWithoutBalanceOrGoal(String what, String refreshes, int times) {
        BankPot pot = potIn("GBP", 10_000L, 9_000);
        Thing thing = fixture.addPot(bridge, pot.id());
        boolean connected = false;
        for (String refresh : refreshes.split(" +")) {
            String[] amounts = refresh.split("/");
            fixture.bank
                    .faults()
                    .clear()
                    .forAccount(pot.account().id(), Endpoint.POTS, Fault.json(potJson(pot, amounts)));
            if (connected) {
                fixture.pass(BindingFixture.INTERVAL);
            } else {
                fixture.connect(bridge, people.alice());
                connected = true;
            }
        }
        assertThat(what, fixture.callback(thing).triggers(), is(times(times)));
    }

    private static String potJson(BankPot pot, String... amounts) {
        return "{\"pots\":[{\"id\":\"%s\",\"name\":\"Savings\",\"currency\":\"GBP\",\"deleted\":false%s%s}]}"
                .formatted(
                        pot.id(),
                        amounts[0].equals("-") ? "" : ",\"balance\":" + amounts[0],
                        amounts[1].equals("-") ? "" : ",\"goal_amount\":" + amounts[1]);
    }

    @Test
    void doesNotTriggerAgainAfterARestart() {
        Thing thing = shown(people.holiday());
        people.holiday().deposit(2_500);
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(fixture.callback(thing).triggers(), is(times(1)));

        fixture.restart(Duration.ofMinutes(5));
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(BindingFixture.status(thing), is("ONLINE"));
        assertThat(fixture.callback(thing).triggers(), is(times(0)));
    }

    @Test
    void triggersOnceAfterAnOutage() {
        Thing thing = shown(people.holiday());
        fixture.bank.stopListening();
        people.holiday().deposit(2_500);
        fixture.pass(BindingFixture.INTERVAL.multipliedBy(3));
        assertThat(BindingFixture.status(thing), is("OFFLINE/BRIDGE_OFFLINE offline.bridge-offline"));

        fixture.bank.startListening();
        fixture.pass(Duration.ofMinutes(20));
        assertThat(BindingFixture.status(thing), is("ONLINE"));
        assertThat(fixture.callback(thing).triggers(), is(times(1)));
    }

    @Test
    void triggersWhenGoalIsLoweredToTheBalance() {
        BankPot pot = potIn("GBP", 10_000L, 9_000);
        Thing thing = shown(pot);

        pot.goal(null);
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(fixture.state(thing, "goal"), is("UNDEF"));
        pot.goal(8_000L);
        fixture.pass(BindingFixture.INTERVAL);
        assertThat("a new goal, reached from the start", fixture.callback(thing).triggers(), is(times(0)));
        pot.goal(10_000L);
        fixture.pass(BindingFixture.INTERVAL);
        assertThat("raised", fixture.callback(thing).triggers(), is(times(0)));
        pot.goal(9_000L);
        fixture.pass(BindingFixture.INTERVAL);
        assertThat("lowered", fixture.callback(thing).triggers(), is(times(1)));
    }

    @Test
    void triggersPerPot() {
        Thing deposit = fixture.addPot(bridge, people.house().id());
        Thing holiday = shown(people.holiday());

        people.holiday().deposit(2_500);
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(fixture.callback(holiday).triggers(), is(times(1)));
        assertThat(fixture.callback(deposit).triggers(), is(times(0)));
    }

    private static List<String> times(int times) {
        return Collections.nCopies(times, "goal-reached");
    }
}
