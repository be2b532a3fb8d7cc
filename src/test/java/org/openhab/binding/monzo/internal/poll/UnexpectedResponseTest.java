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
package org.openhab.binding.monzo.internal.poll;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.fixture.SingleLoginTestBase;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.binding.monzo.simulator.BankAccount;
import org.openhab.binding.monzo.simulator.BankPot;
import org.openhab.binding.monzo.simulator.Customer;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.core.thing.Thing;

/**
 * Tests unexpected responses, and responses for accounts without things.
 */
class UnexpectedResponseTest extends SingleLoginTestBase {

    private static final String UNREADABLE = "OFFLINE/COMMUNICATION_ERROR offline.invalid-response";
    private static final String NO_CODE = "{\"message\":\"no Route matched with those values\"}";

    static Stream<Fault> responsesOfOthers() {
        return Stream.of(
                Fault.html(404),
                Fault.html(400),
                Fault.emptyBody(404),
                Fault.emptyBody(410),
                Fault.status(404, NO_CODE, "application/json"),
                Fault.status(404, "{\"code\":404}", "application/json"),
                Fault.status(404));
    }

    @ParameterizedTest
    @MethodSource("responsesOfOthers")
    void doesNotSetGoneAfterForeign404(Fault fault) {
        connected();
        fixture.bank.faults().always(Endpoint.BALANCE, fault);
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(BindingFixture.status(account), is(UNREADABLE));
        assertThat(BindingFixture.status(pot), is("ONLINE"));

        fixture.bank.faults().clear().always(Endpoint.POTS, fault);
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(BindingFixture.status(account), is("ONLINE"));
        assertThat(BindingFixture.status(pot), is(UNREADABLE));
    }

    @Test
    void setsBridgeOfflineAfterHtmlResponses() {
        connected();
        fixture.bank.faults().always(Endpoint.BALANCE, Fault.html(404)).always(Endpoint.POTS, Fault.html(404));
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(BindingFixture.status(bridge), is(UNREADABLE));
    }

    /** JSON is UTF-8, RFC 8259 section 8.1, and has no charset, section 11. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json; charset=unknown",
                "application/json; charset=%20",
                "application/json; charset=iso-8859-1",
                "application/json; charset=utf-16",
                "text/plain"
            })
    void readsResponsesOfAnyCharset(String contentType) {
        connected();
        for (Endpoint endpoint : Endpoint.api()) {
            fixture.bank.faults().always(endpoint, Fault.contentType(contentType));
        }
        people.holiday().name("Ferien 🏖 é").balance(7);
        fixture.bank.expireAccessTokens();
        fixture.pass(Duration.ofMinutes(11)); // after which names are read
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        assertThat(fixture.state(pot, "balance"), is("0.07"));
        assertThat(bridge.snapshot().pot(people.holiday().id()).orElseThrow().name(), is("Ferien 🏖 é"));
    }

    private static Fault rejection(int status, String code) {
        return Fault.status(status, "{\"code\":\"" + code + "\",\"message\":\"Invalid\"}", "application/json");
    }

    /** Monzo once began to require another parameter: neither account nor pot is gone for that. */
    @ParameterizedTest
    @CsvSource({
        "404, not_found, offline.not-found",
        "410, not_found.account, offline.not-found",
        "400, bad_request.missing_param.api_version, offline.rejected",
        "404, bad_request.bad_param.account_id, offline.rejected"
    })
    void keepsValuesOfWhatMonzoRejects(int status, String code, String text) {
        connected();
        fixture.bank
                .faults()
                .always(Endpoint.BALANCE, rejection(status, code))
                .always(Endpoint.POTS, rejection(status, code));
        fixture.pass(Duration.ofMinutes(70));
        assertThat(BindingFixture.status(account), is("OFFLINE/COMMUNICATION_ERROR " + text));
        assertThat(BindingFixture.status(pot), is("OFFLINE/COMMUNICATION_ERROR " + text));
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        assertThat(fixture.state(account, "balance"), is("1234.56"));
        assertThat(fixture.state(pot, "balance"), is("1475.00"));
    }

    @ParameterizedTest
    @CsvSource({
        "400, bad_request.missing_param.api_version, OFFLINE/COMMUNICATION_ERROR offline.rejected",
        "404, not_found, OFFLINE/COMMUNICATION_ERROR offline.not-found",
        "403, forbidden.insufficient_permissions, OFFLINE/CONFIGURATION_ERROR offline.account-not-permitted"
    })
    void doesNotCallAPotUnknownOrGoneWhenItsListIsRejected(int status, String code, String expected) {
        fixture.bank.faults().forAccount(people.current().id(), Endpoint.POTS, rejection(status, code));
        fixture.connect(bridge, alice);
        assertThat("at first sight", BindingFixture.status(pot), is(expected));
        assertThat(BindingFixture.status(account), is("ONLINE"));

        fixture.bank.faults().clear();
        fixture.pass(Duration.ofMinutes(6));
        assertThat(BindingFixture.status(pot), is("ONLINE"));

        fixture.bank.faults().forAccount(people.current().id(), Endpoint.POTS, rejection(status, code));
        fixture.restart(Duration.ofMinutes(1));
        fixture.pass(Duration.ofMinutes(10));
        assertThat("after a restart", BindingFixture.status(pot), is(expected));

        fixture.bank.faults().clear().forAccount(people.current().id(), Endpoint.POTS, Fault.json("{\"pots\":[]}"));
        fixture.bridgeNow("alice").connection().poller().refreshAll();
        fixture.pass(Duration.ofSeconds(2));
        assertThat("in one list", BindingFixture.status(pot), is("UNKNOWN"));
        fixture.pass(Duration.ofSeconds(61));
        assertThat("in two lists", BindingFixture.status(pot), is("OFFLINE/GONE offline.pot-gone"));
    }

