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
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.fixture.SingleLoginTestBase;
import org.openhab.binding.monzo.fixture.WarningLog;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.core.thing.Thing;

/**
 * Tests how often the bank is polled while access is not approved, and how soon an approval is detected.
 */
class ApprovalTest extends SingleLoginTestBase {

    private static final String NEEDED = "OFFLINE/CONFIGURATION_PENDING offline.approval-needed";
    private static final String WITHDRAWN = "OFFLINE/CONFIGURATION_PENDING offline.approval-withdrawn";

    /** The maximum time from the approval to ONLINE, by contract. */
    private static final Duration MAX_DELAY = Duration.ofSeconds(10);

    private static final Duration PAGE_RELOAD = Duration.ofSeconds(4);

    private void loggedIn() {
        fixture.logIn(bridge, alice);
        fixture.pass(Duration.ofSeconds(1));
        assertThat(BindingFixture.status(bridge), is(NEEDED));
        fixture.bank.resetCounts();
    }

    private void withdrawn() {
        connected();
        fixture.bank.revoke(alice);
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(BindingFixture.status(bridge), is(WITHDRAWN));
        fixture.bank.resetCounts();
    }

    private void pageOpen(Duration time) {
        for (Duration t = Duration.ZERO; t.compareTo(time) < 0; t = t.plus(PAGE_RELOAD)) {
            bridge.connection().poller().expectApproval();
            fixture.pass(PAGE_RELOAD);
        }
    }

    /** Nothing but transactions is requested, which Monzo may also refuse for an account alone. */
    @Test
    void detectsWithTransactionsAloneThatTheApprovalIsWithdrawn() {
        fixture.remove(account);
        fixture.remove(pot);
        Thing budget = fixture.addBudget(bridge, "budget", Map.of());
        connected();
        fixture.pass(BindingFixture.INTERVAL);
        try (WarningLog warnings = new WarningLog(SnapshotBuilder.class)) {
            fixture.bank.revoke(alice);
            fixture.pass(BindingFixture.INTERVAL);
            assertThat(BindingFixture.status(bridge), is(WITHDRAWN));
            assertThat(warnings.messages(), is(empty()));
            fixture.bank.approve(alice);
            fixture.pass(BindingFixture.INTERVAL);
            assertThat(BindingFixture.status(budget), is("ONLINE"));

            people.current().forbid(Endpoint.TRANSACTIONS);
            fixture.pass(BindingFixture.INTERVAL.multipliedBy(2));
            assertThat(BindingFixture.status(bridge), is("ONLINE"));
            assertThat(BindingFixture.status(budget), is("OFFLINE/CONFIGURATION_ERROR offline.account-not-permitted"));
            assertThat(warnings.messages(), hasSize(1));
        }
    }

    @Test
    void detectsApprovalWithinTenSecondsForFifteenMinutes() {
        loggedIn();
        fixture.pass(Duration.ofMinutes(14));
        assertThat(BindingFixture.status(bridge), is(NEEDED));
        fixture.bank.approve(alice);
        fixture.pass(MAX_DELAY);
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
    }

    @Test
    void detectsLaterApprovalWithinRefreshInterval() {
        loggedIn();
        fixture.skip(Duration.ofHours(5));
        assertThat(BindingFixture.status(bridge), is(NEEDED));
        fixture.bank.approve(alice);
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
    }

    @Test
    void pollsForApprovalWithIncreasingDelay() {
        loggedIn();
        fixture.pass(Duration.ofMinutes(15));
        assertThat(fixture.bank.requests().size(), is(both(greaterThan(140)).and(lessThan(152))));
        fixture.bank.resetCounts();
        fixture.pass(Duration.ofSeconds(12 + 24 + 48));
        assertThat(fixture.bank.requests(), hasSize(3));
        fixture.pass(Duration.ofHours(6).minusMinutes(17));
        assertThat(fixture.bank.requests().size(), is(lessThan(6 * 60)));
    }

    @Test
    void pollsForApprovalAtLeastEveryRefreshInterval() {
        fixture.edit(bridge.getThing(), Map.of("refreshInterval", 10));
        loggedIn();
        fixture.skip(Duration.ofHours(1));
        fixture.bank.resetCounts();
        fixture.pass(Duration.ofHours(1));
        assertThat(fixture.bank.requests().size(), is(both(greaterThan(350)).and(lessThan(362))));
    }

    @Test
    void pollsQuicklyAfterNewLogin() {
        loggedIn();
        fixture.skip(Duration.ofHours(2));
        fixture.logIn(bridge, alice);
        fixture.pass(Duration.ofMinutes(10));
        fixture.bank.approve(alice);
        fixture.pass(MAX_DELAY);
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
    }

    @Test
    void pollsAtRefreshIntervalAfterApprovalWasWithdrawn() {
        withdrawn();
        fixture.pass(Duration.ofHours(6));
        assertThat(
                fixture.bank.count(Endpoint.ACCOUNTS), is(both(greaterThan(350)).and(lessThan(362))));
        assertThat("including a token refresh", fixture.bank.requests().size(), is(lessThan(364)));
        fixture.bank.approve(alice);
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
    }

