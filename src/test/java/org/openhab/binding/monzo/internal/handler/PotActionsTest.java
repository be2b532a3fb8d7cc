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
package org.openhab.binding.monzo.internal.handler;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PotActionsTest {

    @Test
    void refusesWithoutActions() {
        for (Map<String, Object> outputs : List.of(
                PotActions.deposit(null, 5),
                PotActions.deposit(null, 5, "id"),
                PotActions.withdraw(null, 5),
                PotActions.withdraw(null, 5, "id"),
                new PotActions().deposit(5),
                new PotActions().withdraw(null, null))) {
            assertThat(outputs.get("outcome"), is("REFUSED"));
            assertThat(outputs.get("message"), is("Not moved: this thing is not a Monzo Pot."));
            assertThat(outputs, hasEntry("balance", null));
        }
    }
}
