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

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.fixture.BindingTestBase;
import org.openhab.binding.monzo.internal.console.DiagnosticReport;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.binding.monzo.simulator.BankAccount;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.core.thing.Thing;
import org.slf4j.LoggerFactory;

/**
 * Tests when a request that failed for a single account is sent again, and that no other waits for it.
 */
class RetryTest extends BindingTestBase {

    private static final Duration HOUR = Duration.ofHours(1);

    private final Logger logger = (Logger) LoggerFactory.getLogger("org.openhab.binding.monzo");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    private MonzoBridgeHandler bridge;
    private Thing account;

    @BeforeEach
    void connect() {
        log.setContext(logger.getLoggerContext());
        log.start();
        logger.addAppender(log);
        bridge = fixture.addBridge("alice");
        account = fixture.addWatchedAccount(bridge, people.current().id());
        fixture.connect(bridge, people.alice());
        fixture.bank.resetCounts();
    }

    @AfterEach
    void detachLog() {
        logger.detachAppender(log);
    }

    private void refresh() {
        fixture.pass(BindingFixture.INTERVAL);
    }

    @Test
    void refreshesAtTheIntervalAfterAnErrorInAListener() {
        fixture.bridges().addListener(connection -> {
            throw new IllegalStateException("a bug");
        });
        refresh();
        people.current().balance(12_345);
        refresh();

        assertThat(fixture.state(account, "balance"), is("123.45"));
    }

    private long requests(BankAccount of, Endpoint endpoint) {
        return fixture.bank.requests().stream()
                .filter(request -> request.endpoint() == endpoint && of.id().equals(request.accountId()))
                .count();
    }