    @Test
    void detectsApprovalWithinTenSecondsWhilePageIsOpen() {
        loggedIn();
        fixture.skip(Duration.ofHours(3));
        pageOpen(Duration.ofMinutes(2));
        fixture.bank.approve(alice);
        pageOpen(Duration.ofSeconds(8));
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
    }

    @Test
    void detectsRestoredApprovalWithinTenSecondsWhilePageIsOpen() {
        withdrawn();
        fixture.bank.approve(alice);
        pageOpen(Duration.ofSeconds(8));
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
    }

    /** A phone shows either the page or the Monzo app, never both. */
    @Test
    void detectsApprovalWhilePageIsInBackground() {
        loggedIn();
        fixture.skip(Duration.ofHours(3));
        pageOpen(PAGE_RELOAD);
        fixture.pass(Duration.ofMinutes(4));
        fixture.bank.approve(alice);
        fixture.pass(MAX_DELAY);
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
    }

    @Test
    void sendsSameRequestsForManyPageVisitors() {
        loggedIn();
        fixture.skip(Duration.ofHours(3));
        fixture.bank.resetCounts();
        for (int i = 0; i < 600 * 20; i++) {
            bridge.connection().poller().expectApproval();
            fixture.pass(Duration.ofMillis(50));
        }
        assertThat(
                "every 6 s",
                fixture.bank.requests().size(),
                is(both(greaterThan(95)).and(lessThan(102))));
        fixture.pass(Duration.ofMinutes(6));
        fixture.bank.resetCounts();
        fixture.pass(Duration.ofHours(1));
        assertThat("as before the page was opened", fixture.bank.requests().size(), is(lessThan(62)));
    }

    @Test
    void pageSendsNoRequestsDuringRetryAfter() {
        loggedIn();
        fixture.bank.faults().next(Endpoint.ACCOUNTS, Fault.tooManyRequests("600"));
        fixture.pass(MAX_DELAY);
        assertThat(BindingFixture.status(bridge), is("OFFLINE/COMMUNICATION_ERROR offline.rate-limited"));
        fixture.bank.resetCounts();
        pageOpen(Duration.ofMinutes(9));
        assertThat(fixture.bank.requests(), is(empty()));
    }

    @Test
    void pageSendsNoRequestsWhileOnline() {
        connected();
        fixture.pass(BindingFixture.INTERVAL);
        fixture.bank.resetCounts();
        pageOpen(Duration.ofMinutes(10));
        assertThat("balances, and pots once", fixture.bank.requests(), hasSize(11));
    }

    private String approved() {
        return fixture.bridgeNow("alice").getThing().getProperties().getOrDefault("approved", "never");
    }

    @Test
    void showsDayOnWhichDataCouldFirstBeReadInOpenHabsTimeZone() {
        fixture.zone = ZoneId.of("Pacific/Auckland");
        loggedIn();
        assertThat(approved(), is("never"));
        fixture.skip(Duration.ofHours(5));
        fixture.bank.approve(alice);
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(approved(), is("2026-11-22"));
    }

    @Test
    void keepsDayOfApprovalWhileTokensAreRefreshed() {
        connected();
        fixture.skip(Duration.ofDays(3));
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        assertThat(approved(), is("2026-11-21"));
    }

    /** As with things of a text file, whose properties openHAB does not store. */
    @Test
    void restoresDayOfApprovalAfterARestart() {
        connected();
        bridge.getThing().setProperty("approved", null);
        fixture.restart(Duration.ofDays(3));
        fixture.pass(Duration.ofSeconds(1));
        assertThat(approved(), is("2026-11-21"));
    }

    @Test
    void keepsDayOfApprovalAfterMonzoEndedTheLogin() {
        connected();
        fixture.skip(Duration.ofDays(2));
        fixture.bank
                .faults()
                .always(Endpoint.BALANCE, Fault.unauthorized("unauthorized.bad_access_token.evicted", true));
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(BindingFixture.status(bridge), containsString("login-evicted"));
        assertThat(approved(), is("2026-11-21"));
    }

    @Test
    void showsDayOfTheLatestApproval() {
        withdrawn();
        fixture.skip(Duration.ofDays(1));
        assertThat(approved(), is("2026-11-21"));
        fixture.bank.approve(alice);
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(approved(), is("2026-11-22"));

        fixture.skip(Duration.ofDays(1));
        fixture.connect(bridge, alice);
        assertThat(approved(), is("2026-11-23"));
    }

    @Test
    void removesDayOfApprovalWithTheLogin() {
        connected();
        assertThat(approved(), is("2026-11-21"));
        fixture.edit(bridge.getThing(), Map.of("clientSecret", "another"));
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(BindingFixture.status(bridge), containsString("login-needed"));
        assertThat(approved(), is("never"));
    }
}
