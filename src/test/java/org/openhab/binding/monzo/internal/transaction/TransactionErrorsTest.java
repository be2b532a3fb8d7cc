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
package org.openhab.binding.monzo.internal.transaction;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.simulator.BankAccount;
import org.openhab.binding.monzo.simulator.BankTransaction;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.core.thing.Thing;

/** Tests errors of requests for transactions. */
class TransactionErrorsTest extends WatchedAccountTestBase {

    @Test
    void keepsAnAccountWithoutTransactionsOnline() {
        BankAccount rewards = fixture.bank.accounts(people.alice()).stream()
                .filter(each -> each.type().equals("uk_rewards"))
                .findFirst()
                .orElseThrow();
        Thing of = fixture.addWatchedAccount(bridge, rewards.id());
        fixture.pass(A_MOMENT);
        assertThat(BindingFixture.status(of), is("ONLINE"));
        assertThat(fixture.state(of, "balance"), is("7.30"));
        assertThat(shown(of), everyItem(is("UNDEF")));
        assertThat("its sibling", BindingFixture.status(thing), is("ONLINE"));

        fixture.bank.resetCounts();
        fixture.pass(Duration.ofHours(5));
        assertThat("asked every hour", requestsFor(rewards), is(5L));
        bridge.connection().poller().refreshAll();
        fixture.pass(A_MOMENT);
        assertThat("and by a scan", requestsFor(rewards), is(6L));
        fixture.restart(Duration.ofMinutes(1));
        refresh();
        assertThat("and after a restart", requestsFor(rewards), is(7L));
    }

    private long requestsFor(BankAccount of) {
        return fixture.bank.requests().stream()
                .filter(request -> request.endpoint() == Endpoint.TRANSACTIONS)
                .filter(request -> of.id().equals(request.accountId()))
                .count();
    }

    @Test
    void showsTheBalanceAndMissesNothing() {
        for (Fault fault : List.of(
                Fault.serverError(),
                Fault.status(404),
                Fault.status(404, "{\"code\":\"not_found\"}", "application/json"),
                Fault.json("{}"),
                Fault.html(200),
                Fault.reset(),
                Fault.tooManyRequests(),
                Fault.status(403, "{\"code\":\"forbidden.verification_required\"}", "application/json"))) {
            fixture.bank.faults().always(Endpoint.TRANSACTIONS, fault);
            BankTransaction missed = pay(100);
            refresh();
            assertThat(fault.toString(), BindingFixture.status(thing), is("ONLINE"));
            assertThat(fixture.state(thing, "last-transaction-amount"), is(not("UNDEF")));
            fixture.bank.faults().clear();
            refresh();
            assertThat(fault.toString(), delivered(thing), hasItem(missed.id()));
        }
        assertThat(delivered(thing), hasSize(8));
    }

    @Test
    void showsUndefAfterHoursOfErrors() {
        fixture.bank.faults().always(Endpoint.TRANSACTIONS, Fault.serverError());
        refresh();
        assertThat(fixture.state(thing, "last-transaction-amount"), is("-19.99"));
        fixture.pass(Duration.ofHours(2));
        assertThat(BindingFixture.status(thing), is("ONLINE"));
        assertThat(shown(thing), everyItem(is("UNDEF")));

        fixture.bank.faults().clear();
        fixture.pass(Duration.ofHours(1));
        assertThat(fixture.state(thing, "last-transaction-amount"), is("-19.99"));
    }

    @Test
    void deliversNewTransactionsWhileOlderOnesFail() {
        pay(60, Duration.ofHours(1));
        refresh();
        failFor(query -> query.contains("since=20")
                && Instant.parse(query.replaceFirst(".*since=([^&]*).*", "$1"))
                        .isBefore(fixture.clock.instant().minus(Duration.ofHours(26))));
        List<BankTransaction> paid = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            paid.add(pay(200 + i));
            fixture.pass(Duration.ofMinutes(10));
        }
        assertThat(delivered(thing).subList(60, delivered(thing).size()), is(ids(paid)));
        assertThat(fixture.state(thing, "last-transaction-amount"), is("-2.29"));
        assertThat("requests of old ones", failed, is(lessThanOrEqualTo(61)));

        BankTransaction late = payAt(fixture.clock.instant().minus(Duration.ofHours(40)), 300);
        fixture.bank.faults().clear();
        fixture.pass(Duration.ofMinutes(10));
        assertThat(delivered(thing).get(90), is(late.id()));
    }

    @Test
    void deliversThePagesReadBeforeAnError() {
        List<BankTransaction> many = pay(250, Duration.ofSeconds(1));
        failFor(query -> many.subList(150, 250).stream().anyMatch(each -> query.contains("since=" + each.id())));
        refresh();
        assertThat(delivered(thing), hasSize(both(greaterThan(150)).and(lessThan(250))));
        assertThat(delivered(thing), is(ids(many.subList(0, delivered(thing).size()))));
        fixture.bank.faults().clear();
        fixture.pass(Duration.ofMinutes(10));
        assertThat(delivered(thing), is(ids(many)));
    }

    private int failed;

    private void failFor(Predicate<String> isFailing) {
        failed = 0;
        fixture.bank.faults().always(Endpoint.TRANSACTIONS, exchange -> {
            String query = fixture.bank.requests().stream()
                    .filter(request -> request.endpoint() == Endpoint.TRANSACTIONS)
                    .map(request -> URLDecoder.decode(request.query(), StandardCharsets.UTF_8))
                    .reduce("", (before, last) -> last);
            if (isFailing.test(query)) {
                failed++;
                Fault.serverError().strike(exchange);
            } else {
                Fault.changedBody(body -> body).strike(exchange);
            }
        });
    }

    @Test
    void readsSmallerPagesWhenResponsesAreTooLong() {
        List<BankTransaction> many = pay(110, Duration.ofMinutes(15));
        many.forEach(transaction -> transaction.notes("n".repeat(12_000)));
        refresh();
        BankTransaction next = pay(200);
        fixture.pass(Duration.ofHours(2));
        assertThat(delivered(thing).subList(0, 110), is(ids(many)));
        assertThat(delivered(thing).subList(110, delivered(thing).size()), contains(next.id()));
    }

    @Test
    void deliversTransactionsWhileTheBalanceFails() {
        fixture.bank.faults().always(Endpoint.BALANCE, Fault.serverError());
        BankTransaction one = pay(100);
        refresh();
        assertThat(BindingFixture.status(thing), is("OFFLINE/COMMUNICATION_ERROR offline.server-error"));
        assertThat(delivered(thing), contains(one.id()));
    }

    @Test
    void missesNothingWhileApprovalIsWithdrawn() {
        fixture.bank.revoke(people.alice());
        BankTransaction one = pay(100);
        refresh();
        assertThat(BindingFixture.status(bridge), is("OFFLINE/CONFIGURATION_PENDING offline.approval-withdrawn"));

        fixture.bank.approve(people.alice());
        refresh();
        refresh();
        assertThat(BindingFixture.status(thing), is("ONLINE"));
        assertThat(delivered(thing), contains(one.id()));
    }
}
