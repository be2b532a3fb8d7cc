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
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.openhab.binding.monzo.internal.transaction.SampleTransaction.*;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.internal.model.Transaction;
import org.openhab.binding.monzo.internal.model.TransactionWindow;
import org.openhab.binding.monzo.simulator.AdjustableClock;
import org.openhab.core.thing.ThingUID;

/** The dispatcher with a clock of its own, which may differ from the bank's. */
class TransactionDispatcherTest {

    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final ThingUID THING = new ThingUID("monzo:account:alice:current");

    private final AdjustableClock clock = new AdjustableClock(NOW);
    private final CountingStorage storage = new CountingStorage();
    private final List<Transaction> bank = new ArrayList<>();
    private final List<String> delivered = new ArrayList<>();
    private final List<String> updated = new ArrayList<>();
    private LedgerStore store = new LedgerStore(storage, () -> true, clock);
    private TransactionDispatcher dispatcher = newDispatcher();

    /** Creates the dispatcher of the thing after the thing was restarted. */
    private TransactionDispatcher newDispatcher() {
        return new TransactionDispatcher(THING, ACCOUNT, store, clock);
    }

    /** Creates the dispatcher of the thing after openHAB was restarted. */
    private TransactionDispatcher newDispatcherAfterDowntime() {
        store = new LedgerStore(storage, () -> true, clock);
        return newDispatcher();
    }

    /** Does what a refresh does. */
    private void refresh() {
        refresh(whole(dispatcher.request()));
    }

    private void refresh(TransactionWindow window) {
        dispatcher.newest().find(window);
        dispatcher.deliver(window, Map.of(), this::onPayload);
    }

    private void onPayload(String channel, String payload) {
        (channel.equals("transaction") ? delivered : updated).add(payload.replaceAll("\\{\"id\":\"(\\w+)\".*", "$1"));
    }

    /** Returns the bank's response to a request. */
    private TransactionWindow whole(TransactionWindow.Request request) {
        return new TransactionWindow(request.since(), request.earliest(), listed(request.earliest(), Instant.MAX));
    }

    private List<Transaction> listed(Instant since, Instant until) {
        return bank.stream()
                .filter(transaction -> !transaction.created().isBefore(since)
                        && transaction.created().isBefore(until))
                .toList();
    }

    @Test
    void requestsTheOverlapFirstAndEverythingIfItIsEmpty() {
        assertThat(dispatcher.request().earliest(), is(NOW.minus(Duration.ofDays(3))));
        refresh();
        assertThat(dispatcher.newest().takeRefreshRequest(), is(true));
        assertThat("once", dispatcher.newest().takeRefreshRequest(), is(false));
        assertThat(dispatcher.request().earliest(), is(NOW.minus(Duration.ofDays(89))));

        bank.add(payment("tx_old", NOW.minus(Duration.ofDays(50))));
        refresh();
        assertThat(dispatcher.newest().transaction().id(), is("tx_old"));
        assertThat(dispatcher.request().since(), is(NOW.minus(Duration.ofDays(58))));
        assertThat(delivered, is(empty()));
    }

    @Test
    void searchesOnWhereAnErrorStoppedItAndWaitsWhileItGetsNoFurther() {
        refresh();
        TransactionWindow.Request request = dispatcher.request();
        Instant read = NOW.minus(Duration.ofDays(30));
        refresh(new TransactionWindow(request.since(), true, request.earliest(), read, List.of()));
        assertThat(dispatcher.newest().isKnown(), is(false));
        assertThat(dispatcher.request().earliest(), is(read));

        refresh(new TransactionWindow(request.since(), true, read, read, List.of()));
        clock.advance(Duration.ofMinutes(4));
        assertThat(dispatcher.request().earliest(), is(dispatcher.request().since()));
        clock.advance(Duration.ofMinutes(1));
        assertThat(dispatcher.request().earliest(), is(read));
        refresh();
        assertThat(dispatcher.newest().isKnown(), is(true));
    }

