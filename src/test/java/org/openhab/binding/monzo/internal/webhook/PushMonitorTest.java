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
package org.openhab.binding.monzo.internal.webhook;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openhab.binding.monzo.internal.model.Account;
import org.openhab.binding.monzo.internal.model.AccountSnapshot;
import org.openhab.binding.monzo.internal.model.Balance;
import org.openhab.binding.monzo.internal.model.BankSnapshot;
import org.openhab.binding.monzo.internal.model.Fetched;
import org.openhab.binding.monzo.simulator.AdjustableClock;

/** Tests which changes of a balance need a notice. */
class PushMonitorTest {

    private static final String ID = "acc_1";

    private final AdjustableClock clock = new AdjustableClock(Instant.parse("2026-11-21T08:00:00Z"));
    private final PushMonitor monitor = new PushMonitor(clock);
    private long refresh;

    /** The balance, the total and the total with savings, before and after. */
    @ParameterizedTest
    @CsvSource({
        "100, 150, 170,    100, 150, 170,    false",
        "100, 150, 170,     90, 140, 160,    true",
        "100, 150, 170,     90, 150, 170,    false", // into a pot
        "100, 150, 170,     90, 140, 170,    false", // into a savings pot
        "100, 150, 170,    100, 150, 171,    false", // interest of a savings pot
        "100,    ,    ,     90,    ,    ,    true",
        "100, 150,    ,     90, 140,    ,    true",
        "100, 150,    ,     90, 150,    ,    false",
        "100,    ,    ,     90, 150, 170,    false",
        "   ,    ,    ,     90,    ,    ,    false",
    })
    void needsANoticeOfMoneyFromOrToOthers(
            BigDecimal balance,
            BigDecimal total,
            BigDecimal savings,
            BigDecimal balanceAfter,
            BigDecimal totalAfter,
            BigDecimal savingsAfter,
            boolean isMissing) {
        show(new Balance("GBP", balance, total, savings, null));
        clock.advance(Duration.ofMinutes(15));
        show(new Balance("GBP", balanceAfter, totalAfter, savingsAfter, null));
        assertThat("it may be on its way", monitor.isMissing(), is(false));
        clock.advance(Duration.ofMinutes(1));
        assertThat(monitor.isMissing(), is(isMissing));
    }

    private void show(Balance balance) {
        refresh++;
        AccountSnapshot account = new AccountSnapshot(new Account(ID, "uk_retail", false, "GBP", null, List.of()))
                .withBalance(Fetched.of(balance, refresh));
        monitor.onSnapshot(new BankSnapshot(List.of(account), Set.of(), refresh), Set.of(ID), Set.of());
    }
}
