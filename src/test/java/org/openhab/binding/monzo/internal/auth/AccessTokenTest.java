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
package org.openhab.binding.monzo.internal.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openhab.binding.monzo.internal.auth.OAuthClient.AccessToken;

class AccessTokenTest {

    private static final Instant OBTAINED = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource({"PT30H, PT29H30M", "PT2H, PT1H30M", "PT1H, PT45M", "PT40S, PT30S", "PT1S, PT0.75S", "PT0S, PT0S"})
    void isRefreshedHalfAnHourBeforeExpiryOrProportionallyEarlier(Duration expiresIn, Duration due) {
        AccessToken token = new AccessToken("token", OBTAINED, OBTAINED.plus(expiresIn));

        assertEquals(OBTAINED.plus(due), token.refreshDue());
    }
}
