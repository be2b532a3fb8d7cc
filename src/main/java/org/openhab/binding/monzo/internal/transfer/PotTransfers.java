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

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.api.MonzoApi;
import org.openhab.binding.monzo.internal.auth.AuthenticatedClient;
import org.openhab.binding.monzo.internal.i18n.MonzoTexts;
import org.openhab.binding.monzo.internal.model.AccountSnapshot;
import org.openhab.binding.monzo.internal.model.BankSnapshot;
import org.openhab.binding.monzo.internal.model.Pot;
import org.openhab.binding.monzo.internal.model.PotTransfer;
import org.openhab.binding.monzo.internal.model.PotTransfer.Direction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves money between pots and their accounts for rules, with one login.
 */
@NonNullByDefault
public class PotTransfers {

    private static final Duration MAX_WAIT_FOR_OTHERS = Duration.ofSeconds(10);
    private static final Duration MAX_WAIT = Duration.ofSeconds(28);

    private final Logger logger = LoggerFactory.getLogger(PotTransfers.class);

    private final MonzoApi api;
    private final AuthenticatedClient client;
    private final TransferLedger ledger;
    private final TransferSettings settings;
    private final Login login;
    private final MonzoTexts texts;
    private final TransferResults results;
    private final ScheduledExecutorService scheduler;
    private final Clock clock;
    private final Duration maxWaitForOthers;
    private final Duration maxWait;

    /** The login of the transfers. */
    public interface Login {

        /** Returns whether the login is online and still has this configuration. */
        boolean isOnline();

        /** Returns the latest data. */
        BankSnapshot snapshot();

        /** Called after each transfer that may have changed balances. */
        void onTransfer();
    }

    /**
     * Creates the transfers of one lifecycle of a bridge.
     *
     * @param uid the UID of the bridge
     * @param settings what the user permits
     * @param ledgers the transfers so far
     * @param scheduler runs the requests
     */
    public PotTransfers(
            String uid,
            TransferSettings settings,
            MonzoApi api,
            AuthenticatedClient client,
            Login login,
            TransferLedgers ledgers,
            MonzoTexts texts,
            ScheduledExecutorService scheduler,
            Clock clock) {
        this(uid, settings, api, client, login, ledgers, texts, scheduler, clock, MAX_WAIT_FOR_OTHERS, MAX_WAIT);
    }

    /** Creates the transfers with other waiting times. */
    PotTransfers(
            String uid,
            TransferSettings settings,
            MonzoApi api,
            AuthenticatedClient client,
            Login login,
            TransferLedgers ledgers,
            MonzoTexts texts,
            ScheduledExecutorService scheduler,
            Clock clock,
            Duration maxWaitForOthers,
            Duration maxWait) {
        this.settings = settings;
        this.api = api;
        this.client = client;
        this.login = login;
        this.ledger = ledgers.ledger(uid);
        this.texts = texts;
        this.results = new TransferResults(ledger, texts);
        this.scheduler = scheduler;
        this.clock = clock;
        this.maxWaitForOthers = maxWaitForOthers;
        this.maxWait = maxWait;
    }

    /** Moves money, and waits for the result no longer than 30 seconds. */
    public TransferResult transfer(TransferRequest request) {
        try {
            return transfer(request, TransferName.of(request.id()));
        } catch (TransferRefusedException e) {
            return results.refused(e.textKey(), e.arguments());
        }
    }

    private TransferResult transfer(TransferRequest request, TransferName name) {
        TransferResult earlier = results.earlier(request, name);
        if (earlier != null) {
            return earlier;
        }
        try {
            return transfer(request, prepare(request, name), name);
        } catch (TransferRefusedException e) {
            return results.refused(name, e);
        }
    }

    /**
     * Prepares the transfer. One that may have been made before was within the limits then; Monzo alone knows whether it
     * was made, so it is asked whatever limits, balance and pot are like now.
     */
    private PotTransfer prepare(TransferRequest request, TransferName name) throws TransferRefusedException {
        if (!settings.allowed()) {
            throw new TransferRefusedException("transfer.not-allowed");
        } else if (!login.isOnline()) {
            throw new TransferRefusedException("transfer.login-offline");
        }
        AccountSnapshot account = login.snapshot()
                .accountOfPot(request.potId())
                .orElseThrow(() -> new TransferRefusedException("transfer.pot-unknown"));
        Pot pot = account.pot(request.potId()).orElseThrow();
        boolean isNew = ledger.find(name.dedupeId()) == null;
        if (isNew) {
            validatePot(request, account, pot);
        }
        BigDecimal amount = TransferAmount.parse(request.amount(), pot.currency());
        if (isNew && amount.compareTo(settings.limit()) > 0) {
            throw new TransferRefusedException("transfer.above-limit", texts.amount(settings.limit(), pot.currency()));
        }
        return new PotTransfer(request.direction(), pot.id(), account.id(), amount, pot.currency(), name.dedupeId());
    }

