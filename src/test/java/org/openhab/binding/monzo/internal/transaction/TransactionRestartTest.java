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
package org.openhab.binding.monzo.internal.transaction;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.simulator.BankTransaction;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;

/** Tests which transactions are delivered after restarts and downtimes, and what is stored for that. */
class TransactionRestartTest extends WatchedAccountTestBase {

    private static final String STORAGE = "org.openhab.binding.monzo.transactions";

    @Test
    void repeatsNothingAndMissesNothing() {
        BankTransaction one = pay(100);
        refresh();
        assertThat(delivered(thing), contains(one.id()));
        BankTransaction two = pay(200);
        fixture.restart(Duration.ofMinutes(1));
        BankTransaction three = pay(300);
        refresh();
        fixture.restart(Duration.ofMinutes(1));
        refresh();

        assertThat("after the second", delivered(thing), is(empty()));
        assertThat(fixture.state(thing, "last-transaction-amount"), is("-3.00"));
        assertThat(stored(), allOf(containsString(two.id()), containsString(three.id())));
    }

    @Test
    void deliversWhatHappenedMeanwhileAsLate() {
        BankTransaction one = pay(100);
        fixture.restart(Duration.ofMinutes(30));
        BankTransaction two = pay(200);
        refresh();

        assertThat(delivered(thing), contains(one.id(), two.id()));
        assertThat(payloads(thing).get(0).get("late").getAsBoolean(), is(true));
        assertThat(payloads(thing).get(1).get("late").getAsBoolean(), is(false));
    }

    /** The clock stood still while openHAB was off. */
    @Test
    void deliversWhatHappenedMeanwhileAsLateWhenTheClockIsBehind() {
        Instant end = fixture.clock.instant();
        fixture.restart(Duration.ZERO);
        for (int hour = 0; hour < 10; hour++) {
            payAt(end.plus(Duration.ofHours(hour)), 100 + hour);
        }
        refresh();
        assertThat(lateOnes(), contains(true, true, true, true, true, true, true, true, true, false));
    }

    private List<Boolean> lateOnes() {
        return payloads(thing).stream()
                .map(payload -> payload.get("late").getAsBoolean())
                .toList();
    }

    @Test
    void deliversNothingAsLateWithALongIntervalOrAWrongClock() {
        fixture.edit(bridge.getThing(), Map.of("refreshInterval", 600));
        fixture.pass(A_MOMENT);
        for (int i = 0; i < 20; i++) {
            payAt(fixture.clock.instant().minus(Duration.ofMinutes(6)), 100 + i); // the clock is ahead
            fixture.pass(Duration.ofMinutes(7));
            pay(200 + i);
            fixture.pass(Duration.ofMinutes(17));
        }
        assertThat(lateOnes(), both(hasSize(greaterThan(38))).and(everyItem(is(false))));
    }

    /** openHAB writes the storage half a second after it was delivered; what is lost is what was delivered since. */
    @Test
    void repeatsOnlyWhatWasNotStoredBeforeAKill() {
        BankTransaction one = pay(100);
        refresh();
        String onDisk = stored();
        BankTransaction two = pay(200);
        refresh();
        assertThat(delivered(thing), contains(one.id(), two.id()));

        fixture.restart(Duration.ofSeconds(10), () -> store(onDisk));
        refresh();
        assertThat("after the kill", delivered(thing), contains(two.id()));
        fixture.restart(Duration.ofSeconds(10));
        refresh();
        assertThat("and not again", delivered(thing), is(empty()));
    }

    /** openHAB starts rules after things, and does not keep events for them. */
    @Test
    void waitsForTheRulesToStart() {
        BankTransaction one = pay(100);
        fixture.setStarted(false);
        fixture.restart(Duration.ofMinutes(1));
        refresh();
        assertThat(delivered(thing), is(empty()));
        assertThat("shown", fixture.state(thing, "last-transaction-amount"), is("-1.00"));

        fixture.setStarted(true);
        refresh();
        assertThat(delivered(thing), contains(one.id()));
    }

    @Test
    void waitsForTheRulesNoLongerThanMinutes() {
        BankTransaction one = pay(100);
        fixture.setStarted(false);
        fixture.restart(Duration.ofMinutes(1));
        fixture.pass(Duration.ofMinutes(6));
        assertThat(delivered(thing), contains(one.id()));
    }

    @Test
    void deliversAtMostAHundredAfterADowntime() {
        List<BankTransaction> missed = pay(150, Duration.ofSeconds(1));
        fixture.restart(Duration.ofHours(1));
        refresh();
        refresh();
        assertThat(delivered(thing), is(ids(missed.subList(50, 150))));
    }

    @Test
    void deliversOnlyTheLastDayAfterADowntime() {
        pay(100);
        fixture.restart(Duration.ofDays(5));
        BankTransaction recent = payAt(fixture.clock.instant().minus(Duration.ofHours(23)), 200);
        payAt(fixture.clock.instant().minus(Duration.ofHours(25)), 300);
        refresh();
        refresh();
        assertThat(delivered(thing), contains(recent.id()));

        BankTransaction next = pay(400);
        refresh();
        assertThat(delivered(thing), contains(recent.id(), next.id()));
    }

