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
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.binding.monzo.simulator.BankAccount;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.core.thing.Thing;

/** Tests every fault at every endpoint of push: balances stay current, and push recovers afterwards. */
class PushFaultsTest extends PushTestBase {

    /** As long as in {@code FaultMatrixTest}. */
    private static final Duration FAULTY = Duration.ofSeconds(110);

    /** The longest delay of the backoff. */
    private static final Duration RECOVERY = Duration.ofMinutes(16);

    private BankAccount current;
    private MonzoBridgeHandler bridge;
    private Thing account;

    static Stream<Fault> faults() {
        return Stream.of(
                Fault.serverError(),
                Fault.status(503),
                Fault.html(502),
                Fault.reset(),
                Fault.closeWithoutReply(),
                Fault.halfBody(),
                Fault.hang(),
                Fault.slowBody(),
                Fault.endlessBody(),
                Fault.html(200),
                Fault.emptyBody(200),
                Fault.json("[]"),
                Fault.json("null"),
                Fault.json("{}"),
                Fault.json(
                        "{\"webhooks\":[{\"id\":1,\"url\":{}},{\"id\":\"../x\",\"url\":\"https://x\"}],\"transaction\":3}"),
                Fault.json("[".repeat(100_000)),
                Fault.redirect("https://attacker.example/"),
                Fault.tooManyRequests(),
                Fault.tooManyRequests("115"),
                Fault.forbidden(),
                Fault.status(400),
                Fault.status(404, "{\"code\":\"not_found\"}", "application/json"),
                Fault.unauthorized("unauthorized.bad_access_token.expired", false),
                Fault.unauthorized("unauthorized.bad_access_token.evicted", false),
                Fault.unauthorized("unauthorized.bad_access_token", true),
                Fault.lostReply());
    }

    private void connect() {
        current = people.current();
        bridge = addBridge("alice");
        account = fixture.addAccount(bridge, current.id());
        fixture.connect(bridge, people.alice());
        fixture.scheduler.runDue();
    }

    private void assertUnaffected(Endpoint endpoint, int maxCalls) {
        fixture.bank.resetCounts();
        current.balance(10_000);
        fixture.pass(FAULTY);
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        assertThat(BindingFixture.status(account), is("ONLINE"));
        assertThat(fixture.state(account, "balance"), is("100.00"));
        assertThat("calls", fixture.bank.count(endpoint), is(lessThanOrEqualTo(maxCalls)));
        assertThat("calls of the token endpoint", fixture.bank.count(Endpoint.TOKEN), is(lessThanOrEqualTo(1)));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void keepsBalancesWhileWebhooksCannotBeRegistered(Fault fault) {
        fixture.bank.faults().always(Endpoint.WEBHOOKS, fault);
        connect();
        assertUnaffected(Endpoint.WEBHOOKS, 8);
        fixture.bank.faults().clear();
        fixture.pass(recovery(fault));
        assertThat(hooks(current), hasSize(1));
        assertThat(state(bridge), is(Push.Status.AWAITING_NOTICE));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void keepsBalancesWhileWebhooksCannotBeDeleted(Fault fault) {
        connect();
        fixture.bank.faults().always(Endpoint.WEBHOOK, fault);
        fixture.edit(bridge.getThing(), Map.of("push", false));
        assertUnaffected(Endpoint.WEBHOOK, 5);
        fixture.bank.faults().clear();
        fixture.pass(recovery(fault));
        // A response that a webhook was deleted is trusted.
        boolean believed = fixture.bank.webhooks().of(current).size() == 1;
        assertThat(believed, is(isSuccess(fault)));
    }

    /** What Monzo forbids is tried again the next day. */
    private static Duration recovery(Fault fault) {
        return fault.toString().equals("forbidden") ? Duration.ofDays(1) : RECOVERY;
    }

    private static boolean isSuccess(Fault fault) {
        return Stream.of("json", "html 200", "emptyBody 200", "status 404")
                .anyMatch(name -> fault.toString().startsWith(name));
    }
}
