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

/** The ways money moves, by Monzo's names. */
enum Scheme {
    MASTERCARD("mastercard"),
    FASTER_PAYMENTS("payport_faster_payments"),
    P2P("p2p_payment"),
    BACS("bacs"),
    POT("uk_retail_pot");

    private final String monzoName;

    Scheme(String monzoName) {
        this.monzoName = monzoName;
    }

    String monzoName() {
        return monzoName;
    }
}
