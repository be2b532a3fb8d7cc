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
package org.openhab.binding.monzo.internal.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.fixture.BindingTestBase;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.binding.monzo.simulator.BankAccount;
import org.openhab.binding.monzo.simulator.BankTransaction;
import org.openhab.core.thing.Thing;

/** A login for budgets. The clock of the fixture begins on Saturday, 21 November 2026, at 8 o'clock. */
abstract class BudgetTestBase extends BindingTestBase {

    static final Duration A_MOMENT = Duration.ofSeconds(3);
    static final Duration AN_HOUR = Duration.ofHours(1);

    MonzoBridgeHandler bridge;
    BankAccount account;

    @BeforeEach
    void addBridge() {
        account = people.current();
        bridge = fixture.addBridge("alice");
    }

    /** Adds a budget, with the first one after logging in. */
    Thing add(Map<String, Object> configuration) {
        return add("budget", configuration);
    }

    Thing add(String id, Map<String, Object> configuration) {
        Thing thing = fixture.addBudget(bridge, id, configuration);
        if (fixture.bank.currentAccessToken(people.alice()).isEmpty()) {
            fixture.connect(bridge, people.alice());
        }
        fixture.pass(A_MOMENT);
        return thing;
    }

    void refresh() {
        fixture.pass(BindingFixture.INTERVAL);
    }

    BankTransaction pay(long pence, String shop, String category, int daysAgo) {
        Instant created = fixture.clock.instant().minus(Duration.ofDays(daysAgo));
        return account.payments().createdAt(created).pay(pence, shop).category(category);
    }

    BankTransaction pay(long pence) {
        return account.payments().pay(pence, "Corner Shop");
    }

    /** Pays for coffee, with time in between. */
    void payOften(int count) {
        Instant first = fixture.clock.instant().minus(Duration.ofDays(14));
        for (int i = 0; i < count; i++) {
            Instant created = first.plus(Duration.ofDays(13).dividedBy(count).multipliedBy(i));
            account.payments().createdAt(created).pay(10, "Café").category("eating_out");
        }
    }

    String spent(Thing budget) {
        return fixture.state(budget, "spent");
    }

    static String status(Thing budget) {
        return BindingFixture.status(budget);
    }
}
