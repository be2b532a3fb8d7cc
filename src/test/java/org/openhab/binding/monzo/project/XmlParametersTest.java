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
package org.openhab.binding.monzo.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.internal.MonzoBindingConstants;
import org.openhab.binding.monzo.internal.connection.BridgeConfiguration;
import org.openhab.core.config.core.ConfigDescriptionParameter;
import org.openhab.core.config.core.ParameterOption;

/** Tests the parameters of bridges and things. */
class XmlParametersTest extends XmlTestBase {

    @Test
    void bridgeParametersMatchConfiguration() throws Exception {
        BridgeConfiguration defaults = new BridgeConfiguration();
        Map<String, String> inCode = new TreeMap<>();
        for (Field field : BridgeConfiguration.class.getFields()) {
            inCode.put(field.getName(), String.valueOf(field.get(defaults)));
        }
        Map<String, String> inXml = new TreeMap<>();
        parameters.get("bridge").forEach((name, parameter) -> {
            String value = parameter.getDefault();
            inXml.put(name, value == null ? "" : value);
        });

        assertEquals(inCode, inXml);
        assertEquals(
                new BigDecimal("10"),
                parameters.get("bridge").get("refreshInterval").getMinimum());
        assertEquals("password", parameters.get("bridge").get("clientSecret").getContext());
    }

    @Test
    void thingParametersMatchConstants() throws Exception {
        assertEquals(
                Set.of(MonzoBindingConstants.CONFIG_ACCOUNT_ID, MonzoBindingConstants.CONFIG_TRANSACTIONS),
                parameters.get("account").keySet());
        assertEquals(
                Set.of(MonzoBindingConstants.CONFIG_POT_ID),
                parameters.get("pot").keySet());
        Set<String> ofBudget = Set.of(
                MonzoBindingConstants.CONFIG_LIMIT,
                MonzoBindingConstants.CONFIG_ACCOUNT_IDS,
                MonzoBindingConstants.CONFIG_CATEGORIES,
                MonzoBindingConstants.CONFIG_MERCHANTS,
                MonzoBindingConstants.CONFIG_PERIOD,
                MonzoBindingConstants.CONFIG_START_DAY,
                MonzoBindingConstants.CONFIG_ALERT_AT);
        assertEquals(ofBudget, parameters.get("budget").keySet());
        Set<String> all = new TreeSet<>(ofBudget);
        all.addAll(Set.of("accountId", "transactions", "potId"));
        assertEquals(all, constants("CONFIG_", name -> name, String.class));
        assertEquals("accountId", things.get("account").getRepresentationProperty());
        assertEquals("potId", things.get("pot").getRepresentationProperty());
    }

    @Test
    void requiresParametersWithoutDefault() {
        Set<String> required = parameters.values().stream()
                .flatMap(of -> of.values().stream())
                .filter(ConfigDescriptionParameter::isRequired)
                .map(ConfigDescriptionParameter::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> advanced = parameters.values().stream()
                .flatMap(of -> of.values().stream())
                .filter(ConfigDescriptionParameter::isAdvanced)
                .map(ConfigDescriptionParameter::getName)
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(Set.of("clientId", "clientSecret", "potId"), required);
        assertEquals(
                Set.of(
                        "callbackUrl",
                        "apiUrl",
                        "authUrl",
                        "transferLimit",
                        "dailyTransferLimit",
                        "minimumBalance",
                        "webhookUrl",
                        "pushRefreshInterval",
                        "alertAt"),
                advanced);
    }

    /** Each may be a list or one plain value; none of them is limited in number. */
    @Test
    void takesSeveralValuesForABudget() {
        Map<String, ConfigDescriptionParameter> budget = parameters.get("budget");
        Set<String> multiple = budget.values().stream()
                .filter(ConfigDescriptionParameter::isMultiple)
                .map(ConfigDescriptionParameter::getName)
                .collect(Collectors.toSet());

        assertEquals(Set.of("accountIds", "categories", "merchants", "alertAt"), multiple);
        assertEquals("MONTH", budget.get("period").getDefault());
        assertEquals("1", budget.get("startDay").getDefault());
        assertEquals("80,100", budget.get("alertAt").getDefault());
        assertTrue(!budget.get("categories").getLimitToOptions());
    }

    /** Main UI selects each option that is a part of the default's text. */
    @Test
    void defaultAlertsContainNoOtherOption() {
        ConfigDescriptionParameter alertAt = parameters.get("budget").get("alertAt");

        assertEquals(
                List.of("80", "100"),
                alertAt.getOptions().stream()
                        .map(ParameterOption::getValue)
                        .filter(alertAt.getDefault()::contains)
                        .toList());
    }
}
