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

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * The outcomes of a transfer. The names are part of the interface to rules.
 */
@NonNullByDefault
public enum TransferOutcome {
    /** The money was moved. */
    DONE,
    /** No money was moved. */
    REFUSED,
    /** Monzo may or may not have moved the money. */
    UNKNOWN
}
