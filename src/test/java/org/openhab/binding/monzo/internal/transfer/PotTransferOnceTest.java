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

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openhab.binding.monzo.fixture.BackgroundTask;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.fixture.RuleCalls;
import org.openhab.binding.monzo.fixture.RuleCalls.Answer;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.binding.monzo.internal.handler.PotActions;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.core.library.types.DecimalType;
import org.openhab.core.library.types.StringType;
import org.openhab.core.thing.Thing;
import org.openhab.core.types.UnDefType;

/** A transfer is made once, whatever happens to its requests and however often a rule repeats it. */
class PotTransferOnceTest extends TransferTest {

    private static final String ALREADY_DONE = "The transfer with this ID was made earlier. Nothing was moved again.";
    private static final String OTHER = "This ID belongs to a transfer with another pot, direction or amount.";

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
    void renewsTheLoginInTheMiddle() {
        fixture.bank.expireAccessTokens();

        assertDone(rules.withdraw(pot, 5), "1470.00");

        assertThat(fixture.bank.count(Endpoint.TOKEN), is(1));
        assertThat(moved(), is(List.of(-500L)));
    }

    @Test
    void renewsTheLoginBetweenALostReplyAndItsRepeat() {
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
    void refusesWhenTheLoginCannotBeRenewed() {
        fixture.bank.expireAccessTokens();
        fixture.bank.faults().always(Endpoint.TOKEN, Fault.serverError());

        assertRefused(rules.withdraw(pot, 5), "The login could not be renewed. Try again later.");

        fixture.bank.faults().clear();
        assertThat(moved(), is(empty()));
    }

    @Test
    void tellsWhatStaysUnclear() {
        fixture.bank.faults().always(Endpoint.POT_DEPOSIT, Fault.lostReply());

        Answer answer = rules.deposit(pot, 5);

        assertThat(
                answer,
                is(new Answer(
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

    @Test
    void answersADoneIdWithoutARequest() {
        assertDone(rules.deposit(pot, 5, "sweep-2026-11"), "1480.00");
        fixture.bank.resetCounts();

        assertThat(rules.deposit(pot, "5.00", "sweep-2026-11"), is(new Answer("DONE", ALREADY_DONE, null)));
        assertThat(rules.deposit(pot, 5.0, " sweep-2026-11 "), is(new Answer("DONE", ALREADY_DONE, null)));

        assertThat(fixture.bank.requests(), is(empty()));
        assertThat(moved(), is(List.of(500L)));
    }

    @Test
    void answersADoneIdAlsoWhenTransfersAreNotPossible() {
        rules.deposit(pot, 5, "a");
        fixture.edit(bridge.getThing(), Map.of("allowTransfers", false, "clientId", ""));

        assertThat(rules.deposit(pot, 5, "a"), is(new Answer("DONE", ALREADY_DONE, null)));
    }

    @Test
    void knowsAnIdAfterARestart() {
        rules.deposit(pot, 5, "a");
        fixture.restart(Duration.ofMinutes(1));
        fixture.scheduler.runDue();
        fixture.bank.resetCounts();

        assertThat(rules.deposit(pot, 5, "a"), is(new Answer("DONE", ALREADY_DONE, null)));
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

        assertThat(rules.deposit(pot, 5, "a"), is(new Answer("DONE", ALREADY_DONE, null)));
        assertRefused(rules.deposit(pot, 6, "a"), OTHER);
        assertThat(
                "only hashes are kept",
                fixture.core().stored("org.openhab.binding.monzo.transfers"),
                not(anyOf(containsString("5.00"), containsString("DEPOSIT"))));
    }

    @Test
    void resolvesAnUnclearTransferAfterAYear() {
        fixture.bank.faults().next(Endpoint.POT_DEPOSIT, 4, Fault.lostReply());
        assertUnknown(rules.deposit(pot, 5, "a"));
        fixture.clock.advance(Duration.ofDays(365));
        fixture.pass(Duration.ofMinutes(10));
        assertThat(
                "only hashes are kept",
                fixture.core().stored("org.openhab.binding.monzo.transfers"),
                not(anyOf(
                        containsString("5.00"), containsString(people.holiday().id()))));

        assertRefused(rules.deposit(pot, 6, "a"), OTHER);
        assertThat(rules.deposit(pot, 5, "a").outcome(), is("DONE"));
        assertThat(moved(), is(List.of(500L)));
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
            assertThat(id.getClass().getName(), rules.deposit(pot, 5, id), is(new Answer("DONE", ALREADY_DONE, null)));
        }
        rules.deposit(pot, 5, 202612.0);
        assertThat(rules.deposit(pot, 5, 202612), is(new Answer("DONE", ALREADY_DONE, null)));
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
        assertThat(rules.deposit(his, 7, "a"), is(new Answer("DONE", ALREADY_DONE, null)));
        assertThat(rules.deposit(his, 8, "a").outcome(), is("REFUSED"));
        assertThat(moved(), is(List.of(700L)));

        fixture.bank.faults().next(Endpoint.POT_DEPOSIT, 4, Fault.lostReply());
        assertUnknown(rules.deposit(hers, 7, "b"));
        assertUnknown(rules.deposit(his, 7, "b"));
        assertThat(rules.deposit(hers, 7, "b").outcome(), is("DONE"));
        assertThat(moved(), is(List.of(700L, 700L)));
    }

    /** Set back, the clock would allow a repeat as late as the bank asks, while all other transfers wait. */
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
    void resolvesAnUnclearTransferByItsId() {
        fixture.bank.faults().always(Endpoint.POT_DEPOSIT, Fault.lostReply());
        assertUnknown(rules.deposit(pot, 5, "a"));
        fixture.bank.faults().clear();

        assertDone(rules.deposit(pot, 5, "a"), "1480.00");

        assertThat(moved(), is(List.of(500L)));
        assertThat(dedupeIds(), hasSize(1));
    }

    @Test
    void resolvesAnUnclearTransferThatWasNotMade() {
        fixture.bank.faults().always(Endpoint.POT_DEPOSIT, Fault.serverError());
        assertUnknown(rules.deposit(pot, 5, "a"));
        assertThat(moved(), is(empty()));
        fixture.bank.faults().clear();

        assertDone(rules.deposit(pot, 5, "a"), "1480.00");

        assertThat(moved(), is(List.of(500L)));
    }

    @Test
    void resolvesAnUnclearTransferAfterARestart() {
        fixture.bank.faults().always(Endpoint.POT_DEPOSIT, Fault.lostReply());
        assertUnknown(rules.deposit(pot, 5, "a"));
        fixture.bank.faults().clear();
        fixture.restart(Duration.ofHours(30));
        fixture.scheduler.runDue();

        assertDone(rules.deposit(pot, 5, "a"), "1480.00");

        assertThat(moved(), is(List.of(500L)));
        assertThat(dedupeIds(), hasSize(1));
    }

    @Test
    void staysUnknownWhileItCannotBeRepeated() {
        fixture.bank.faults().always(Endpoint.POT_DEPOSIT, Fault.lostReply());
        assertUnknown(rules.deposit(pot, 5, "a"));
        fixture.bank.faults().clear();
        PotActions actions = rules.actions(pot);

        configure(Map.of("allowTransfers", false));
        assertUnknown(rules.deposit(pot, 5, "a"));
        fixture.end(bridge.getThing());
        assertUnknown(Answer.of(actions.deposit(5, "a")));
        assertThat("but not another", Answer.of(actions.deposit(5, "b")).outcome(), is("REFUSED"));
    }

    enum Obstacle {
        LOW_BALANCE,
        LOWER_LIMIT,
        LOWER_DAILY_LIMIT,
        HIGHER_MINIMUM,
        LOCK,
        CLOSED_ACCOUNT
    }

    private void obstruct(Obstacle obstacle) {
        switch (obstacle) {
            case LOW_BALANCE -> people.current().balance(0);
            case LOWER_LIMIT -> configure(Map.of("transferLimit", 1));
            case LOWER_DAILY_LIMIT -> configure(Map.of("dailyTransferLimit", 1));
            case HIGHER_MINIMUM -> configure(Map.of("minimumBalance", 1_000_000));
            case LOCK -> people.holiday().lockUntil(Instant.parse("2030-01-01T00:00:00Z"));
            case CLOSED_ACCOUNT -> people.current().close();
        }
        bridge.connection().poller().refreshAllNow();
        fixture.scheduler.runDue();
    }

    /** What may have been made before was permitted then, and only the bank knows whether it was made. */
    @ParameterizedTest
    @EnumSource(Obstacle.class)
    void confirmsWhatWasMadeWhateverHasChangedSince(Obstacle obstacle) {
        fixture.bank.faults().next(Endpoint.POT_DEPOSIT, 4, Fault.lostReply());
        fixture.bank.faults().next(Endpoint.POT_WITHDRAW, 4, Fault.lostReply());
        assertUnknown(rules.deposit(pot, 20, "in"));
        assertUnknown(rules.withdraw(pot, 5, "out"));
        obstruct(obstacle);
        fixture.bank.resetCounts();

        assertThat(rules.deposit(pot, 20, "in").outcome(), is("DONE"));
        assertThat(rules.withdraw(pot, 5, "out").outcome(), is("DONE"));

        assertThat(moved(), is(List.of(2_000L, -500L)));
        assertThat("nothing else is asked", fixture.bank.count(Endpoint.BALANCE), is(lessThanOrEqualTo(2)));
    }

    @Test
    void confirmsWhatWasMadeWithAPotThatIsGone() {
        fixture.bank.faults().next(Endpoint.POT_DEPOSIT, 4, Fault.lostReply());
        assertUnknown(rules.deposit(pot, 5, "a"));
        people.holiday().delete();
        fixture.pass(Duration.ofMinutes(3));
        fixture.bank.resetCounts();

        rules.deposit(pot, 5, "a");

        assertThat("the bank was asked", puts(), hasSize(1));
        assertThat(moved(), is(List.of(500L)));
    }

    @Test
    void staysUnknownWhenItsRepeatIsRefused() {
        fixture.bank.faults().always(Endpoint.POT_DEPOSIT, Fault.lostReply());
        assertUnknown(rules.deposit(pot, 5, "a"));
        fixture.bank.faults().clear();
        fixture.bank.faults().next(Endpoint.POT_DEPOSIT, Fault.forbidden());
        assertUnknown(rules.deposit(pot, 5, "a"));

        assertThat(rules.deposit(pot, 5, "a").outcome(), is("DONE"));
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
    void resumesAfterAKill() throws IOException {
        // What is in the storage while the request is under way, openHAB being killed before its answer
        CompletableFuture<Void> release = new CompletableFuture<>();
        fixture.bank.faults().next(Endpoint.POT_DEPOSIT, Fault.carriedOut(exchange -> {
            fixture.core().stored("org.openhab.binding.monzo.transfers");
            Files.copy(folder.resolve("org.openhab.binding.monzo.transfers.json"), folder.resolve("killed.json"));
            Fault.lateReply(release).strike(exchange);
        }));
        BackgroundTask pump = BackgroundTask.run(() -> rules.deposit(pot, 5, "a"));
        BackgroundTask.until("the request", () -> Files.exists(folder.resolve("killed.json")));
        release.complete(null);
        pump.join();
        String stored = Files.readString(folder.resolve("killed.json"));
        assertThat(stored, containsString("\\\"done\\\":false"));
        fixture.restart(
                Duration.ofMinutes(1),
                () -> Files.writeString(folder.resolve("org.openhab.binding.monzo.transfers.json"), stored));
        fixture.scheduler.runDue();

        assertDone(rules.deposit(pot, 5, "a"), "1480.00");

        assertThat(moved(), is(List.of(500L)));
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

        assertThat(calls.stream().map(RuleCalls::answer).map(Answer::outcome).toList(), everyItem(is("DONE")));
        assertThat(moved(), is(List.of(500L)));
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

        assertUnknown(RuleCalls.answer(rule));
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

        assertRefused(RuleCalls.answer(rule), "The transfer could not be sent in time. Try again later.");
        fixture.scheduler.runDue();
        assertThat(moved(), is(empty()));
        assertDone(rules.deposit(pot, 5, "a"), "1480.00");
    }

    private java.util.Set<String> dedupeIds() {
        return puts().stream()
                .map(request -> request.form().get("dedupe_id"))
                .collect(java.util.stream.Collectors.toSet());
    }
}
