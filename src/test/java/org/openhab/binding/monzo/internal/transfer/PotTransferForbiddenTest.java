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

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpDestination;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openhab.binding.monzo.fixture.BackgroundTask;
import org.openhab.binding.monzo.fixture.RuleCalls;
import org.openhab.binding.monzo.fixture.RuleCalls.Result;
import org.openhab.binding.monzo.internal.handler.PotActions;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;

/** Tests that no request of a transfer is sent once it is forbidden, whatever it waits for. */
class PotTransferForbiddenTest extends TransferTestBase {

    private static final String REASON = "The Monzo Login or this pot was changed or went offline meanwhile.";

    enum Change {
        FORBIDDEN(test -> test.edit(Map.of("allowTransfers", false))),
        LIMIT_LOWERED(test -> test.edit(Map.of("transferLimit", 1))),
        DAILY_LIMIT_LOWERED(test -> test.edit(Map.of("dailyTransferLimit", 1))),
        MINIMUM_RAISED(test -> test.edit(Map.of("minimumBalance", 1_000_000))),
        CONFIGURATION_INVALID(test -> test.edit(Map.of("clientId", ""))),
        LOGIN_DISABLED(test -> test.fixture.end(test.bridge.getThing())),
        LOGIN_OFFLINE(PotTransferForbiddenTest::takeOffline),
        POT_DISABLED(test -> test.fixture.end(test.pot)),
        POT_EXCHANGED(test -> test.fixture.edit(
                test.pot, Map.of("potId", test.people.rainyDay().id())));

        private final Consumer<PotTransferForbiddenTest> change;

        Change(Consumer<PotTransferForbiddenTest> change) {
            this.change = change;
        }

        void make(PotTransferForbiddenTest test) {
            change.accept(test);
        }
    }

    private void takeOffline() {
        fixture.bank.faults().always(Endpoint.ACCOUNTS, Fault.serverError());
        bridge.connection().poller().refreshAllNow();
        fixture.scheduler.runDue();
    }

    private void edit(Map<String, Object> changes) {
        fixture.edit(bridge.getThing(), changes);
    }

    @ParameterizedTest
    @EnumSource(Change.class)
    void refusesATransferThatTheBankMadeWait(Change change) {
        fixture.bank.faults().next(Endpoint.POT_WITHDRAW, exchange -> {
            change.make(this);
            Fault.tooManyRequests("1").strike(exchange);
        });

        assertRefused(rules.withdraw(pot, 5, "a"), REASON);

        assertThat(puts(), hasSize(1));
        assertThat(moved(), is(empty()));
    }

    @ParameterizedTest
    @EnumSource(Change.class)
    void leavesATransferUnknownThatMayHaveBeenMade(Change change) {
        fixture.bank.faults().next(Endpoint.POT_WITHDRAW, exchange -> {
            change.make(this);
            Fault.serverError().strike(exchange);
        });

        Result result = rules.withdraw(pot, 5, "a");

        assertUnknown(result);
        assertThat(result.message(), endsWith(REASON));
        assertThat(puts(), hasSize(1));
        assertThat(moved(), is(empty()));
    }

    @ParameterizedTest
    @EnumSource(Change.class)
    void refusesADepositWhoseBalanceIsBeingChecked(Change change) {
        fixture.bank.faults().next(Endpoint.BALANCE, exchange -> {
            change.make(this);
            Fault.changedBody(body -> body).strike(exchange);
        });

        assertRefused(rules.deposit(pot, 5, "a"), REASON);

        assertThat(puts(), is(empty()));
    }

    @ParameterizedTest
    @EnumSource(
            value = Change.class,
            names = {"LOGIN_OFFLINE"},
            mode = EnumSource.Mode.EXCLUDE)
    void refusesATransferWhoseTokenIsBeingRefreshed(Change change) {
        fixture.bank.expireAccessTokens();
        fixture.bank.faults().next(Endpoint.TOKEN, exchange -> {
            change.make(this);
            Fault.changedBody(body -> body).strike(exchange);
        });

        assertThat(rules.withdraw(pot, 5, "a").outcome(), is("REFUSED"));

        assertThat(puts(), hasSize(1));
        assertThat(moved(), is(empty()));
    }

    @ParameterizedTest
    @EnumSource(
            value = Change.class,
            names = {"LOGIN_OFFLINE"},
            mode = EnumSource.Mode.EXCLUDE)
    void refusesATransferThatWaitsForAThread(Change change) {
        BackgroundTask rule = startUntilQueued(actions -> actions.withdraw(5, "a"));
        fixture.bank.resetCounts();

        change.make(this);
        rules.finish(rule);

        assertRefused(RuleCalls.result(rule), REASON);
        assertThat(puts(), is(empty()));
    }

