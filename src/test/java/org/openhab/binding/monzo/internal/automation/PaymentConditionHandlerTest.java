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
package org.openhab.binding.monzo.internal.automation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.fixture.WarningLog;
import org.openhab.core.automation.util.ModuleBuilder;
import org.openhab.core.config.core.Configuration;
import org.openhab.core.thing.ChannelUID;
import org.openhab.core.thing.events.ThingEventFactory;

/** Which transactions are large payments. */
class PaymentConditionHandlerTest {

    private static final ChannelUID CHANNEL = new ChannelUID("monzo:account:alice:current:transaction");

    private static boolean isSatisfied(Object limit, String payload) {
        return new PaymentConditionHandler(
                        ModuleBuilder.createCondition()
                                .withId("payment")
                                .withTypeUID(PaymentConditionHandler.TYPE)
                                .withConfiguration(new Configuration(Map.of("amount", limit)))
                                .build(),
                        "rule")
                .isSatisfied(Map.of("event", ThingEventFactory.createTriggerEvent(payload, CHANNEL)));
    }

    @ParameterizedTest
    @CsvSource({
        "-49.99, false",
        "-50, true",
        "-50.00, true",
        "-1000.01, true",
        "50.00, false",
        "1000, false",
        "0, false"
    })
    void comparesMoneyThatLeftTheAccount(String amount, boolean large) {
        String payload = "{\"amount\":\"%s\",\"declined\":null,\"pot\":null}".formatted(amount);
        assertEquals(large, isSatisfied(new BigDecimal("50"), payload));
        assertEquals(large, isSatisfied("50.00", payload));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"amount\":\"-60\",\"declined\":\"INSUFFICIENT_FUNDS\"}",
                "{\"amount\":\"-60\",\"pot\":\"pot_1\"}",
                "{\"amount\":\"-60\",\"pot\":null,\"scheme\":\"uk_retail_pot\"}",
                "{\"amount\":null}",
                "{\"amount\":[]}",
                "{\"amount\":\"lots\"}",
                "{}",
                "[]",
                "null",
                "",
                "REACHED",
                "{\"amount\":"
            })
    void ignoresEverythingElse(String payload) {
        assertFalse(isSatisfied(new BigDecimal("50"), payload));
    }

    @ParameterizedTest
    @CsvSource({"£50, 1", "'50,00', 1", "'', 1", "50.00, 0"})
    void warnsOfAnUnusableAmountOnce(String amount, int warnings) {
        try (WarningLog log = new WarningLog(RuleProblems.class)) {
            isSatisfied(amount, "{}");
            assertEquals(warnings, log.messages().size(), log.messages().toString());
            assertTrue(log.messages().stream()
                    .allMatch(
                            message -> message.startsWith("The rule rule does not work as configured: amount is not")));
        }
    }

    @Test
    void isNotSatisfiedWithoutATransaction() {
        PaymentConditionHandler handler = new PaymentConditionHandler(
                ModuleBuilder.createCondition()
                        .withId("payment")
                        .withTypeUID(PaymentConditionHandler.TYPE)
                        .withConfiguration(new Configuration(Map.of("amount", new BigDecimal("50"))))
                        .build(),
                "rule");
        assertFalse(handler.isSatisfied(Map.of()));
    }
}
