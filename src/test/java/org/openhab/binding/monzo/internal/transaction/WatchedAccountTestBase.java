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

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.fixture.BindingTestBase;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.binding.monzo.simulator.BankAccount;
import org.openhab.binding.monzo.simulator.BankTransaction;
import org.openhab.core.thing.Thing;

/** Base class of tests with the login of Alice and a thing that delivers the transactions of her account. */
abstract class WatchedAccountTestBase extends BindingTestBase {

    static final Duration A_MOMENT = Duration.ofSeconds(3);
    static final List<String> CHANNELS = List.of(
            "last-transaction-amount",
            "last-transaction-description",
            "last-transaction-category",
            "last-transaction-time");

    MonzoBridgeHandler bridge;
    BankAccount account;
    Thing thing;

    /** A login with an account that is watched, and that had a transaction before. */
    @BeforeEach
    void connect() {
        account = people.current();
        account.payments()
                .createdAt(fixture.clock.instant().minus(Duration.ofHours(1)))
                .pay(1_999, "Coffee Bar");
        bridge = fixture.addBridge("alice");
        thing = fixture.addWatchedAccount(bridge, account.id());
        fixture.connect(bridge, people.alice());
        fixture.pass(A_MOMENT);
    }

    void refresh() {
        fixture.pass(BindingFixture.INTERVAL);
    }

    /** The computer sleeps, then refreshes. */
    void sleep(Duration time) {
        fixture.clock.advance(time);
        refresh();
    }

    BankTransaction pay(long pence) {
        return account.payments().pay(pence, "Corner Shop");
    }

    BankTransaction payAt(Instant created, long pence) {
        return account.payments().createdAt(created).pay(pence, "Corner Shop");
    }

    /** Many payments, while the computer sleeps. */
    List<BankTransaction> pay(int count, Duration apart) {
        fixture.clock.advance(apart.multipliedBy(count));
        Instant first = fixture.clock.instant().minus(apart.multipliedBy(count));
        return IntStream.range(0, count)
                .mapToObj(i -> payAt(first.plus(apart.multipliedBy(i)), 100 + i))
                .toList();
    }

    static List<String> ids(List<BankTransaction> transactions) {
        return transactions.stream().map(BankTransaction::id).toList();
    }

    List<JsonObject> payloads(Thing of) {
        return payloads(of, "transaction");
    }

    /** The payloads of the changes that a thing delivered since the last start of openHAB. */
    List<JsonObject> updates(Thing of) {
        return payloads(of, "transaction-updated");
    }

    private List<JsonObject> payloads(Thing of, String channel) {
        return fixture.callback(of).payloads(channel).stream()
                .map(payload -> new JsonParser().parse(payload).getAsJsonObject())
                .toList();
    }

    /** The IDs of the transactions that a thing delivered since the last start of openHAB. */
    List<String> delivered(Thing by) {
        return payloads(by).stream()
                .map(payload -> payload.get("id").getAsString())
                .toList();
    }

    List<String> shown(Thing of) {
        return CHANNELS.stream().map(channel -> fixture.state(of, channel)).toList();
    }
}
