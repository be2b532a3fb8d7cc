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
import static org.hamcrest.Matchers.is;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.fixture.RuleCalls;
import org.openhab.binding.monzo.fixture.RuleCalls.Result;
import org.openhab.binding.monzo.fixture.SingleLoginTestBase;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.PotTransfer;
import org.openhab.binding.monzo.simulator.RecordedRequest;

/** Base class of tests of transfers with Alice's holiday pot, which the configuration of her login allows. */
abstract class TransferTestBase extends SingleLoginTestBase {

    RuleCalls rules;

    @BeforeEach
    final void allowTransfers() {
        rules = new RuleCalls(fixture);
        configure(Map.of("allowTransfers", true));
        connected();
    }

    /** Edits the bridge, and waits until it is online again. */
    final void configure(Map<String, Object> changes) {
        fixture.edit(bridge.getThing(), changes);
        fixture.scheduler.runDue();
        fixture.bank.resetCounts();
    }

    /** What the bank has moved, in minor units; withdrawals are negative. */
    final List<Long> moved() {
        return fixture.bank.transfers().stream().map(PotTransfer::amount).toList();
    }

    /** The requests to move money. */
    final List<RecordedRequest> puts() {
        return fixture.bank.requests().stream()
                .filter(request ->
                        request.endpoint() == Endpoint.POT_DEPOSIT || request.endpoint() == Endpoint.POT_WITHDRAW)
                .toList();
    }

    static void assertDone(Result result, String balance) {
        assertThat(result.message(), result.outcome(), is("DONE"));
        assertThat(result.balance(), is(balance == null ? null : new BigDecimal(balance)));
    }

    static void assertRefused(Result result, String reason) {
        assertThat(result, is(new Result("REFUSED", reason + " Nothing was moved.", null)));
    }

    static void assertUnknown(Result result) {
        assertThat(result.message(), result.outcome(), is("UNKNOWN"));
    }

    final void assertOnline() {
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        assertThat(BindingFixture.status(pot), is("ONLINE"));
    }
}
