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
import java.util.Optional;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.i18n.MonzoTexts;
import org.openhab.binding.monzo.internal.model.PotTransfer;
import org.openhab.binding.monzo.internal.model.PotTransfer.Direction;
import org.openhab.binding.monzo.internal.transfer.TransferResults.TransferResult.Outcome;

/**
 * Creates the results of a login's transfers in words, with regard to earlier transfers of the same ID.
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
            String reasonKey = bridgeUid.isEmpty() ? "transfer.pot-offline" : "transfer.login-offline";
            return earlier == null ? refused(id, new TransferFailure(reasonKey)) : earlier;
        } catch (TransferFailure e) {
            return refused(e.textKey(), e.arguments());
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
            throw new TransferFailure("transfer.id-of-another");
        } else if (record.state() == TransferRecord.State.DONE) {
            return result(Outcome.DONE, null, "transfer.already-done");
        }
        return own == null ? unknown(id, "transfer.of-other-login") : null;
    }

    TransferResult done(PotTransfer transfer, @Nullable BigDecimal balance) {
        String key = transfer.direction() == Direction.DEPOSIT ? "transfer.deposited" : "transfer.withdrawn";
        return result(Outcome.DONE, balance, key, texts.amount(transfer.amount(), transfer.currency()));
    }

    TransferResult refused(String reasonKey, Object... arguments) {
        return result(Outcome.REFUSED, null, "transfer.refused", texts.text(reasonKey, arguments));
    }

    /** Creates the result of a call that moved nothing; an earlier one of the same ID may have. */
    TransferResult refused(TransferId id, TransferFailure e) {
        return ledger.find(bridgeUid, id) == null
                ? refused(e.textKey(), e.arguments())
                : unknown(id, e.textKey(), e.arguments());
    }

    /** Creates the result of a transfer that may have been made. */
    TransferResult unknown(TransferId id, String reasonKey, Object... arguments) {
        String key = id.isGiven() ? "transfer.unclear-with-id" : "transfer.unclear";
        return result(Outcome.UNKNOWN, null, key, texts.text(reasonKey, arguments));
    }

    private TransferResult result(Outcome outcome, @Nullable BigDecimal balance, String textKey, Object... arguments) {
        return new TransferResult(outcome, texts.text(textKey, arguments), balance);
    }
}
