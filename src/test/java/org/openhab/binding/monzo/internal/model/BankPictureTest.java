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

class BankPictureTest {

    private static final Owner ALICE = new Owner("user_a", "Alice");
    private static final Owner BOB = new Owner("user_b", "Bob");
    private static final Owner SOMEBODY = new Owner(null, "Somebody");

    @Test
    void findsTheCustomerById() {
        assertEquals(
                Optional.of("Bob"), picture(account(ALICE, BOB), account(ALICE)).customerName("user_b"));
    }

    @Test
    void takesTheFirstSingleOwnerWithoutAnId() {
        assertEquals(
                Optional.of("Alice"),
                picture(account(BOB, ALICE), account(ALICE)).customerName(null));
        assertEquals(
                Optional.of("Somebody"),
                picture(account(BOB, ALICE), account(SOMEBODY), account(ALICE)).customerName("user_c"));
    }

    @Test
    void takesNobodyElse() {
        assertEquals(Optional.empty(), picture(account(ALICE)).customerName("user_c"));
        assertEquals(Optional.empty(), picture(account(ALICE, BOB)).customerName(null));
        assertEquals(Optional.empty(), picture(account()).customerName("user_a"));
        assertEquals(Optional.empty(), BankSnapshot.EMPTY.customerName("user_a"));
    }

    @Test
    void leavesClosedAccountsOut() {
        Account closed = new Account("acc_0", "uk_prepaid", true, "GBP", null, List.of(ALICE));
        assertEquals(Optional.empty(), picture(closed).customerName("user_a"));
    }

    private static Account account(Owner... owners) {
        return new Account("acc_1", "uk_retail", false, "GBP", null, Arrays.asList(owners));
    }

    private static BankSnapshot picture(Account... accounts) {
        return new BankSnapshot(Stream.of(accounts).map(AccountSnapshot::new).toList(), Set.of(), 1);
    }
}
