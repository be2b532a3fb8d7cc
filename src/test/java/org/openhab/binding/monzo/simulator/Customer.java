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

/**
 * A person with money at the simulated bank.
 *
 * @param userId the bank's id of the person, {@code user_…}
 * @param name the name the person goes by
 * @param email the address to which the bank mails links to log in
 */
public record Customer(String userId, String name, String email) {

    /**
     * @return the first word of the name
     */
    public String firstName() {
        return name.split(" ", 2)[0];
    }
}
