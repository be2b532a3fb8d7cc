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

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.simulator.Endpoint;

/** Counts the requests for transactions. */
class TransactionRequestsTest extends WatchedAccountTestBase {

    @Test
    void sendsOneMorePerRefresh() {
        fixture.bank.resetCounts();
        refresh();
        assertThat(requests(), is(1));
        assertThat(fixture.bank.requests(), hasSize(2));
    }

    @Test
    void sendsNoneWithoutTransactions() {
        fixture.edit(thing, Map.of("transactions", false));
        fixture.pass(A_MOMENT);
        fixture.bank.resetCounts();
        refresh();
        assertThat(requests(), is(0));
        assertThat(shown(thing), everyItem(is("UNDEF")));
    }

    @Test
    void sendsOneForTwoThings() {
        fixture.addAccount(bridge, "second", Map.of("accountId", account.id(), "transactions", true));
        fixture.pass(A_MOMENT);
        fixture.bank.resetCounts();
        refresh();
        assertThat(requests(), is(1));
    }

    @Test
    void sendsOneAfterManyTransactions() {
        pay(150, Duration.ofMinutes(10));
        refresh();
        fixture.bank.resetCounts();
        refresh();
        assertThat(requests(), is(1));
    }

    private int requests() {
        return fixture.bank.count(Endpoint.TRANSACTIONS);
    }
}
