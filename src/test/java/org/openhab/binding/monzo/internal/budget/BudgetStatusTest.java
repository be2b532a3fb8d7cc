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

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.core.thing.Thing;

/** What a budget says when it cannot show a sum, or not the current one. */
class BudgetStatusTest extends BudgetTestBase {

    private static final List<String> CHANNELS =
            List.of("spent", "remaining", "daily-allowance", "used", "pace", "period-end");

    private void assertUndefined(Thing budget) {
        for (String channel : CHANNELS) {
            String state = fixture.state(budget, channel);
            assertEquals(true, state == null || state.equals("UNDEF"), channel + " " + state);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "limit, £20, limit",
        "startDay, 31, start-day",
        "alertAt, 0, alert",
        "period, FORTNIGHT, period",
    })
    void saysWhatIsWrongInTheConfiguration(String parameter, String value, String text) {
        Thing budget = add(Map.of(parameter, value));

        assertEquals("OFFLINE/CONFIGURATION_ERROR offline.budget-" + text + "-invalid", status(budget));

        fixture.edit(budget, Map.of(parameter, parameter.equals("period") ? "DAY" : "20"));
        fixture.pass(A_MOMENT);
        assertEquals("ONLINE", status(budget));
    }

    @Test
    void takesAccountsOfOneCurrency() {
        pay(1_000);
        Thing budget =
                add(Map.of("accountIds", List.of(account.id(), people.euro().id())));

        assertEquals("OFFLINE/CONFIGURATION_ERROR offline.budget-currencies", status(budget));
        assertUndefined(budget);
    }

    @Test
    void saysThatAnAccountIsUnknown() {
        Thing budget = add(Map.of("accountIds", List.of(account.id(), "acc_0000unknown")));

        assertEquals("OFFLINE/CONFIGURATION_ERROR offline.budget-account-unknown", status(budget));
        assertUndefined(budget);
    }

    @Test
    void saysThatAnAccountWasClosed() {
        pay(1_000);
        people.joint().payments().pay(500, "Corner Shop");
        Thing budget =
                add(Map.of("accountIds", List.of(account.id(), people.joint().id())));
        assertEquals("15.00", spent(budget));

        people.joint().close();
        fixture.pass(AN_HOUR);

        assertEquals("OFFLINE/GONE offline.budget-account-closed", status(budget));
        assertUndefined(budget);
    }

    /** A single incomplete list proves nothing. */
    @Test
    void waitsForASecondListWithoutItsAccount() {
        pay(1_000);
        Thing budget = add(Map.of("limit", 100, "accountIds", account.id()));
        fixture.bank
                .faults()
                .always(Endpoint.ACCOUNTS, Fault.changedBody(body -> body.replace(account.id(), "acc_0000another")));

        bridge.connection().poller().refreshAll();
        fixture.pass(A_MOMENT);
        assertEquals("UNKNOWN", status(budget));
        assertEquals("10.00", spent(budget));

        fixture.pass(Duration.ofMinutes(3));
        assertEquals("OFFLINE/GONE offline.budget-account-gone", status(budget));
        assertUndefined(budget);

        fixture.bank.faults().clear();
        fixture.pass(Duration.ofMinutes(3));
        assertEquals("ONLINE", status(budget));
        assertEquals("10.00", spent(budget));
    }

    @Test
    void remembersThatItsAccountWasListedBeforeARestart() {
        pay(1_000);
        Thing budget = add(Map.of("limit", 100, "accountIds", account.id()));
        fixture.bank
                .faults()
                .always(Endpoint.ACCOUNTS, Fault.changedBody(body -> body.replace(account.id(), "acc_0000another")));

        fixture.restart(Duration.ofMinutes(10));
        fixture.pass(Duration.ofMinutes(5));

        assertEquals("OFFLINE/GONE offline.budget-account-gone", status(budget));
    }

    /** The hourly reading fails, but not the latest ones. */
    @Test
    void saysThatTheWholePeriodCouldNotBeReadAgain() {
        payOften(150);
        Thing budget = add(Map.of("limit", 100));
        fixture.pass(Duration.ofMinutes(58));
        for (int i = 0; i < 5 && status(budget).equals("ONLINE"); i++) {
            fixture.bank.faults().clear();
            fixture.bank
                    .faults()
                    .next(Endpoint.TRANSACTIONS, Fault.changedBody(body -> body))
                    .next(Endpoint.TRANSACTIONS, Fault.serverError());
            refresh();
        }

        assertEquals("OFFLINE/COMMUNICATION_ERROR offline.server-error", status(budget));
        assertEquals("15.00", spent(budget));
        fixture.bank.faults().clear();
        fixture.bank.resetCounts();
        fixture.pass(Duration.ofMinutes(4));
        assertEquals(4, fixture.bank.count(Endpoint.TRANSACTIONS));
        fixture.pass(Duration.ofMinutes(2));
        assertEquals("ONLINE", status(budget));
    }

