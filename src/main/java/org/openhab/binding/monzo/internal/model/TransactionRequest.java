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
import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * The transactions of an account that things require.
 *
 * @param since all from this time on are required
 * @param earliest earlier ones from this time on are wanted, too, and may follow with later refreshes; the same time
 *     for none
 * @param earlierPages the most pages of earlier ones in one refresh
 */
@NonNullByDefault
public record TransactionRequest(Instant since, Instant earliest, int earlierPages) {

    /** More would take minutes; a later refresh reads on from there. */
    private static final int MAX_EARLIER_PAGES = 10;

    public TransactionRequest {
        earliest = earliest.isBefore(since) ? earliest : since;
    }

    /** Creates a request for as many earlier ones as can be read in one refresh. */
    public TransactionRequest(Instant since, Instant earliest) {
        this(since, earliest, MAX_EARLIER_PAGES);
    }

    /** Returns the union of two requests for the same account. */
    public TransactionRequest and(TransactionRequest other) {
        return new TransactionRequest(
                since.isBefore(other.since) ? since : other.since,
                earliest.isBefore(other.earliest) ? earliest : other.earliest,
                Math.max(earlierPages, other.earlierPages));
    }
}
