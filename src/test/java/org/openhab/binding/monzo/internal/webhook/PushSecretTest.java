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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.fixture.BackgroundTask;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.binding.monzo.simulator.Endpoint;

/** Tests the secret in the URL of the webhooks. */
class PushSecretTest extends PublicUrlPushTestBase {

    @Test
    void keepsTheSecretOverARestart() {
        String before = hook(current);
        fixture.restart(Duration.ofMinutes(1));
        fixture.scheduler.runDue();
        assertThat(hook(current), is(before));
        assertThat(fixture.bank.webhooks().all(), hasSize(1));
    }

    @Test
    void keepsTheSecretsOfTwoBridgesOverARestart() {
        MonzoBridgeHandler bobs = addBridge("bob");
        fixture.addAccount(bobs, people.joint().id());
        fixture.connect(bobs, people.bob());
        fixture.scheduler.runDue();
        List<String> before = List.of(hook(current), hook(people.joint()));
        fixture.addAccount(bridge, people.euro().id());
        fixture.pass(BindingFixture.INTERVAL);
        BackgroundTask.until(
                "it is written", () -> stored().contains(people.euro().id()));
        for (int i = 0; i < 2; i++) {
            fixture.restart(Duration.ofMinutes(1));
            fixture.pass(Duration.ofMinutes(1));
            assertThat(List.of(hook(current), hook(people.joint())), is(before));
        }
    }

    @Test
    void deletesWebhooksAndSecretOfARemovedBridge() {
        String secret = hook(current).substring(PUBLIC_URL.length() + 1);
        String url = localUrl(current);
        assertThat(stored(), containsString(secret));
        fixture.remove(bridge.getThing());
        assertThat(fixture.bank.webhooks().all(), is(empty()));
        assertThat(fixture.bank.count(Endpoint.LOGOUT), is(1));
        assertThat(stored(), not(containsString(secret)));
        assertThat(post(url, "{}").statusCode(), is(404));
    }

    private String stored() {
        return fixture.core().stored("org.openhab.binding.monzo.webhooks");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "[]",
                "{\"secret\":\"a\"}",
                "{\"secret\":{}}",
                "{\"secret\":null,\"webhooks\":5}",
                "{\"webhooks\":{\"acc_1\":null}}",
                "{\"webhooks\":{\"acc_1\":[null]}}",
                "{\"webhooks\":{\"acc_1\":{\"https://x\":{}}}}"
            })
    void createsAnotherSecretIfTheStoredOneIsDamaged(String text) {
        damageStore(text);
        assertThat(hooks(current), hasItem(matchesPattern(PUBLIC_URL + "/[\\w-]{43}")));
    }

    @Test
    void createsAnotherSecretIfSomethingElseIsStored() {
        damageStore(5);
        assertThat(hooks(current), hasSize(2)); // the former one is unknown
    }

    private void damageStore(Object value) {
        fixture.core()
                .storageService()
                .<Object>getStorage("org.openhab.binding.monzo.webhooks")
                .put(bridge.getThing().getUID().getAsString(), value);
        fixture.restart(Duration.ofMinutes(1));
        fixture.pass(Duration.ofMinutes(1));
        assertThat(BindingFixture.status(fixture.bridgeNow("alice")), is("ONLINE"));
    }
}
