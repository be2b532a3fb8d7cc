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
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.fixture.Core;
import org.openhab.binding.monzo.internal.api.HttpTransport;
import org.openhab.binding.monzo.internal.api.HttpTransport.HttpResponse;
import org.openhab.binding.monzo.internal.api.MonzoApi;
import org.openhab.binding.monzo.internal.auth.AuthenticatedClient;
import org.openhab.binding.monzo.internal.auth.OAuthClient.AccessToken;
import org.openhab.binding.monzo.internal.auth.TokenManager;
import org.openhab.binding.monzo.internal.i18n.PropertiesTranslations;
import org.openhab.binding.monzo.internal.model.Account;
import org.openhab.binding.monzo.internal.model.AccountSnapshot;
import org.openhab.binding.monzo.internal.model.BankSnapshot;
import org.openhab.binding.monzo.internal.model.Fetched;
import org.openhab.binding.monzo.internal.model.Pot;
import org.openhab.binding.monzo.internal.model.PotTransfer.Direction;
import org.openhab.binding.monzo.internal.transfer.TransferResults.TransferResult;
import org.openhab.binding.monzo.internal.transfer.TransferResults.TransferResult.Outcome;
import org.openhab.binding.monzo.simulator.AdjustableClock;
import org.openhab.core.storage.Storage;
import org.openhab.core.storage.StorageService;

/** Tests how long a rule waits, and that nothing is sent after it has its answer. */
class PotTransfersTimeoutTest {

    private static final Duration TIMEOUT = Duration.ofMillis(200);
    private static final Duration PATIENCE = BindingFixture.PATIENCE;
    private static final String NOT_SENT =
            "The transfer could not be sent in time. Try again later. Nothing was moved.";

    @TempDir
    java.nio.file.Path folder;

    private final AdjustableClock clock = new AdjustableClock(Instant.parse("2026-11-21T08:00:00Z"));
    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch waiting = new CountDownLatch(1);
    private final AtomicInteger sent = new AtomicInteger();
    private final ScheduledExecutorService pool = Executors.newScheduledThreadPool(2);
    private final TokenManager tokens = mock(TokenManager.class);
    private final PotTransfers.Login login = mock(PotTransfers.Login.class);
    private final AccessToken token =
            new AccessToken("token", clock.instant(), clock.instant().plusSeconds(3_600));
    private Core core;
    private TransferLedger ledger;
    private volatile HttpResponse response = new HttpResponse(200, null, "{\"id\":\"pot_1\",\"balance\":100}");
    private boolean answersLate;

    @BeforeEach
    void openStorage() throws Exception {
        core = new Core(folder);
        ledger = new TransferLedger(core.storageService(), clock, () -> ZoneOffset.UTC);
        when(tokens.token(any())).thenReturn(token);
    }

    @AfterEach
    void end() throws InterruptedException {
        release();
        core.close();
    }

