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
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.auth.AuthenticatedClient;
import org.openhab.binding.monzo.internal.i18n.MonzoTexts;
import org.openhab.binding.monzo.internal.model.AccountSnapshot;
import org.openhab.binding.monzo.internal.model.BankSnapshot;
import org.openhab.binding.monzo.internal.model.Pot;
import org.openhab.binding.monzo.internal.model.PotTransfer;
import org.openhab.binding.monzo.internal.model.PotTransfer.Direction;
import org.openhab.binding.monzo.internal.transfer.TransferFailure.Reason;
import org.openhab.binding.monzo.internal.transfer.TransferRecord.State;
import org.openhab.binding.monzo.internal.transfer.TransferResults.TransferResult;
import org.openhab.binding.monzo.internal.transfer.TransferResults.TransferResult.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves money between pots and their accounts, with one login. Of all transfers of all logins, one is in progress at a
 * time, and each is stored before its first request.
 * <p>
 * A script waits for the result of its transfer. What a rule wants waits in the ledger, see {@link RuleTransfers}.
 */
@NonNullByDefault
public class PotTransfers {

    private static final Duration MAX_WAIT_FOR_OTHERS = Duration.ofSeconds(10);
    private static final Duration MAX_WAIT = Duration.ofSeconds(28);

    private final Logger logger = LoggerFactory.getLogger(PotTransfers.class);

    final String bridgeUid;
    final AuthenticatedClient client;
    final TransferLedger ledger;
    final MonzoTexts texts;
    final ScheduledExecutorService scheduler;
    final Clock clock;
    private final Settings settings;
    private final Login login;
    private final TransferResults results;
    private final Duration maxWaitForOthers;
    private final Duration maxWait;

    /** By the rule and its action. */
    private final Map<String, RuleTransfers> rules = new ConcurrentHashMap<>();

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

    /** Finds a transfer to send, and starts it. */
    interface Starter {

        /** Returns the transfer, {@code null} if there is none to send. */
        @Nullable
        TransferJob start() throws TransferFailure;
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
        this.client = client;
        this.settings = settings;
        this.login = login;
        this.ledger = ledger;
        this.texts = texts;
        this.results = new TransferResults(bridgeUid, ledger, texts);
        this.scheduler = scheduler;
        this.clock = clock;
        this.maxWaitForOthers = maxWaitForOthers;
        this.maxWait = maxWait;
    }

    /**
     * Returns the latest transfers, the newest first; those of the last 30 days at most.
     *
     * @param ruleNames returns the name of a rule by its UID
     */
    public List<TransferResults.Description> latest(int count, UnaryOperator<String> ruleNames) {
        return results.latest(count, login.snapshot(), ruleNames);
    }

    /** Returns the transfers of an action of a rule. */
    public RuleTransfers of(TransferRule rule) {
        return rules.computeIfAbsent(rule.ruleUid() + "/" + rule.moduleId(), key -> new RuleTransfers(this, rule))
                .of(rule);
    }

    /** Drops what an action of a rule waits for, as its rule is disabled or removed. */
    public void drop(TransferRule rule) {
        ledger.drop(rule);
    }

    /** Moves money for a script, and waits for the result no longer than 30 seconds. */
    public TransferResult transfer(TransferRequest request) {
        try {
            TransferId id = TransferId.of(request.id());
            TransferResult earlier = results.earlier(request, id);
            return earlier == null ? transfer(request, id) : earlier;
        } catch (TransferFailure e) {
            return results.refused(e);
        }
    }

    private TransferResult transfer(TransferRequest request, TransferId id) {
        long begin = System.nanoTime();
        try {
            prepare(request, id); // what is refused anyway need not wait for others
            TransferJob job = begin(
                    maxWaitForOthers,
                    () -> results.earlier(request, id) == null ? start(request, id, "a script", sent -> {}) : null);
            if (job == null) {
                return transfer(request); // another script was faster
            }
            TransferJob.Result sent = job.await(maxWait.minusNanos(System.nanoTime() - begin));
            return results.of(job.transfer(), id, sent);
        } catch (TransferFailure e) {
            return e.reason() == Reason.ID_OF_ANOTHER ? results.refused(e) : results.refused(id, e);
        }
    }

