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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.MonzoApi;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.auth.AuthenticatedClient;
import org.openhab.binding.monzo.internal.i18n.MonzoTexts;
import org.openhab.binding.monzo.internal.model.AccountSnapshot;
import org.openhab.binding.monzo.internal.model.Balance;
import org.openhab.binding.monzo.internal.model.Money;
import org.openhab.binding.monzo.internal.model.PotTransfer;
import org.openhab.binding.monzo.internal.model.PotTransfer.Direction;
import org.openhab.binding.monzo.internal.model.Times;
import org.openhab.binding.monzo.internal.model.Transaction;
import org.openhab.binding.monzo.internal.poll.Backoff;
import org.openhab.binding.monzo.internal.transfer.TransferRecord.Details;
import org.openhab.binding.monzo.internal.transfer.TransferRecord.Origin;
import org.openhab.binding.monzo.internal.transfer.TransferRecord.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transfers that rules want, with one login. Each is stored at once and made in the background; if it cannot be
 * made for a reason that passes, it waits, and is sent again with the same ID after a later refresh, for a day.
 */
@NonNullByDefault
public class RuleTransfers {

    private static final Duration MAX_AGE = Duration.ofDays(1);

    /** While another transfer is in progress. */
    private static final Duration BUSY_DELAY = Duration.ofSeconds(1);

    private static final int MAX_BUSY_DELAYS = 60;

    /** Anyone on the network can run a rule any number of times. */
    private static final Duration BALANCE_INTERVAL = Duration.ofSeconds(5);

    /** Reasons that pass: with the same ID, a transfer may be made later. */
    private static final Set<String> PASSING = Set.of(
            "transfer.approval-needed",
            "transfer.balance-unknown",
            "transfer.busy",
            "transfer.interrupted",
            "transfer.login-invalid",
            "transfer.login-not-renewed",
            "transfer.login-offline",
            "transfer.no-answer",
            "transfer.no-longer-permitted",
            "transfer.not-sent",
            "transfer.pot-offline",
            "transfer.rate-limited");

    /** The texts of the log, which contains no amounts. */
    private static final Map<String, String> WITHOUT_AMOUNT = Map.of(
            "transfer.above-limit", "transfer.above-limit-short",
            "transfer.above-daily-limit", "transfer.above-daily-limit-short");

    private final Logger logger = LoggerFactory.getLogger(RuleTransfers.class);

    private final String bridgeUid;
    private final PotTransfers transfers;
    private final PotTransfers.Login login;
    private final TransferLedger ledger;
    private final MonzoApi api;
    private final AuthenticatedClient client;
    private final MonzoTexts texts;
    private final ScheduledExecutorService scheduler;
    private final Clock clock;

    /** Since when the actions of rules send nothing after a failure that passes. */
    private final Map<String, Pause> pauses = new ConcurrentHashMap<>();

    /** When the balance was last read for an action of a rule. */
    private final Map<String, Instant> balanceReads = new ConcurrentHashMap<>();

    /** The actions whose next pass is delayed until the balance may be read again. */
    private final Set<String> delayed = ConcurrentHashMap.newKeySet();

    /** A pause after a failure. Each action has its own: that of one must not keep another from the bank. */
    private record Pause(Backoff backoff, Duration duration, Instant begin) {

        static Pause after(@Nullable Pause former, Instant now) {
            Backoff backoff = former == null ? new Backoff() : former.backoff();
            return new Pause(backoff, backoff.next(), now);
        }
    }

    RuleTransfers(
            PotTransfers transfers,
            PotTransfers.Login login,
            TransferLedger ledger,
            AuthenticatedClient client,
            MonzoTexts texts,
            ScheduledExecutorService scheduler,
            Clock clock) {
        this.bridgeUid = client.bridgeUid();
        this.transfers = transfers;
        this.login = login;
        this.ledger = ledger;
        this.api = client.api();
        this.client = client;
        this.texts = texts;
        this.scheduler = scheduler;
        this.clock = clock;
    }

    /**
     * Moves money for a transaction, once for the action, and once for the pot and the direction.
     *
     * @param transaction the bank's record
     * @param amount the amount, positive into the pot and negative out of it; 0 if the rule computes it from the
     *     balance
     */
    public void transfer(TransferRule rule, Transaction transaction, BigDecimal amount) {
        Direction direction = amount.signum() < 0 ? Direction.WITHDRAWAL : Direction.DEPOSIT;
        TransferId id = TransferId.of(transaction.id(), rule.potId(), direction);
        add(rule, id, direction, amount.abs(), Origin.of(rule, transaction, clock.instant()));
    }

    /**
     * Moves money by the balance at this time, after what the action may have moved before is clear. One that waits
     * already waits from now on.
     */
    public void transferByBalance(TransferRule rule) {
        Origin origin = Origin.of(rule, null, clock.instant());
        boolean renewed = ledger.pending(bridgeUid, rule).entrySet().stream()
                .filter(entry -> entry.getValue().isWaitingByBalance() && isCurrent(entry.getValue(), rule))
                .map(entry -> new TransferId(entry.getKey(), false, null))
                .anyMatch(id -> add(rule, id, Direction.DEPOSIT, BigDecimal.ZERO, origin));
        if (!renewed) {
            add(rule, TransferId.random(), Direction.DEPOSIT, BigDecimal.ZERO, origin);
        }
    }

