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
package org.openhab.binding.monzo.openhab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.openhab.DemoTable.Row;

/** Tests the form of the demo's table. */
class DemoTableTest {

    @Test
    void fitsATerminal() {
        DemoTable table = new DemoTable(
                List.of(
                        new Row("Current account  monzo:account:alice:current", "", "ONLINE"),
                        new Row("  balance", "Current_Balance", "£10,263.50"),
                        new Row("  transaction", "(trigger)", ""),
                        new Row("  last-transaction-description", "Last_Description", "🏖".repeat(40))),
                List.of());

        assertEquals(
                List.of(
                        "",
                        "Current account  monzo:account:alice:current" + " ".repeat(30) + "ONLINE",
                        "  balance                       Current_Balance" + " ".repeat(23) + "£10,263.50",
                        "  transaction                   (trigger)",
                        "  last-transaction-description  Last_Description  " + "🏖".repeat(29) + "…"),
                table.toString().lines().toList());
    }
}
