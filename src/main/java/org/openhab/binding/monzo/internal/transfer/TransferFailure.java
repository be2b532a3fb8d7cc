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
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.internal.model.ErrorKind.Recovery;
import org.openhab.binding.monzo.internal.model.PotTransfer.Direction;

/**
 * The reason why a transfer is not made, or may not have been made.
 */
@NonNullByDefault
final class TransferFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean ambiguous;
    private final boolean temporary;
    private final transient Object[] arguments;

    /**
     * Creates the reason of a transfer that moved no money.
     *
     * @param textKey the key of the text with the reason
     * @param arguments the arguments of the text
     */
    TransferFailure(String textKey, Object... arguments) {
        this(false, false, textKey, arguments);
    }

    private TransferFailure(boolean ambiguous, boolean temporary, String textKey, Object... arguments) {
        super(textKey);
        this.ambiguous = ambiguous;
        this.temporary = temporary;
        this.arguments = arguments;
    }

    /** Returns what a failed request means for its transfer. */
    static TransferFailure of(MonzoException e, Direction direction) {
        ErrorKind kind = e.kind();
        String reason = e.reason();
        if (reason != null) {
            return new TransferFailure(textKey(reason.toLowerCase(Locale.ROOT), direction));
        } else if (kind.recovery() == Recovery.REAUTHORIZE) {
            return new TransferFailure("transfer.login-invalid");
        } else if (kind == ErrorKind.RATE_LIMITED) {
            return new TransferFailure(false, true, "transfer.rate-limited");
        } else if (e.isOfTokenRefresh() || kind == ErrorKind.REFRESHED_TOKEN_REJECTED) {
            // Without a valid token Monzo has not even looked at the request.
            return new TransferFailure(false, true, "transfer.login-not-renewed");
        }
        return new TransferFailure(true, true, "transfer.no-answer");
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

    /** Returns whether Monzo may have moved the money nevertheless. */
    boolean isAmbiguous() {
        return ambiguous;
    }

    /** Returns whether the request is worth repeating. */
    boolean isTemporary() {
        return temporary;
    }

    String textKey() {
        return String.valueOf(getMessage());
    }

    Object[] arguments() {
        return arguments;
    }
}