    private boolean add(TransferRule rule, TransferId id, Direction direction, BigDecimal amount, Origin origin) {
        TransferRecord waiting = TransferRecord.waiting(rule.potId(), direction, amount, id, origin);
        boolean added = ledger.add(bridgeUid, id, rule.potId(), waiting);
        if (added) {
            resume(rule);
        }
        return added;
    }

    /** Sends what an action of a rule waits for, or may have made. Returns at once. */
    public void resume(TransferRule rule) {
        if (!isPaused(rule) && !ledger.pending(bridgeUid, rule).isEmpty()) {
            schedule(new Pass(rule), Duration.ZERO);
        }
    }

    private boolean isPaused(TransferRule rule) {
        Pause pause = pauses.get(key(rule));
        return pause != null && Times.isRecent(pause.duration(), pause.begin(), clock.instant());
    }

    /** Drops what an action waits for, as its rule is disabled or removed. */
    public void drop(TransferRule rule) {
        ledger.drop(rule);
    }

    private void schedule(Runnable pass, Duration delay) {
        try {
            scheduler.schedule(pass, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // openHAB is stopping
        }
    }

    /**
     * Returns whether a rule still is as it was when it wanted a transfer; also while openHAB does not have the rule or
     * the pot's thing, as in a restart of a login.
     */
    private static boolean isCurrent(TransferRecord record, TransferRule rule) {
        Origin origin = record.origin();
        String hash = rule.configurationHash();
        String potId = rule.potId();
        return origin != null
                && (hash.isEmpty() || hash.equals(origin.configuration()))
                && (potId.isEmpty() || record.isOf(potId));
    }

    private static String key(TransferRule rule) {
        return rule.ruleUid() + "/" + rule.moduleId();
    }

    private static boolean isForTransaction(TransferRecord record) {
        Origin origin = record.origin();
        return origin != null && origin.isForTransaction();
    }

    private void refuse(TransferRule rule, String textKey, Object... arguments) {
        rule.onRefused(texts.text(WITHOUT_AMOUNT.getOrDefault(textKey, textKey), arguments));
    }

    /** Tries each transfer that an action waits for, one after the other, until one fails for a reason that passes. */
    private class Pass implements Runnable {

        private final TransferRule rule;
        private final Set<String> tried = new HashSet<>();
        private int busyDelays;
        private boolean isAfterPause;

        Pass(TransferRule rule) {
            this.rule = rule;
        }

        @Override
        public void run() {
            boolean started = false;
            if (isPaused(rule) && !isAfterPause) {
                return; // another pass failed, and will go on
            }
            try {
                if (!ledger.acquire(Duration.ZERO)) {
                    if (busyDelays++ < MAX_BUSY_DELAYS) {
                        schedule(this, BUSY_DELAY);
                    }
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            isAfterPause = false;
            busyDelays = 0;
            try {
                started = startNext();
            } catch (RuntimeException e) {
                logger.warn("Unexpected error before a transfer; please report a bug", e);
            } finally {
                if (!started) {
                    ledger.release();
                }
            }
        }

        /** Returns whether a transfer was started, whose end releases the permit. */
        private boolean startNext() {
            while (rule.isPermitted()) {
                Optional<Map.Entry<String, TransferRecord>> next = ledger.pending(bridgeUid, rule).entrySet().stream()
                        .filter(entry -> !tried.contains(entry.getKey()))
                        .findFirst();
                if (next.isEmpty()) {
                    return false;
                }
                String dedupeId = next.get().getKey();
                TransferRecord record = next.get().getValue();
                tried.add(dedupeId);
                if (isWanted(dedupeId, record)) {
                    try {
                        return start(dedupeId, record);
                    } catch (TransferFailure e) {
                        if (PASSING.contains(e.textKey())) {
                            logger.debug("{}: a transfer waits: {}", bridgeUid, e.textKey());
                            return false;
                        } else if (record.state() == State.WAITING) {
                            end(dedupeId, record);
                            refuse(rule, e.textKey(), e.arguments());
                        }
                    }
                }
            }
            return false;
        }

        /** Returns whether a transfer is to be sent; otherwise, notes that it is not. */
        private boolean isWanted(String dedupeId, TransferRecord record) {
            boolean waiting = record.state() == State.WAITING;
            if (!isCurrent(record, rule)) {
                ledger.drop(bridgeUid, dedupeId);
                return false;
            } else if (record.since().plus(MAX_AGE).isBefore(clock.instant())) {
                if (waiting) {
                    end(dedupeId, record);
                } else {
                    ledger.update(bridgeUid, dedupeId, State.UNKNOWN);
                }
                refuse(rule, waiting ? "transfer.not-made-in-time" : "transfer.never-confirmed");
                return false;
            }
            return true;
        }

        /** Ends a transfer that was not made. For its transaction, none will be; a balance may change. */
        private void end(String dedupeId, TransferRecord record) {
            if (isForTransaction(record)) {
                ledger.update(bridgeUid, dedupeId, State.REFUSED);
            } else {
                ledger.remove(bridgeUid, dedupeId);
            }
        }

        private boolean start(String dedupeId, TransferRecord record) throws TransferFailure {
            Details details = Objects.requireNonNull(record.details()); // pending ones have some
            Direction direction = details.direction();
            BigDecimal amount = details.amount();
            AccountSnapshot account = account(record);
            boolean isByBalance = rule.dependsOnBalance() || amount.signum() == 0; // the rule may just be loaded again
            if (isByBalance && record.state() == State.WAITING) {
                BigDecimal computed = amountByBalance(record, account);
                if (!rule.isPermitted() || !isCurrent(record, rule)) { // it changed while the balance was requested
                    throw new TransferFailure("transfer.no-longer-permitted");
                }
                if (computed.signum() == 0) {
                    end(dedupeId, record);
                    return startNext();
                }
                direction = computed.signum() < 0 ? Direction.WITHDRAWAL : Direction.DEPOSIT;
                amount = computed.abs();
            }
            TransferRequest request = new TransferRequest(
                    direction,
                    details.potId(),
                    rule.isPotOnline(),
                    () -> rule.isPermitted() && isCurrent(record, rule),
                    amount,
                    null);
            TransferId id = new TransferId(dedupeId, record.named(), null);
            PotTransfer transfer = transfers.prepare(request, id);
            TransferJob job = transfers.reserve(request, transfer, id);
            job.result().thenAccept(sent -> settle(transfer, record, sent));
            job.start();
            return true;
        }

        private AccountSnapshot account(TransferRecord record) throws TransferFailure {
            transfers.checkAllowed();
            AccountSnapshot account = login.snapshot()
                    .accountOfPot(rule.potId())
                    .orElseThrow(() -> new TransferFailure("transfer.pot-offline")); // its list may not be read yet
            Origin origin = record.origin();
            if (origin != null && !origin.isOfAccount(account.id())) {
                throw new TransferFailure("transfer.pot-of-other-account");
            }
            return account;
        }

        private BigDecimal amountByBalance(TransferRecord record, AccountSnapshot account) throws TransferFailure {
            Instant now = clock.instant();
            if (Times.isRecent(BALANCE_INTERVAL, balanceReads.getOrDefault(key(rule), Instant.MIN), now)) {
                if (delayed.add(key(rule))) {
                    schedule(new Pass(rule), BALANCE_INTERVAL);
                }
                throw new TransferFailure("transfer.busy");
            }
            balanceReads.put(key(rule), now);
            delayed.remove(key(rule));
            String currency = account.account().currency();
            Balance balance;
            try {
                balance = client.call(api.balance(account.id(), currency));
            } catch (MonzoException e) {
                logger.debug("Balance not read for a transfer: {}", e.getMessage());
                throw new TransferFailure("transfer.balance-unknown");
            }
            BigDecimal current = balance.balance();
            if (current == null || !Objects.equals(balance.currency(), currency)) {
                throw new TransferFailure("transfer.balance-unknown");
            }
            Origin origin = record.origin();
            BigDecimal received = origin == null ? null : origin.received();
            return rule.amount(
                    current, received == null ? BigDecimal.ZERO : received, Money.decimals(balance.currency()));
        }

        /** Records the result, and goes on with the next one. */
        private void settle(PotTransfer transfer, TransferRecord record, TransferJob.Result sent) {
            boolean passing = PASSING.contains(sent.reasonKey());
            Pause pause = Pause.after(pauses.get(key(rule)), clock.instant());
            if (passing) {
                pauses.put(key(rule), pause);
            } else {
                pauses.remove(key(rule));
            }
            try {
                switch (sent.outcome()) {
                    case DONE -> transfers.done(transfer, "the rule " + rule.ruleUid());
                    case REFUSED -> {
                        if (passing) {
                            ledger.waitAgain(bridgeUid, transfer.dedupeId());
                        } else {
                            end(transfer.dedupeId(), record);
                            refuse(rule, sent.reasonKey(), sent.arguments());
                        }
                    }
                    case UNKNOWN -> {
                        if (!passing) {
                            ledger.update(bridgeUid, transfer.dedupeId(), State.UNKNOWN);
                            refuse(rule, "transfer.never-confirmed");
                        }
                        login.onTransfer();
                    }
                }
            } catch (RuntimeException e) {
                logger.warn("Unexpected error after a transfer; please report a bug", e);
            } finally {
                ledger.release();
            }
            if (passing) {
                if (rule.dependsOnBalance()
                        || tried.containsAll(ledger.pending(bridgeUid, rule).keySet())) {
                    tried.clear(); // the oldest one is next, otherwise one that has not failed yet
                }
                isAfterPause = true;
                schedule(this, pause.duration());
            } else {
                schedule(this, Duration.ZERO);
            }
        }
    }
}
