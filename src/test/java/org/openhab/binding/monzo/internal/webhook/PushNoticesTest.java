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
import static org.hamcrest.Matchers.*;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.simulator.BankAccount;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;

/** Tests the refreshes that notices cause. */
class PushNoticesTest extends PublicUrlPushTestBase {

    @Test
    void refreshesAtOnceWhenANoticeComes() {
        String before = fixture.state(account, "balance");
        fixture.pass(Duration.ofSeconds(20));
        payWithNotice(current, 350);
        assertThat(fixture.state(account, "balance"), is(not(before)));
        assertThat(fixture.state(account, "balance"), is("1231.06"));
    }

    @Test
    void refreshesAtMostOnceInTwoSecondsHoweverManyNoticesCome() {
        fixture.pass(Duration.ofSeconds(30));
        fixture.bank.resetCounts();
        String url = localUrl(current);
        for (int i = 0; i < 600; i++) {
            assertThat(post(url, notice(current.id(), "tx_" + i)).statusCode(), is(200));
            fixture.pass(Duration.ofMillis(50));
        }
        assertThat(
                fixture.bank.count(Endpoint.BALANCE),
                is(both(greaterThanOrEqualTo(14)).and(lessThanOrEqualTo(16))));
        assertThat(fixture.bank.requests(), hasSize(lessThanOrEqualTo(17)));
    }

    @Test
    void refreshesOnceMoreForANoticeDuringTheInterval() {
        fixture.pass(Duration.ofSeconds(30));
        fixture.bank.resetCounts();
        payWithNotice(current, 100);
        payWithNotice(current, 200);
        assertThat(fixture.bank.count(Endpoint.BALANCE), is(1));
        fixture.pass(Duration.ofMillis(1999));
        assertThat(fixture.bank.count(Endpoint.BALANCE), is(1));
        fixture.pass(Duration.ofMillis(1));
        assertThat(fixture.bank.count(Endpoint.BALANCE), is(2));
        assertThat(fixture.state(account, "balance"), is("1231.56"));
    }

    @Test
    void keepsBackoffHoweverManyNoticesCome() {
        fixture.bank.faults().always(Endpoint.BALANCE, Fault.tooManyRequests("600"));
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(BindingFixture.status(bridge), startsWith("OFFLINE/COMMUNICATION_ERROR"));
        fixture.bank.resetCounts();
        String url = localUrl(current);
        for (int i = 0; i < 100; i++) {
            post(url, notice(current.id(), "tx_" + i));
            fixture.pass(Duration.ofSeconds(5));
        }
        assertThat(fixture.bank.requests(), is(empty()));
    }

    @Test
    void ignoresNoticesOfAccountsThatNoThingShows() {
        fixture.pass(Duration.ofSeconds(30));
        fixture.bank.resetCounts();
        for (BankAccount other : List.of(people.joint(), people.euro())) {
            assertThat(post(localUrl(current), notice(other.id(), "tx_1")).statusCode(), is(200));
        }
        fixture.pass(Duration.ofSeconds(5));
        assertThat(fixture.bank.requests(), is(empty()));
    }
}
