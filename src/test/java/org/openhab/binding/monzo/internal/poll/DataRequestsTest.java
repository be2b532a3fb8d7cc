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

import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

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
                new DataRequests(Set.of("acc_1"), true, Set.of("pot_1", "pot_2"), Set.of("acc_1", "pot_2")), merged);
        assertEquals(Set.of("acc_1", "pot_1", "pot_2"), merged.ids());
    }

    @Test
    void needsNothingWithoutThings() {
        assertEquals(new DataRequests(Set.of(), false, Set.of(), Set.of()), DataRequests.none());
    }
}