    @Test
    void deliversTheLatestWhateverIsMissingOfTheOverlap() {
        manyAgo(Duration.ofMinutes(30), 100);
        bank.add(payment("tx_late", NOW.minus(Duration.ofHours(40))));
        bank.add(payment("tx_new", NOW));
        TransactionWindow.Request request = dispatcher.request();
        assertThat(request.earliest(), is(lessThan(NOW.minus(Duration.ofHours(49)))));

        refresh(new TransactionWindow(
                request.since(), true, request.earliest(), request.earliest(), listed(request.since(), Instant.MAX)));
        assertThat(delivered, contains("tx_new"));
        assertThat(
                "an error is not met at once again",
                dispatcher.request().earliest(),
                is(dispatcher.request().since()));

        clock.advance(Duration.ofMinutes(5));
        refresh();
        assertThat(delivered, contains("tx_new", "tx_late"));
        assertThat(
                "an hour later",
                dispatcher.request().earliest(),
                is(dispatcher.request().since()));
        clock.advance(Duration.ofHours(1));
        assertThat(
                dispatcher.request().earliest(),
                is(lessThan(dispatcher.request().since())));
    }

    @Test
    void readsTheOverlapInParts() {
        manyAgo(Duration.ofMinutes(30), 100);
        Instant read = NOW.minus(Duration.ofHours(30));
        bank.add(payment("tx_early", read.minusSeconds(1)));
        bank.add(payment("tx_late", read.plusSeconds(1)));
        TransactionWindow.Request request = dispatcher.request();
        List<Transaction> part = new ArrayList<>(listed(request.earliest(), read));
        part.addAll(listed(request.since(), Instant.MAX));

        refresh(new TransactionWindow(request.since(), true, request.earliest(), read, part));
        assertThat(delivered, contains("tx_early"));
        TransactionWindow.Request older = dispatcher.request();
        assertThat("a page of older ones", older.earliest(), is(lessThan(NOW.minus(Duration.ofDays(8)))));
        refresh(new TransactionWindow(
                older.since(),
                true,
                older.earliest(),
                NOW.minus(Duration.ofDays(4)),
                listed(older.since(), Instant.MAX)));
        assertThat(dispatcher.request().earliest(), is(read));
        refresh();
        assertThat(delivered, contains("tx_early", "tx_late"));
        assertThat(dispatcher.request().earliest(), is(dispatcher.request().since()));
    }

    @Test
    void readsOnAfterTheLatestOnesWereReadInPart() {
        bank.add(payment("tx_0", NOW));
        refresh();
        IntStream.range(1, 200).forEach(i -> bank.add(payment("tx_" + i, NOW.plusSeconds(i))));
        clock.advance(Duration.ofHours(10));
        Instant since = dispatcher.request().since();
        refresh(new TransactionWindow(since, false, since, since, listed(since, NOW.plusSeconds(100))));
        assertThat(delivered, hasSize(99));
        refresh();
        assertThat(delivered, hasSize(199));
    }

    /** Makes a restarted dispatcher that has delivered many transactions. */
    private void manyAgo(Duration apart, int count) {
        dispatcher = newDispatcher();
        clock.advance(Duration.ofDays(-10));
        refresh();
        clock.advance(Duration.ofDays(10));
        IntStream.range(1, count).forEach(i -> bank.add(payment("tx_" + i, NOW.minus(apart.multipliedBy(i)))));
        refresh();
        delivered.clear();
        dispatcher = newDispatcher();
    }

    @Test
    void deliversWhileItStillSearchesForTheNewest() {
        bank.add(payment("tx_0", NOW));
        refresh();
        dispatcher = newDispatcher();
        clock.advance(Duration.ofDays(10));
        bank.add(potTransfer("tx_1", clock.instant()));
        bank.remove(0);
        refresh();
        assertThat(dispatcher.newest().isKnown(), is(false));
        assertThat(delivered, contains("tx_1"));
    }

    @Test
    void showsOnlyWhatMovedMoney() {
        bank.add(payment("tx_1", NOW.minusSeconds(60)));
        bank.add(potTransfer("tx_2", NOW.minusSeconds(50)));
        bank.add(declined("tx_3", NOW.minusSeconds(40)));
        bank.add(payment("tx_4", NOW.minusSeconds(30), "0.00"));
        refresh();
        assertThat(dispatcher.newest().transaction().id(), is("tx_1"));
    }

    @Test
    void showsTheOneBeforeWhenTheNewestVanishes() {
        bank.add(payment("tx_1", NOW.minus(Duration.ofDays(20))));
        bank.add(payment("tx_2", NOW.minusSeconds(60)));
        refresh();
        assertThat(dispatcher.newest().transaction().id(), is("tx_2"));
        bank.remove(1);
        refresh();
        assertThat(dispatcher.newest().isKnown(), is(false));
        assertThat("soon", dispatcher.newest().takeRefreshRequest(), is(true));
        refresh();
        refresh();
        assertThat(dispatcher.newest().transaction().id(), is("tx_1"));
    }

