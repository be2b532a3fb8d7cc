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

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.fixture.RuleCalls.Result;
import org.openhab.binding.monzo.internal.handler.PotActions;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.core.library.types.DecimalType;
import org.openhab.core.library.types.QuantityType;
import org.openhab.core.thing.Thing;

/** Tests transfers that are refused, by the binding without a request or by the bank. None of them moves money. */
class PotTransferRefusalTest extends TransferTestBase {

    /** While the balance does not change, locks, goals and errors of pots are noticed within ten minutes. */
    private static final Duration POTS_READ_AGAIN = Duration.ofMinutes(11);

    private static final String NOT_A_NUMBER = "The amount is not a number.";
    private static final String NOT_POSITIVE = "The amount must be more than 0.";
    private static final String TOO_PRECISE = "The amount has more than 2 decimals. Round it first.";
    private static final String ABOVE_LIMIT = "The amount is above the Transfer Limit of £50.00.";
    private static final String LOGIN_OFFLINE = "The Monzo Login is not online. Its status in Main UI tells why.";

    static Stream<Arguments> invalidAmounts() {
        return Stream.of(
                Arguments.of(null, "The amount is missing."),
                Arguments.of("", NOT_A_NUMBER),
                Arguments.of("five", NOT_A_NUMBER),
                Arguments.of("1,50", NOT_A_NUMBER),
                Arguments.of("1.5.0", NOT_A_NUMBER),
                Arguments.of("£5", NOT_A_NUMBER),
                Arguments.of("0x10", NOT_A_NUMBER),
                Arguments.of("1e99999", NOT_A_NUMBER),
                Arguments.of("٥", NOT_A_NUMBER),
                Arguments.of("NULL", NOT_A_NUMBER),
                Arguments.of(Double.NaN, NOT_A_NUMBER),
                Arguments.of(Double.POSITIVE_INFINITY, NOT_A_NUMBER),
                Arguments.of(Double.NEGATIVE_INFINITY, NOT_A_NUMBER),
                Arguments.of(true, NOT_A_NUMBER),
                Arguments.of(Map.of("amount", 5), NOT_A_NUMBER),
                Arguments.of(new QuantityType<>("5 %"), NOT_A_NUMBER),
                Arguments.of("5 EUR", "The amount is not in the currency of the account."),
                Arguments.of(0, NOT_POSITIVE),
                Arguments.of(-0.0, NOT_POSITIVE),
                Arguments.of("0.00", NOT_POSITIVE),
                Arguments.of(-1, NOT_POSITIVE),
                Arguments.of(new DecimalType("-0.01"), NOT_POSITIVE),
                Arguments.of(Integer.MIN_VALUE, NOT_POSITIVE),
                Arguments.of("0.001", TOO_PRECISE),
                Arguments.of(0.1 + 0.2, TOO_PRECISE),
                Arguments.of(new BigDecimal(0.1), NOT_A_NUMBER), // 55 decimals
                Arguments.of(1e-300, TOO_PRECISE),
                Arguments.of("50.01", ABOVE_LIMIT),
                Arguments.of(50.01, ABOVE_LIMIT),
                Arguments.of(Long.MAX_VALUE, ABOVE_LIMIT),
                Arguments.of(Double.MAX_VALUE, ABOVE_LIMIT));
    }

    @ParameterizedTest
    @MethodSource("invalidAmounts")
    void refusesInvalidAmountsWithoutARequest(Object amount, String message) {
        for (Object id : new Object[] {null, "name"}) {
            assertRefused(rules.deposit(pot, amount, id), message);
            assertRefused(rules.withdraw(pot, amount, id), message);
        }
        assertNothingRequested();
    }

    @Test
    void refusesWithoutPermission() {
        configure(changes("allowTransfers", null));

        String message = "Transfers are not allowed: switch on Allow Transfers.";
        assertRefused(rules.deposit(pot, 1), message);
        assertRefused(rules.withdraw(pot, 1), message);
        assertNothingRequested();
    }

    @Test
    void refusesWhileTheLoginIsOffline() {
        fixture.bank.faults().always(Endpoint.BALANCE, Fault.tooManyRequests("3600"));
        fixture.pass(Duration.ofMinutes(2));

        assertRefused(rules.deposit(pot, 1), LOGIN_OFFLINE);
        assertThat(puts(), is(empty()));
    }

    @Test
    void refusesBeforeTheFirstRefreshOfAStart() {
        fixture.edit(bridge.getThing(), Map.of());
        fixture.bank.resetCounts();

        assertRefused(Result.of(rules.actions(pot).deposit(1)), LOGIN_OFFLINE);
        assertNothingRequested();
    }

