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

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openhab.core.automation.internal.parser.gson.ModuleTypeGSONParser;
import org.openhab.core.automation.type.ActionType;
import org.openhab.core.automation.type.ConditionType;
import org.openhab.core.automation.type.Input;
import org.openhab.core.automation.type.ModuleType;
import org.openhab.core.config.core.ConfigDescriptionParameter;
import org.openhab.core.config.core.ParameterOption;

/** The module types as the reader of openHAB 3.0.1 understands them. */
class ModuleTypesTest {

    private static final Path FILE =
            Path.of(System.getProperty("monzo.repository", "."), "OH-INF/automation/moduletypes/monzo.json");

    private final Map<String, ModuleType> types = new TreeMap<>();

    @BeforeEach
    void read() throws Exception {
        try (Reader reader = new InputStreamReader(Files.newInputStream(FILE), StandardCharsets.UTF_8)) {
            new ModuleTypeGSONParser()
                    .parse((InputStreamReader) reader)
                    .forEach(type -> types.put(type.getUID(), type));
        }
    }

    /** A parameter as {@code *name:context=default [options]}, with a star if it is required. */
    private static String text(ConfigDescriptionParameter parameter) {
        List<String> options =
                parameter.getOptions().stream().map(ParameterOption::getValue).toList();
        return (parameter.isRequired() ? "*" : "")
                + parameter.getName()
                + (parameter.getContext() == null ? "" : ":" + parameter.getContext())
                + (parameter.getDefault() == null ? "" : "=" + parameter.getDefault())
                + (options.isEmpty() ? "" : " " + options);
    }

    private List<String> parameters(String type) {
        return types.get(type).getConfigurationDescriptions().stream()
                .map(ModuleTypesTest::text)
                .toList();
    }

    /** Rules rely on these names. */
    @Test
    void parametersMatchContract() {
        assertEquals(
                List.of("direction=OUT [OUT, IN, EITHER]", "amount=0", "merchant", "category", "payday=false"),
                parameters("monzo.PaymentCondition"));
        assertEquals(
                List.of(
                        "*pot:thing",
                        "*direction=DEPOSIT [DEPOSIT, WITHDRAW, EITHER]",
                        "amount=FIXED [FIXED, PAYMENT, ROUND_UP, SHARE, LEFTOVER, TO_TARGET]",
                        "value",
                        "factor=1",
                        "margin=0"),
                parameters("monzo.PotTransfer"));
        assertEquals(List.of("*account:thing", "*title", "text"), parameters("monzo.FeedMessage"));
    }

    /** Main UI connects none, and openHAB starts no rule with a required input that is not connected. */
    @Test
    void requiresNoInput() {
        List<Boolean> required = types.values().stream()
                .flatMap(type -> (type instanceof ActionType action
                                ? action.getInputs()
                                : ((ConditionType) type).getInputs())
                        .stream())
                .map(Input::isRequired)
                .collect(Collectors.toList());
        assertEquals(4, required.size());
        assertThat(required, everyItem(is(false)));
    }
}
