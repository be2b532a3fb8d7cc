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
 * Thrown when a transfer is not sent.
 */
@NonNullByDefault
final class TransferFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final transient Object[] arguments;

    /**
     * Creates a failure.
     *
     * @param arguments the arguments of the reason's text
     */
    TransferFailure(Reason reason, Object... arguments) {
        super(reason.name());
        this.reason = reason;
        this.arguments = arguments;
    }

    Reason reason() {
        return reason;
    }

    Object[] arguments() {
        return arguments;
    }

    /** Why a transfer is not made, or may not have been made. */
    enum Reason {
        // The request
        AMOUNT_MISSING("transfer.amount-missing"),
        AMOUNT_NOT_A_NUMBER("transfer.amount-not-a-number"),
        AMOUNT_NOT_POSITIVE("transfer.amount-not-positive"),
        AMOUNT_TOO_PRECISE("transfer.amount-too-precise"),
        AMOUNT_IN_OTHER_CURRENCY("transfer.amount-in-other-currency"),
        ID_BLANK("transfer.id-blank"),
        ID_UNDEFINED("transfer.id-undefined"),
        ID_OF_ANOTHER("transfer.id-of-another"),
        OF_OTHER_LOGIN("transfer.of-other-login"),
        // What the user permits
        NOT_ALLOWED("transfer.not-allowed"),
        ABOVE_LIMIT("transfer.above-limit"),
        ABOVE_DAILY_LIMIT("transfer.above-daily-limit"),
        BELOW_MINIMUM_BALANCE("transfer.below-minimum-balance"),
        NO_LONGER_PERMITTED("transfer.no-longer-permitted", Kind.PASSING),
        // The pot and its account
        POT_UNKNOWN("transfer.pot-unknown"),
        POT_DELETED("transfer.pot-deleted"),
        POT_LOCKED("transfer.pot-locked"),
        POT_OF_OTHER_ACCOUNT("transfer.pot-of-other-account"),
        POT_OFFLINE("transfer.pot-offline", Kind.PASSING),
        ACCOUNT_CLOSED("transfer.account-closed"),
        BALANCE_UNKNOWN("transfer.balance-unknown", Kind.PASSING),
        // The login
        LOGIN_OFFLINE("transfer.login-offline", Kind.PASSING),
        LOGIN_INVALID("transfer.login-invalid", Kind.PASSING),
        LOGIN_NOT_RENEWED("transfer.login-not-renewed", Kind.BRIEF),
        APPROVAL_NEEDED("transfer.approval-needed", Kind.PASSING),
        // Monzo's answer
        ACCOUNT_BALANCE_TOO_LOW("transfer.account-balance-too-low"),
        POT_BALANCE_TOO_LOW("transfer.pot-balance-too-low"),
        ADDED_SECURITY("transfer.added-security"),
        WITHDRAWAL_FORBIDDEN("transfer.withdrawal-forbidden"),
        REJECTED("transfer.rejected"),
        RATE_LIMITED("transfer.rate-limited", Kind.BRIEF),
        /** The only one after which the money may have been moved. */
        NO_ANSWER("transfer.no-answer", Kind.BRIEF),
        // openHAB
        BUSY("transfer.busy", Kind.PASSING),
        NOT_SENT("transfer.not-sent", Kind.PASSING),
        INTERRUPTED("transfer.interrupted", Kind.PASSING),
        NOT_MADE_IN_TIME("transfer.not-made-in-time"),
        NEVER_CONFIRMED("transfer.never-confirmed"),
        INTERNAL_ERROR("transfer.internal-error");

        private enum Kind {
            /** The same request would fail again. */
            LASTING,
            /** A rule's transfer can be made later. */
            PASSING,
            /** Passing, and the same request may succeed in seconds. */
            BRIEF
        }

        private final String textKey;
        private final Kind kind;

        Reason(String textKey) {
            this(textKey, Kind.LASTING);
        }

        Reason(String textKey, Kind kind) {
            this.textKey = textKey;
            this.kind = kind;
        }

        /** Returns what a failed request means for its transfer. */
        static Reason of(MonzoException e, Direction direction) {
            ErrorKind error = e.kind();
            String words = e.reason();
            if (words != null) {
                return of(words.toLowerCase(Locale.ROOT), direction);
            } else if (error.recovery() == Recovery.REAUTHORIZE) {
                return LOGIN_INVALID;
            } else if (error == ErrorKind.RATE_LIMITED) {
                return RATE_LIMITED;
            } else if (e.isOfTokenRefresh() || error == ErrorKind.REFRESHED_TOKEN_REJECTED) {
                return LOGIN_NOT_RENEWED; // without a valid token Monzo has not even looked at the request
            }
            return NO_ANSWER;
        }

        /** Finds the reason in Monzo's code and text, of which few are documented. */
        private static Reason of(String words, Direction direction) {
            if (words.contains("insufficient_funds") || words.contains("not enough money")) {
                return direction == Direction.DEPOSIT ? ACCOUNT_BALANCE_TOO_LOW : POT_BALANCE_TOO_LOW;
            } else if (words.contains("deleted")) {
                return POT_DELETED;
            } else if (words.contains("added_security") || words.contains("added security")) {
                return ADDED_SECURITY;
            } else if (words.contains("locked")) {
                return POT_LOCKED;
            } else if (words.contains("insufficient_permissions")) {
                return APPROVAL_NEEDED;
            } else if (words.contains("not_found")) {
                return POT_UNKNOWN;
            } else if (direction == Direction.WITHDRAWAL && words.startsWith("forbidden")) {
                return WITHDRAWAL_FORBIDDEN;
            }
            return REJECTED;
        }

        /** Returns whether the same transfer may be made later. */
        boolean isPassing() {
            return kind != Kind.LASTING;
        }

        /** Returns whether the request is worth repeating at once. */
        boolean isBrief() {
            return kind == Kind.BRIEF;
        }

        String textKey() {
            return textKey;
        }

        /** Returns the key of the text for the log. */
        String keyWithoutAmount() {
            return switch (this) {
                case ABOVE_LIMIT -> "transfer.above-limit-short";
                case ABOVE_DAILY_LIMIT -> "transfer.above-daily-limit-short";
                default -> textKey;
            };
        }
    }
}