    @Test
    void refusesWithAnInvalidConfiguration() {
        fixture.edit(bridge.getThing(), Map.of("transferLimit", new BigDecimal("-0.01")));
        fixture.bank.resetCounts();

        assertThat(BindingFixture.status(bridge), is("OFFLINE/CONFIGURATION_ERROR offline.transfer-limit-negative"));
        assertRefused(rules.deposit(pot, 1), LOGIN_OFFLINE);
        assertNothingRequested();
    }

    @Test
    void refusesWithoutABridge() {
        PotActions actions = rules.actions(pot);
        fixture.end(bridge.getThing());

        assertRefused(Result.of(actions.deposit(1)), LOGIN_OFFLINE);
        assertNothingRequested();
    }

    @Test
    void refusesAfterThePotThingWasDisabled() {
        PotActions actions = rules.actions(pot);
        fixture.end(pot);

        assertRefused(Result.of(actions.deposit(1)), LOGIN_OFFLINE);
        assertNothingRequested();
    }

    @Test
    void refusesWhileThePotIsOffline() {
        fixture.bank.faults().forAccount(people.current().id(), Endpoint.POTS, Fault.serverError());
        fixture.pass(POTS_READ_AGAIN);
        fixture.bank.resetCounts();

        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        assertRefused(rules.deposit(pot, 1), "This pot is not online. Its status in Main UI tells why.");
        assertNothingRequested();
    }

    @Test
    void refusesForAnUnknownPot() {
        Thing unknown = fixture.addPot(bridge, "pot_0000unknown");
        Thing bobs = fixture.addPot(
                bridge, fixture.bank.accounts(people.bob()).get(1).pots().get(0).id());
        fixture.pass(Duration.ofSeconds(2));
        fixture.bank.resetCounts();

        assertRefused(rules.deposit(unknown, 1), "Monzo has no such pot.");
        assertRefused(rules.withdraw(bobs, 1), "Monzo has no such pot.");
        assertNothingRequested();
    }

    @Test
    void refusesForADeletedPot() {
        people.holiday().delete();
        fixture.pass(BindingFixture.INTERVAL);
        fixture.bank.resetCounts();

        assertRefused(rules.deposit(pot, 1), "This pot was deleted.");
        assertNothingRequested();
    }

    @Test
    void refusesForAClosedAccount() {
        people.current().close();
        fixture.pass(Duration.ofHours(1).plus(BindingFixture.INTERVAL));
        fixture.bank.resetCounts();

        assertRefused(rules.withdraw(pot, 1), "The account of this pot was closed.");
        assertNothingRequested();
    }

    /** Monzo has none; but ten pounds must never become ten pence, or ten yen a thousand. */
    @Test
    void refusesForAPotInAnotherCurrencyThanItsAccount() {
        UnaryOperator<String> toYen = body -> body.replace("\"currency\":\"GBP\"", "\"currency\":\"JPY\"");
        fixture.bank.faults().always(Endpoint.POTS, Fault.changedBody(toYen));
        fixture.pass(POTS_READ_AGAIN);
        fixture.bank.resetCounts();

        for (Object amount : List.of(10, "10 GBP")) {
            assertRefused(rules.withdraw(pot, amount), "The amount is not in the currency of the account.");
            assertRefused(rules.deposit(pot, amount), "The amount is not in the currency of the account.");
        }
        assertNothingRequested();
    }

    @Test
    void refusesOnlyWithdrawalsFromALockedPot() {
        people.holiday().lockUntil(Instant.parse("2030-01-01T00:00:00Z"));
        fixture.pass(POTS_READ_AGAIN);
        fixture.bank.resetCounts();

        assertRefused(rules.withdraw(pot, 1), "This pot is locked: money cannot be withdrawn yet.");
        assertNothingRequested();
        assertDone(rules.deposit(pot, 1), "1476.00");
    }

    @Test
    void doesNotHeedTheLockOfAnotherPot() {
        assertThat("locked", fixture.state(fixture.addPot(bridge, people.house().id()), "locked"), is("ON"));

        assertDone(rules.withdraw(pot, 1), "1474.00");
    }

    @Test
    void passesOnThatTheAccountHasTooLittle() {
        people.current().balance(499);
        configure(Map.of()); // the balance is checked by the binding first
        fixture.bank.faults().next(Endpoint.BALANCE, Fault.changedBody(body -> body.replace("499", "99900")));

        assertRefused(rules.deposit(pot, 5), "There is not enough money in the account.");
        assertThat(puts(), hasSize(1));
    }

