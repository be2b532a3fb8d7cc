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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.openhab.binding.monzo.fixture.BindingTestBase;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.binding.monzo.simulator.BankAccount;
import org.openhab.binding.monzo.simulator.BankTransaction;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Webhook;

/** Base class of tests of push: a public address that leads to the fixture's web server. */
abstract class PushTestBase extends BindingTestBase {

    static final String PUBLIC_URL = "https://home.example/notices";
    static final Duration PUSH_INTERVAL = Duration.ofMinutes(15);

    @BeforeEach
    void deliverNotices() {
        fixture.bank.pushes().deliver(PUBLIC_URL, fixture.url() + "/connectmonzo/webhook");
        fixture.bank.pushes().retryDelay(Duration.ofMillis(20));
    }

    MonzoBridgeHandler addBridge(String id) {
        return addBridge(id, Map.of("webhookUrl", PUBLIC_URL));
    }

    MonzoBridgeHandler addBridge(String id, Map<String, Object> more) {
        Map<String, Object> entries = new HashMap<>(more);
        entries.put("push", true);
        return fixture.addBridge(id, entries);
    }

    /** The URLs of the webhooks at an account, sorted. */
    List<String> hooks(BankAccount account) {
        return fixture.bank.webhooks().of(account).stream()
                .map(Webhook::url)
                .sorted()
                .toList();
    }

    Set<String> accountsWithWebhook() {
        return fixture.bank.webhooks().all().stream()
                .map(Webhook::accountId)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The only URL of the only webhook at an account. */
    String hook(BankAccount account) {
        assertThat(hooks(account), hasSize(1));
        return hooks(account).get(0);
    }

    /** The secret path of the webhook at an account, on the fixture's web server. */
    String localUrl(BankAccount account) {
        return fixture.url() + "/connectmonzo/webhook" + hook(account).substring(PUBLIC_URL.length());
    }

    /** Waits until the bank has sent all notices, and lets the binding run what is due. */
    void awaitNotices(int count) {
        try {
            assertThat("notices sent", fixture.bank.pushes().awaitAttempts(count, AWAIT_TIMEOUT));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        fixture.scheduler.runDue();
    }

    /** A payment whose notice has come, and whatever it caused within a moment. */
    BankTransaction payWithNotice(BankAccount account, long pence) {
        int before = fixture.bank.pushes().attempts().size();
        BankTransaction payment = account.payments().pay(pence, "Coffee Bar");
        awaitNotices(before + 1);
        return payment;
    }

    /** A payment of which Monzo sends no notice. */
    BankTransaction payWithoutNotice(BankAccount account, long pence) {
        fixture.bank.pushes().suspend(true);
        BankTransaction payment = account.payments().pay(pence, "Coffee Bar");
        fixture.bank.pushes().suspend(false);
        return payment;
    }

    static Push.Status state(MonzoBridgeHandler bridge) {
        return bridge.connection().pushStatus();
    }

    /** The number of refreshes of an account in a time without notices. */
    int refreshesIn(Duration time) {
        int before = fixture.bank.count(Endpoint.BALANCE);
        fixture.pass(time);
        return fixture.bank.count(Endpoint.BALANCE) - before;
    }
}
