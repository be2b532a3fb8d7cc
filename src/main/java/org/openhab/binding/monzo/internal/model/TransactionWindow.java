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
package org.openhab.binding.monzo.internal.model;

import java.time.Instant;
import java.util.List;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * Transactions of an account: those since a time and, as far as they could be read, earlier ones.
 *
 * @param since the time from which on the latest were asked for
 * @param isComplete whether all since then are listed; if not, the latest of them are missing
 * @param earliest the time from which on earlier ones were asked for, the same as {@code since} for none
 * @param readTo the time up to which all since {@code earliest} are listed, {@code since} if none are missing
 * @param transactions oldest first, each once
 * @param gap what is missing because of an error, {@code null} if nothing is
 */
@NonNullByDefault
public record TransactionWindow(
        Instant since,
        boolean isComplete,
        Instant earliest,
        Instant readTo,
        List<Transaction> transactions,
        @Nullable Gap gap) {

    /**
     * What is missing.
     *
     * @param before transactions created before this time are, or some of them
     * @param error the reason
     */
    public record Gap(Instant before, ErrorKind error) {}

    /**
     * The transactions of an account that things require.
     *
     * @param since all from this time on are required
     * @param earliest earlier ones from this time on are wanted, too, and may follow with later refreshes; the same
     *     time for none
     * @param earlierPages the most pages of earlier ones in one refresh
     */
    public record Request(Instant since, Instant earliest, int earlierPages) {

        /** More would take minutes; a later refresh reads on from there. */
        private static final int MAX_EARLIER_PAGES = 10;

        public Request {
            earliest = Times.earlier(earliest, since);
        }

        /** Creates a request for as many earlier ones as can be read in one refresh. */
        public Request(Instant since, Instant earliest) {
            this(since, earliest, MAX_EARLIER_PAGES);
        }

        /** Returns the union of two requests for the same account. */
        public Request and(Request other) {
            return new Request(
                    Times.earlier(since, other.since),
                    Times.earlier(earliest, other.earliest),
                    Math.max(earlierPages, other.earlierPages));
        }
    }

    public TransactionWindow {
        transactions = List.copyOf(transactions);
    }

    /** Creates a window without errors. */
    public TransactionWindow(
            Instant since, boolean isComplete, Instant earliest, Instant readTo, List<Transaction> transactions) {
        this(since, isComplete, earliest, readTo, transactions, null);
    }

    /** Creates a window in which no transaction is missing. */
    public TransactionWindow(Instant since, Instant earliest, List<Transaction> transactions) {
        this(since, true, earliest, since, transactions);
    }

    /** Returns whether all transactions from a time on are listed. */
    public boolean isCompleteSince(Instant time) {
        return isComplete && readTo.equals(since) && !earliest.isAfter(time);
    }

    @Override
    public String toString() {
        return "TransactionWindow[" + transactions.size() + "]"; // never log names or amounts
    }
}
