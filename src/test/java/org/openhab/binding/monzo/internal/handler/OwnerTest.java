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
package org.openhab.binding.monzo.internal.handler;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.fixture.BindingTestBase;

/**
 * Tests the property with the owner of a login.
 */
class OwnerTest extends BindingTestBase {

    private MonzoBridgeHandler bridge;

    @BeforeEach
    void addThings() {
        bridge = fixture.addBridge("home");
    }

    private Map<String, String> properties() {
        return bridge.getThing().getProperties();
    }

    /** Bob's first account is a joint account that lists Alice first. */
    @Test
    void showsNameOfTheLoggedInUser() {
        fixture.connect(bridge, people.bob());
        assertThat(properties(), is(Map.of("owner", "Bob Sample", "approved", "2026-11-21")));
    }

    @Test
    void showsNoUserId() {
        fixture.connect(bridge, people.alice());
        assertThat(properties().toString(), containsString("Alice Example"));
        assertThat(properties().toString(), not(containsString(people.alice().userId())));
    }

    @Test
    void showsNoOwnerAfterLogout() {
        fixture.connect(bridge, people.alice());
        fixture.edit(bridge.getThing(), Map.of("clientSecret", "another"));
        fixture.pass(BindingFixture.INTERVAL);

        assertThat(BindingFixture.status(bridge), containsString("login-needed"));
        assertThat(properties(), not(hasKey("owner")));
        assertThat(fixture.callback(bridge.getThing()).storedProperties(), not(hasKey("owner")));
    }
}
