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
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.model.AccountSnapshot;
import org.openhab.binding.monzo.internal.model.Balance;
import org.openhab.binding.monzo.internal.model.Money;
import org.openhab.binding.monzo.internal.model.PotTransfer.Direction;
import org.openhab.binding.monzo.internal.model.Times;
import org.openhab.binding.monzo.internal.model.Transaction;
import org.openhab.binding.monzo.internal.poll.Backoff;
import org.openhab.binding.monzo.internal.transfer.TransferFailure.Reason;
import org.openhab.binding.monzo.internal.transfer.TransferRecord.Details;
import org.openhab.binding.monzo.internal.transfer.TransferRecord.Origin;
import org.openhab.binding.monzo.internal.transfer.TransferRecord.State;
import org.openhab.binding.monzo.internal.transfer.TransferResults.TransferResult.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transfers that an action of a rule wants, with one login. Each is stored at once and made in the background, one
 * after the other. One that cannot be made for a reason that passes waits, and is sent again with the same ID, for a day.
 * <p>
 * One pass at a time tries each of them once. After a request that failed for a reason that passes it pauses, then goes on with another one if
 * there is one. Each action has its own pauses, as that of one must not keep another from the bank.
 */
@NonNullByDefault
public class RuleTransfers {

    private static final Duration MAX_AGE = Duration.ofDays(1);

    /** While another transfer is in progress. */
    private static final Duration BUSY_DELAY = Duration.ofSeconds(1);

    /** Anyone on the network can run a rule any number of times. */
    private static final Duration BALANCE_INTERVAL = Duration.ofSeconds(5);

    private final Logger logger = LoggerFactory.getLogger(RuleTransfers.class);

    private final PotTransfers transfers;
    private final TransferLedger ledger;
    private final String bridgeUid;
    private final Clock clock;

    /** The action as openHAB has it now: an edited rule has another one. */
    private volatile TransferRule rule;

    private final AtomicBoolean inPass = new AtomicBoolean();

    /** Whether there may be something to send that the pass has not seen. */
    private volatile boolean resumed;

    // The pass
    private final Backoff backoff = new Backoff();
    private final Set<TransferId> tried = new HashSet<>();
    private Instant balanceRead = Instant.MIN;
    private @Nullable Duration balanceRetryAfter;
    private boolean afterPause;

    RuleTransfers(PotTransfers transfers, TransferRule rule) {
        this.transfers = transfers;
        this.ledger = transfers.ledger;
        this.bridgeUid = transfers.bridgeUid;
        this.clock = transfers.clock;
        this.rule = rule;
    }

    RuleTransfers of(TransferRule current) {
        rule = current;
        return this;
    }

    /**
     * Moves money for a transaction, once for the action, and once for the pot and the direction.
     *
     * @param transaction the bank's record
     * @param amount the amount, positive into the pot and negative out of it; 0 if the rule computes it from the
     *     balance
     */
    public void transfer(Transaction transaction, BigDecimal amount) {
        Direction direction = direction(amount);
        TransferId id = TransferId.of(transaction.id(), rule.potId(), direction);
        add(id, direction, amount.abs(), Origin.of(rule, transaction, clock.instant()));
    }

    /**
     * Moves money by the balance at this time, after what the action may have moved before is clear. One that waits
     * already waits from now on.
     */
    public void transferByBalance() {
        Origin origin = Origin.of(rule, null, clock.instant());
        boolean renewed = ledger.pending(bridgeUid, rule).entrySet().stream()
                .filter(entry -> entry.getValue().isWaitingByBalance() && isCurrent(entry.getValue()))
                .anyMatch(entry -> add(entry.getKey(), Direction.DEPOSIT, BigDecimal.ZERO, origin));
        if (!renewed) {
            add(TransferId.random(), Direction.DEPOSIT, BigDecimal.ZERO, origin);
        }
    }