    @Test
    void usesTheNextAccountIfItsOwnWasClosed() {
        pay(1_000);
        people.joint().payments().pay(500, "Corner Shop");
        Thing budget = add(Map.of("limit", 100));
        assertEquals("10.00", spent(budget));

        account.close();
        fixture.pass(AN_HOUR);

        assertEquals("ONLINE", status(budget));
        assertEquals("5.00", spent(budget));
        assertEquals(people.joint().id(), budget.getProperties().get("accountIds"));
    }

    @Test
    void saysThatAnAccountGivesNoTransactions() {
        account.forbid(Endpoint.TRANSACTIONS);
        Thing budget = add(Map.of("limit", 100));

        assertEquals("OFFLINE/CONFIGURATION_ERROR offline.account-not-permitted", status(budget));
        assertUndefined(budget);
    }

    @Test
    void keepsTheSumDuringErrorsAndSaysSo() {
        pay(1_000);
        Thing budget = add(Map.of("limit", 100));
        fixture.bank.faults().always(Endpoint.TRANSACTIONS, Fault.serverError());
        pay(500);

        refresh();

        assertEquals("OFFLINE/COMMUNICATION_ERROR offline.server-error", status(budget));
        assertEquals("10.00", spent(budget));
        fixture.bank.faults().clear();
        fixture.pass(Duration.ofMinutes(5));
        assertEquals("ONLINE", status(budget));
        assertEquals("15.00", spent(budget));
    }

    @Test
    void showsNoSumUntilThePeriodWasRead() {
        payOften(150);
        fixture.bank.faults().always(Endpoint.TRANSACTIONS, Fault.serverError());
        Thing budget = add(Map.of("limit", 100));
        assertEquals("OFFLINE/COMMUNICATION_ERROR offline.server-error", status(budget));
        assertUndefined(budget);

        fixture.bank.faults().clear();
        fixture.pass(Duration.ofMinutes(5));

        assertEquals("ONLINE", status(budget));
        assertEquals("15.00", spent(budget));
    }

    /** The latest can be read, but not the earlier ones. */
    @Test
    void showsNoSumOfAPartOfThePeriod() {
        payOften(150);
        pay(1_000);
        fixture.bank
                .faults()
                .next(Endpoint.TRANSACTIONS, Fault.changedBody(body -> body))
                .next(Endpoint.TRANSACTIONS, 3, Fault.serverError());
        Thing budget = add(Map.of("limit", 100));

        assertEquals("OFFLINE/COMMUNICATION_ERROR offline.server-error", status(budget));
        assertUndefined(budget);

        fixture.pass(Duration.ofMinutes(5));
        assertEquals("25.00", spent(budget));
    }

    @Test
    void showsNoSumIfMonzoNoLongerGivesTheStartOfThePeriod() {
        payOften(150);
        pay(1_000);
        fixture.bank.behaviour().history(Duration.ofDays(7));
        Thing budget = fixture.addBudget(bridge, "budget", Map.of("limit", 100));
        fixture.connect(bridge, people.alice());
        fixture.pass(A_MOMENT);
        assertEquals("25.00", spent(budget)); // in the first minutes after a login

        fixture.restart(Duration.ofMinutes(10));
        fixture.pass(Duration.ofMinutes(30));

        assertEquals("OFFLINE/COMMUNICATION_ERROR offline.verification-required", status(budget));
        assertUndefined(budget);
    }

    @Test
    void showsNoSumOfAPeriodThatCouldNotBeRead() {
        pay(1_000);
        Thing budget = add(Map.of("limit", 100, "period", "DAY"));
        assertEquals("10.00", spent(budget));
        fixture.bank.faults().always(Endpoint.TRANSACTIONS, Fault.serverError());

        fixture.pass(Duration.ofHours(17));

        assertEquals("OFFLINE/COMMUNICATION_ERROR offline.server-error", status(budget));
        assertUndefined(budget);
    }

    @Test
    void keepsTheSumWhileTheLoginIsOffline() {
        pay(1_000);
        Thing budget = add(Map.of("limit", 100));
        fixture.bank.stopListening();

        refresh();

        assertEquals("OFFLINE/BRIDGE_OFFLINE offline.bridge-offline", status(budget));
        assertEquals("10.00", spent(budget));
        fixture.bank.startListening();
        pay(200);
        fixture.pass(Duration.ofMinutes(10));
        assertEquals("ONLINE", status(budget));
        assertEquals("12.00", spent(budget));
    }
}
