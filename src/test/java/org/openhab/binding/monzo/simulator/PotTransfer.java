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

import java.time.Instant;

/**
 * A transfer between a pot and its account that a client requested and the bank executed.
 *
 * @param potId the pot
 * @param accountId the account
 * @param amount in minor units, positive for a deposit into the pot, negative for a withdrawal
 * @param dedupeId the program's {@code dedupe_id}
 * @param transactionId the transaction on the account
 * @param time when it was carried out, by the bank's clock
 */
public record PotTransfer(
        String potId, String accountId, long amount, String dedupeId, String transactionId, Instant time) {}
