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
import static org.openhab.binding.monzo.internal.transaction.SampleTransaction.payment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.fixture.Fuzz;
import org.openhab.binding.monzo.internal.model.Transaction;

class TransactionLedgerTest {

    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    /** A ledger that began a month ago. */
    private static TransactionLedger ledger(Transaction... known) {
        TransactionLedger ledger = beginningAt(NOW.minus(Duration.ofDays(30)));
        deliver(ledger, known);
        return ledger;
    }

    private static TransactionLedger beginningAt(Instant now, Transaction... listed) {
        return TransactionLedger.beginningNow(SampleTransaction.ACCOUNT, List.of(listed), now);
    }

    private static Instant ago(Duration time) {
        return NOW.minus(time);
    }

    private static void deliver(TransactionLedger ledger, Transaction... transactions) {
        List.of(transactions).forEach(transaction -> ledger.addDelivered(transaction, NOW));
        ledger.moveOverlap();
    }

    private static List<String> undelivered(TransactionLedger ledger, Transaction... listed) {
        return ledger.undelivered(List.of(listed), NOW).stream()
                .map(Transaction::id)
                .toList();
    }

    private static List<String> changed(TransactionLedger ledger, Transaction... listed) {
        return ledger.changed(List.of(listed), NOW).stream()
                .map(Transaction::id)
                .toList();
    }

    @Test
    void beginsNow() {
        Transaction old = payment("tx_old", ago(Duration.ofHours(2)));
        TransactionLedger ledger = beginningAt(NOW, old);

        assertThat(undelivered(ledger, old, payment("tx_late", NOW.minusMillis(1))), is(empty()));
        assertThat(undelivered(ledger, old, payment("tx_new", NOW)), contains("tx_new"));
    }

    @Test
    void beginsNowWithoutTransactions() {
        TransactionLedger ledger = beginningAt(NOW);

        assertThat(undelivered(ledger, payment("tx_old", NOW.minusMillis(1))), is(empty()));
        assertThat(undelivered(ledger, payment("tx_new", NOW)), contains("tx_new"));
    }

    @Test
    void beginsByTheBanksTimesWhenTheClockIsBehind() {
        Transaction newest = payment("tx_newest", NOW);
        TransactionLedger ledger = beginningAt(ago(Duration.ofHours(10)), newest);
        ledger.correctStart(ago(Duration.ofHours(9)));

        assertThat(undelivered(ledger, newest, payment("tx_late", NOW.minusMillis(1))), is(empty()));
        assertThat(undelivered(ledger, newest, payment("tx_new", NOW.plusMillis(1))), contains("tx_new"));
    }

    @Test
    void beginsWhenAClockThatWasAheadIsSetRight() {
        for (TransactionLedger ledger : List.of(
                beginningAt(NOW.plus(Duration.ofDays(100))),
                beginningAt(NOW.plus(Duration.ofDays(100)), payment("tx_newest", ago(Duration.ofDays(1)))),
                beginningAt(NOW, payment("tx_future", NOW.plus(Duration.ofDays(10_000)))))) {
            ledger.correctStart(NOW);

            assertThat(undelivered(ledger, payment("tx_old", NOW.minusMillis(1))), is(empty()));
            assertThat(undelivered(ledger, payment("tx_new", NOW)), contains("tx_new"));
        }
    }

    @Test
    void keepsAStartOfTheBanksTimesWhenTheClockIsSetBack() {
        TransactionLedger ledger = ledger(payment("tx_1", NOW));
        ledger.correctStart(ago(Duration.ofDays(40)));

        assertThat(ledger.start(), is(ago(TransactionLedger.OVERLAP)));
    }

    @Test
    void listsTheLatestKnownOnesAgainAfterItsBeginning() {
        Transaction pending = payment("tx_pending", ago(Duration.ofHours(2)));

        assertThat(beginningAt(NOW, pending).recentStart(), is(lessThanOrEqualTo(pending.created())));
    }

    @Test
    void ordersUndeliveredTransactionsByTime() {
        assertThat(
                undelivered(
                        ledger(),
                        payment("tx_3", NOW),
                        payment("tx_1", ago(Duration.ofHours(2))),
                        payment("tx_2", ago(Duration.ofHours(1)))),
                contains("tx_1", "tx_2", "tx_3"));
    }

    @Test
    void overlapsEightDays() {
        TransactionLedger ledger = ledger();
        Transaction edge = payment("tx_edge", ago(TransactionLedger.OVERLAP));
        Transaction before = payment("tx_before", edge.created().minusMillis(1));
        deliver(ledger, before, edge, payment("tx_new", NOW));

        assertThat(ledger.start(), is(edge.created()));
        assertThat("forgotten, and not delivered again", undelivered(ledger, before, edge), is(empty()));
        assertThat(ledger.toJson(), not(containsString("tx_before")));
        assertThat(ledger.toJson(), containsString("tx_edge"));
    }

    @Test
    void needsOnlyRecentOnesInAnOrdinaryRefresh() {
        TransactionLedger ledger = ledger();
        Transaction[] many = IntStream.range(0, 200)
                .mapToObj(i -> payment("tx_" + i, ago(Duration.ofMinutes(10).multipliedBy(i))))
                .toArray(Transaction[]::new);
        deliver(ledger, many);

        assertThat(ledger.recentStart(), is(many[TransactionLedger.MAX_RECENT - 1].created()));
        assertThat(ledger.start(), is(ago(TransactionLedger.OVERLAP)));
        assertThat(undelivered(ledger, many), is(empty()));
    }

