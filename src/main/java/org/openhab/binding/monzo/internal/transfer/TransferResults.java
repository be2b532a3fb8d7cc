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

/**
 * Creates the results of transfers in words, with regard to earlier transfers of the same name.
 */
@NonNullByDefault
class TransferResults {

    private final TransferLedger ledger;
    private final MonzoTexts texts;

    TransferResults(TransferLedger ledger, MonzoTexts texts) {
        this.ledger = ledger;
        this.texts = texts;
    }

    /** Returns the result that an earlier transfer of this name determines, {@code null} if the transfer may be sent. */
    @Nullable
    TransferResult earlier(TransferRequest request, TransferName name) {
        TransferRecord own = ledger.find(name.dedupeId());
        Optional<TransferRecord> known =
                own == null ? ledger.findOfOtherLogin(name.dedupeId(), request.potId()) : Optional.of(own);
        if (known.isEmpty()) {
            return null;
        }
        TransferRecord record = known.get();
        try {
            BigDecimal amount = TransferAmount.parse(request.amount(), record.currency());
            boolean isSame = record.potId().equals(request.potId())
                    && record.direction() == request.direction()
                    && record.amount().compareTo(amount) == 0;
            if (!isSame) {
                return refused("transfer.id-of-another");
            }
            if (record.done()) {
                return result(TransferOutcome.DONE, null, "transfer.already-done");
            }
            return own == null ? unclear(name, "transfer.of-other-login") : null;
        } catch (TransferRefusedException e) {
            return refused(e.textKey(), e.arguments());
        }
    }

    TransferResult done(PotTransfer transfer, @Nullable BigDecimal balance) {
        String key = transfer.direction() == Direction.DEPOSIT ? "transfer.deposited" : "transfer.withdrawn";
        return result(TransferOutcome.DONE, balance, key, texts.amount(transfer.amount(), transfer.currency()));
    }

    TransferResult refused(String reasonKey, Object... arguments) {
        return result(TransferOutcome.REFUSED, null, "transfer.refused", texts.text(reasonKey, arguments));
    }

    /** Creates the result of a call that moved nothing; an earlier one of the same name may have. */
    TransferResult refused(TransferName name, TransferRefusedException e) {
        return ledger.find(name.dedupeId()) == null
                ? refused(e.textKey(), e.arguments())
                : unclear(name, e.textKey(), e.arguments());
    }

    /** Creates the result of a transfer that may have been made. */
    TransferResult unclear(TransferName name, String reasonKey, Object... arguments) {
        String key = name.isGiven() ? "transfer.unclear-with-id" : "transfer.unclear";
        return result(TransferOutcome.UNKNOWN, null, key, texts.text(reasonKey, arguments));
    }

    private TransferResult result(
            TransferOutcome outcome, @Nullable BigDecimal balance, String textKey, Object... arguments) {
        return new TransferResult(outcome, texts.text(textKey, arguments), balance);
    }
}
