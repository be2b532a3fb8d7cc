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

import java.util.function.BooleanSupplier;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.model.PotTransfer.Direction;

/**
 * A rule's request to move money, not validated yet.
 *
 * @param direction into or out of the pot
 * @param potId the configured ID of the pot
 * @param potOnline whether the pot's thing is online
 * @param isCurrent whether the pot's thing is still there and of this pot; asked before each request to Monzo
 * @param amount the amount as the rule passed it
 * @param id the rule's own name for this transfer, {@code null} for none
 */
@NonNullByDefault
public record TransferRequest(
        Direction direction,
        String potId,
        boolean potOnline,
        BooleanSupplier isCurrent,
        @Nullable Object amount,
        @Nullable Object id) {

    @Override
    public String toString() {
        return "TransferRequest[" + direction + "]"; // never log amounts or IDs
    }
}