    /**
     * Starts a transfer while no other one is in progress. Its end permits the next one.
     *
     * @param maxWait how long to wait for another one
     * @return the transfer, {@code null} if there is none to send
     * @throws TransferFailure if it is not sent, {@link Reason#BUSY} if another one is in progress
     */
    @Nullable
    TransferJob begin(Duration maxWait, Starter starter) throws TransferFailure {
        acquirePermit(maxWait);
        TransferJob job = null;
        try {
            job = starter.start();
        } catch (RuntimeException e) { // what cannot be stored is not sent
            logger.warn("Unexpected error before a transfer; please report a bug", e);
            throw new TransferFailure(Reason.INTERNAL_ERROR);
        } finally {
            if (job == null) {
                ledger.release();
            }
        }
        return job;
    }

    private void acquirePermit(Duration maxWait) throws TransferFailure {
        try {
            if (!ledger.acquire(maxWait)) {
                throw new TransferFailure(Reason.BUSY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransferFailure(Reason.NOT_SENT);
        }
    }

    /**
     * Stores a transfer, and sends it after that. Called by a {@link Starter}.
     *
     * @param origin who wants it, for the log
     * @param listener called with the result after the next transfer is permitted
     */
    TransferJob start(TransferRequest request, TransferId id, String origin, Consumer<TransferJob.Result> listener)
            throws TransferFailure {
        BooleanSupplier permitted =
                () -> login.isOnline() && request.isCurrent().getAsBoolean();
        if (!permitted.getAsBoolean()) {
            throw new TransferFailure(Reason.NO_LONGER_PERMITTED);
        }
        PotTransfer transfer = prepare(request, id);
        boolean ambiguous = !isNew(id);
        if (!ledger.reserve(bridgeUid, transfer, id, settings.dailyLimit())) {
            throw new TransferFailure(
                    Reason.ABOVE_DAILY_LIMIT, texts.amount(settings.dailyLimit(), transfer.currency()));
        }
        BigDecimal minimum = settings.minimumBalance();
        TransferJob job = new TransferJob(transfer, ambiguous, minimum, permitted, client, scheduler, clock, sent -> {
            settle(transfer.direction(), id, origin, sent);
            listener.accept(sent);
        });
        job.start();
        return job;
    }

    /** Records the result of a transfer, and permits the next one. */
    private void settle(Direction direction, TransferId id, String origin, TransferJob.Result sent) {
        try {
            ledger.settle(bridgeUid, id, sent.outcome(), sent.isPassing());
            if (sent.outcome() == Outcome.DONE) {
                String way = direction == Direction.DEPOSIT ? "into" : "out of";
                logger.info("{}: money was moved {} a pot by {}", bridgeUid, way, origin);
            }
            if (sent.outcome() != Outcome.REFUSED) {
                login.onTransfer();
            }
        } catch (RuntimeException e) { // the script must know the outcome nevertheless
            logger.warn("Unexpected error after a transfer; please report a bug", e);
        } finally {
            ledger.release();
        }
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
    private PotTransfer prepare(TransferRequest request, TransferId id) throws TransferFailure {
        AccountSnapshot account = account(request.potId(), Reason.POT_UNKNOWN);
        Pot pot = account.pot(request.potId()).orElseThrow();
        boolean isNew = isNew(id);
        if (isNew) {
            request.validate(account, pot);
        }
        BigDecimal amount = request.amountIn(pot.currency());
        if (isNew && amount.compareTo(settings.limit()) > 0) {
            throw new TransferFailure(Reason.ABOVE_LIMIT, texts.amount(settings.limit(), pot.currency()));
        }
        return new PotTransfer(request.direction(), pot.id(), account.id(), amount, pot.currency(), id.dedupeId());
    }

    /**
     * Returns the account of a pot.
     *
     * @throws TransferFailure if no money may be moved at all, or with the reason passed if there is no such pot
     */
    AccountSnapshot account(String potId, Reason withoutPot) throws TransferFailure {
        if (!settings.allowed()) {
            throw new TransferFailure(Reason.NOT_ALLOWED);
        } else if (!login.isOnline()) {
            throw new TransferFailure(Reason.LOGIN_OFFLINE);
        }
        return login.snapshot().accountOfPot(potId).orElseThrow(() -> new TransferFailure(withoutPot));
    }
}