    private List<String> warnings() {
        return log.list.stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private String diagnosed(String line) {
        return new DiagnosticReport(Map::of, fixture.clock)
                .lines(List.of(bridge.connection())).stream()
                        .filter(each -> each.startsWith("  " + line + ": "))
                        .findFirst()
                        .orElseThrow();
    }

    // Transactions that Monzo does not permit

    @Test
    void requestsTransactionsAgainMinutesAfterASingle403() {
        people.current().payments().pay(100, "Coffee Bar");
        fixture.bank.faults().next(Endpoint.TRANSACTIONS, Fault.forbidden());
        refresh();
        assertThat(BindingFixture.status(account), is("ONLINE"));
        assertThat(fixture.state(account, "last-transaction-amount"), is("UNDEF"));
        assertThat(
                warnings(),
                contains(
                        "monzo:bridge:alice: Monzo does not permit openHAB to read the transactions of an account; none"
                                + " are reported until it does; openHAB asks again in 5 minutes, then every hour"));
        assertThat(
                diagnosed("errors of transactions"),
                startsWith(
                        "  errors of transactions: 1 NOT_PERMITTED; those not permitted are requested again in 4 min"));

        fixture.pass(Duration.ofMinutes(5));
        assertThat(fixture.state(account, "last-transaction-amount"), is("-1.00"));
        assertThat(fixture.callback(account).payloads(), hasSize(1));
        assertThat(diagnosed("errors of transactions"), is("  errors of transactions: none"));
    }

    @Test
    void requestsRefusedTransactionsOfACurrentAccountEveryHour() {
        fixture.bank.faults().always(Endpoint.TRANSACTIONS, Fault.forbidden());
        refresh();
        fixture.bank.resetCounts();
        fixture.pass(Duration.ofMinutes(5));
        assertThat(fixture.bank.count(Endpoint.TRANSACTIONS), is(1));
        fixture.pass(HOUR.multipliedBy(10));
        assertThat(
                fixture.bank.count(Endpoint.TRANSACTIONS),
                is(both(greaterThan(9)).and(lessThan(12))));
        fixture.bank.faults().always(Endpoint.BALANCE, Fault.serverError());
        fixture.pass(HOUR);
        assertThat("one line", warnings(), hasSize(1));

        fixture.bank.faults().clear();
        people.current().payments().pay(100, "Coffee Bar");
        fixture.pass(HOUR.plusMinutes(2));
        assertThat(fixture.callback(account).payloads(), hasSize(1));
        fixture.bank.faults().next(Endpoint.TRANSACTIONS, Fault.forbidden());
        refresh();
        assertThat("another one, when it happens anew", warnings(), hasSize(2));
    }

    @Test
    void requestsRefusedTransactionsAgainWhenTheyAreSwitchedOffAndOn() {
        fixture.bank.faults().next(Endpoint.TRANSACTIONS, 2, Fault.forbidden());
        fixture.pass(Duration.ofMinutes(7));
        fixture.bank.resetCounts();
        fixture.edit(account, Map.of("transactions", false));
        refresh();
        fixture.edit(account, Map.of("transactions", true));
        refresh();
        assertThat(fixture.bank.count(Endpoint.TRANSACTIONS), is(greaterThan(0)));
    }

    @Test
    void requestsNoTransactionsOfALoanWithoutBalanceAgain() {
        BankAccount loan = fixture.bank.openAccount("uk_loan", "GBP", people.alice());
        fixture.bank
                .faults()
                .forAccount(loan.id(), Endpoint.BALANCE, Fault.forbidden())
                .forAccount(loan.id(), Endpoint.TRANSACTIONS, Fault.forbidden());
        fixture.addWatchedAccount(bridge, loan.id());
        refresh();
        assertThat(requests(loan, Endpoint.TRANSACTIONS), is(1L));
        fixture.pass(HOUR.multipliedBy(24));
        assertThat(requests(loan, Endpoint.TRANSACTIONS), is(1L));
        assertThat(
                warnings(),
                contains("monzo:bridge:alice: Monzo does not permit openHAB to read the transactions of an account;"
                        + " accounts of its type have none"));
    }

    // Rate limits

    @Test
    void readsBalancesWhileTransactionsAreLimited() {
        fixture.bank.faults().always(Endpoint.TRANSACTIONS, Fault.tooManyRequests("1800"));
        refresh();
        fixture.bank.resetCounts();
        for (int minute = 1; minute < 29; minute++) {
            people.current().balance(minute);
            refresh();
            assertThat(fixture.state(account, "balance"), is("0.%02d".formatted(minute)));
        }
        assertThat(fixture.bank.count(Endpoint.TRANSACTIONS), is(0));
        fixture.bank.faults().clear();
        people.current().payments().pay(100, "Coffee Bar");
        fixture.pass(Duration.ofMinutes(2));
        assertThat(fixture.callback(account).payloads(), hasSize(1));
    }

    @Test
    void readsBalancesAndPotsOfThingsWhileOtherPotsAreLimited() {
        Thing pot = fixture.addPot(bridge, people.holiday().id());
        refresh();
        fixture.bank.faults().forAccount(people.joint().id(), Endpoint.POTS, Fault.tooManyRequests("1800"));
        bridge.connection().poller().refreshAll();
        refresh();
        fixture.bank.resetCounts();
        people.holiday().balance(1);
        refresh();
        assertThat(fixture.state(pot, "balance"), is("0.01"));
        fixture.pass(Duration.ofMinutes(20));
        assertThat(requests(people.joint(), Endpoint.POTS), is(0L));
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
    }

    @Test
    void waitsForTheLongerOfTwoDelays() {
        Thing joint = fixture.addWatchedAccount(bridge, people.joint().id());
        refresh();
        for (boolean firstIsLonger : new boolean[] {true, false}) {
            for (Endpoint endpoint : List.of(Endpoint.TRANSACTIONS, Endpoint.BALANCE)) {
                fixture.bank
                        .faults()
                        .forAccount(
                                people.current().id(), endpoint, Fault.tooManyRequests(firstIsLonger ? "600" : "90"))
                        .forAccount(people.joint().id(), endpoint, Fault.tooManyRequests(firstIsLonger ? "90" : "600"));
                refresh();
                fixture.bank.resetCounts();
                fixture.pass(Duration.ofSeconds(530));
                assertThat(endpoint.toString(), fixture.bank.count(endpoint), is(0));
                fixture.bank.faults().clear();
                fixture.pass(Duration.ofSeconds(130));
                assertThat(endpoint.toString(), fixture.bank.count(endpoint), is(greaterThan(1)));
                assertThat(BindingFixture.status(joint), is("ONLINE"));
            }
        }
    }

    @Test
    void skipsOptionalRequestsAfterARateLimit() {
        fixture.bank.faults().always(Endpoint.TRANSACTIONS, Fault.tooManyRequests("600"));
        bridge.connection().poller().refreshAll();
        fixture.scheduler.runDue();
        assertThat(fixture.bank.count(Endpoint.TRANSACTIONS), is(1));
        assertThat(fixture.bank.count(Endpoint.BALANCE), is(1));
        assertThat(fixture.bank.count(Endpoint.POTS), is(0));
    }

    @Test
    void reportsTransactionsOfAllAccountsInTurnDespiteARateLimit() {
        List<Thing> things = Stream.generate(() -> fixture.bank.openAccount("uk_retail", "GBP", people.alice()))
                .limit(12)
                .map(each -> fixture.addWatchedAccount(bridge, each.id()))
                .toList();
        bridge.connection().poller().refreshAll();
        fixture.pass(Duration.ofMinutes(2));
        AtomicInteger allowed = new AtomicInteger();
        fixture.bank
                .faults()
                .always(
                        Endpoint.TRANSACTIONS,
                        exchange -> (allowed.decrementAndGet() < 0
                                        ? Fault.tooManyRequests()
                                        : Fault.changedBody(body -> body))
                                .strike(exchange));
        fixture.bank.accounts(people.alice()).stream()
                .filter(each ->
                        things.stream().anyMatch(thing -> thing.getUID().getId().equals(each.id())))
                .forEach(each -> each.payments().pay(100, "Coffee Bar"));
        for (int minute = 0; minute < 4; minute++) {
            allowed.set(5);
            refresh();
        }
        for (Thing thing : things) {
            assertThat(fixture.callback(thing).payloads(), hasSize(1));
        }
    }

    @Test
    void reportsTransactionsOfOthersWhileOneAccountIsAlwaysLimited() {
        Thing joint = fixture.addWatchedAccount(bridge, people.joint().id());
        fixture.pass(Duration.ofMinutes(2));
        fixture.bank.faults().forAccount(people.current().id(), Endpoint.TRANSACTIONS, Fault.tooManyRequests());
        people.joint().payments().pay(100, "Coffee Bar");
        fixture.pass(Duration.ofMinutes(2));
        assertThat(fixture.callback(joint).payloads(), hasSize(1));
    }

    // Other errors

    @Test
    void backsOffFromBalancesThatFailWhileTransactionsSucceed() {
        fixture.bank.faults().always(Endpoint.BALANCE, Fault.serverError());
        fixture.pass(Duration.ofMinutes(5));
        fixture.bank.resetCounts();
        people.current().payments().pay(100, "Coffee Bar");
        fixture.pass(HOUR);
        assertThat(fixture.bank.count(Endpoint.BALANCE), is(both(greaterThan(3)).and(lessThan(9))));
        assertThat(fixture.bank.count(Endpoint.TRANSACTIONS), is(greaterThan(58)));
        assertThat(fixture.callback(account).payloads(), hasSize(1));
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        assertThat(BindingFixture.status(account), is("OFFLINE/COMMUNICATION_ERROR offline.server-error"));

        fixture.bank.faults().clear();
        fixture.pass(Duration.ofMinutes(16));
        assertThat(BindingFixture.status(account), is("ONLINE"));
    }

    @Test
    void setsBridgeOfflineWhenNothingElseIsRequested() {
        fixture.bank.faults().always(Endpoint.BALANCE, Fault.serverError());
        fixture.pass(Duration.ofMinutes(5));
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        fixture.bank.faults().always(Endpoint.TRANSACTIONS, Fault.tooManyRequests("3600"));
        fixture.pass(Duration.ofMinutes(2));
        assertThat(BindingFixture.status(bridge), is("OFFLINE/COMMUNICATION_ERROR offline.server-error"));

        fixture.bank.faults().clear();
        fixture.pass(Duration.ofMinutes(2));
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        assertThat(BindingFixture.status(account), is("ONLINE"));
    }
}
