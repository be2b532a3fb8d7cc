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

import java.math.BigDecimal;
import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * The action of a rule that moves money between a pot and its account.
 */
@NonNullByDefault
public interface TransferRule {

    /** Returns the UID of the rule. */
    String ruleUid();

    /** Returns the ID of the action in the rule. */
    String moduleId();

    /** Returns a hash that changes when the rule is edited, empty while openHAB does not have the rule. */
    String configurationHash();

    /** Returns the configured ID of the pot, empty while its thing or login is disabled. */
    String potId();

    /** Returns whether the pot's thing is online. */
    boolean isPotOnline();

    /** Returns whether the rule and the pot's thing are there and enabled; asked before each request to Monzo. */
    boolean isPermitted();

    /** Returns whether the amount depends on the balance of the account. */
    boolean dependsOnBalance();

    /**
     * Returns the amount that moves at a balance, if it depends on the balance.
     *
     * @param balance the current balance of the account in major units
     * @param received the amount of the transaction that the transfer is for, 0 for none
     * @param decimals the decimals of the currency
     * @return positive into the pot, negative out of it, 0 if nothing moves
     */
    BigDecimal amount(BigDecimal balance, BigDecimal received, int decimals);

    /**
     * Called when a transfer is not made, and will not be.
     *
     * @param reason the reason in words, without an amount
     */
    void onRefused(String reason);
}
