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
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openhab.binding.monzo.fixture.BackgroundTask;
import org.openhab.binding.monzo.fixture.RuleCalls.Result;
import org.openhab.binding.monzo.internal.handler.PotActions;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;

/** Tests transfers of which only the bank knows whether they were made. */
class UnclearPotTransferTest extends PotTransferOnceTestBase {

    enum Obstacle {
        LOW_BALANCE,
        LOWER_LIMIT,
        LOWER_DAILY_LIMIT,
        HIGHER_MINIMUM,
        LOCK,
        CLOSED_ACCOUNT
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
        assertUnknown(Result.of(actions.deposit(5, "a")));
        assertThat("but not another", Result.of(actions.deposit(5, "b")).outcome(), is("REFUSED"));
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
    void resumesAfterAKill() throws IOException {
        // What is in the storage while the request is under way, openHAB being killed before its result
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
        assertThat(stored, containsString("\\\"state\\\":\\\"SENT\\\""));
        fixture.restart(
                Duration.ofMinutes(1),
                () -> Files.writeString(folder.resolve("org.openhab.binding.monzo.transfers.json"), stored));
        fixture.scheduler.runDue();

        assertDone(rules.deposit(pot, 5, "a"), "1480.00");

        assertThat(moved(), is(List.of(500L)));
    }
}