    @Test
    void keepsTheNewestWhileItMayBeMissingInAWindow() {
        bank.add(payment("tx_1", NOW.minusSeconds(60)));
        refresh();
        Instant since = dispatcher.request().since();
        refresh(new TransactionWindow(since, false, since, since, List.of()));
        refresh(new TransactionWindow(NOW, true, since, since, List.of()));
        assertThat(dispatcher.newest().transaction().id(), is("tx_1"));
    }

    @Test
    void showsATransactionFromTheFutureAsOneOfNow() {
        bank.add(payment("tx_1", NOW.minusSeconds(60)));
        refresh();
        bank.add(payment("tx_future", NOW.plus(Duration.ofDays(1000))));
        bank.add(payment("tx_future2", NOW.plus(Duration.ofDays(2000))));
        refresh();
        assertThat(dispatcher.newest().transaction().id(), is("tx_future2"));
        clock.advance(Duration.ofMinutes(1));
        refresh();
        assertThat(dispatcher.newest().transaction().id(), is("tx_future2"));
        assertThat(dispatcher.newest().time(), is(NOW));

        bank.add(payment("tx_2", NOW.plusSeconds(30)));
        refresh();
        assertThat(dispatcher.newest().transaction().id(), is("tx_2"));
        dispatcher = newDispatcher();
        refresh();
        assertThat("after a restart", dispatcher.newest().transaction().id(), is("tx_2"));
    }

    @Test
    void isNotCurrentAfterAnHourWithoutTransactions() {
        bank.add(payment("tx_1", NOW.minusSeconds(60)));
        refresh();
        clock.advance(Duration.ofMinutes(59));
        assertThat(dispatcher.newest().isCurrent(), is(true));
        clock.advance(Duration.ofMinutes(1));
        assertThat(dispatcher.newest().isCurrent(), is(false));
        refresh();
        assertThat(dispatcher.newest().isCurrent(), is(true));
    }

    @Test
    void deliversNothingFromAWindowThatIsTooShort() {
        bank.add(payment("tx_0", NOW));
        refresh();
        bank.add(payment("tx_1", NOW.plusSeconds(1)));
        refresh(whole(new TransactionWindow.Request(NOW.plusSeconds(2), NOW.plusSeconds(2))));
        assertThat(delivered, is(empty()));
        refresh();
        assertThat(delivered, contains("tx_1"));
    }

    @Test
    void relyOnTheBanksTimesWhenThisClockIsWrong() {
        for (Duration wrong : List.of(Duration.ofDays(-400), Duration.ofDays(60), Duration.ofHours(-30))) {
            bank.clear();
            delivered.clear();
            storage.clear();
            clock.advance(wrong);
            dispatcher = newDispatcher();
            bank.add(payment("tx_before", NOW.minusSeconds(600)));
            refresh();
            refresh();
            bank.add(payment("tx_1", NOW));
            refresh();
            clock.advance(wrong.negated());
            dispatcher = newDispatcher();
            bank.add(payment("tx_2", NOW.plusSeconds(30)));
            refresh();
            refresh();
            if (wrong.isNegative()) {
                assertThat(wrong.toString(), delivered, contains("tx_1", "tx_2"));
            } else {
                assertThat("once it is set right", delivered, contains("tx_2"));
            }
        }
    }

    @Test
    void limitsWhatWasMissedOnlyOnce() {
        bank.add(payment("tx_0", NOW));
        refresh();
        clock.advance(Duration.ofHours(2));
        dispatcher = newDispatcherAfterDowntime();
        IntStream.range(0, 130).forEach(i -> bank.add(payment("tx_a" + i, NOW.plusSeconds(1 + i))));
        refresh();
        assertThat(delivered, hasSize(100));
        assertThat(delivered.get(0), is("tx_a30"));

        IntStream.range(0, 130).forEach(i -> bank.add(payment("tx_b" + i, NOW.plusSeconds(3600 + i))));
        refresh();
        assertThat(delivered, hasSize(230));
    }

    @Test
    void readsOnlyTheLastDayAfterADowntime() {
        bank.add(payment("tx_0", NOW));
        refresh();
        Instant end = NOW.plus(Duration.ofDays(60));
        clock.advance(Duration.ofDays(60));
        IntStream.range(0, 60).forEach(day -> bank.add(payment("tx_" + day, end.minus(Duration.ofDays(day)))));
        dispatcher = newDispatcherAfterDowntime();
        assertThat(dispatcher.request().since(), is(end.minus(Duration.ofDays(1))));
        refresh();
        assertThat(delivered, contains("tx_1", "tx_0"));
        clock.advance(Duration.ofHours(2));
        refresh();
        assertThat("and nothing older later", delivered, contains("tx_1", "tx_0"));
    }

