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

import java.util.Locale;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.api.RejectedException;
import org.openhab.binding.monzo.internal.auth.TokenRefreshException;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.internal.model.ErrorKind.Recovery;
import org.openhab.binding.monzo.internal.model.PotTransfer.Direction;

/**
 * What a failed request means for its transfer.
 *
 * @param isAmbiguous whether Monzo may have moved the money nevertheless
 * @param isTemporary whether the request is worth repeating
 * @param textKey the key of the text with the reason
 */
@NonNullByDefault
record TransferError(boolean isAmbiguous, boolean isTemporary, String textKey) {

    static TransferError of(MonzoException e, Direction direction) {
        ErrorKind kind = e.kind();
        if (e instanceof RejectedException rejected) {
            return new TransferError(false, false, textKey(rejected.reason().toLowerCase(Locale.ROOT), direction));
        }
        if (kind.recovery() == Recovery.REAUTHORIZE) {
            return new TransferError(false, false, "transfer.login-invalid");
        }
        // Without a valid token Monzo has not even looked at the request.
        boolean wasTokenMissing = e instanceof TokenRefreshException || kind == ErrorKind.REFRESHED_TOKEN_REJECTED;
        if (wasTokenMissing || kind == ErrorKind.RATE_LIMITED) {
            return new TransferError(
                    false,
                    true,
                    kind == ErrorKind.RATE_LIMITED ? "transfer.rate-limited" : "transfer.login-not-renewed");
        }
        return new TransferError(true, true, "transfer.no-answer");
    }

    /** Finds the reason in Monzo's code and text, of which few are documented. */
    private static String textKey(String reason, Direction direction) {
        if (reason.contains("insufficient_funds") || reason.contains("not enough money")) {
            return direction == Direction.DEPOSIT ? "transfer.account-balance-too-low" : "transfer.pot-balance-too-low";
        } else if (reason.contains("deleted")) {
            return "transfer.pot-deleted";
        } else if (reason.contains("added_security") || reason.contains("added security")) {
            return "transfer.added-security";
        } else if (reason.contains("locked")) {
            return "transfer.pot-locked";
        } else if (reason.contains("insufficient_permissions")) {
            return "transfer.approval-needed";
        } else if (reason.contains("not_found")) {
            return "transfer.pot-unknown";
        } else if (direction == Direction.WITHDRAWAL && reason.startsWith("forbidden")) {
            return "transfer.withdrawal-forbidden";
        }
        return "transfer.rejected";
    }
}
