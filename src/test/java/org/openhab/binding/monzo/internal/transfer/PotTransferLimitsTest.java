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
package org.openhab.binding.monzo.internal.transfer;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.fixture.BackgroundTask;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.fixture.RuleCalls;
import org.openhab.binding.monzo.fixture.RuleCalls.Result;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.binding.monzo.internal.handler.PotActions;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.core.thing.Thing;

/** Tests the limits of single transfers, of a day and of the account's balance. */
class PotTransferLimitsTest extends TransferTestBase {

    private static final String ABOVE_DAILY_LIMIT =
            "Today's transfers would exceed the Daily Transfer Limit of £200.00.";

    @Test
    void hasLimitsUnlessConfigured() {
        assertDone(rules.deposit(pot, 50), "1525.00");
        assertThat(rules.deposit(pot, 50.01).outcome(), is("REFUSED"));
        assertDone(rules.withdraw(pot, 50), "1475.00");
        assertDone(rules.deposit(pot, 50), "1525.00");
        assertDone(rules.withdraw(pot, 49.99), "1475.01");
        assertRefused(rules.deposit(pot, 0.02), ABOVE_DAILY_LIMIT);
        assertDone(rules.deposit(pot, 0.01), "1475.02");
        assertRefused(rules.withdraw(pot, 0.01), ABOVE_DAILY_LIMIT);
    }

    @Test
    void isOfAllPotsTogether() {
        Thing other = fixture.addPot(bridge, people.rainyDay().id());
        Thing joint = fixture.addPot(bridge, people.joint().pots().get(0).id());
        fixture.pass(Duration.ofSeconds(2));
        spend(190);

        assertRefused(rules.withdraw(other, 10.01), ABOVE_DAILY_LIMIT);
        assertRefused(rules.withdraw(joint, 10.01), ABOVE_DAILY_LIMIT);
        assertDone(rules.withdraw(joint, 10), "600.00");
    }

    @Test
    void beginsAnewAtMidnight() {
        at("2026-11-21T23:59:30Z"); // transfers take some seconds
        spend(200);
        assertRefused(rules.deposit(pot, 1), ABOVE_DAILY_LIMIT);
        at("2026-11-22T00:00:00Z");

        spend(200);
        assertRefused(rules.deposit(pot, 1), ABOVE_DAILY_LIMIT);
    }

    /** A day of 25 hours ends an hour later, one of 23 an hour earlier, by Greenwich's time. */
    @ParameterizedTest
    @CsvSource({
        "Europe/London,    2027-03-27T23:59:00Z, 2027-03-28T00:00:00Z",
        "Europe/London,    2027-03-28T22:59:00Z, 2027-03-28T23:00:00Z",
        "Europe/London,    2027-10-31T23:59:00Z, 2027-11-01T00:00:00Z",
        "America/New_York, 2027-03-15T03:59:00Z, 2027-03-15T04:00:00Z",
        "Pacific/Auckland, 2027-01-01T10:59:00Z, 2027-01-01T11:00:00Z"
    })
    void isOfTheDayInOpenHabsTimeZone(String zone, Instant lastMinute, Instant midnight) {
        fixture.zone = ZoneId.of(zone);
        at(midnight.minus(Duration.ofHours(22)).toString());
        spend(150);
        at(lastMinute.toString());
        spend(50);
        assertRefused(rules.deposit(pot, 0.01), ABOVE_DAILY_LIMIT);
        at(midnight.toString());

        assertThat(rules.deposit(pot, 0.01).outcome(), is("DONE"));
    }

    @Test
    void survivesRestartsAndEdits() {
        spend(150);
        fixture.restart(Duration.ofMinutes(5));
        fixture.scheduler.runDue();
        MonzoBridgeHandler restarted = fixture.bridgeNow("alice");
        spend(50);
        fixture.edit(restarted.getThing(), Map.of("refreshInterval", 120));
        fixture.scheduler.runDue();

        assertRefused(rules.deposit(pot, 0.01), ABOVE_DAILY_LIMIT);
    }

    @Test
    void survivesARemovalOfTheBridge() {
        spend(200);
        fixture.end(pot);
        fixture.end(account);
        fixture.remove(bridge.getThing());
        bridge = fixture.addBridge("alice", Map.of("allowTransfers", true));
        Thing again = fixture.addPot(bridge, people.holiday().id());
        fixture.connect(bridge, alice);

        assertRefused(rules.deposit(again, 0.01), ABOVE_DAILY_LIMIT);
    }

