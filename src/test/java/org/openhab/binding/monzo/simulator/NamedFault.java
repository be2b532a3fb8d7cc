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

import java.io.IOException;

/** A fault with a name. */
record NamedFault(String name, boolean isEndless, Fault fault) implements Fault {
    @Override
    public void strike(Exchange exchange) throws IOException {
        fault.strike(exchange);
    }

    @Override
    public String toString() {
        return name;
    }
}