    private boolean add(TransferId id, Direction direction, BigDecimal amount, Origin origin) {
        TransferRecord waiting = TransferRecord.waiting(rule.potId(), direction, amount, id, origin);
        boolean added = ledger.add(bridgeUid, id, rule.potId(), waiting);
        if (added) {
            resume();
        }
        return added;
    }

    private static Direction direction(BigDecimal amount) {
        return amount.signum() < 0 ? Direction.WITHDRAWAL : Direction.DEPOSIT;
    }

    /** Sends what the action waits for, or may have made. Returns at once. */
    public void resume() {
        resumed = true;
        if (!ledger.pending(bridgeUid, rule).isEmpty() && inPass.compareAndSet(false, true)) {
            tried.clear();
            schedule(Duration.ZERO);
        }
    }

    private void endPass() {
        inPass.set(false);
        if (resumed) {
            resume();
        }
    }

    private void schedule(Duration delay) {
        try {
            transfers.scheduler.schedule(this::startNext, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // openHAB is stopping
        }
    }

    private void startNext() {
        boolean goesOn = false;
        try {
            goesOn = transfers.begin(Duration.ZERO, this::next) != null;
        } catch (TransferFailure e) {
            logger.debug("{}: a transfer waits: {}", bridgeUid, e.reason());
            goesOn = e.reason() == Reason.BUSY || e.reason() == Reason.BALANCE_UNKNOWN;
            if (goesOn) {
                schedule(e.reason() == Reason.BUSY ? BUSY_DELAY : pause(balanceRetryAfter));
            }
        } finally {
            if (!goesOn) {
                endPass();
            }
        }
    }

    /** Starts the next transfer of the pass, {@code null} without one. */
    private @Nullable TransferJob next() throws TransferFailure {
        resumed = false;
        while (rule.isPermitted()) {
            Optional<Map.Entry<TransferId, TransferRecord>> next = untried();
            if (next.isEmpty()) {
                return null;
            }
            TransferId id = next.get().getKey();
            tried.add(id);
            TransferJob job = start(id, next.get().getValue());
            if (job != null) {
                return job;
            }
        }
        return null;
    }

    private Optional<Map.Entry<TransferId, TransferRecord>> untried() {
        Map<TransferId, TransferRecord> pending = ledger.pending(bridgeUid, rule);
        if (afterPause && (rule.dependsOnBalance() || tried.containsAll(pending.keySet()))) {
            tried.clear(); // the oldest one is next, otherwise one that has not failed yet
        }
        afterPause = false;
        return pending.entrySet().stream()
                .filter(entry -> !tried.contains(entry.getKey()))
                .findFirst();
    }

    /**
     * Starts a transfer; returns {@code null} if it is not to be made.
     *
     * @throws TransferFailure if it waits
     */
    private @Nullable TransferJob start(TransferId id, TransferRecord record) throws TransferFailure {
        boolean waiting = record.state() == State.WAITING;
        if (!isCurrent(record)) {
            ledger.drop(bridgeUid, id);
            return null;
        } else if (record.since().plus(MAX_AGE).isBefore(clock.instant())) {
            ledger.settle(bridgeUid, id, waiting ? Outcome.REFUSED : Outcome.UNKNOWN, false);
            refuse(waiting ? Reason.NOT_MADE_IN_TIME : Reason.NEVER_CONFIRMED);
            return null;
        }
        try {
            return send(id, record);
        } catch (TransferFailure e) {
            if (e.reason().isPassing()) {
                tried.remove(id);
                throw e;
            } else if (waiting) {
                ledger.settle(bridgeUid, id, Outcome.REFUSED, false);
                refuse(e.reason(), e.arguments());
            }
            return null;
        }
    }

    /** Sends a transfer; returns {@code null} if nothing is to be moved. */
    private @Nullable TransferJob send(TransferId id, TransferRecord record) throws TransferFailure {
        Details details = Objects.requireNonNull(record.details()); // pending ones have some
        Direction direction = details.direction();
        BigDecimal amount = details.amount();
        AccountSnapshot account = account(record);
        boolean isByBalance = rule.dependsOnBalance() || amount.signum() == 0; // the rule may just be loaded again
        if (isByBalance && record.state() == State.WAITING) {
            BigDecimal computed = amountByBalance(record, account);
            if (!rule.isPermitted() || !isCurrent(record)) { // it changed during the request
                throw new TransferFailure(Reason.NO_LONGER_PERMITTED);
            } else if (computed.signum() == 0) {
                backoff.reset();
                ledger.settle(bridgeUid, id, Outcome.REFUSED, false);
                return null;
            }
            direction = direction(computed);
            amount = computed.abs();
        }
        TransferRequest request = new TransferRequest(
                direction,
                details.potId(),
                rule.isPotOnline(),
                () -> rule.isPermitted() && isCurrent(record),
                amount,
                null);
        return transfers.start(request, id, "the rule " + rule.ruleUid(), this::goOn);
    }

    private AccountSnapshot account(TransferRecord record) throws TransferFailure {
        AccountSnapshot account = transfers.account(rule.potId(), Reason.POT_OFFLINE); // it may not be read yet
        Origin origin = record.origin();
        if (origin != null && !origin.isOfAccount(account.id())) {
            throw new TransferFailure(Reason.POT_OF_OTHER_ACCOUNT);
        }
        return account;
    }

    private BigDecimal amountByBalance(TransferRecord record, AccountSnapshot account) throws TransferFailure {
        if (Times.isRecent(BALANCE_INTERVAL, balanceRead, clock.instant())) {
            throw new TransferFailure(Reason.BUSY);
        }
        balanceRead = clock.instant();
        balanceRetryAfter = null;
        String currency = account.account().currency();
        Balance balance;
        try {
            balance = transfers.client.call(transfers.client.api().balance(account.id(), currency));
        } catch (MonzoException e) {
            logger.debug("Balance not read for a transfer: {}", e.getMessage());
            balanceRetryAfter = e.retryAfter();
            throw new TransferFailure(Reason.BALANCE_UNKNOWN);
        }
        BigDecimal available = balance.balance();
        if (available == null || !Objects.equals(balance.currency(), currency)) {
            throw new TransferFailure(Reason.BALANCE_UNKNOWN);
        }
        Origin origin = record.origin();
        BigDecimal received = origin == null ? null : origin.received();
        return rule.amount(
                available, received == null ? BigDecimal.ZERO : received, Money.decimals(balance.currency()));
    }

    /** Goes on with the next transfer; after a failure that passes, when a pause is over. */
    private void goOn(TransferJob.Result sent) {
        Reason reason = sent.reason();
        if (sent.isPassing()) {
            schedule(pause(sent.retryAfter()));
            return;
        }
        backoff.reset();
        schedule(Duration.ZERO);
        if (reason != null) {
            refuse(sent.outcome() == Outcome.UNKNOWN ? Reason.NEVER_CONFIRMED : reason);
        }
    }

    /** Begins a pause, of at least the time that Monzo asks for. */
    private Duration pause(@Nullable Duration retryAfter) {
        afterPause = true;
        return Times.max(backoff.next(), retryAfter);
    }

    private void refuse(Reason reason, Object... arguments) {
        rule.onRefused(transfers.texts.text(reason.keyWithoutAmount(), arguments));
    }

    /**
     * Returns whether a rule still is as it was when it wanted a transfer; also while openHAB does not have the rule or
     * the pot's thing, as in a restart of a login.
     */
    private boolean isCurrent(TransferRecord record) {
        Origin origin = record.origin();
        String hash = rule.configurationHash();
        String potId = rule.potId();
        return origin != null
                && (hash.isEmpty() || hash.equals(origin.configuration()))
                && (potId.isEmpty() || record.isOf(potId));
    }
}