    @Test
    void listsAccountsAgainSoonAfterOneIsNotFound() {
        connected();
        fixture.bank.faults().always(Endpoint.BALANCE, rejection(404, "not_found"));
        fixture.bank.faults().always(Endpoint.ACCOUNTS, Fault.json("{\"accounts\":[]}"));
        fixture.pass(Duration.ofMinutes(8));
        assertThat(BindingFixture.status(account), is("OFFLINE/GONE offline.account-gone"));
    }

    /** Loans and rewards have no pots, and their rejections say nothing about those of current accounts. */
    @ParameterizedTest
    @CsvSource({"400, bad_request.bad_param", "403, forbidden.insufficient_permissions", "404, not_found"})
    void callsAPotUnknownDespiteRejectionsForAccountsThatHaveNone(int status, String code) {
        Carol carol = carol(rejection(status, code));
        Thing unknown = fixture.addPot(carol.bridge(), "pot_0000unknown");
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(BindingFixture.status(unknown), is("OFFLINE/CONFIGURATION_ERROR offline.pot-unknown"));
    }

    @Test
    void usesAccountCurrencyForPotWithoutCurrency() {
        BankAccount yen = fixture.bank.openAccount("uk_retail", "JPY", alice).balance(5_000);
        BankPot trip = yen.addPot("Kyoto", 10_000L, 5_000);
        Thing thing = fixture.addPot(bridge, trip.id());
        fixture.bank
                .faults()
                .forAccount(
                        yen.id(),
                        Endpoint.POTS,
                        Fault.json(
                                "{\"pots\":[{\"id\":\"%s\",\"name\":\"Kyoto\",\"balance\":5000,\"goal_amount\":10000}]}"
                                        .formatted(trip.id())));
        connected();
        assertThat(fixture.state(thing, "balance"), is("5000"));
        assertThat(fixture.state(thing, "goal"), is("10000"));
        assertThat(fixture.pattern(thing, "balance"), containsString("%,.0f"));
        assertThat(thing.getProperties(), hasEntry("currency", "JPY"));
    }

    // Accounts without things

    private record Carol(MonzoBridgeHandler bridge, Thing thing, BankAccount current) {}

    /** Adds Carol with a thing for her current account; requests for two other accounts listed first fail. */
    private Carol carol(Fault fault) {
        Customer carol = fixture.bank.addCustomer("Carol Example");
        BankAccount loan = fixture.bank.openAccount("uk_loan", "GBP", carol);
        BankAccount rewards = fixture.bank.openAccount("uk_rewards", "GBP", carol);
        BankAccount current =
                fixture.bank.openAccount("uk_retail", "GBP", carol).balance(5_000);
        current.addPot("Violin", null, 100);
        MonzoBridgeHandler hers = fixture.addBridge("carol");
        Thing thing = fixture.addAccount(hers, current.id());
        for (BankAccount odd : new BankAccount[] {loan, rewards}) {
            fixture.bank.faults().forAccount(odd.id(), Endpoint.POTS, fault);
        }
        fixture.connect(hers, carol);
        return new Carol(hers, thing, current);
    }

    static Stream<Fault> failures() {
        return Stream.of(
                Fault.closeWithoutReply(),
                Fault.serverError(),
                Fault.html(200),
                Fault.html(404),
                Fault.forbidden(),
                Fault.tooManyRequests());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void staysOnlineDespiteErrorsOfAccountsWithoutThings(Fault fault) {
        Carol carol = carol(fault);
        for (int hour = 0; hour < 3; hour++) {
            carol.current().balance(6_000 + hour);
            fixture.pass(Duration.ofMinutes(61));
            assertThat(BindingFixture.status(carol.bridge()), is("ONLINE"));
            assertThat(BindingFixture.status(carol.thing()), is("ONLINE"));
            assertThat(fixture.state(carol.thing(), "balance"), is("60.0" + hour));
        }
    }

    @Test
    void discoversOtherAccountsDespiteIncompleteResponses() {
        Carol carol = carol(Fault.closeWithoutReply());
        fixture.pass(Duration.ofMinutes(6));
        assertThat(carol.bridge().snapshot().livePots().toList(), hasSize(1));
    }

    @Test
    void honoursRetryAfterOfOtherPotsWhileOnline() {
        Carol carol = carol(Fault.tooManyRequests("600"));
        assertThat(BindingFixture.status(carol.bridge()), is("ONLINE"));
        assertThat(fixture.state(carol.thing(), "balance"), is("50.00"));
        fixture.bank.resetCounts();
        fixture.childNow(carol.thing())
                .handleCommand(
                        new org.openhab.core.thing.ChannelUID(carol.thing().getUID(), "balance"),
                        org.openhab.core.types.RefreshType.REFRESH);
        fixture.pass(Duration.ofMinutes(9));
        assertThat(fixture.bank.count(Endpoint.POTS), is(0));
        assertThat(fixture.bank.count(Endpoint.BALANCE), is(both(greaterThan(7)).and(lessThan(11))));
        fixture.pass(Duration.ofMinutes(6));
        assertThat(fixture.bank.count(Endpoint.POTS), is(greaterThan(0)));
    }
}
