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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.fixture.Fuzz;

/** Anybody can send a notice: every text yields a plain account ID, or none. */
class WebhookEndpointFuzzTest {

    private static final String NOTICE = "{\"type\":\"transaction.created\",\"data\":{\"account_id\":\"acc_1\","
            + "\"amount\":-350,\"created\":\"2015-09-04T14:28:40Z\",\"currency\":\"GBP\",\"description\":\"Ozone\","
            + "\"id\":\"tx_1\",\"category\":\"eating_out\",\"is_load\":false,\"merchant\":{\"name\":\"The \\u00e9\","
            + "\"id\":\"merch_1\"}}}";

    @Test
    void readsAPlainIdOrNothing() {
        assertEquals(Optional.of("acc_1"), WebhookEndpoint.accountId(NOTICE));
        Fuzz.run("WebhookEndpoint", random -> {
            String body = random.nextInt(20) == 0
                    ? Fuzz.oneOf(random, "[", "{\"data\":", "{\"type\":[", "\"\\u0", "\uFEFF")
                            .repeat(random.nextInt(10_000))
                    : Fuzz.mutated(NOTICE, random);
            WebhookEndpoint.accountId(body).ifPresent(id -> assertTrue(id.matches("\\w{1,100}")));
        });
    }
}
