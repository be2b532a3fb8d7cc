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
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.i18n.MonzoTexts;
import org.openhab.binding.monzo.internal.model.BankSnapshot;
import org.openhab.binding.monzo.internal.model.Pot;
import org.openhab.binding.monzo.internal.model.PotTransfer;
import org.openhab.binding.monzo.internal.model.PotTransfer.Direction;
import org.openhab.binding.monzo.internal.transfer.TransferFailure.Reason;
import org.openhab.binding.monzo.internal.transfer.TransferResults.TransferResult.Outcome;

/**
 * Describes the transfers of a login in words: their results, with regard to earlier transfers of the same ID, and the
 * latest ones.
 */
@NonNullByDefault
public class TransferResults {

    /**
     * The result of a transfer, for a rule.
     *
     * @param outcome whether the money was moved
     * @param message the outcome and its reason in openHAB's language
     * @param balance the balance of the pot afterwards in major units, {@code null} if it is unknown
     */
    public record TransferResult(
            Outcome outcome, String message, @Nullable BigDecimal balance) {

        /** The outcomes of a transfer. The names are part of the interface to rules. */
        public enum Outcome {
            /** The money was moved. */
            DONE,
            /** No money was moved. */
            REFUSED,
            /** Monzo may or may not have moved the money. */
            UNKNOWN
        }

        @Override
        public String toString() {
            return "TransferResult[" + outcome + "]"; // never log amounts
        }
    }

    /**
     * A transfer in words, for the user.
     *
     * @param time when it was wanted or, once it was sent, sent
     * @param potId the pot
     * @param direction whether the money goes into the pot or out of it
     * @param amount the amount with its currency, empty while it is not known
     * @param outcome whether it was moved
     * @param origin the name of the rule, or the ID, empty for a script that gave none
     */
    public record Description(
            Instant time, String potId, String direction, String amount, String outcome, String origin) {}

    private final String bridgeUid;
    private final TransferLedger ledger;
    private final MonzoTexts texts;

    /**
     * Creates the results of a login.
     *
     * @param bridgeUid the UID of its bridge, empty for none
     */
    public TransferResults(String bridgeUid, TransferLedger ledger, MonzoTexts texts) {
        this.bridgeUid = bridgeUid;
        this.ledger = ledger;
        this.texts = texts;
    }

    /** Returns the result of a transfer while its login is disabled or not configured. */
    public TransferResult withoutLogin(TransferRequest request) {
        try {
            TransferId id = TransferId.of(request.id());
            TransferResult earlier = earlier(request, id);
            Reason reason = bridgeUid.isEmpty() ? Reason.POT_OFFLINE : Reason.LOGIN_OFFLINE;
            return earlier == null ? refused(id, new TransferFailure(reason)) : earlier;
        } catch (TransferFailure e) {
            return refused(e);
        }
    }

    /**
     * Returns the result that an earlier transfer of this ID determines, {@code null} if the transfer may be sent.
     *
     * @throws TransferFailure if the earlier transfer was another one
     */
    @Nullable
    TransferResult earlier(TransferRequest request, TransferId id) throws TransferFailure {
        TransferRecord own = ledger.find(bridgeUid, id);
        Optional<TransferRecord> known =
                own == null ? ledger.findOfOtherLogin(bridgeUid, id, request.potId()) : Optional.of(own);
        if (known.isEmpty()) {
            return null;
        }
        TransferRecord record = known.get();
        BigDecimal amount = request.amountIn(record.currency());
        if (!record.isSame(new TransferRecord.Details(request.potId(), request.direction(), amount, null))) {
            throw new TransferFailure(Reason.ID_OF_ANOTHER);
        } else if (record.state() == TransferRecord.State.DONE) {
            return result(Outcome.DONE, null, "transfer.already-done");
        }
        return own == null ? unknown(id, Reason.OF_OTHER_LOGIN) : null;
    }

    /** Creates the result of a transfer that was sent, or that was to be. */
    TransferResult of(PotTransfer transfer, TransferId id, TransferJob.Result sent) {
        Reason reason = sent.reason();
        if (reason == null) {
            String key = transfer.direction() == Direction.DEPOSIT ? "transfer.deposited" : "transfer.withdrawn";
            return result(Outcome.DONE, sent.balance(), key, texts.amount(transfer.amount(), transfer.currency()));
        }
        return sent.outcome() == Outcome.REFUSED ? refused(new TransferFailure(reason)) : unknown(id, reason);
    }

    TransferResult refused(TransferFailure e) {
        String reason = texts.text(e.reason().textKey(), e.arguments());
        return result(Outcome.REFUSED, null, "transfer.refused", reason);
    }

    /** Creates the result of a call that moved nothing; an earlier one of the same ID may have. */
    TransferResult refused(TransferId id, TransferFailure e) {
        return ledger.find(bridgeUid, id) == null ? refused(e) : unknown(id, e.reason(), e.arguments());
    }

    private TransferResult unknown(TransferId id, Reason reason, Object... arguments) {
        String key = id.isGiven() ? "transfer.unclear-with-id" : "transfer.unclear";
        return result(Outcome.UNKNOWN, null, key, texts.text(reason.textKey(), arguments));
    }

    private TransferResult result(Outcome outcome, @Nullable BigDecimal balance, String textKey, Object... arguments) {
        return new TransferResult(outcome, texts.text(textKey, arguments), balance);
    }

    /** Describes the latest transfers, the newest first. */
    List<Description> latest(int count, BankSnapshot snapshot, UnaryOperator<String> ruleNames) {
        return ledger.latest(bridgeUid, count).stream()
                .map(record -> description(record, snapshot, ruleNames))
                .toList();
    }

    private Description description(TransferRecord record, BankSnapshot snapshot, UnaryOperator<String> ruleNames) {
        TransferRecord.Details details = Objects.requireNonNull(record.details()); // the ledger returns no others
        TransferRecord.Origin rule = record.origin();
        String name = details.name();
        String currency = record.currency();
        String known = currency == null
                ? snapshot.pot(details.potId()).map(Pot::currency).orElse(null)
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
                rule != null
                        ? texts.text("console.transfer.rule", ruleNames.apply(rule.rule()))
                        : name == null ? "" : name);
    }

    private static String outcomeKey(TransferRecord.State state) {
        return switch (state) {
            case WAITING -> "console.transfer.waiting";
            case SENT -> "console.transfer.sent";
            case UNKNOWN -> "console.transfer.unknown";
            case DONE -> "console.transfer.done";
            case REFUSED -> "console.transfer.refused";
        };
    }
}
