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

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.internal.i18n.PropertiesTranslations;
import org.openhab.core.config.core.ConfigDescriptionParameter;

/** Tests the texts in the XML, which openHAB translates with the properties. */
class XmlTextsTest extends XmlTestBase {

    private static final int MAX_LABEL_LENGTH = 20;

    private static final Map<String, String> TEXTS = PropertiesTranslations.load();

    @Test
    void textsMatchProperties() throws Exception {
        Map<String, String> inXml = new TreeMap<>(addonTexts());
        things.values()
                .forEach(type -> put(
                        inXml, "thing-type.monzo." + type.getUID().getId(), type.getLabel(), type.getDescription()));
        parameters.forEach((thing, of) -> of.values().forEach(parameter -> {
            String key = "thing-type.config.monzo." + thing + "." + parameter.getName();
            put(inXml, key, parameter.getLabel(), parameter.getDescription());
            if (parameter.getUnitLabel() != null) {
                inXml.put(key + ".unitLabel", parameter.getUnitLabel());
            }
            parameter
                    .getOptions()
                    .forEach(option -> inXml.put(key + ".option." + option.getValue(), option.getLabel()));
        }));
        channelTypes
                .values()
                .forEach(type -> put(
                        inXml, "channel-type.monzo." + type.getUID().getId(), type.getLabel(), type.getDescription()));

        Map<String, String> inProperties = new TreeMap<>(TEXTS);
        inProperties.keySet().retainAll(TextsTest.keysOfXml().collect(Collectors.toSet()));
        inXml.replaceAll((key, text) -> text.strip().replaceAll("\\s+", " "));

        assertEquals(inProperties, inXml);
    }

    /** Their items stay empty without it, and nothing else in Main UI says why. */
    @Test
    void channelsOfTransactionsNameTheirSwitch() {
        String label = parameters.get("account").get("transactions").getLabel();
        channelTypes.forEach((id, type) ->
                assertEquals(id.contains("transaction"), type.getDescription().endsWith("Needs " + label + "."), id));
    }

    /** Main UI 5 adds the unit to a description that already has it, older ones show none. */
    @Test
    void describesIntervalsWithTheirUnitOnce() {
        for (String interval : List.of("refreshInterval", "pushRefreshInterval")) {
            ConfigDescriptionParameter parameter = parameters.get("bridge").get(interval);
            assertThat(parameter.getDescription(), containsString(" in seconds "));
            assertNull(parameter.getUnit(), interval);
        }
    }

    @Test
    void describesWhatRulesMayDo() throws Exception {
        for (String name : List.of("binding", "addon")) {
            String text = TEXTS.get(name + ".monzo.description");
            assertThat(text, containsString("unless you allow rules to move money"));
            assertThat(text, containsString("or to show messages in the Monzo app"));
        }
    }

    @Test
    void labelsAreShort() {
        List<String> labels = new ArrayList<>();
        things.values().forEach(type -> labels.add(type.getLabel()));
        channelTypes.values().forEach(type -> labels.add(type.getLabel()));
        parameters.values().forEach(of -> of.values().forEach(parameter -> labels.add(parameter.getLabel())));

        assertThat(labels.stream().map(String::length).toList(), everyItem(lessThanOrEqualTo(MAX_LABEL_LENGTH)));
    }

    /** Each openHAB version reads only one of the two files. */
    private static Map<String, String> addonTexts() throws Exception {
        Map<String, String> texts = new TreeMap<>();
        for (String kind : List.of("binding", "addon")) {
            Path file = TextsTest.repository().resolve("OH-INF/" + kind + "/" + kind + ".xml");
            Map<String, String> children = childTexts(parse(file).getDocumentElement());
            texts.put(kind + ".monzo.name", children.get("name"));
            texts.put(kind + ".monzo.description", children.get("description"));
        }
        return texts;
    }

    private static void put(Map<String, String> texts, String key, String label, String description) {
        texts.put(key + ".label", String.valueOf(label));
        texts.put(key + ".description", String.valueOf(description));
    }
}
