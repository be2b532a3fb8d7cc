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
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.fixture.BackgroundTask;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.fixture.RuleCalls;
import org.openhab.binding.monzo.fixture.RuleCalls.Result;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.binding.monzo.internal.handler.PotActions;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.core.library.types.DecimalType;
import org.openhab.core.library.types.StringType;
import org.openhab.core.thing.Thing;
import org.openhab.core.types.UnDefType;

/** Tests the IDs with which rules repeat a transfer. */
class PotTransferIdTest extends PotTransferOnceTestBase {

    private static final String ALREADY_DONE = "The transfer with this ID was made earlier. Nothing was moved again.";

    @Test
    void answersADoneIdWithoutARequest() {
        assertDone(rules.deposit(pot, 5, "sweep-2026-11"), "1480.00");
        fixture.bank.resetCounts();

        assertThat(rules.deposit(pot, "5.00", "sweep-2026-11"), is(new Result("DONE", ALREADY_DONE, null)));
        assertThat(rules.deposit(pot, 5.0, " sweep-2026-11 "), is(new Result("DONE", ALREADY_DONE, null)));

        assertThat(fixture.bank.requests(), is(empty()));
        assertThat(moved(), is(List.of(500L)));
    }

    @Test
    void answersADoneIdAlsoWhenTransfersAreNotPossible() {
        rules.deposit(pot, 5, "a");
        fixture.edit(bridge.getThing(), Map.of("allowTransfers", false, "clientId", ""));

        assertThat(rules.deposit(pot, 5, "a"), is(new Result("DONE", ALREADY_DONE, null)));
    }

    @Test
    void knowsAnIdAfterARestart() {
        rules.deposit(pot, 5, "a");
        fixture.restart(Duration.ofMinutes(1));
        fixture.scheduler.runDue();
        fixture.bank.resetCounts();

        assertThat(rules.deposit(pot, 5, "a"), is(new Result("DONE", ALREADY_DONE, null)));
        assertThat(fixture.bank.requests(), is(empty()));
    }

    @Test
    void knowsAnIdAfterAYear() {
        rules.deposit(pot, 5, "a");
        fixture.clock.advance(Duration.ofDays(365));
        rules.withdraw(pot, 1);
        if (!BindingFixture.status(bridge).equals("ONLINE")) {
            fixture.pass(Duration.ofMinutes(10));
        }

        assertThat(rules.deposit(pot, 5, "a"), is(new Result("DONE", ALREADY_DONE, null)));
        assertRefused(rules.deposit(pot, 6, "a"), OTHER);
        assertThat(
                "only hashes are kept",
                fixture.core().stored("org.openhab.binding.monzo.transfers"),
                not(anyOf(containsString("5.00"), containsString("DEPOSIT"))));
    }

    @Test
    void forgetsAmountsAndPotsOfARemovedLogin() {
        rules.deposit(pot, 5, "a");
        fixture.clock.advance(Duration.ofDays(1));
        fixture.remove(bridge.getThing());

        assertThat(
                fixture.core().stored("org.openhab.binding.monzo.transfers"),
                allOf(
                        containsString("openhab-"),
                        not(containsString("5.00")),
                        not(containsString(people.holiday().id()))));
    }

    @Test
    void keepsAmountsAndPotsOfALoginThatIsAddedAgain() {
        rules.deposit(pot, 5, "a");
        fixture.clock.advance(Duration.ofDays(1));
        bridge.handleRemoval(); // the rest is queued in openHAB's pool
        fixture.forceRemoval(bridge.getThing());
        fixture.addBridge("alice");
        fixture.scheduler.runDue();

        assertThat(
                fixture.core().stored("org.openhab.binding.monzo.transfers"),
                allOf(containsString("5.00"), containsString(people.holiday().id())));
    }

    /** A script's number is now an integer, now a double. */
    @Test
    void knowsANumberWhateverItsType() {
        rules.deposit(pot, 5, 202611);

        for (Object id : List.of(202611.0, 202611L, new BigDecimal("202611.00"), "202611", new DecimalType(202611))) {
            assertThat(id.getClass().getName(), rules.deposit(pot, 5, id), is(new Result("DONE", ALREADY_DONE, null)));
        }
        rules.deposit(pot, 5, 202612.0);
        assertThat(rules.deposit(pot, 5, 202612), is(new Result("DONE", ALREADY_DONE, null)));
        rules.deposit(pot, 5, 1.0E300);
        rules.deposit(pot, 5, Double.NaN);
        assertThat(moved(), is(List.of(500L, 500L, 500L, 500L)));
    }

