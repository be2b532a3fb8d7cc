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

/** The keys that Monzo was recorded with in a transaction's {@code metadata}, with ids that lead nowhere. */
final class Metadata {
    private Metadata() {}

    static Map<String, String> ofCardPayment(Ledger ledger, BankAccount account) {
        return Map.of(
                "mastercard_auth_message_id", ledger.newEntryId("mcauthmsg"),
                "mastercard_card_id", account.id().replaceFirst("^acc_", "mccard_"),
                "mastercard_lifecycle_id", ledger.newEntryId("mclifecycle"),
                "mcc", "5411");
    }

    static Map<String, String> ofCardCheck(BankAccount account) {
        return Map.of("auth_account_id", account.id(), "hide_amount", "true", "hide_transaction", "false");
    }

    static Map<String, String> ofSettledCardPayment(Ledger ledger) {
        return Map.of(
                "ledger_insertion_id", ledger.newEntryId("entryset"),
                "mastercard_approval_type", "full",
                "mastercard_clearing_message_id", ledger.newEntryId("mcclearingmsg"));
    }

    static Map<String, String> ofFasterPayment(Ledger ledger) {
        return Map.of(
                "faster_payment", "true",
                "fps_fpid", ledger.newEntryId("FP"),
                "fps_payment_id", ledger.newEntryId("PMT"),
                "insertion", ledger.newEntryId("entryset"),
                "payee_id", ledger.newEntryId("payee"),
                "trn", ledger.newEntryId("FT"));
    }
}
