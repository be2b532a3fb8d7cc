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
package org.openhab.binding.monzo.internal.poll;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.internal.model.TransactionWindow;

class DataRequestsTest {

    @Test
    void mergesWhatThingsNeed() {
        DataRequests merged = DataRequests.union(Stream.of(
                DataRequests.ofAccount("acc_1", true),
                DataRequests.ofFirstCurrentAccount(),
                DataRequests.ofPot("pot_1", false),
                DataRequests.ofPot("pot_2", true),
                DataRequests.none()));

        assertEquals(
                new DataRequests(Set.of("acc_1"), true, Set.of("pot_1", "pot_2"), Set.of("acc_1", "pot_2"), Map.of()),
                merged);
        assertEquals(Set.of("acc_1", "pot_1", "pot_2"), merged.ids());
    }

    @Test
    void readsTransactionsSinceTheEarliestTimes() {
        Instant early = Instant.parse("2026-11-01T00:00:00Z");
        Instant late = Instant.parse("2026-11-02T00:00:00Z");
        Instant latest = Instant.parse("2026-11-03T00:00:00Z");
        DataRequests ofAccount = DataRequests.ofAccount("acc_1", true);
        DataRequests merged = DataRequests.union(Stream.of(
                ofAccount.withTransactions("acc_1", new TransactionWindow.Request(latest, early)),
                ofAccount.withTransactions("acc_1", new TransactionWindow.Request(late, late)),
                ofAccount,
                ofAccount.withTransactions("acc_2", new TransactionWindow.Request(early, late))));

        assertEquals(
                Map.of(
                        "acc_1",
                        new TransactionWindow.Request(late, early),
                        "acc_2",
                        new TransactionWindow.Request(early, early)),
                merged.transactions());
    }

    @Test
    void needsNothingWithoutThings() {
        assertEquals(new DataRequests(Set.of(), false, Set.of(), Set.of(), Map.of()), DataRequests.none());
    }
}
