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
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.MonzoApi;
import org.openhab.binding.monzo.internal.api.MonzoApi.ApiRequest;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.auth.AtMostOnceCall;
import org.openhab.binding.monzo.internal.auth.AuthenticatedClient;
import org.openhab.binding.monzo.internal.model.Balance;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.internal.model.Pot;
import org.openhab.binding.monzo.internal.model.PotTransfer;
import org.openhab.binding.monzo.internal.model.PotTransfer.Direction;
import org.openhab.binding.monzo.internal.model.Times;
import org.openhab.binding.monzo.internal.transfer.TransferFailure.Reason;
import org.openhab.binding.monzo.internal.transfer.TransferResults.TransferResult.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one transfer, and repeats it with the same ID after errors that leave it unclear or may pass.
 * <p>
 * It runs in openHAB's pool rather than in the rule's thread, as a request may have to wait for a token refresh longer
 * than a rule should.
 */
@NonNullByDefault
class TransferJob implements Runnable {

    private static final List<Duration> REPEAT_DELAYS =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));

    /** With the timeout of the last request, all takes no longer than 25 seconds. */
    private static final Duration LATEST_REPEAT = Duration.ofSeconds(15);

    private final Logger logger = LoggerFactory.getLogger(TransferJob.class);

    private final PotTransfer transfer;
    private final MonzoApi api;
    private final AuthenticatedClient client;
    private final BigDecimal minimumBalance;
    private final BooleanSupplier permitted;
    private final ScheduledExecutorService scheduler;
    private final Clock clock;

    private final Instant begin;
    private final CompletableFuture<Result> result = new CompletableFuture<>();
    private final CompletableFuture<Result> settled;
    private volatile boolean ambiguous;
    private volatile boolean abandoned;
    private volatile AtMostOnceCall<Pot> call;
    private @Nullable Duration retryAfter;
    private int repeats;

    /**
     * The result of the job.
     *
     * @param outcome whether the money was moved
     * @param balance the pot's balance afterwards, {@code null} if unknown
     * @param reason why the money was not or perhaps not moved, {@code null} if it was
     * @param retryAfter how long Monzo asks to wait before the next request, {@code null} if it does not
     */
    record Result(
            Outcome outcome,
            @Nullable BigDecimal balance,
            @Nullable Reason reason,
            @Nullable Duration retryAfter) {

        /** Returns whether the transfer may be made later. */
        boolean isPassing() {
            Reason why = reason;
            return why != null && why.isPassing();
        }

        @Override
        public String toString() {
            return "Result[" + outcome + "]"; // never log amounts
        }
    }

    /**
     * Creates a job that does nothing yet.
     *
     * @param ambiguous whether an earlier job may have made the transfer
     * @param minimumBalance the balance that a deposit must leave in the account
     * @param permitted whether the transfer is still permitted; asked before each request
     * @param settle called once with the result, before anybody who awaits it has it
     */
    TransferJob(
            PotTransfer transfer,
            boolean ambiguous,
            BigDecimal minimumBalance,
            BooleanSupplier permitted,
            AuthenticatedClient client,
            ScheduledExecutorService scheduler,
            Clock clock,
            Consumer<Result> settle) {
        this.transfer = transfer;
        this.ambiguous = ambiguous;
        this.minimumBalance = minimumBalance;
        this.permitted = permitted;
        this.api = client.api();
        this.client = client;
        this.scheduler = scheduler;
        this.clock = clock;
        this.begin = clock.instant();
        this.settled = result.thenApply(reached -> {
            settle.accept(reached);
            return reached;
        });
        this.call = call(guard -> api.transfer(transfer, guard));
    }

    PotTransfer transfer() {
        return transfer;
    }

    /** Starts the job. */
    void start() {
        schedule(Duration.ZERO);
    }

    @Override
    public void run() {
        try {
            // Once a request may have moved the money, the balance no longer tells whether it may be moved.
            if (transfer.direction() == Direction.DEPOSIT && !ambiguous) {
                checkBalance();
            }
            Pot pot = client.call(call);
            result.complete(new Result(Outcome.DONE, pot.balance(), null, null));
        } catch (TransferFailure e) {
            fail(e.reason());
        } catch (MonzoException e) {
            failed(e);
        } catch (RuntimeException | LinkageError | StackOverflowError e) { // all other transfers wait for its end
            logger.warn("Unexpected error while transferring; please report a bug", e);
            ambiguous = true;
            fail(Reason.NO_ANSWER);
        }
    }

    /**
     * Waits for the result, and ends the job before its next request if it has none in time: a script that has its
     * answer must not find that the money was moved later.
     */
    Result await(Duration timeout) {
        try {
            return settled.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return abandon();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return abandon();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // a bug
        }
    }

    private Result abandon() {
        abandoned = true;
        return call.abandon() && !ambiguous
                ? new Result(Outcome.REFUSED, null, Reason.NOT_SENT, null)
                : new Result(Outcome.UNKNOWN, null, Reason.NO_ANSWER, null);
    }

    private <T> AtMostOnceCall<T> call(Function<BooleanSupplier, ApiRequest<T>> request) {
        return new AtMostOnceCall<>(request, () -> !abandoned && permitted.getAsBoolean());
    }

    private void checkBalance() throws TransferFailure, MonzoException {
        Balance read;
        try {
            read = client.call(call(guard -> api.balance(transfer.accountId(), transfer.currency())));
        } catch (MonzoException e) {
            if (e.kind() == ErrorKind.NOT_SENT) {
                throw e;
            }
            logger.debug("Balance not read for a transfer: {}", e.getMessage());
            retryAfter = e.retryAfter();
            throw new TransferFailure(Reason.BALANCE_UNKNOWN);
        }
        BigDecimal balance = read.balance();
        if (balance == null || !Objects.equals(read.currency(), transfer.currency())) {
            throw new TransferFailure(Reason.BALANCE_UNKNOWN);
        } else if (balance.subtract(transfer.amount()).compareTo(minimumBalance) < 0) {
            throw new TransferFailure(Reason.BELOW_MINIMUM_BALANCE);
        }
    }

    private void failed(MonzoException e) {
        if (e.kind() == ErrorKind.NOT_SENT) {
            fail(abandoned ? Reason.NOT_SENT : Reason.NO_LONGER_PERMITTED);
            return;
        }
        Reason reason = Reason.of(e, transfer.direction());
        logger.debug("Transfer failed, {}: {}", e.kind(), e.getMessage());
        ambiguous |= reason == Reason.NO_ANSWER;
        retryAfter = e.retryAfter();
        if (!reason.isBrief() || !repeat()) {
            fail(reason);
        }
    }

    private boolean repeat() {
        if (repeats == REPEAT_DELAYS.size()) {
            return false;
        }
        Duration delay = Times.max(REPEAT_DELAYS.get(repeats++), retryAfter);
        // The clock may have been set back since.
        if (delay.compareTo(LATEST_REPEAT) > 0 || clock.instant().plus(delay).isAfter(begin.plus(LATEST_REPEAT))) {
            return false;
        }
        call = call(guard -> api.transfer(transfer, guard));
        schedule(delay);
        return true;
    }

    private void schedule(Duration delay) {
        try {
            scheduler.schedule(this, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            fail(Reason.INTERRUPTED); // openHAB is stopping
        }
    }

    private void fail(Reason reason) {
        result.complete(new Result(ambiguous ? Outcome.UNKNOWN : Outcome.REFUSED, null, reason, retryAfter));
    }
}