    @ParameterizedTest
    @EnumSource(
            value = Change.class,
            names = {"LOGIN_OFFLINE"},
            mode = EnumSource.Mode.EXCLUDE)
    void refusesATransferThatWaitsForAnother(Change change) {
        CompletableFuture<Void> release = new CompletableFuture<>();
        fixture.bank.faults().next(Endpoint.POT_WITHDRAW, Fault.lateReply(release));
        PotActions actions = rules.actions(pot);
        BackgroundTask first = rules.begin(() -> actions.withdraw(5, "a")).awaitBlocked();
        BackgroundTask pool = BackgroundTask.run(fixture.scheduler::runDue);
        BackgroundTask.until("the first request", () -> moved().size() == 1);
        BackgroundTask second = rules.begin(() -> actions.withdraw(7, "b")).awaitBlocked();

        change.make(this);
        release.complete(null);
        pool.join();
        rules.finish(first, second);

        assertThat(RuleCalls.result(first).outcome(), is("DONE"));
        assertRefused(RuleCalls.result(second), REASON);
        assertThat(moved(), is(List.of(-500L)));
    }

    /** openHAB's HTTP client has two connections to one host, for which a request may wait long. */
    @ParameterizedTest
    @EnumSource(
            value = Change.class,
            names = {"LOGIN_OFFLINE"},
            mode = EnumSource.Mode.EXCLUDE)
    void refusesATransferThatWaitsForAConnection(Change change) {
        CompletableFuture<Void> release = new CompletableFuture<>();
        fixture.bank.faults().next(Endpoint.ACCOUNTS, 2, Fault.lateReply(release));
        HttpClient client = fixture.core().httpClients().getCommonHttpClient();
        for (int i = 0; i < 2; i++) {
            client.newRequest(fixture.bank.url() + "/accounts").send(result -> {});
        }
        BackgroundTask.until("both connections are in use", () -> fixture.bank.count(Endpoint.ACCOUNTS) == 2);
        BackgroundTask rule = startUntilQueued(actions -> actions.withdraw(5, "a"));
        BackgroundTask pool = BackgroundTask.run(fixture.scheduler::runDue);
        BackgroundTask.until("the request waits for a connection", () -> isQueued(client));

        change.make(this);
        release.complete(null);
        pool.join();
        rules.finish(rule);

        assertRefused(RuleCalls.result(rule), REASON);
        assertThat(puts(), is(empty()));
    }

    /** Starts a rule, whose transfer then waits for a thread of openHAB's pool. */
    private BackgroundTask startUntilQueued(Function<PotActions, Map<String, Object>> transfer) {
        PotActions actions = rules.actions(pot);
        BackgroundTask rule = rules.begin(() -> transfer.apply(actions)).awaitBlocked();
        BackgroundTask.until("the job waits for the pool", () -> Duration.ZERO.equals(fixture.scheduler.untilNext()));
        return rule;
    }

    private static boolean isQueued(HttpClient client) {
        return client.getDestinations().stream()
                .anyMatch(destination ->
                        !((HttpDestination) destination).getHttpExchanges().isEmpty());
    }

    /** openHAB's threads for requests must not wait for the lock of a thing. */
    @Test
    void sendsATransferWhileThePotIsBeingUpdated() {
        CompletableFuture<Void> release = new CompletableFuture<>();
        fixture.bank.faults().next(Endpoint.BALANCE, Fault.lateReply(release));
        BackgroundTask rule = startUntilQueued(actions -> actions.deposit(5));
        BackgroundTask pool = BackgroundTask.run(fixture.scheduler::runDue);
        BackgroundTask.until("the request of the balance", () -> fixture.bank.count(Endpoint.BALANCE) == 1);

        synchronized (fixture.childNow(pot)) {
            release.complete(null);
            assertDone(RuleCalls.result(rule), "1480.00");
        }
        pool.join();
    }

    @Test
    void resolvesItByItsIdOnceAllowedAgain() {
        fixture.bank.faults().next(Endpoint.POT_WITHDRAW, Fault.carriedOut(exchange -> {
            edit(Map.of("allowTransfers", false));
            Fault.closeWithoutReply().strike(exchange);
        }));
        assertUnknown(rules.withdraw(pot, 5, "a"));

        configure(Map.of("allowTransfers", true));

        assertDone(rules.withdraw(pot, 5, "a"), "1470.00");
        assertThat(moved(), is(List.of(-500L)));
    }
}
