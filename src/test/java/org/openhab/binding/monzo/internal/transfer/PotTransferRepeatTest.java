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

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.fixture.BackgroundTask;
import org.openhab.binding.monzo.fixture.RuleCalls;
import org.openhab.binding.monzo.fixture.RuleCalls.Result;
import org.openhab.binding.monzo.internal.handler.PotActions;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;

/** Tests the repeats of a request whose response is lost, delayed or an error. */
class PotTransferRepeatTest extends PotTransferOnceTestBase {

    @Test
    void repeatsALostTransferWithTheSameDedupeId() {
        fixture.bank.faults().next(Endpoint.POT_DEPOSIT, Fault.lostReply()).next(Endpoint.POT_DEPOSIT, Fault.reset());

        assertDone(rules.deposit(pot, 5), "1480.00");

        assertThat(moved(), is(List.of(500L)));
        assertThat(puts(), hasSize(3));
        assertThat(dedupeIds(), hasSize(1));
    }

    @Test
    void repeatsAfterServerErrors() {
        fixture.bank.faults().next(Endpoint.POT_WITHDRAW, 3, Fault.serverError());

        assertDone(rules.withdraw(pot, 5), "1470.00");

        assertThat(moved(), is(List.of(-500L)));
        assertThat(dedupeIds(), hasSize(1));
    }

    @Test
    void waitsAsLongAsTheBankAsks() {
        fixture.bank.faults().next(Endpoint.POT_DEPOSIT, Fault.tooManyRequests("4"));
        var begin = fixture.clock.instant();

        assertDone(rules.deposit(pot, 5), "1480.00");

        assertThat(Duration.between(begin, fixture.clock.instant()), is(greaterThanOrEqualTo(Duration.ofSeconds(4))));
    }

    @Test
    void givesUpWhenTheBankAsksToWaitTooLong() {
        fixture.bank.faults().next(Endpoint.POT_DEPOSIT, Fault.tooManyRequests("60"));

        assertRefused(rules.deposit(pot, 5), "Monzo's rate limit was exceeded. Try again later.");
        assertThat(puts(), hasSize(1));
    }

    @Test
    void refreshesTheTokenInTheMiddle() {
        fixture.bank.expireAccessTokens();

        assertDone(rules.withdraw(pot, 5), "1470.00");

        assertThat(fixture.bank.count(Endpoint.TOKEN), is(1));
        assertThat(moved(), is(List.of(-500L)));
    }

    @Test
    void refreshesTheTokenBetweenALostResponseAndItsRepeat() {
        fixture.bank.faults().next(Endpoint.POT_WITHDRAW, Fault.carriedOut(exchange -> {
            fixture.bank.expireAccessTokens();
            Fault.closeWithoutReply().strike(exchange);
        }));

        assertDone(rules.withdraw(pot, 5), "1470.00");

        assertThat(moved(), is(List.of(-500L)));
        assertThat(dedupeIds(), hasSize(1));
    }

    @Test
    void refusesWhenTheLoginIsEvicted() {
        fixture.bank.evict(alice);

        assertRefused(
                rules.withdraw(pot, 5),
                "Monzo rejected the login. The status of the Monzo Login in Main UI tells why.");
        assertThat(moved(), is(empty()));
    }

    @Test
    void leavesALostTransferUnknownWhenTheLoginIsEvictedBeforeItsRepeat() {
        fixture.bank.faults().next(Endpoint.POT_WITHDRAW, Fault.carriedOut(exchange -> {
            fixture.bank.evict(alice);
            Fault.closeWithoutReply().strike(exchange);
        }));

        assertUnknown(rules.withdraw(pot, 5, "a"));
        fixture.connect(bridge, alice);

        assertDone(rules.withdraw(pot, 5, "a"), "1470.00");
        assertThat(moved(), is(List.of(-500L)));
    }

    @Test
    void refusesWhenTheTokenCannotBeRefreshed() {
        fixture.bank.expireAccessTokens();
        fixture.bank.faults().always(Endpoint.TOKEN, Fault.serverError());

        assertRefused(rules.withdraw(pot, 5), "The login could not be renewed. Try again later.");

        fixture.bank.faults().clear();
        assertThat(moved(), is(empty()));
    }

    @Test
    void reportsWhatStaysUnclear() {
        fixture.bank.faults().always(Endpoint.POT_DEPOSIT, Fault.lostReply());

        Result result = rules.deposit(pot, 5);

        assertThat(
                result,
                is(new Result(
                        "UNKNOWN",
                        "It is not clear whether the money was moved. Look in the Monzo app before you try again."
                                + " Reason: Monzo sent no usable answer.",
                        null)));
        assertThat(puts(), hasSize(4));
        assertThat(moved(), is(List.of(500L)));
    }

    @Test
    void showsTheBalancesAlsoAfterAnUnclearTransfer() {
        fixture.bank.faults().always(Endpoint.POT_DEPOSIT, Fault.lostReply());

        rules.deposit(pot, 5);

        assertThat(fixture.state(pot, "balance"), is("1480.00"));
    }

    /** With the clock set back, a repeat at the time that the bank demands would delay all other transfers. */
    @Test
    void givesUpWhenTheBankAsksToWaitTooLongAndTheClockIsSetBack() {
        fixture.bank.faults().next(Endpoint.POT_DEPOSIT, exchange -> {
            fixture.clock.advance(Duration.ofDays(-1));
            Fault.tooManyRequests("3600").strike(exchange);
        });

        assertThat(rules.deposit(pot, 5).outcome(), is("REFUSED"));
        assertThat(rules.deposit(pot, 5).outcome(), is("DONE"));
    }

    @Test
    void survivesAnEditOfTheBridgeInTheMiddle() {
        fixture.bank.faults().next(Endpoint.POT_DEPOSIT, Fault.lostReply());
        PotActions actions = rules.actions(pot);
        BackgroundTask rule = rules.begin(() -> actions.deposit(5, "a"));
        BackgroundTask.until("the first request", () -> {
            fixture.scheduler.runDue();
            return moved().size() == 1;
        });
        fixture.edit(bridge.getThing(), Map.of("refreshInterval", 30));
        fixture.scheduler.runDue();

        rules.finish(rule);

        assertUnknown(RuleCalls.result(rule));
        assertDone(rules.deposit(pot, 5, "a"), "1480.00");
        assertDone(rules.deposit(pot, 7, "b"), "1487.00");
        assertThat(moved(), is(List.of(500L, 700L)));
    }

    @Test
    void movesNothingAfterARuleWasInterrupted() throws Exception {
        PotActions actions = rules.actions(pot);
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        BackgroundTask rule = rules.begin(() -> {
            thread.complete(Thread.currentThread());
            return actions.deposit(5, "a");
        });
        rule.awaitBlocked();
        BackgroundTask.until("the job waits for the pool", () -> Duration.ZERO.equals(fixture.scheduler.untilNext()));
        thread.get().interrupt();

        assertRefused(RuleCalls.result(rule), "The transfer could not be sent in time. Try again later.");
        fixture.scheduler.runDue();
        assertThat(moved(), is(empty()));
        assertDone(rules.deposit(pot, 5, "a"), "1480.00");
    }
}