    @Test
    void survivesAClockThatIsSetBack() {
        at("2026-11-22T10:00:00Z");
        spend(200);
        at("2026-11-21T10:00:00Z");
        assertRefused(rules.deposit(pot, 0.01), ABOVE_DAILY_LIMIT);
        at("2026-11-22T10:05:00Z");
        assertRefused(rules.deposit(pot, 0.01), ABOVE_DAILY_LIMIT);
        at("2026-11-23T00:00:00Z");

        assertThat("nor does it last", rules.deposit(pot, 0.01).outcome(), is("DONE"));
    }

    @Test
    void countsUnclearTransfers() {
        fixture.bank.faults().always(Endpoint.POT_DEPOSIT, Fault.serverError());
        for (int i = 0; i < 4; i++) {
            assertUnknown(rules.deposit(pot, 50));
        }
        fixture.bank.faults().clear();

        assertRefused(rules.deposit(pot, 0.01), ABOVE_DAILY_LIMIT);
    }

    @Test
    void countsARepeatedTransferOnce() {
        spend(150);
        fixture.bank.faults().always(Endpoint.POT_DEPOSIT, Fault.lostReply());
        assertUnknown(rules.deposit(pot, 50, "a"));
        assertUnknown(rules.deposit(pot, 50, "a"));
        fixture.bank.faults().clear();

        assertThat(rules.deposit(pot, 50, "a").outcome(), is("DONE"));
        assertRefused(rules.deposit(pot, 0.01), ABOVE_DAILY_LIMIT);
    }

    @Test
    void countsATransferOnItsFirstDayAlone() {
        spend(140);
        fixture.bank.faults().always(Endpoint.POT_DEPOSIT, Fault.serverError());
        assertUnknown(rules.deposit(pot, 50, "a"));
        fixture.bank.faults().clear();
        assertThat("it counts", rules.deposit(pot, 10.01).outcome(), is("REFUSED"));
        at("2026-11-22T08:00:00Z");
        fixture.bank.faults().always(Endpoint.POT_DEPOSIT, Fault.serverError());
        assertUnknown(rules.deposit(pot, 50, "a"));
        fixture.bank.faults().clear();
        spend(200);
        at("2026-11-23T08:00:00Z");
        spend(200);
        assertThat(rules.deposit(pot, 50, "a").outcome(), is("DONE"));

        assertRefused(rules.deposit(pot, 0.01), ABOVE_DAILY_LIMIT);
    }

    @Test
    void holdsForRulesAtTheSameTime() {
        spend(150);
        PotActions actions = rules.actions(pot);
        List<BackgroundTask> calls = IntStream.range(0, 5)
                .mapToObj(i -> rules.begin(() -> actions.deposit(20)))
                .toList();
        rules.finish(calls.toArray(BackgroundTask[]::new));

        assertThat(
                calls.stream()
                        .map(RuleCalls::result)
                        .map(Result::outcome)
                        .sorted()
                        .toList(),
                is(List.of("DONE", "DONE", "REFUSED", "REFUSED", "REFUSED")));
    }

    @Test
    void leavesTheMinimumBalance() {
        configure(Map.of("minimumBalance", new BigDecimal("100.00")));
        people.current().balance(14_999);
        String message = "The account would be left with less than the Minimum Balance.";

        assertRefused(rules.deposit(pot, 50), message);
        assertThat(puts(), is(empty()));
        assertDone(rules.deposit(pot, 49.99), "1524.99");
        assertRefused(rules.deposit(pot, 0.01), message);
        assertDone(rules.withdraw(pot, 0.01), "1524.98");
        assertDone(rules.deposit(pot, 0.01), "1524.99");
        assertThat(people.current().balance(), is(10_000L));
    }

    @Test
    void leavesNoAccountOverdrawnUnlessConfigured() {
        people.current().balance(-1);
        assertThat(rules.deposit(pot, 0.01).outcome(), is("REFUSED"));
        people.current().balance(100);
        assertDone(rules.deposit(pot, 1), "1476.00");
    }

    @Test
    void judgesTwoDepositsOnTheirOwnBalances() {
        people.current().balance(5_000);
        fixture.bank.faults().next(Endpoint.POT_DEPOSIT, Fault.serverError());
        PotActions actions = rules.actions(pot);
        List<BackgroundTask> calls = Stream.of(30, 30)
                .map(amount -> rules.begin(() -> actions.deposit(amount)))
                .toList();
        rules.finish(calls.toArray(BackgroundTask[]::new));

        assertThat(people.current().balance(), is(2_000L));
    }

