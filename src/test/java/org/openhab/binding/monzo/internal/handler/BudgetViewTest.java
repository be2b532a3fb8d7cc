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

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.internal.budget.BudgetConfiguration;
import org.openhab.binding.monzo.internal.model.Account;
import org.openhab.binding.monzo.internal.model.AccountSnapshot;
import org.openhab.binding.monzo.internal.model.BankSnapshot;
import org.openhab.binding.monzo.internal.model.Fetched;
import org.openhab.binding.monzo.internal.model.Transaction;
import org.openhab.binding.monzo.internal.model.TransactionWindow;
import org.openhab.core.config.core.Configuration;
import org.openhab.core.types.State;

class BudgetViewTest {

    private static final Instant MIDNIGHT = Instant.parse("2026-11-22T00:00:00Z");

    /** A clock that is a second later whenever it is read. */
    private static final class RunningClock extends Clock {
        private Instant now;

        RunningClock(Instant start) {
            now = start;
        }

        @Override
        public Instant instant() {
            now = now.plusSeconds(1);
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private static Transaction payment(Instant created) {
        BigDecimal amount = new BigDecimal("-10.00");
        return new Transaction(
                "tx_1",
                "acc_1",
                created,
                amount,
                "GBP",
                amount,
                "GBP",
                "SHOP",
                "Shop",
                null,
                "general",
                null,
                "mastercard",
                null,
                null,
                null,
                false,
                Transaction.Details.NONE);
    }

    private static BankSnapshot snapshot(Transaction transaction) {
        Instant since = MIDNIGHT.minus(Duration.ofDays(2));
        AccountSnapshot account = new AccountSnapshot(new Account("acc_1", null, false, "GBP", null, List.of()))
                .withTransactions(Fetched.of(new TransactionWindow(since, since, List.of(transaction)), 1));
        return new BankSnapshot(List.of(account), Set.of(), 1);
    }

    /** Wherever midnight falls among the readings of the clock, what is shown is of one period. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void showsOnePeriodWhenADayEnds(int secondsBefore) {
        BudgetView view = new BudgetView(
                BudgetConfiguration.of(
                        new Configuration(Map.of("limit", "100", "period", "DAY", "accountIds", "acc_1"))),
                false,
                null,
                Optional::empty,
                () -> ZoneOffset.UTC,
                new RunningClock(MIDNIGHT.minusSeconds(secondsBefore)),
                (figures, trigger) -> {});
        BankSnapshot snapshot = snapshot(payment(MIDNIGHT.minus(Duration.ofHours(1))));
        view.beginRefresh(Map.of(), BankSnapshot.EMPTY);

        view.hasRequiredData(snapshot);
        Map<String, State> states = view.update(snapshot, Map.of()).values().states();

        boolean isOfNext = states.get("period-end").toString().startsWith("2026-11-23");
        assertEquals(isOfNext ? "0.00" : "10.00", states.get("spent").toString());
        assertEquals(
                isOfNext ? "100.00" : "90.00", states.get("daily-allowance").toString());
    }
}