    @Test
    void doesNotLimitWhatHappenedAfterTheDowntime() {
        bank.add(payment("tx_0", NOW));
        refresh();
        clock.advance(Duration.ofDays(3));
        Instant end = clock.instant();
        dispatcher = newDispatcherAfterDowntime();
        clock.advance(Duration.ofDays(3));
        dispatcher = newDispatcher();
        IntStream.range(0, 130).forEach(i -> bank.add(payment("tx_missed" + i, end.minusSeconds(200 - i))));
        IntStream.range(0, 130).forEach(i -> bank.add(payment("tx_new" + i, end.plusSeconds(i))));
        refresh();
        assertThat(delivered, hasSize(230));
        assertThat(delivered.get(0), is("tx_missed30"));
    }

    @Test
    void doesNotLimitWithoutADowntime() {
        bank.add(payment("tx_0", NOW));
        refresh();
        clock.advance(Duration.ofDays(40));
        dispatcher = newDispatcher();
        IntStream.range(0, 130).forEach(i -> bank.add(payment("tx_a" + i, NOW.plusSeconds(1 + i))));
        refresh();
        assertThat(delivered, hasSize(130));
    }

    @Test
    void deliversAtLastWhatAFailureHeldUp() {
        bank.add(payment("tx_0", NOW));
        refresh();
        bank.add(payment("tx_1", NOW.plusSeconds(1)));
        bank.add(payment("tx_2", NOW.plusSeconds(2)));
        TransactionWindow window = whole(dispatcher.request());
        assertThrows(
                IllegalStateException.class,
                () -> dispatcher.deliver(window, Map.of(), (channel, payload) -> {
                    if (payload.contains("tx_2")) {
                        throw new IllegalStateException("a fault of this test");
                    }
                }));
        dispatcher = newDispatcher();
        refresh();
        assertThat(delivered, contains("tx_2"));
    }

    @Test
    void storesAfterDelivering() {
        bank.add(payment("tx_0", NOW));
        refresh();
        bank.add(payment("tx_1", NOW.plusSeconds(1)));
        int writes = storage.writes;
        dispatcher.deliver(
                whole(dispatcher.request()), Map.of(), (channel, payload) -> assertThat(storage.writes, is(writes)));
        assertThat(storage.writes, is(writes + 1));
    }

    @Test
    void keepsWhatWasDeliveredForRules() {
        bank.add(payment("tx_0", NOW));
        refresh();
        Transaction next = payment("tx_1", NOW.plusSeconds(1));
        bank.add(next);
        dispatcher.deliver(
                whole(dispatcher.request()),
                Map.of(),
                (channel, payload) -> assertThat(store.delivered(THING, "tx_1"), is(Optional.of(next))));
        dispatcher = newDispatcher();
        assertThat(store.delivered(THING, "tx_1"), is(Optional.of(next)));
        assertThat("was there before", store.delivered(THING, "tx_0"), is(Optional.empty()));
        assertThat(store.delivered(new ThingUID("monzo:account:alice:other"), "tx_1"), is(Optional.empty()));

        store.remove(THING);
        assertThat(store.delivered(THING, "tx_1"), is(Optional.empty()));
    }

    @Test
    void storesNothingWhileNothingHappens() {
        bank.add(payment("tx_0", NOW));
        refresh();
        int writes = storage.writes;
        for (int i = 0; i < 10; i++) {
            clock.advance(Duration.ofMinutes(1));
            refresh();
        }
        assertThat(storage.writes, is(writes));
    }

    @Test
    void saysWhichAreListedLate() {
        bank.add(payment("tx_0", NOW));
        refresh();
        clock.advance(Duration.ofMinutes(30));
        bank.add(payment("tx_1", clock.instant()));
        refresh();
        clock.advance(Duration.ofMinutes(1));
        List<String> payloads = new ArrayList<>();
        bank.add(payment("tx_2", NOW.plus(Duration.ofMinutes(20))));
        bank.add(payment("tx_3", clock.instant()));
        dispatcher.deliver(whole(dispatcher.request()), Map.of(), (channel, payload) -> payloads.add(payload));
        assertThat(payloads.get(0), allOf(containsString("tx_2"), containsString("\"late\":true")));
        assertThat(payloads.get(1), allOf(containsString("tx_3"), containsString("\"late\":false")));
    }
}