    /** The balance may fall while the bank makes the transfer wait. */
    @Test
    void judgesADepositOnTheBalanceBeforeEachRequest() {
        configure(Map.of("minimumBalance", new BigDecimal("100")));
        people.current().balance(12_000);
        fixture.bank.faults().next(Endpoint.POT_DEPOSIT, exchange -> {
            people.current().balance(11_999);
            Fault.tooManyRequests("1").strike(exchange);
        });

        assertThat(rules.deposit(pot, 20).outcome(), is("REFUSED"));
        assertThat(people.current().balance(), is(11_999L));
    }

    @Test
    void judgesNoDepositOnABalanceInAnotherCurrency() {
        configure(Map.of("minimumBalance", new BigDecimal("1000")));
        fixture.bank.faults().always(Endpoint.BALANCE, Fault.json("{\"balance\":123456,\"currency\":\"JPY\"}"));

        assertThat(rules.deposit(pot, 50).outcome(), is("REFUSED"));
        assertThat(moved(), is(empty()));
    }

    /** A joint account may be in two logins, whose rules must not rely on the same balance. */
    @Test
    void judgesDepositsOfTwoLoginsOnTheirOwnBalances() {
        Thing hers = fixture.addPot(bridge, people.joint().pots().get(0).id());
        Thing his = potOfBob(people.joint().pots().get(0).id());
        people.joint().balance(3_000);
        CountDownLatch together = new CountDownLatch(2);
        fixture.bank.faults().next(Endpoint.POT_DEPOSIT, 2, exchange -> {
            together.countDown();
            try {
                together.await(1, TimeUnit.SECONDS); // in vain if they wait for each other
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Fault.changedBody(body -> body).strike(exchange);
        });
        configure(Map.of("minimumBalance", BigDecimal.TEN));
        List<BackgroundTask> calls = Stream.of(hers, his)
                .map(rules::actions)
                .map(actions -> rules.begin(() -> actions.deposit(15)).awaitBlocked())
                .toList();
        List<BackgroundTask> pool = Stream.of(1, 2)
                .map(thread -> BackgroundTask.run(fixture.scheduler::runDue))
                .toList();
        pool.forEach(BackgroundTask::join);
        rules.finish(calls.toArray(BackgroundTask[]::new));

        assertThat(people.joint().balance(), is(1_500L));
        assertThat(
                calls.stream()
                        .map(RuleCalls::result)
                        .map(Result::outcome)
                        .sorted()
                        .toList(),
                is(List.of("DONE", "REFUSED")));
    }

    /** openHAB would use the default of 50, which may be more than intended. */
    @ParameterizedTest
    @ValueSource(strings = {"5,00", "£5", "five", "5 GBP", "1E400", "true"})
    void acceptsNoLimitThatIsNoNumber(String limit) {
        for (String name : List.of("transferLimit", "dailyTransferLimit", "minimumBalance")) {
            configure(Map.of(name, limit));
            assertThat(BindingFixture.status(bridge), is("OFFLINE/CONFIGURATION_ERROR offline.transfer-limit-invalid"));
            assertThat(rules.deposit(pot, 1).outcome(), is("REFUSED"));
            configure(Map.of(name, "1"));
            assertOnline();
        }
        assertThat(moved(), is(empty()));
    }

    @Test
    void refusesEverythingWithALimitOfZero() {
        configure(Map.of("transferLimit", BigDecimal.ZERO));

        assertThat(rules.deposit(pot, 0.01).outcome(), is("REFUSED"));
    }

    private Thing potOfBob(String id) {
        MonzoBridgeHandler bob =
                fixture.addBridge("bob", Map.of("allowTransfers", true, "minimumBalance", BigDecimal.TEN));
        Thing pot = fixture.addPot(bob, id);
        fixture.connect(bob, people.bob());
        fixture.pass(Duration.ofSeconds(10));
        assertThat(BindingFixture.status(pot), is("ONLINE"));
        return pot;
    }

    private void spend(int amount) {
        for (int left = amount; left > 0; left -= 50) {
            assertThat(rules.deposit(pot, Math.min(left, 50)).outcome(), is("DONE"));
        }
    }

    /** Sets the clock, as a computer does that was asleep; the login stays valid. */
    private void at(String time) {
        fixture.clock.advance(Duration.between(fixture.clock.instant(), Instant.parse(time)));
    }
}
