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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.core.config.core.Configuration;

/** Checks that secrets are sent to other machines only over HTTPS. */
class BridgeConfigurationUrlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.monzo.com",
                " https://api.example/ ",
                "http://localhost:8080",
                "http://127.0.0.1:1",
                "https://api.example:65535",
                "http://[::1]:8080"
            })
    void acceptsHttpsAndLoopbackUrls(String url) {
        assertNull(configuration(url).validate(new Configuration()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "api.monzo.com",
                "http://api.monzo.com",
                "http://127.evil.example",
                "http://127.0.0.1.evil.example",
                "http://localhost.evil.example",
                "http://localhost@evil.example",
                "ftp://localhost",
                "https://",
                "https:///path",
                "https://api.example:65536",
                "https://a b"
            })
    void rejectsOtherUrls(String url) {
        assertEquals("@text/offline.api-url-invalid", configuration(url).validate(new Configuration()));
    }

    private static BridgeConfiguration configuration(String apiUrl) {
        BridgeConfiguration configuration = new BridgeConfiguration();
        configuration.clientId = "oauth2client_1";
        configuration.clientSecret = "s3cret";
        configuration.apiUrl = apiUrl;
        return configuration;
    }
}