    @Test
    void passesOnThatThePotHasTooLittle() {
        people.holiday().balance(499);

        assertRefused(rules.withdraw(pot, 5), "There is not enough money in the pot.");
    }

    @Test
    void passesOnThatThePotHasAddedSecurity() {
        people.holiday().addedSecurity(true);

        assertRefused(rules.withdraw(pot, 5), "This pot has added security. Withdraw in the Monzo app.");
        assertDone(rules.deposit(pot, 5), "1480.00");
    }

    @Test
    void passesOnThatThePotWasDeletedMeanwhile() {
        people.holiday().delete();

        assertRefused(rules.deposit(pot, 5), "This pot was deleted.");
    }

    @Test
    void passesOnThatThePotWasLockedMeanwhile() {
        people.holiday().lockUntil(Instant.parse("2030-01-01T00:00:00Z"));

        assertRefused(rules.withdraw(pot, 5), "This pot is locked: money cannot be withdrawn yet.");
    }

    @Test
    void passesOnThatTheApprovalWasWithdrawn() {
        fixture.bank.revoke(alice);

        assertRefused(rules.withdraw(pot, 5), "Access is not approved. Approve it in the Monzo app.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | bad_request.something_new | Monzo refused the transfer.",
                "403 | forbidden.verification_required | Monzo does not let openHAB withdraw from this pot. Withdraw in the Monzo app.",
                "403 | forbidden.something_new   | Monzo does not let openHAB withdraw from this pot. Withdraw in the Monzo app.",
                "404 | not_found.pot             | Monzo has no such pot."
            })
    void passesOnOtherReasonsWithoutCodes(int status, String code, String message) {
        String body = "{\"code\":\"%s\",\"message\":\"secret words\"}".formatted(code);
        fixture.bank.faults().next(Endpoint.POT_WITHDRAW, Fault.status(status, body, "application/json"));

        assertRefused(rules.withdraw(pot, 5), message);
        assertThat("a refusal is not repeated", puts(), hasSize(1));
        assertThat(
                "for a bug report",
                bridge.connection()
                        .statistics()
                        .lastErrors()
                        .get("PUT /pots/*/withdraw")
                        .reason(),
                is("HTTP " + status + " " + code));
    }

    @Test
    void refusesWhenTheBalanceCannotBeChecked() {
        for (Fault fault : List.of(
                Fault.serverError(),
                Fault.json("{}"),
                Fault.json("{\"balance\":null}"),
                Fault.reset(),
                Fault.forbidden(),
                Fault.tooManyRequests())) {
            fixture.bank.faults().next(Endpoint.BALANCE, fault);

            assertRefused(rules.deposit(pot, 5), "The balance of the account could not be checked. Try again later.");
            assertThat(puts(), is(empty()));
        }
        assertDone(rules.deposit(pot, 5), "1480.00");
    }

    @Test
    void refusalsDoNotCountTowardsTheDailyLimit() {
        configure(Map.of("dailyTransferLimit", new BigDecimal("50")));
        people.holiday().addedSecurity(true);
        for (int i = 0; i < 5; i++) {
            assertThat(rules.withdraw(pot, 50, "a").outcome(), is("REFUSED"));
            fixture.bank.faults().next(Endpoint.BALANCE, Fault.serverError());
            assertThat(rules.deposit(pot, 50).outcome(), is("REFUSED"));
        }
        people.holiday().addedSecurity(false);

        assertDone(rules.withdraw(pot, 50, "a"), "1425.00");
    }

    @Test
    void refusesAThingThatIsNoPot() {
        PotActions actions = new PotActions();
        actions.setThingHandler(bridge);

        assertThat(Result.of(actions.deposit(5)).outcome(), is("REFUSED"));
        assertThat(actions.getThingHandler(), is(nullValue()));
    }

    private void assertNothingRequested() {
        assertThat(fixture.bank.requests(), is(empty()));
        assertThat(moved(), is(empty()));
    }

    private static Map<String, Object> changes(String name, Object value) {
        Map<String, Object> changes = new HashMap<>();
        changes.put(name, value);
        return changes;
    }

    @Test
    void refusesAPotWithoutABridgeUnlessItsTransferWasMade() {
        assertDone(rules.deposit(pot, 5, "made"), "1480.00");
        fixture.move(pot, null);
        assertRefused(rules.deposit(pot, 5, "new"), "This pot is not online. Its status in Main UI tells why.");
        assertThat(rules.deposit(pot, 5, "made").outcome(), is("DONE"));
        assertThat(moved(), contains(500L));
    }
}
