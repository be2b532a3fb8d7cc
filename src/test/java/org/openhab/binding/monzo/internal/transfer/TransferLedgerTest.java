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
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.fixture.Core;
import org.openhab.binding.monzo.internal.model.PotTransfer;
import org.openhab.binding.monzo.internal.model.PotTransfer.Direction;
import org.openhab.binding.monzo.internal.storage.TextStorage;
import org.openhab.binding.monzo.internal.transfer.TransferRecord.State;
import org.openhab.binding.monzo.internal.transfer.TransferResults.TransferResult.Outcome;
import org.openhab.binding.monzo.simulator.AdjustableClock;

/** Tests what the ledger remembers, for how long and how much of it. */
class TransferLedgerTest {

    private static final String LOGIN = "monzo:bridge:alice";
    private static final BigDecimal LIMIT = new BigDecimal("200");

    @TempDir
    Path folder;

    private final AdjustableClock clock = new AdjustableClock(Instant.parse("2026-11-21T08:00:00Z"));
    private Core core;
    private TextStorage storage;
    private TransferLedger ledger;

    @BeforeEach
    void open() {
        core = new Core(folder);
        storage = new TextStorage(core.storageService(), TransferLedger.STORAGE);
        ledger = reopened();
    }

    @AfterEach
    void close() {
        core.close();
    }

    private TransferLedger reopened() {
        return new TransferLedger(core.storageService(), clock, () -> ZoneOffset.UTC);
    }

    private static PotTransfer transfer(String dedupeId, String amount) {
        return new PotTransfer(Direction.DEPOSIT, "pot_1", "acc_1", new BigDecimal(amount), "GBP", dedupeId);
    }

    /** Stores a transfer as an earlier start of openHAB did. */
    private void store(String dedupeId, boolean named) {
        TransferRecord made = TransferRecord.sent(transfer(dedupeId, "0.01"), id(dedupeId, named), clock.instant());
        storage.write(LOGIN + "/" + dedupeId, made.toJson());
    }

    private static TransferId id(String dedupeId) {
        return id(dedupeId, true);
    }

    private static TransferId id(String dedupeId, boolean named) {
        return new TransferId(dedupeId, named, named ? "name of " + dedupeId : null);
    }

    private boolean reserve(String dedupeId, String amount, boolean named) {
        return ledger.reserve(LOGIN, transfer(dedupeId, amount), id(dedupeId, named), LIMIT);
    }

    @Test
    void storesATransferBeforeItIsDone() {
        reserve("a", "1.50", true);
        TransferRecord stored = reopened().find(LOGIN, id("a"));

        assertThat(stored, is(TransferRecord.sent(transfer("a", "1.50"), id("a"), clock.instant())));
        assertThat(
                stored.details(),
                is(new TransferRecord.Details("pot_1", Direction.DEPOSIT, new BigDecimal("1.50"), "name of a")));
        assertThat(stored.state(), is(State.SENT));
        ledger.settle(LOGIN, id("a"), Outcome.DONE, false);
        assertThat(reopened().find(LOGIN, id("a")).state(), is(State.DONE));
    }

