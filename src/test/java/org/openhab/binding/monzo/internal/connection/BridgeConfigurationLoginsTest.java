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
package org.openhab.binding.monzo.internal.connection;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.is;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openhab.binding.monzo.internal.MonzoBindingConstants;
import org.openhab.binding.monzo.internal.auth.OAuthClient;
import org.openhab.core.config.core.Configuration;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingStatus;
import org.openhab.core.thing.ThingTypeUID;
import org.openhab.core.thing.ThingUID;
import org.openhab.core.thing.binding.builder.BridgeBuilder;
import org.openhab.core.thing.binding.builder.ThingBuilder;
import org.openhab.core.thing.binding.builder.ThingStatusInfoBuilder;

class BridgeConfigurationLoginsTest {

    private static Thing bridge(Map<String, Object> configuration) {
        return BridgeBuilder.create(MonzoBindingConstants.THING_TYPE_BRIDGE, new ThingUID("monzo:bridge:alice"))
                .withConfiguration(new Configuration(configuration))
                .build();
    }

    private static Map<String, OAuthClient.Settings> logins(Thing thing) {
        return BridgeConfiguration.oAuthClientSettings(List.of(thing));
    }

    @Test
    void returnsSettingsByBridge() {
        Thing bridge = bridge(Map.of("clientId", " id ", "clientSecret", "secret", "apiUrl", "https://api.example/"));

        assertThat(
                logins(bridge),
                is(Map.of(
                        "monzo:bridge:alice",
                        new OAuthClient.Settings("id", "secret", "https://api.example", "https://auth.monzo.com"))));
    }

    @ParameterizedTest
    @EnumSource(ThingStatus.class)
    void ignoresBridgesBeingRemoved(ThingStatus status) {
        Thing bridge = bridge(Map.of("clientId", "id"));
        bridge.setStatusInfo(ThingStatusInfoBuilder.create(status).build());

        boolean isThere = status != ThingStatus.REMOVING && status != ThingStatus.REMOVED;
        assertThat(logins(bridge), is(aMapWithSize(isThere ? 1 : 0)));
    }

    @Test
    void ignoresOtherThings() {
        ThingTypeUID type = new ThingTypeUID("other", "bridge");
        Thing other = ThingBuilder.create(type, new ThingUID(type, "x")).build();

        assertThat(logins(other), is(anEmptyMap()));
    }

    /** An unreadable configuration must not prevent storing the tokens of another login. */
    @Test
    void ignoresUnreadableConfiguration() {
        Map<String, Object> nonsense = new HashMap<>();
        for (String name : List.of("clientId", "clientSecret", "refreshInterval", "callbackUrl", "apiUrl", "authUrl")) {
            for (Object value : new Object[] {"abc", new BigDecimal("1e30"), true, List.of("a", "b"), null}) {
                nonsense.clear();
                nonsense.put(name, value);
                logins(bridge(nonsense));
            }
        }
    }
}
