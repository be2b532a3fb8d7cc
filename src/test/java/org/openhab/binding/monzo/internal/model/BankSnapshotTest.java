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

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.internal.model.Account.Owner;

class BankSnapshotTest {

    private static final Owner ALICE = new Owner("user_a", "Alice");
    private static final Owner BOB = new Owner("user_b", "Bob");
    private static final Owner WITHOUT_ID = new Owner(null, "Carol");

    @Test
    void findsUserNameById() {
        assertEquals(
                Optional.of("Bob"),
                snapshot(account(ALICE, BOB), account(ALICE)).userName("user_b"));
    }

    @Test
    void usesFirstSingleOwnerWithoutUserId() {
        assertEquals(
                Optional.of("Alice"),
                snapshot(account(BOB, ALICE), account(ALICE)).userName(null));
        assertEquals(
                Optional.of("Carol"),
                snapshot(account(BOB, ALICE), account(WITHOUT_ID), account(ALICE))
                        .userName("user_c"));
    }

    @Test
    void returnsEmptyForUnknownUser() {
        assertEquals(Optional.empty(), snapshot(account(ALICE)).userName("user_c"));
        assertEquals(Optional.empty(), snapshot(account(ALICE, BOB)).userName(null));
        assertEquals(Optional.empty(), snapshot(account()).userName("user_a"));
        assertEquals(Optional.empty(), BankSnapshot.EMPTY.userName("user_a"));
    }

    @Test
    void ignoresClosedAccounts() {
        Account closed = new Account("acc_0", "uk_prepaid", true, "GBP", null, List.of(ALICE));
        assertEquals(Optional.empty(), snapshot(closed).userName("user_a"));
    }

    private static Account account(Owner... owners) {
        return new Account("acc_1", "uk_retail", false, "GBP", null, Arrays.asList(owners));
    }

    private static BankSnapshot snapshot(Account... accounts) {
        return new BankSnapshot(Stream.of(accounts).map(AccountSnapshot::new).toList(), Set.of(), 1);
    }
}
