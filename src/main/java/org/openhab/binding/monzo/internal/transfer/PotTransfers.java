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
import java.time.Instant;
import java.util.List;
import java.util.Objects;
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
import org.openhab.binding.monzo.internal.transfer.TransferRecord.State;
import org.openhab.binding.monzo.internal.transfer.TransferResults.TransferResult;
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

    private final String bridgeUid;
    private final MonzoApi api;
    private final AuthenticatedClient client;
    private final TransferLedger ledger;
    private final Settings settings;
    private final Login login;
    private final MonzoTexts texts;
    private final TransferResults results;
    private final RuleTransfers rules;
    private final ScheduledExecutorService scheduler;
    private final Clock clock;
    private final Duration maxWaitForOthers;
    private final Duration maxWait;

    /**
     * What the user permits rules to transfer. All amounts are in major units of the account's currency.
     *
     * @param allowed whether rules may transfer money at all
     * @param limit the largest single transfer
     * @param dailyLimit the largest sum of all transfers of a local calendar day, in either direction
     * @param minimumBalance the balance that a deposit must leave in the account
     */
    public record Settings(boolean allowed, BigDecimal limit, BigDecimal dailyLimit, BigDecimal minimumBalance) {}

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
     * Creates the transfers of one connection.
     *
     * @param settings what the user permits
     * @param ledger the transfers of all logins so far
     * @param scheduler runs the requests
     */
    public PotTransfers(
            AuthenticatedClient client,
            Settings settings,
            Login login,
            TransferLedger ledger,
            MonzoTexts texts,
            ScheduledExecutorService scheduler,
            Clock clock) {
        this(client, settings, login, ledger, texts, scheduler, clock, MAX_WAIT_FOR_OTHERS, MAX_WAIT);
    }

    /** Creates the transfers with other waiting times. */
    PotTransfers(
            AuthenticatedClient client,
            Settings settings,
            Login login,
            TransferLedger ledger,
            MonzoTexts texts,
            ScheduledExecutorService scheduler,
            Clock clock,
            Duration maxWaitForOthers,
            Duration maxWait) {
        this.bridgeUid = client.bridgeUid();
        this.settings = settings;
        this.api = client.api();
        this.client = client;
        this.login = login;
        this.ledger = ledger;
        this.texts = texts;
        this.results = new TransferResults(bridgeUid, ledger, texts);
        this.scheduler = scheduler;
        this.clock = clock;
        this.rules = new RuleTransfers(this, login, ledger, client, texts, scheduler, clock);
        this.maxWaitForOthers = maxWaitForOthers;
        this.maxWait = maxWait;
    }

    /**
     * A transfer in words, for the user.
     *
     * @param time when it was wanted or, once it was sent, sent
     * @param potId the pot
     * @param direction whether the money goes into the pot or out of it
     * @param amount the amount with its currency, empty while it is not known
     * @param outcome whether it was moved
     * @param origin the rule or the ID, empty for a script that gave none
     */
    public record Description(
            Instant time, String potId, String direction, String amount, String outcome, String origin) {}

    /** Returns the latest transfers, the newest first; those of the last 30 days at most. */
    public List<Description> latest(int count) {
        return ledger.latest(bridgeUid, count).stream().map(this::description).toList();
    }

    private Description description(TransferRecord record) {
        TransferRecord.Details details = Objects.requireNonNull(record.details()); // the ledger returns no others
        TransferRecord.Origin rule = record.origin();
        String name = details.name();
        String currency = record.currency();
        String known = currency == null
                ? login.snapshot().pot(details.potId()).map(Pot::currency).orElse(null)
                : currency;
        return new Description(
                record.time(),
                details.potId(),
                texts.text(
                        details.direction() == Direction.DEPOSIT
                                ? "console.transfer.deposit"
                                : "console.transfer.withdrawal"),
                details.amount().signum() == 0 ? "" : texts.amount(details.amount(), known),
                texts.text(outcomeKey(record.state())),
                rule != null ? texts.text("console.transfer.rule", rule.rule()) : name == null ? "" : name);
    }

    private static String outcomeKey(State state) {
        return switch (state) {
            case WAITING -> "console.transfer.waiting";
            case SENT -> "console.transfer.sent";
            case UNKNOWN -> "console.transfer.unknown";
            case DONE -> "console.transfer.done";
            case REFUSED -> "console.transfer.refused";
        };
    }

    /** Returns the transfers that rules want. */
    public RuleTransfers rules() {
        return rules;
    }

    /** Moves money, and waits for the result no longer than 30 seconds. */
    public TransferResult transfer(TransferRequest request) {
        try {
            return transfer(request, TransferId.of(request.id()));
        } catch (TransferFailure e) {
            return results.refused(e.textKey(), e.arguments());
        }
    }

    private TransferResult transfer(TransferRequest request, TransferId id) throws TransferFailure {
        TransferResult earlier = results.earlier(request, id);
        if (earlier != null) {
            return earlier;
        }
        try {
            return transfer(request, prepare(request, id), id);
        } catch (TransferFailure e) {
            return results.refused(id, e);
        }
    }

    /** Forgets old transfers; to be called now and then. */
    public void prune() {
        ledger.prune();
    }

    /** Returns whether a transfer was certainly not made before. */
    private boolean isNew(TransferId id) {
        TransferRecord record = ledger.find(bridgeUid, id);
        return record == null || record.state() == State.WAITING;
    }

    /**
     * Prepares the transfer. One that may have been made before was within the limits then; Monzo alone knows whether
     * it was made, so it is asked whatever limits, balance and pot are like now.
     */
    PotTransfer prepare(TransferRequest request, TransferId id) throws TransferFailure {
        checkAllowed();
        AccountSnapshot account = login.snapshot()
                .accountOfPot(request.potId())
                .orElseThrow(() -> new TransferFailure("transfer.pot-unknown"));
        Pot pot = account.pot(request.potId()).orElseThrow();
        boolean isNew = isNew(id);
        if (isNew) {
            validatePot(request, account, pot);
        }
        BigDecimal amount = request.amountIn(pot.currency());
        if (isNew && amount.compareTo(settings.limit()) > 0) {
            throw new TransferFailure("transfer.above-limit", texts.amount(settings.limit(), pot.currency()));
        }
        return new PotTransfer(request.direction(), pot.id(), account.id(), amount, pot.currency(), id.dedupeId());
    }

    /** Checks whether money may be moved now. */
    void checkAllowed() throws TransferFailure {
        if (!settings.allowed()) {
            throw new TransferFailure("transfer.not-allowed");
        } else if (!login.isOnline()) {
            throw new TransferFailure("transfer.login-offline");
        }
    }

    private static void validatePot(TransferRequest request, AccountSnapshot account, Pot pot) throws TransferFailure {
        if (pot.deleted()) {
            throw new TransferFailure("transfer.pot-deleted");
        } else if (!account.isOpen()) {
            throw new TransferFailure("transfer.account-closed");
        } else if (!request.potOnline()) {
            throw new TransferFailure("transfer.pot-offline");
        } else if (request.direction() == Direction.WITHDRAWAL && Boolean.TRUE.equals(pot.locked())) {
            throw new TransferFailure("transfer.pot-locked");
        }
    }

    private TransferResult transfer(TransferRequest request, PotTransfer transfer, TransferId id)
            throws TransferFailure {
        long begin = System.nanoTime();
        acquirePermit();
        TransferJob job;
        try {
            TransferResult earlier = results.earlier(request, id);
            if (earlier != null) { // another rule was faster
                ledger.release();
                return earlier;
            }
            job = reserve(request, transfer, id);
        } catch (TransferFailure e) {
            ledger.release();
            throw e;
        } catch (RuntimeException e) { // what cannot be stored is not sent
            ledger.release();
            logger.warn("Unexpected error before a transfer; please report a bug", e);
            throw new TransferFailure("transfer.internal-error");
        }
        CompletableFuture<TransferResult> result = job.result().thenApply(sent -> settle(transfer, id, sent));
        job.start();
        return await(job, result, maxWait.minusNanos(System.nanoTime() - begin), id);
    }

    private void acquirePermit() throws TransferFailure {
        try {
            if (!ledger.acquire(maxWaitForOthers)) {
                throw new TransferFailure("transfer.busy");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransferFailure("transfer.not-sent");
        }
    }

    /** Stores the transfer before its first request. */
    TransferJob reserve(TransferRequest request, PotTransfer transfer, TransferId id) throws TransferFailure {
        BooleanSupplier permitted =
                () -> login.isOnline() && request.isCurrent().getAsBoolean();
        if (!permitted.getAsBoolean()) {
            throw new TransferFailure("transfer.no-longer-permitted");
        }
        boolean resumed = !isNew(id);
        if (!ledger.reserve(bridgeUid, transfer, id, settings.dailyLimit())) {
            throw new TransferFailure(
                    "transfer.above-daily-limit", texts.amount(settings.dailyLimit(), transfer.currency()));
        }
        return new TransferJob(transfer, resumed, settings.minimumBalance(), permitted, api, client, scheduler, clock);
    }

    /** Records the result of the job, whose end also permits the next transfer. */
    private TransferResult settle(PotTransfer transfer, TransferId id, TransferJob.Result sent) {
        try {
            switch (sent.outcome()) {
                case DONE -> done(transfer, "a script");
                case REFUSED -> ledger.remove(bridgeUid, transfer.dedupeId());
                case UNKNOWN -> login.onTransfer(); // stays counted as possibly made
            }
        } catch (RuntimeException e) { // the rule must know the outcome nevertheless
            logger.warn("Unexpected error after a transfer; please report a bug", e);
        } finally {
            ledger.release();
        }
        return switch (sent.outcome()) {
            case DONE -> results.done(transfer, sent.balance());
            case REFUSED -> results.refused(sent.reasonKey(), sent.arguments());
            case UNKNOWN -> results.unknown(id, sent.reasonKey(), sent.arguments());
        };
    }

    /** Records a transfer that was made. */
    void done(PotTransfer transfer, String origin) {
        ledger.update(bridgeUid, transfer.dedupeId(), State.DONE);
        logger.info(
                "{}: money was moved {} a pot by {}",
                bridgeUid,
                transfer.direction() == Direction.DEPOSIT ? "into" : "out of",
                origin);
        login.onTransfer();
    }

    private TransferResult await(
            TransferJob job, CompletableFuture<TransferResult> result, Duration timeout, TransferId id) {
        try {
            return result.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return abandon(job, id);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return abandon(job, id);
        } catch (ExecutionException e) {
            logger.warn("Unexpected error after a transfer; please report a bug", e);
            return results.unknown(id, "transfer.internal-error");
        }
    }

    private TransferResult abandon(TransferJob job, TransferId id) {
        return job.abandon() ? results.refused("transfer.not-sent") : results.unknown(id, "transfer.no-answer");
    }
}