    @Test
    void forgetsACancelledTransfer() {
        reserve("a", "200", true);
        ledger.settle(LOGIN, id("a"), Outcome.REFUSED, false);

        assertThat(reopened().find(LOGIN, id("a")), is(nullValue()));
        assertThat(reserve("b", "200", true), is(true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1970-01-01T00:00:00Z", "2040-01-01T00:00:00Z"})
    void keepsAllWhileOpenHabStartsWithAWrongClock(String start) {
        reserve("a", "200", true);
        Duration error = Duration.between(clock.instant(), Instant.parse(start));
        clock.advance(error);
        ledger = reopened();
        clock.advance(error.negated());

        assertThat(ledger.find(LOGIN, id("a")), is(notNullValue()));
        assertThat(reserve("b", "1", true), is(false));
    }

    @Test
    void keepsLoginsApart() {
        reserve("a", "200", true);
        assertThat(ledger.find("monzo:bridge:bob", id("a")), is(nullValue()));
        assertThat(ledger.reserve("monzo:bridge:bob", transfer("b", "200"), id("b"), LIMIT), is(true));
        assertThat(ledger.reserve("monzo:bridge:bo", transfer("b", "200"), id("b"), LIMIT), is(true));
    }

    @Test
    void knowsNamesForYears() {
        reserve("a", "1", true);
        clock.advance(TransferLedger.RETENTION);
        reserve("b", "1", true);
        assertThat(ledger.find(LOGIN, id("a")), is(notNullValue()));
        clock.advance(Duration.ofSeconds(1));
        reserve("c", "1", true);

        assertThat(ledger.find(LOGIN, id("a")), is(nullValue()));
        assertThat(reopened().find(LOGIN, id("b")), is(notNullValue()));
    }

    @Test
    void forgetsTransfersWithoutANameAfterAMonth() {
        reserve("a", "200", false);
        assertThat(reserve("b", "0.01", false), is(false));
        clock.advance(Duration.ofDays(31));
        reserve("b", "0.01", false);

        assertThat(ledger.find(LOGIN, id("a")), is(nullValue()));
    }

    @Test
    void keepsOnlyHashesAfterAMonth() {
        reserve("a", "123.40", true);
        ledger.settle(LOGIN, id("a"), Outcome.DONE, false);
        clock.advance(TransferLedger.DETAILS_RETENTION);
        ledger.prune();
        assertThat(core.stored(TransferLedger.STORAGE), containsString("123.40"));
        clock.advance(Duration.ofSeconds(1));
        ledger.prune();

        assertThat(core.stored(TransferLedger.STORAGE), not(anyOf(containsString("123.4"), containsString("pot_1"))));
        for (TransferRecord record :
                List.of(ledger.find(LOGIN, id("a")), reopened().find(LOGIN, id("a")))) {
            assertThat(record.state(), is(State.DONE));
            assertThat(record.isOf("pot_1"), is(true));
            assertThat(record.isOf("pot_2"), is(false));
            assertThat(record.isSame(details("pot_1", Direction.DEPOSIT, "123.4")), is(true));
            assertThat(record.isSame(details("pot_2", Direction.DEPOSIT, "123.40")), is(false));
            assertThat(record.isSame(details("pot_1", Direction.WITHDRAWAL, "123.40")), is(false));
            assertThat(record.isSame(details("pot_1", Direction.DEPOSIT, "123.41")), is(false));
        }
    }

    private static TransferRecord.Details details(String pot, Direction direction, String amount) {
        return new TransferRecord.Details(pot, direction, new BigDecimal(amount), null);
    }

    /** openHAB may run for years without a transfer. */
    @Test
    void keepsOnlyHashesOfOldTransfersWithoutANewOne() {
        reserve("a", "123.40", true);
        reserve("b", "0.01", false);
        clock.advance(Duration.ofDays(31));
        reopened().prune();

        assertThat(core.stored(TransferLedger.STORAGE), not(anyOf(containsString("123.4"), containsString("pot_1"))));
    }

    @Test
    void forgetsTheDetailsOfARemovedLoginExceptOfToday() {
        ledger.reserve("monzo:bridge:bob", transfer("x", "7.77"), id("x"), LIMIT);
        reserve("a", "123.40", true);
        clock.advance(Duration.ofDays(1));
        reserve("b", "5.55", true);
        ledger.forgetDetails(LOGIN);

        assertThat(
                core.stored(TransferLedger.STORAGE),
                allOf(containsString("7.77"), containsString("5.55"), not(containsString("123.4"))));
        assertThat(ledger.find(LOGIN, id("a")), is(notNullValue()));
        assertThat(reserve("c", "194.46", true), is(false));
    }

    @Test
    void holdsTheLimitWhenAWrongClockIsCorrected() {
        clock.advance(Duration.ofDays(4)); // wrong
        reserve("tomorrow", "1", false);
        clock.advance(Duration.ofDays(-4));
        assertThat("a far future lowers the limit of one day", reserve("a", "199", false), is(true));
        clock.advance(Duration.ofDays(5)); // wrong again
        assertThat(reserve("b", "0.01", false), is(true));
        clock.advance(Duration.ofDays(-5));

        assertThat(reserve("c", "0.02", false), is(false));
    }

    @Test
    void forgetsTransfersWithoutANameBeforeOthers() {
        for (int i = 0; i < TransferLedger.MAX_RECORDS; i++) {
            clock.advance(Duration.ofMinutes(1));
            store("name " + i, i % 2 == 0);
        }
        ledger = reopened();
        for (int i = 0; i < 20; i++) {
            clock.advance(Duration.ofMinutes(1));
            reserve("another " + i, "0.01", i % 2 == 0);
        }
        clock.advance(Duration.ofDays(1));
        reserve("last", "0.01", true);

        assertThat(ledger.find(LOGIN, id("name 0")), is(notNullValue()));
        assertThat(ledger.find(LOGIN, id("name 1")), is(nullValue()));
    }

    @Test
    void isBounded() {
        for (int i = 0; i < TransferLedger.MAX_RECORDS; i++) {
            clock.advance(Duration.ofMinutes(20));
            store("name " + i, true);
        }
        ledger = reopened();
        for (int i = 0; i < 20; i++) {
            clock.advance(Duration.ofMinutes(20));
            reserve("another " + i, "0.01", true);
        }

        assertThat(storage.keys().size(), is(lessThanOrEqualTo(TransferLedger.MAX_RECORDS + 1)));
        assertThat(ledger.find(LOGIN, id("name 0")), is(nullValue()));
        assertThat(ledger.find(LOGIN, id("another 19")), is(notNullValue()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no JSON",
                "{}",
                "[]",
                "{\"pot\":\"p\",\"direction\":\"UP\",\"amount\":\"1\",\"time\":\"2026-11-21T08:00:00Z\"}",
                "{\"pot\":\"p\",\"direction\":\"DEPOSIT\",\"amount\":\"x\",\"time\":\"2026-11-21T08:00:00Z\"}",
                "{\"pot\":\"p\",\"direction\":\"DEPOSIT\",\"amount\":\"1\",\"time\":\"today\"}",
                "{\"pot\":\"p\",\"direction\":\"DEPOSIT\",\"amount\":1,\"time\":\"2026-11-21T08:00:00Z\"}",
                "{\"pot\":\"p\",\"direction\":\"DEPOSIT\",\"amount\":\"-100\",\"time\":\"2026-11-21T08:00:00Z\"}",
                "{\"pot\":\"p\",\"direction\":\"DEPOSIT\",\"amount\":\"1E999999999\",\"time\":\"2026-11-21T08:00:00Z\"}",
                "{\"pot\":\"p\",\"direction\":\"DEPOSIT\",\"amount\":\"1\",\"time\":\"-1000000000-01-01T00:00:00Z\"}",
                "{\"pot\":\"p\",\"direction\":\"DEPOSIT\",\"amount\":\"1\",\"time\":\"+1000000000-12-31T23:59:59Z\"}",
                "{\"pot\":\"p\",\"direction\":\"DEPOSIT\",\"amount\":\"1\",\"time\":\"2026-11-21T08:00:00Z\","
                        + "\"state\":\"WAITING\",\"origin\":{\"rule\":\"r\",\"since\":\"2026-11-21T08:00:00Z\"}}"
            })
    void dropsDamagedRecords(String text) {
        reserve("a", "150", true);
        storage.write(LOGIN + "/damaged", text);
        ledger = reopened();

        assertThat(ledger.find(LOGIN, id("damaged")), is(nullValue()));
        assertThat(storage.keys(), contains(LOGIN + "/a"));
        assertThat(reserve("b", "50.01", true), is(false));
        assertThat(reserve("b", "50", true), is(true));
    }
}
