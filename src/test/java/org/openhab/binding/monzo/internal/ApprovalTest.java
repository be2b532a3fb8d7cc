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
package org.openhab.binding.monzo.internal;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;

/**
 * How often the bank is asked while an approval in the Monzo app is missing, and how soon its coming is noticed.
 */
class ApprovalTest extends AliceTest {

    private static final String NEEDED = "OFFLINE/CONFIGURATION_PENDING offline.approval-needed";
    private static final String WITHDRAWN = "OFFLINE/CONFIGURATION_PENDING offline.approval-withdrawn";

    /** What the contract promises. */
    private static final Duration PROMISE = Duration.ofSeconds(10);

    private static final Duration PAGE_RELOAD = Duration.ofSeconds(4);

    private void loggedIn() {
        house.logIn(bridge, alice);
        house.pass(Duration.ofSeconds(1));
        assertThat(BindingFixture.status(bridge), is(NEEDED));
        house.bank.resetCounts();
    }

    private void withdrawn() {
        connected();
        house.bank.revoke(alice);
        house.pass(BindingFixture.INTERVAL);
        assertThat(BindingFixture.status(bridge), is(WITHDRAWN));
        house.bank.resetCounts();
    }

    private void pageOpen(Duration time) {
        for (Duration t = Duration.ZERO; t.compareTo(time) < 0; t = t.plus(PAGE_RELOAD)) {
            bridge.expectApproval();
            house.pass(PAGE_RELOAD);
        }
    }

    @Test
    void approvalIsNoticedWithinTenSecondsInTheFirstQuarterOfAnHour() {
        loggedIn();
        house.pass(Duration.ofMinutes(14));
        assertThat(BindingFixture.status(bridge), is(NEEDED));
        house.bank.approve(alice);
        house.pass(PROMISE);
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
    }

    @Test
    void approvalIsNoticedWithinTheRefreshIntervalLater() {
        loggedIn();
        house.pass(Duration.ofHours(5));
        assertThat(BindingFixture.status(bridge), is(NEEDED));
        house.bank.approve(alice);
        house.pass(BindingFixture.INTERVAL);
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
    }

    @Test
    void missingApprovalIsAskedForLessAndLessOften() {
        loggedIn();
        house.pass(Duration.ofMinutes(15));
        assertThat(house.bank.requests().size(), is(both(greaterThan(140)).and(lessThan(152))));
        house.bank.resetCounts();
        house.pass(Duration.ofSeconds(12 + 24 + 48));
        assertThat(house.bank.requests(), hasSize(3));
        house.pass(Duration.ofDays(1).minusMinutes(17));
        assertThat(house.bank.requests().size(), is(lessThan(24 * 60)));
    }

    @Test
    void missingApprovalIsAskedForAtLeastEveryRefreshInterval() {
        house.edit(bridge.getThing(), Map.of("refreshInterval", 10));
        loggedIn();
        house.pass(Duration.ofHours(1));
        house.bank.resetCounts();
        house.pass(Duration.ofHours(1));
        assertThat(house.bank.requests().size(), is(both(greaterThan(350)).and(lessThan(362))));
    }

    @Test
    void newLoginIsAskedForQuicklyAgain() {
        loggedIn();
        house.pass(Duration.ofHours(2));
        house.logIn(bridge, alice);
        house.pass(Duration.ofMinutes(10));
        house.bank.approve(alice);
        house.pass(PROMISE);
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
    }

    @Test
    void withdrawnApprovalIsAskedForAtTheRefreshInterval() {
        withdrawn();
        house.pass(Duration.ofDays(1));
        assertThat(
                house.bank.count(Endpoint.ACCOUNTS), is(both(greaterThan(1400)).and(lessThan(1442))));
        assertThat("and renewals", house.bank.requests().size(), is(lessThan(1450)));
        house.bank.approve(alice);
        house.pass(BindingFixture.INTERVAL);
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
    }

    @Test
    void approvalIsNoticedWithinTenSecondsWhileThePageIsOpen() {
        loggedIn();
        house.pass(Duration.ofHours(3));
        pageOpen(Duration.ofMinutes(2));
        house.bank.approve(alice);
        pageOpen(Duration.ofSeconds(8));
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
    }

    @Test
    void approvalThatCameBackIsNoticedWithinTenSecondsWhileThePageIsOpen() {
        withdrawn();
        house.bank.approve(alice);
        pageOpen(Duration.ofSeconds(8));
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
    }

    /** A phone shows either the page or the Monzo app. */
    @Test
    void approvalIsNoticedQuicklyWhileThePageIsInTheBackground() {
        loggedIn();
        house.pass(Duration.ofHours(3));
        pageOpen(PAGE_RELOAD);
        house.pass(Duration.ofMinutes(4));
        house.bank.approve(alice);
        house.pass(PROMISE);
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
    }

    @Test
    void strangersAtThePageCostNoMoreThanOneDoes() {
        loggedIn();
        house.pass(Duration.ofHours(3));
        house.bank.resetCounts();
        for (int i = 0; i < 600 * 20; i++) {
            bridge.expectApproval();
            house.pass(Duration.ofMillis(50));
        }
        assertThat(
                "every 6 s",
                house.bank.requests().size(),
                is(both(greaterThan(95)).and(lessThan(102))));
        house.pass(Duration.ofMinutes(6));
        house.bank.resetCounts();
        house.pass(Duration.ofHours(1));
        assertThat("as before the page was opened", house.bank.requests().size(), is(lessThan(62)));
    }

    @Test
    void pageChangesNothingWhileTheBankAsksToBeLeftAlone() {
        loggedIn();
        house.bank.faults().next(Endpoint.ACCOUNTS, Fault.tooManyRequests("600"));
        house.pass(PROMISE);
        assertThat(BindingFixture.status(bridge), is("OFFLINE/COMMUNICATION_ERROR offline.rate-limited"));
        house.bank.resetCounts();
        pageOpen(Duration.ofMinutes(9));
        assertThat(house.bank.requests(), is(empty()));
    }

    @Test
    void pageChangesNothingWhileAllIsWell() {
        connected();
        house.pass(BindingFixture.INTERVAL);
        house.bank.resetCounts();
        pageOpen(Duration.ofMinutes(10));
        assertThat(house.bank.requests(), hasSize(20));
    }
}
