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
 * What the user permits rules to transfer. All amounts are in major units of the account's currency.
 *
 * @param allowed whether rules may transfer money at all
 * @param limit the largest single transfer
 * @param dailyLimit the largest sum of all transfers of a local calendar day, in either direction
 * @param minimumBalance the balance that a deposit must leave in the account
 */
@NonNullByDefault
public record TransferSettings(boolean allowed, BigDecimal limit, BigDecimal dailyLimit, BigDecimal minimumBalance) {}