    @Test
    void movesOnAfterADowntimeLongerThanTheBanksWindow() {
        pay(100);
        fixture.restart(Duration.ofDays(120));
        fixture.bank.approve(people.alice());
        refresh();
        refresh();
        assertThat(delivered(thing), is(empty()));
        assertThat(BindingFixture.status(thing), is("ONLINE"));

        BankTransaction next = pay(200);
        refresh();
        assertThat(delivered(thing), contains(next.id()));
    }

    @Test
    void missesNothingWhileDisabled() {
        fixture.end(thing);
        BankTransaction one = pay(100);
        refresh();
        fixture.enable(thing);
        refresh();
        assertThat(delivered(thing), contains(one.id()));
    }

    @Test
    void missesNothingBetweenTwoLogins() {
        fixture.bank.evict(people.alice());
        refresh();
        assertThat(BindingFixture.status(bridge), is("OFFLINE/CONFIGURATION_ERROR offline.login-evicted"));
        BankTransaction one = pay(100);
        fixture.clock.advance(Duration.ofHours(3));
        fixture.connect(bridge, people.alice());
        refresh();
        assertThat(delivered(thing), contains(one.id()));
    }

    /** Only openHAB itself being off is a downtime. */
    @ParameterizedTest
    @ValueSource(strings = {"none", "edit", "disable"})
    void deliversEverythingAfterALongOutage(String change) {
        List<Endpoint> endpoints = List.of(Endpoint.ACCOUNTS, Endpoint.BALANCE, Endpoint.TRANSACTIONS);
        endpoints.forEach(endpoint -> fixture.bank.faults().always(endpoint, Fault.serverError()));
        refresh();
        List<BankTransaction> missed = pay(200, Duration.ofMinutes(20));
        refresh();
        if (change.equals("edit")) {
            fixture.edit(thing, Map.of());
        } else if (change.equals("disable")) {
            fixture.end(thing);
            fixture.enable(thing);
        }
        refresh();
        fixture.bank.faults().clear();
        fixture.pass(Duration.ofHours(2));
        assertThat(delivered(thing), is(ids(missed)));
    }

    /** The bank allows ten requests in a minute. */
    @Test
    void catchesUpUnderARateLimit() {
        pay(100);
        fixture.restart(Duration.ofDays(60));
        fixture.bank.approve(people.alice());
        Instant end = fixture.clock.instant();
        for (int i = 1500; i > 0; i--) {
            payAt(end.minus(Duration.ofMinutes(57).multipliedBy(i)), 100 + i);
        }
        long[] minute = {0, 0};
        fixture.bank.faults().always(Endpoint.TRANSACTIONS, exchange -> {
            long now = fixture.clock.instant().getEpochSecond() / 60;
            minute[1] = minute[0] == now ? minute[1] + 1 : 1;
            minute[0] = now;
            (minute[1] > 10 ? Fault.tooManyRequests("30") : Fault.changedBody(body -> body)).strike(exchange);
        });
        refresh();
        BankTransaction next = pay(200);
        refresh();
        assertThat("of the last day", delivered(thing), hasSize(25 + 1));
        assertThat(delivered(thing).get(25), is(next.id()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "{}",
                "[1]",
                "{\"account\":\"a\",\"transactions\":{\"x\":null}}",
                "{\"transactions\":3}"
            })
    void startsAnewWithADamagedStore(String text) {
        pay(100);
        fixture.core().storageService().getStorage(STORAGE).put(thing.getUID().getAsString(), text);
        fixture.restart(Duration.ofMinutes(1));
        refresh();
        assertThat(delivered(thing), is(empty()));

        BankTransaction next = pay(200);
        refresh();
        assertThat(delivered(thing), contains(next.id()));
    }

    @Test
    void storesNoNameAndNoCategory() {
        account.payments().pay(98_765, "Corner Shop").category("eating_out").notes("with Sam");
        refresh();
        assertThat(stored(), containsString("-987.65"));
        assertThat(stored(), not(anyOf(containsString("Shop"), containsString("eating"), containsString("Sam"))));
    }

    @Test
    void storesLittle() {
        for (int day = 0; day < 20; day++) {
            pay(300, Duration.ofSeconds(30));
            sleep(Duration.ofDays(1));
        }
        assertThat(
                "of 2,000 transactions",
                stored().length(),
                is(both(greaterThan(100_000)).and(lessThan(150_000))));
    }

    @Test
    void storesNothingOfARemovedThing() {
        assertThat(stored(), containsString(thing.getUID().getAsString()));
        fixture.remove(thing);
        refresh();
        assertThat(stored(), not(containsString(thing.getUID().getAsString())));
    }

    private String stored() {
        return fixture.core().stored(STORAGE);
    }

    private void store(String text) throws IOException {
        Files.writeString(folder.resolve(STORAGE + ".json"), text);
    }
}