    @Test
    void acceptsNoIdWithoutAValue() {
        for (Object id : List.of(UnDefType.NULL, UnDefType.UNDEF)) {
            assertRefused(rules.deposit(pot, 5, id), "The ID is NULL or UNDEF. Choose a text or a number.");
        }
        for (Object id : List.of("", " ", "\n\t", new StringType(" "))) {
            assertRefused(rules.deposit(pot, 5, id), "The ID is blank. Leave it out, or choose a text or a number.");
            assertRefused(rules.withdraw(pot, 5, id), "The ID is blank. Leave it out, or choose a text or a number.");
        }
        assertThat(moved(), is(empty()));
    }

    /** The pot of a joint account may be in two logins. */
    @Test
    void paysOnceForTwoLogins() {
        String id = people.joint().pots().get(0).id();
        Thing hers = fixture.addPot(bridge, id);
        MonzoBridgeHandler bob = fixture.addBridge("bob", Map.of("allowTransfers", true));
        Thing his = fixture.addPot(bob, id);
        fixture.connect(bob, people.bob());
        fixture.pass(Duration.ofSeconds(10));

        assertThat(rules.deposit(hers, 7, "a").outcome(), is("DONE"));
        assertThat(rules.deposit(his, 7, "a"), is(new Result("DONE", ALREADY_DONE, null)));
        assertThat(rules.deposit(his, 8, "a").outcome(), is("REFUSED"));
        assertThat(moved(), is(List.of(700L)));

        fixture.bank.faults().next(Endpoint.POT_DEPOSIT, 4, Fault.lostReply());
        assertUnknown(rules.deposit(hers, 7, "b"));
        assertUnknown(rules.deposit(his, 7, "b"));
        assertThat(rules.deposit(hers, 7, "b").outcome(), is("DONE"));
        assertThat(moved(), is(List.of(700L, 700L)));
    }

    @Test
    void refusesAnIdOfAnotherTransfer() {
        Thing other = fixture.addPot(bridge, people.rainyDay().id());
        fixture.pass(Duration.ofSeconds(2));
        rules.deposit(pot, 5, "a");
        fixture.bank.resetCounts();

        assertRefused(rules.deposit(pot, 6, "a"), OTHER);
        assertRefused(rules.withdraw(pot, 5, "a"), OTHER);
        assertRefused(rules.deposit(other, 5, "a"), OTHER);

        assertThat(fixture.bank.requests(), is(empty()));
        assertThat(moved(), is(List.of(500L)));
    }

    @Test
    void mayTryARefusedIdAnew() {
        people.holiday().addedSecurity(true);
        assertThat(rules.withdraw(pot, 5, "a").outcome(), is("REFUSED"));
        people.holiday().addedSecurity(false);

        assertDone(rules.withdraw(pot, 6, "a"), "1469.00");

        assertThat(moved(), is(List.of(-600L)));
    }

    @Test
    void paysOnceEvenIfNothingWasStored() {
        rules.deposit(pot, 5, "a");
        fixture.restart(
                Duration.ofMinutes(1),
                () -> Files.writeString(folder.resolve("org.openhab.binding.monzo.transfers.json"), "{}"));
        fixture.scheduler.runDue();

        assertDone(rules.deposit(pot, 5, "a"), "1480.00");

        assertThat(moved(), is(List.of(500L)));
    }

    @Test
    void paysOnceForTwoRulesAtTheSameTime() {
        PotActions actions = rules.actions(pot);
        List<BackgroundTask> calls = IntStream.range(0, 6)
                .mapToObj(i -> rules.begin(() -> actions.deposit(5, "a")))
                .toList();
        rules.finish(calls.toArray(BackgroundTask[]::new));

        assertThat(calls.stream().map(RuleCalls::result).map(Result::outcome).toList(), everyItem(is("DONE")));
        assertThat(moved(), is(List.of(500L)));
    }
}
