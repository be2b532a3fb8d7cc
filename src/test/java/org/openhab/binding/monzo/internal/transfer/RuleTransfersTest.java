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
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
import org.openhab.binding.monzo.internal.model.Transaction;
import org.openhab.binding.monzo.internal.transfer.TransferRecord.State;
import org.openhab.binding.monzo.simulator.AdjustableClock;

/** Tests the transfers of rules with threads, where nothing but the transfers themselves starts the next one. */
class RuleTransfersTest {

    private static final int COUNT = 50;
    private static final BigDecimal MUCH = new BigDecimal(10_000);

    @TempDir
    Path folder;

    private final AdjustableClock clock = new AdjustableClock(Instant.parse("2026-11-21T08:00:00Z"));
    private final ScheduledExecutorService pool = Executors.newScheduledThreadPool(3);
    private final Semaphore made = new Semaphore(0);

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    private PotTransfers transfers(TransferLedger ledger) throws Exception {
        HttpTransport http = request -> () -> new HttpResponse(200, null, "{\"id\":\"pot_1\",\"balance\":100}");
        TokenManager tokens = mock(TokenManager.class);
        when(tokens.bridgeUid()).thenReturn("monzo:bridge:1");
        when(tokens.token(any()))
                .thenReturn(new AccessToken(
                        "token", clock.instant(), clock.instant().plusSeconds(3_600)));
        PotTransfers.Login login = mock(PotTransfers.Login.class);
        when(login.isOnline()).thenReturn(true);
        when(login.snapshot()).thenReturn(snapshot());
        doAnswer(call -> {
                    made.release();
                    return null;
                })
                .when(login)
                .onTransfer();
        return new PotTransfers(
                new AuthenticatedClient(tokens, null, new MonzoApi("https://bank.example", http, clock), clock),
                new PotTransfers.Settings(true, MUCH, MUCH, BigDecimal.ZERO),
                login,
                ledger,
                PropertiesTranslations.monzoTexts(),
                pool,
                clock);
    }

    private static BankSnapshot snapshot() {
        Account account = new Account("acc_1", null, false, "GBP", null, List.of());
        Pot pot = new Pot("pot_1", "Pot", false, "GBP", BigDecimal.TEN, null, false, null, null, null, null, null);
        AccountSnapshot holder = new AccountSnapshot(account).withPots(Fetched.of(List.of(pot), 1));
        return new BankSnapshot(List.of(holder), Set.of(), 1);
    }

    private static TransferRule rule(String uid) {
        TransferRule rule = mock(TransferRule.class);
        when(rule.ruleUid()).thenReturn(uid);
        when(rule.moduleId()).thenReturn("move");
        when(rule.configurationHash()).thenReturn("hash");
        when(rule.potId()).thenReturn("pot_1");
        when(rule.isPotOnline()).thenReturn(true);
        when(rule.isPermitted()).thenReturn(true);
        return rule;
    }

    private static Transaction transaction(String id) {
        return new Transaction(
                id,
                "acc_1",
                Instant.EPOCH,
                BigDecimal.ONE,
                "GBP",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                false,
                Transaction.Details.NONE);
    }

    /** Each is wanted when the one before is made, and so while the pass that has made it ends. */
    @Test
    void makesWhatIsWantedAtTheEndOfAPass() throws Exception {
        try (Core core = new Core(folder)) {
            TransferLedger ledger = new TransferLedger(core.storageService(), clock, () -> ZoneOffset.UTC);
            PotTransfers transfers = transfers(ledger);
            List<TransferRule> rules = List.of(rule("one"), rule("other"));

            for (int i = 0; i < COUNT; i++) {
                for (TransferRule rule : rules) {
                    transfers.of(rule).transfer(transaction(rule.ruleUid() + i), new BigDecimal("-0.01"));
                }
                assertThat(made.tryAcquire(rules.size(), 20, TimeUnit.SECONDS), is(true));
            }

            List<TransferRecord> records = ledger.latest("monzo:bridge:1", 2 * rules.size() * COUNT);
            assertThat(records, hasSize(rules.size() * COUNT));
            assertThat(records.stream().map(TransferRecord::state).distinct().toList(), contains(State.DONE));
        }
    }
}