    @Test
    void needsThoseOfAnHourInAnOrdinaryRefresh() {
        TransactionLedger ledger = ledger();
        Transaction[] many = IntStream.range(0, 3000)
                .mapToObj(i -> payment("tx_" + i, ago(Duration.ofSeconds(30).multipliedBy(i))))
                .toArray(Transaction[]::new);
        deliver(ledger, many);

        assertThat(ledger.recentStart(), is(ago(TransactionLedger.MIN_OVERLAP)));
        assertThat(ledger.start(), is(many[TransactionLedger.MAX_OVERLAP_SIZE - 1].created()));
        assertThat(undelivered(ledger, many), is(empty()));
    }

    @Test
    void neverMovesBack() {
        TransactionLedger ledger = ledger();
        deliver(ledger, payment("tx_1", NOW));
        Instant start = ledger.start();
        deliver(ledger, payment("tx_2", ago(Duration.ofDays(2))));

        assertThat(ledger.start(), is(start));
    }

    @Test
    void isNotMisledByATransactionFromTheFuture() {
        TransactionLedger ledger = ledger();
        Transaction future = payment("tx_future", NOW.plus(Duration.ofDays(1000)));
        deliver(ledger, future);

        assertThat(undelivered(ledger, payment("tx_now", NOW), future), contains("tx_now"));
    }

    @Test
    void knowsATransactionWhoseTimeChanges() {
        TransactionLedger ledger = ledger();
        deliver(ledger, payment("tx_1", ago(Duration.ofDays(3))));
        deliver(ledger, payment("tx_1", NOW), payment("tx_2", NOW));

        assertThat(undelivered(ledger, payment("tx_1", NOW)), is(empty()));
    }

    @Test
    void isTheSameAfterItWasStored() {
        TransactionLedger ledger = ledger();
        Transaction precise = payment("tx_precise", NOW.minusNanos(1));
        deliver(ledger, precise, payment("tx_2", ago(Duration.ofHours(3))));

        TransactionLedger read = TransactionLedger.fromJson(ledger.toJson()).orElseThrow();
        assertThat(read.toJson(), is(ledger.toJson()));
        assertThat(read.start(), is(ledger.start()));
        assertThat(read.accountId(), is(SampleTransaction.ACCOUNT));
        assertThat(undelivered(read, precise), is(empty()));
    }

    /** Before changes were delivered, nothing was stored to compare with. */
    @Test
    void comparesWithTheFirstListingWhatWasStoredWithoutDetails() {
        String former =
                "{\"account\":\"acc_1\",\"start\":%d,\"newest\":%d,\"delivered\":{\"tx_0\":-1000,\"tx_1\":1000}}"
                        .formatted(ago(Duration.ofHours(1)).toEpochMilli(), NOW.toEpochMilli());
        TransactionLedger ledger = TransactionLedger.fromJson(former).orElseThrow();
        Transaction before = payment("tx_0", ago(Duration.ofMinutes(61)));
        Transaction delivered = payment("tx_1", ago(Duration.ofMinutes(59)));

        assertThat(undelivered(ledger, before, delivered), is(empty()));
        assertThat(changed(ledger, before, delivered), is(empty()));
        ledger.addListed(before, NOW);
        ledger.addListed(delivered, NOW);
        TransactionLedger stored = TransactionLedger.fromJson(ledger.toJson()).orElseThrow();
        assertThat(changed(stored, before, delivered), is(empty()));
        assertThat(changed(stored, payment("tx_0", NOW, "-4.00"), payment("tx_1", NOW, "-4.00")), contains("tx_1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "3",
                "[]",
                "{}",
                "{",
                "{\"account\":\"a\"}",
                "{\"account\":\"a\",\"transactions\":[]}",
                "{\"account\":\"a\",\"start\":1,\"newest\":1}",
                "{\"account\":\"a\",\"start\":1,\"newest\":1,\"transactions\":{\"x\":null}}",
                "{\"account\":\"a\",\"start\":1,\"newest\":1,\"transactions\":{\"x\":\"9223372036854775807\"}}",
                "{\"account\":\"a\",\"start\":1,\"newest\":1,\"transactions\":{\"x\":\"1 1e999999999 - - -\"}}"
            })
    void doesNotReadDamagedText(String text) {
        assertThat(TransactionLedger.fromJson(text).isEmpty(), is(true));
    }

    @Test
    void readsAnythingOrNothing() {
        TransactionLedger ledger = ledger(payment("tx_1", NOW), payment("tx_2", NOW));
        String text = ledger.toJson();
        Fuzz.run(
                "TransactionLedger",
                random -> TransactionLedger.fromJson(Fuzz.mutated(text, random)).ifPresent(read -> {
                    deliver(read, payment("tx_3", NOW));
                    assertThat(undelivered(read, payment("tx_3", NOW)), is(empty()));
                    assertThat(TransactionLedger.fromJson(read.toJson()).isPresent(), is(true));
                }));
    }
}
