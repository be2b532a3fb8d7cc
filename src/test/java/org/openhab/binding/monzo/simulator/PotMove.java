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
package org.openhab.binding.monzo.simulator;

import java.util.Map;
import java.util.TreeMap;

/** The transaction that a move between an account and a pot leaves on the account, in the form recorded from Monzo. */
final class PotMove {
    private PotMove() {}

    /**
     * @param amount what the account gets, negative for a deposit
     * @param userId who moves the money
     * @param dedupeId the program's {@code dedupe_id}, or one that the app made up
     */
    static BankTransaction transaction(Ledger ledger, BankPot pot, long amount, String userId, String dedupeId) {
        BankAccount account = pot.account();
        boolean deposit = amount < 0;
        BankTransaction transaction =
                new BankTransaction(account, ledger, Scheme.POT, ledger.now(), amount).settledAt(ledger.now());
        Map<String, String> metadata = new TreeMap<>();
        metadata.put("external_id", userId + ":" + dedupeId);
        metadata.put("ledger_insertion_id", ledger.newEntryId("entryset"));
        metadata.put("pot_account_id", pot.backingAccountId());
        metadata.put(
                deposit ? "pot_deposit_id" : "pot_withdrawal_id", ledger.newEntryId(deposit ? "potdep" : "potwdr"));
        metadata.put("pot_id", pot.id());
        metadata.put("trigger", "user");
        metadata.put("user_id", userId);
        return transaction
                .movedToOrFromPot(pot.id(), dedupeKey(pot, deposit, userId, dedupeId))
                .metadata(metadata);
    }

    /** What makes a transfer the same as another: recorded from Monzo as the {@code dedupe_id} of transactions. */
    static String dedupeKey(BankPot pot, boolean deposit, String userId, String dedupeId) {
        return String.join(":", pot.id(), pot.account().id(), deposit ? "deposit" : "withdraw", userId, dedupeId);
    }
}
