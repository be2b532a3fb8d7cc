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

import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.binding.monzo.simulator.BankAccount;
import org.openhab.core.thing.Thing;

/** Base class of tests of push with a public address that the user has entered. */
abstract class PublicUrlPushTestBase extends PushTestBase {

    static final Duration GRACE_PERIOD = Duration.ofMinutes(1);

    MonzoBridgeHandler bridge;
    BankAccount current;
    Thing account;

    @BeforeEach
    void connect() {
        current = people.current();
        bridge = addBridge("alice");
        account = fixture.addAccount(bridge, current.id());
        fixture.connect(bridge, people.alice());
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        fixture.scheduler.runDue();
    }

    BankAccount bobsAccount() {
        return fixture.bank.accounts(people.bob()).stream()
                .filter(owned -> owned != people.joint())
                .findFirst()
                .orElseThrow();
    }

    static String notice(String account, String transaction) {
        return "{\"type\":\"transaction.created\",\"data\":{\"account_id\":\"" + account + "\",\"id\":\"" + transaction
                + "\",\"amount\":-350}}";
    }

    HttpResponse<String> post(String url, String body) {
        return fixture.browser.post(url, body);
    }
}