    private void release() throws InterruptedException {
        release.countDown();
        pool.shutdown();
        assertThat(pool.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS), is(true));
    }

    private PotTransfers transfers() {
        return transfers(pool, PATIENCE);
    }

    /** Transfers whose rule gives up as soon as one waits for {@link #release}, however late its thread begins. */
    private PotTransfers impatientTransfers() {
        ScheduledExecutorService untilItWaits = mock(ScheduledExecutorService.class);
        when(untilItWaits.schedule(any(Runnable.class), anyLong(), any())).thenAnswer(call -> {
            Future<?> result = pool.schedule(call.<Runnable>getArgument(0), call.getArgument(1), call.getArgument(2));
            waiting.await();
            return result;
        });
        return transfers(untilItWaits, TIMEOUT);
    }

    private PotTransfers transfers(ScheduledExecutorService scheduler, Duration timeout) {
        HttpTransport http = request -> {
            sent.incrementAndGet();
            return () -> {
                if (answersLate) {
                    await();
                }
                return response;
            };
        };
        when(tokens.bridgeUid()).thenReturn("monzo:bridge:1");
        when(login.isOnline()).thenReturn(true);
        Account account = new Account("acc_1", null, false, "GBP", null, List.of());
        Pot pot = new Pot("pot_1", "Pot", false, "GBP", BigDecimal.TEN, null, false, null, null, null, null, null);
        AccountSnapshot holder = new AccountSnapshot(account).withPots(Fetched.of(List.of(pot), 1));
        when(login.snapshot()).thenReturn(new BankSnapshot(List.of(holder), Set.of(), 1));
        return new PotTransfers(
                new AuthenticatedClient(tokens, null, new MonzoApi("https://bank.example", http, clock), clock),
                new PotTransfers.Settings(true, BigDecimal.TEN, BigDecimal.TEN, BigDecimal.ZERO),
                login,
                ledger,
                PropertiesTranslations.monzoTexts(),
                scheduler,
                clock,
                timeout,
                timeout);
    }

    private static TransferRequest withdrawal(String id) {
        return new TransferRequest(Direction.WITHDRAWAL, "pot_1", true, () -> true, 10, id);
    }

    @Test
    void sendsNothingAfterTheRuleGaveUpOnAToken() throws Exception {
        when(tokens.token(any())).thenAnswer(call -> {
            await();
            return token;
        });

        TransferResult result = impatientTransfers().transfer(withdrawal("a"));

        assertThat(result, is(new TransferResult(Outcome.REFUSED, NOT_SENT, null)));
        release();
        assertThat(sent.get(), is(0));
        assertThat("it counts no more", ledger.find("monzo:bridge:1", TransferId.of("a")), is(nullValue()));
    }

    @Test
    void repeatsNothingAfterTheRuleGaveUp() throws Exception {
        answersLate = true;
        response = new HttpResponse(500, null, "");

        assertThat(impatientTransfers().transfer(withdrawal("a")).outcome(), is(Outcome.UNKNOWN));
        release();

        assertThat(sent.get(), is(1));
    }

    @Test
    void recordsAResponseAfterTheRuleGaveUp() throws Exception {
        answersLate = true;
        PotTransfers transfers = impatientTransfers();

        assertThat(transfers.transfer(withdrawal("a")).outcome(), is(Outcome.UNKNOWN));
        release();

        assertThat(transfers.transfer(withdrawal("a")).outcome(), is(Outcome.DONE));
        assertThat(sent.get(), is(1));
    }

    @Test
    void letsNoOtherTransferPassAHangingOne() throws Exception {
        answersLate = true;
        PotTransfers transfers = impatientTransfers();
        transfers.transfer(withdrawal("a"));

        TransferResult other =
                transfers.transfer(new TransferRequest(Direction.DEPOSIT, "pot_1", true, () -> true, 1, null));
        TransferResult same = transfers.transfer(withdrawal("a"));

        assertThat(other.message(), is("Another transfer is still in progress. Try again later. Nothing was moved."));
        assertThat(same.outcome(), is(Outcome.UNKNOWN));
        assertThat(sent.get(), is(1));
    }

    @Test
    void refusesWithoutAThread() {
        pool.shutdown();

        TransferResult result = transfers().transfer(withdrawal("a"));

        assertThat(result.message(), is("openHAB is stopping. Nothing was moved."));
        assertThat(sent.get(), is(0));
    }

    @Test
    void throwsNothingAtAnInterruptedRule() {
        Thread.currentThread().interrupt();

        assertThat(transfers().transfer(withdrawal("a")).message(), is(NOT_SENT));
        assertThat(Thread.interrupted(), is(true));
        assertThat(sent.get(), is(0));
    }

    @Test
    void survivesABug() throws Exception {
        when(tokens.token(any())).thenThrow(new IllegalStateException("a bug"));
        PotTransfers transfers = transfers();

        assertThat(transfers.transfer(withdrawal("a")).outcome(), is(Outcome.UNKNOWN));
        org.mockito.Mockito.doReturn(token).when(tokens).token(any());
        assertThat(transfers.transfer(withdrawal("a")).outcome(), is(Outcome.DONE));
    }

    @Test
    void sendsNothingThatCannotBeStored() {
        Storage<String> storage = brokenStorage();
        doThrow(new IllegalStateException("disk full")).when(storage).put(any(), any());
        PotTransfers transfers = transfers();

        assertThat(transfers.transfer(withdrawal("a")).outcome(), is(Outcome.REFUSED));
        assertThat(sent.get(), is(0));
        doReturn(null).when(storage).put(any(), any());
        assertThat(transfers.transfer(withdrawal("a")).outcome(), is(Outcome.DONE));
    }

    @Test
    void reportsTheOutcomeThatCannotBeStored() {
        Storage<String> storage = brokenStorage();
        doReturn(null)
                .doThrow(new IllegalStateException("disk full"))
                .when(storage)
                .put(any(), any());
        doThrow(new RejectedExecutionException("stopping")).when(login).onTransfer();
        PotTransfers transfers = transfers();

        assertThat(transfers.transfer(withdrawal("a")).outcome(), is(Outcome.DONE));
        doReturn(null).when(storage).put(any(), any());
        assertThat("once more", transfers.transfer(withdrawal("a")).outcome(), is(Outcome.DONE));
        assertThat(
                "the next one may follow",
                transfers.transfer(withdrawal("b")).message(),
                containsString("Daily Transfer Limit"));
    }

    @SuppressWarnings("unchecked")
    private Storage<String> brokenStorage() {
        Storage<String> storage = mock(Storage.class);
        StorageService service = mock(StorageService.class);
        when(service.<String>getStorage(TransferLedger.STORAGE)).thenReturn(storage);
        ledger = new TransferLedger(service, clock, () -> ZoneOffset.UTC);
        return storage;
    }

    private void await() {
        waiting.countDown();
        try {
            release.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
