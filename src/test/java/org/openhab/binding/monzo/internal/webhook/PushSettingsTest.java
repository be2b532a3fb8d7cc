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

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.fixture.BindingFixture;

/** Tests the settings of push, and what the page shows of it. */
class PushSettingsTest extends PublicUrlPushTestBase {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://home.example/x",
                "home.example",
                "https://home.example/x?a=b",
                "ftp://home.example",
                "https://"
            })
    void rejectsAnInvalidWebhookUrl(String url) {
        fixture.edit(bridge.getThing(), Map.of("webhookUrl", url));
        assertThat(BindingFixture.status(bridge), is("OFFLINE/CONFIGURATION_ERROR offline.webhook-url-invalid"));
    }

    @Test
    void describesPushOnThePage() {
        assertThat(page(), containsString("Push: set up; on as soon as a notice arrives"));
        payWithNotice(current, 350);
        assertThat(page(), containsString("Push: on<"));
        fixture.pass(PUSH_INTERVAL);
        payWithoutNotice(current, 350);
        fixture.pass(PUSH_INTERVAL);
        fixture.pass(GRACE_PERIOD);
        assertThat(page(), containsString("Push: not receiving notices"));
        assertThat(page(), containsString("Notifications &amp; Remote Access"));
        fixture.edit(bridge.getThing(), Map.of("push", false));
        assertThat(page(), not(containsString("Push")));
        fixture.edit(bridge.getThing(), Map.of("push", true, "webhookUrl", ""));
        assertThat(page(), containsString("Push: waiting for openHAB&#39;s webhook service"));
    }

    @Test
    void rejectsATooShortPushInterval() {
        fixture.edit(bridge.getThing(), Map.of("pushRefreshInterval", 9));
        assertThat(
                BindingFixture.status(bridge),
                is("OFFLINE/CONFIGURATION_ERROR offline.push-refresh-interval-too-short"));
    }

    private String page() {
        return fixture.browser
                .get(fixture.url() + "/connectmonzo", "Accept-Language", "en-GB")
                .body();
    }
}
