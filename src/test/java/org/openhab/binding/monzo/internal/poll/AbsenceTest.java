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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.fixture.SingleLoginTestBase;
import org.openhab.binding.monzo.simulator.BankAccount;
import org.openhab.binding.monzo.simulator.BankPot;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.core.thing.Thing;

/**
 * Tests accounts and pots missing from Monzo's lists: in a single response, permanently, or moved to another account.
 */
class AbsenceTest extends SingleLoginTestBase {

    private static final Duration A_MOMENT = Duration.ofSeconds(2);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Fault NO_ACCOUNTS = Fault.json("{\"accounts\":[]}");
    private static final Fault NO_POTS = Fault.json("{\"pots\":[]}");

    private BankPot bills;
    private Thing joint;
    private Thing jointPot;

    @BeforeEach
    void addJointAccount() {
        people.current().withoutTotalBalance(); // otherwise the totals show that pots are unchanged
        people.joint().withoutTotalBalance();
        bills = people.joint().pots().get(0);
        joint = fixture.addAccount(bridge, people.joint().id());
        jointPot = fixture.addPot(bridge, bills.id());
    }

    private static Fault list(BankAccount... accounts) {
        return Fault.json(Stream.of(accounts)
                .map(account -> "{\"id\":\"%s\",\"type\":\"%s\",\"currency\":\"%s\",\"closed\":false}"
                        .formatted(account.id(), account.type(), account.currency()))
                .collect(Collectors.joining(",", "{\"accounts\":[", "]}")));
    }

    private static Fault list(BankPot pot, long balance) {
        return Fault.json(
                "{\"pots\":[{\"id\":\"%s\",\"name\":\"Bills\",\"currency\":\"GBP\",\"balance\":%d,\"deleted\":false}]}"
                        .formatted(pot.id(), balance));
    }

    private void fetchLists() {
        bridge.connection().poller().refreshAll();
        fixture.pass(A_MOMENT);
    }

    @Test
    void setsPotsGoneWithTheirAccount() {
        connected();
        fixture.bank.faults().always(Endpoint.ACCOUNTS, list(people.current()));
        fetchLists();
        fixture.pass(MINUTE);

        assertThat(BindingFixture.status(joint), is("OFFLINE/GONE offline.account-gone"));
        assertThat(BindingFixture.status(jointPot), is("OFFLINE/GONE offline.pot-gone"));
        assertThat(BindingFixture.status(account), is("ONLINE"));
        assertThat(BindingFixture.status(pot), is("ONLINE"));
    }

    @Test
    void keepsThingsAfterOneIncompleteList() {
        connected();
        fixture.bank.faults().next(Endpoint.ACCOUNTS, NO_ACCOUNTS);
        fetchLists();

        for (Thing thing : new Thing[] {account, pot, joint, jointPot}) {
            assertThat(BindingFixture.status(thing), is("UNKNOWN"));
        }
        assertThat("last value", fixture.state(jointPot, "balance"), is("610.00"));
        people.holiday().balance(1);
        bills.balance(2);
        fixture.pass(MINUTE);
        for (Thing thing : new Thing[] {account, pot, joint, jointPot}) {
            assertThat(BindingFixture.status(thing), is("ONLINE"));
        }
        assertThat(fixture.state(pot, "balance"), is("0.01"));
        assertThat(fixture.state(jointPot, "balance"), is("0.02"));
    }

    @Test
    void fetchesListsAgainWithinAMinuteDespiteLongInterval() {
        connected();
        fixture.edit(bridge.getThing(), Map.of("refreshInterval", 7200));
        fixture.pass(A_MOMENT);
        fixture.bank.faults().next(Endpoint.ACCOUNTS, NO_ACCOUNTS);
        fetchLists();
        assertThat(BindingFixture.status(joint), is("UNKNOWN"));

        fixture.pass(MINUTE);
        assertThat(BindingFixture.status(joint), is("ONLINE"));
        fixture.bank.resetCounts();
        fixture.pass(Duration.ofMinutes(118));
        assertThat(fixture.bank.requests(), is(empty()));
    }

    @Test
    void listsAccountsAndPotsWithEachRefreshWhileSomethingIsMissing() {
        connected();
        fixture.bank.faults().always(Endpoint.ACCOUNTS, list(people.current()));
        fetchLists();
        fixture.pass(MINUTE);
        assertThat(BindingFixture.status(joint), is("OFFLINE/GONE offline.account-gone"));
        fixture.bank.resetCounts();

        fixture.pass(Duration.ofMinutes(6));
        assertThat(fixture.bank.count(Endpoint.ACCOUNTS), is(6));
        assertThat("of the only account listed", fixture.bank.count(Endpoint.POTS), is(6));
        fixture.remove(joint);
        fixture.remove(jointPot);
        fixture.pass(Duration.ofMinutes(1));
        fixture.bank.resetCounts();
        fixture.pass(Duration.ofMinutes(30));
        assertThat(fixture.bank.count(Endpoint.ACCOUNTS), is(0));
    }

    @Test
    void updatesOtherThingsWhileOneIsGone() {
        fixture.edit(bridge.getThing(), Map.of("refreshInterval", 3600));
        connected();
        fixture.bank.faults().always(Endpoint.ACCOUNTS, list(people.current()));
        fetchLists();
        fixture.pass(Duration.ofDays(14));
        people.current().balance(1);
        fixture.pass(Duration.ofHours(1));
        assertThat(BindingFixture.status(joint), is("OFFLINE/GONE offline.account-gone"));
        assertThat(BindingFixture.status(account), is("ONLINE"));
        assertThat(fixture.state(account, "balance"), is("0.01"));
    }