    private static void validatePot(TransferRequest request, AccountSnapshot account, Pot pot)
            throws TransferRefusedException {
        if (pot.deleted()) {
            throw new TransferRefusedException("transfer.pot-deleted");
        } else if (!account.isOpen()) {
            throw new TransferRefusedException("transfer.account-closed");
        } else if (!request.potOnline()) {
            throw new TransferRefusedException("transfer.pot-offline");
        } else if (request.direction() == Direction.WITHDRAWAL && Boolean.TRUE.equals(pot.locked())) {
            throw new TransferRefusedException("transfer.pot-locked");
        }
    }

    private TransferResult transfer(TransferRequest request, PotTransfer transfer, TransferName name)
            throws TransferRefusedException {
        long begin = System.nanoTime();
        acquirePermit();
        TransferJob job;
        try {
            TransferResult earlier = results.earlier(request, name);
            if (earlier != null) { // another rule was faster
                ledger.release();
                return earlier;
            }
            job = reserve(request, transfer, name);
        } catch (TransferRefusedException e) {
            ledger.release();
            throw e;
        } catch (RuntimeException e) { // what cannot be stored is not sent
            ledger.release();
            logger.warn("Unexpected error before a transfer; please report a bug", e);
            throw new TransferRefusedException("transfer.internal-error");
        }
        CompletableFuture<TransferResult> result = job.result().thenApply(sent -> settle(transfer, name, sent));
        job.start();
        return await(job, result, maxWait.minusNanos(System.nanoTime() - begin), name);
    }

    private void acquirePermit() throws TransferRefusedException {
        try {
            if (!ledger.acquire(maxWaitForOthers)) {
                throw new TransferRefusedException("transfer.busy");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransferRefusedException("transfer.not-sent");
        }
    }

    /** Stores the transfer before its first request. */
    private TransferJob reserve(TransferRequest request, PotTransfer transfer, TransferName name)
            throws TransferRefusedException {
        BooleanSupplier permitted =
                () -> login.isOnline() && request.isCurrent().getAsBoolean();
        if (!permitted.getAsBoolean()) {
            throw new TransferRefusedException("transfer.no-longer-permitted");
        }
        boolean resumed = ledger.find(transfer.dedupeId()) != null;
        if (!ledger.reserve(transfer, name.isGiven(), settings.dailyLimit())) {
            throw new TransferRefusedException(
                    "transfer.above-daily-limit", texts.amount(settings.dailyLimit(), transfer.currency()));
        }
        return new TransferJob(transfer, resumed, settings.minimumBalance(), permitted, api, client, scheduler, clock);
    }

    /** Takes down the result of the job, whose end also permits the next transfer. */
    private TransferResult settle(PotTransfer transfer, TransferName name, TransferJob.Result sent) {
        try {
            switch (sent.outcome()) {
                case DONE -> ledger.complete(transfer.dedupeId());
                case REFUSED -> ledger.cancel(transfer.dedupeId());
                case UNKNOWN -> {} // stays counted as possibly made
            }
            if (sent.outcome() != TransferOutcome.REFUSED) {
                login.onTransfer();
            }
        } catch (RuntimeException e) { // the rule must know the outcome nevertheless
            logger.warn("Unexpected error after a transfer; please report a bug", e);
        } finally {
            ledger.release();
        }
        return switch (sent.outcome()) {
            case DONE -> results.done(transfer, sent.balance());
            case REFUSED -> results.refused(sent.reasonKey(), sent.arguments());
            case UNKNOWN -> results.unclear(name, sent.reasonKey(), sent.arguments());
        };
    }

    private TransferResult await(
            TransferJob job, CompletableFuture<TransferResult> result, Duration timeout, TransferName name) {
        try {
            return result.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return abandon(job, name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return abandon(job, name);
        } catch (ExecutionException e) {
            logger.warn("Unexpected error after a transfer; please report a bug", e);
            return results.unclear(name, "transfer.internal-error");
        }
    }

    private TransferResult abandon(TransferJob job, TransferName name) {
        return job.abandon() ? results.refused("transfer.not-sent") : results.unclear(name, "transfer.no-answer");
    }
}