    @Test
    void returnsOnlineWithinMinutesOfBeingListedAgain() {
        connected();
        fixture.bank.faults().always(Endpoint.ACCOUNTS, list(people.current()));
        fetchLists();
        fixture.pass(MINUTE);
        assertThat(BindingFixture.status(jointPot), is("OFFLINE/GONE offline.pot-gone"));
        fixture.bank.faults().clear();

        fixture.pass(Duration.ofMinutes(2));
        assertThat(BindingFixture.status(joint), is("ONLINE"));
        assertThat(BindingFixture.status(jointPot), is("ONLINE"));
        assertThat(fixture.state(jointPot, "balance"), is("610.00"));
    }

    @Test
    void keepsThingsAfterIncompleteListAtStartup() {
        connected();
        fixture.bank.faults().next(Endpoint.ACCOUNTS, list(people.current()));
        fixture.restart(MINUTE);
        fixture.pass(A_MOMENT);
        assertThat(BindingFixture.status(account), is("ONLINE"));
        assertThat(BindingFixture.status(joint), is("UNKNOWN"));
        assertThat(BindingFixture.status(jointPot), is("UNKNOWN"));

        fixture.pass(MINUTE);
        assertThat(BindingFixture.status(joint), is("ONLINE"));
        assertThat(BindingFixture.status(jointPot), is("ONLINE"));
    }

    @Test
    void fetchesListWithoutCurrentAccountAgainSoon() {
        Thing first = fixture.addAccount(bridge, null);
        fixture.bank.faults().next(Endpoint.ACCOUNTS, list(people.flex()));
        fixture.connect(bridge, alice);
        assertThat(BindingFixture.status(first), is("OFFLINE/CONFIGURATION_ERROR offline.no-current-account"));
        assertThat(BindingFixture.status(account), is("OFFLINE/CONFIGURATION_ERROR offline.account-unknown"));

        fixture.pass(Duration.ofMinutes(6));
        assertThat(BindingFixture.status(first), is("ONLINE"));
        assertThat(BindingFixture.status(account), is("ONLINE"));
        assertThat(BindingFixture.status(jointPot), is("ONLINE"));
    }

    @Test
    void keepsFirstAccountAfterOneIncompleteList() {
        Thing first = fixture.addAccount(bridge, null);
        connected();
        fixture.bank.faults().next(Endpoint.ACCOUNTS, list(people.joint()));
        fetchLists();
        assertThat(BindingFixture.status(first), is("UNKNOWN"));
        assertThat(fixture.state(first, "balance"), is("1234.56"));

        fixture.pass(MINUTE);
        assertThat(BindingFixture.status(first), is("ONLINE"));
        assertThat(fixture.state(first, "balance"), is("1234.56"));
    }

    @Test
    void keepsPotThatIsMissingOnce() {
        connected();
        fixture.bank.faults().forAccount(people.joint().id(), Endpoint.POTS, NO_POTS);
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(BindingFixture.status(jointPot), is("UNKNOWN"));
        fixture.bank.faults().clear();

        fixture.pass(BindingFixture.INTERVAL);
        assertThat(BindingFixture.status(jointPot), is("ONLINE"));
        assertThat(fixture.state(jointPot, "balance"), is("610.00"));
    }

    @Test
    void findsPotMovedToAnotherAccount() {
        connected();
        fixture.bank
                .faults()
                .forAccount(people.joint().id(), Endpoint.POTS, NO_POTS)
                .forAccount(people.flex().id(), Endpoint.POTS, list(bills, 99_900));

        fixture.pass(BindingFixture.INTERVAL.multipliedBy(2));
        assertThat(BindingFixture.status(jointPot), is("ONLINE"));
        assertThat(fixture.state(jointPot, "balance"), is("999.00"));
        fixture.bank.faults().forAccount(people.flex().id(), Endpoint.POTS, list(bills, 99_800));
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(fixture.state(jointPot, "balance"), is("998.00"));
    }

    @Test
    void findsPotMovedToNewAccount() {
        connected();
        fixture.bank
                .faults()
                .always(Endpoint.ACCOUNTS, list(people.current(), people.flex()))
                .forAccount(people.flex().id(), Endpoint.POTS, list(bills, 99_900));
        fetchLists();

        assertThat(BindingFixture.status(jointPot), is("ONLINE"));
        fixture.pass(MINUTE);
        assertThat(fixture.state(jointPot, "balance"), is("999.00"));
        assertThat(BindingFixture.status(joint), is("OFFLINE/GONE offline.account-gone"));
    }

    /** The list of the previous account fails, so its last list still contains the pot. */
    @Test
    void usesNewestListForThePotsAccount() {
        connected();
        fixture.bank
                .faults()
                .forAccount(people.joint().id(), Endpoint.POTS, Fault.serverError())
                .forAccount(people.flex().id(), Endpoint.POTS, list(bills, 99_900));
        fetchLists();
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(BindingFixture.status(jointPot), is("ONLINE"));
        assertThat(fixture.state(jointPot, "balance"), is("999.00"));
    }
}
