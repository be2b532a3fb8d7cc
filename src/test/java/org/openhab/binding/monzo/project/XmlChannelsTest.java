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
import static org.hamcrest.Matchers.contains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.openhab.core.thing.ThingTypeUID;
import org.openhab.core.thing.type.AutoUpdatePolicy;
import org.openhab.core.thing.type.BridgeType;
import org.openhab.core.thing.type.ChannelDefinition;
import org.openhab.core.thing.type.ChannelKind;
import org.openhab.core.thing.type.ChannelType;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Tests thing types and channels. */
class XmlChannelsTest extends XmlTestBase {

    @Test
    void thingTypesMatchConstants() throws Exception {
        Set<String> inXml = things.values().stream()
                .map(type -> type.getUID().getAsString())
                .collect(Collectors.toSet());

        assertEquals(constants("THING_TYPE_", ThingTypeUID::getAsString, ThingTypeUID.class), inXml);
        assertTrue(things.get("bridge") instanceof BridgeType);
        for (String child : List.of("account", "pot", "budget")) {
            assertThat(things.get(child).getSupportedBridgeTypeUIDs(), contains("monzo:bridge"));
        }
    }

    @Test
    void channelsMatchConstants() throws Exception {
        Set<String> inXml = things.values().stream()
                .flatMap(type -> type.getChannelDefinitions().stream())
                .map(ChannelDefinition::getId)
                .collect(Collectors.toSet());

        assertEquals(constants("CHANNEL_", channel -> channel, String.class), inXml);
    }

    @Test
    void channelsMatchChannelTypes() {
        Set<String> used = things.values().stream()
                .flatMap(type -> type.getChannelDefinitions().stream())
                .map(channel -> channel.getChannelTypeUID().getId())
                .collect(Collectors.toSet());

        assertEquals(channelTypes.keySet(), used);
    }

    /** Rules and item files rely on these IDs and types. */
    @Test
    void channelsMatchContract() {
        assertEquals(
                Map.of(
                        "balance",
                        "Number",
                        "total-balance",
                        "Number",
                        "spend-today",
                        "Number",
                        "last-transaction-amount",
                        "Number",
                        "last-transaction-description",
                        "String",
                        "last-transaction-category",
                        "String",
                        "last-transaction-time",
                        "DateTime",
                        "last-transaction-location",
                        "Location",
                        "transaction",
                        "trigger",
                        "transaction-updated",
                        "trigger"),
                items("account"));
        assertEquals(
                Map.of(
                        "balance",
                        "Number",
                        "goal",
                        "Number",
                        "goal-progress",
                        "Number:Dimensionless",
                        "locked",
                        "Switch",
                        "goal-reached",
                        "trigger"),
                items("pot"));
        assertEquals(
                Map.of(
                        "spent",
                        "Number",
                        "remaining",
                        "Number",
                        "daily-allowance",
                        "Number",
                        "used",
                        "Number:Dimensionless",
                        "pace",
                        "Number:Dimensionless",
                        "period-end",
                        "DateTime",
                        "alert",
                        "trigger"),
                items("budget"));
        assertEquals(Map.of(), items("bridge"));
        for (ChannelType type : channelTypes.values()) {
            assertTrue(type.getKind() == ChannelKind.TRIGGER || type.getState().isReadOnly(), type.toString());
        }
    }

    /**
     * openHAB 4.2 and later suggest it for new items. Older versions read the item type and ignore the attribute, as
     * the reader of 3.0.1 does here.
     */
    @Test
    void suggestsPercent() throws Exception {
        Path file = TextsTest.repository().resolve("OH-INF/thing/thing-types.xml");
        NodeList itemTypes = parse(file).getElementsByTagName("item-type");
        Map<String, String> hints = new TreeMap<>();
        for (int i = 0; i < itemTypes.getLength(); i++) {
            Element itemType = (Element) itemTypes.item(i);
            if (itemType.hasAttribute("unitHint")) {
                String channelType = ((Element) itemType.getParentNode()).getAttribute("id");
                hints.put(channelType, itemType.getAttribute("unitHint"));
            }
        }

        assertEquals(Map.of("goal-progress", "%", "used", "%", "pace", "%"), hints);
        hints.keySet()
                .forEach(id -> assertEquals(
                        "Number:Dimensionless", channelTypes.get(id).getItemType()));
    }

    /**
     * The Point, and the Property that Main UI's model shows beside it: Progress since openHAB 5.0, Price since 5.1. To
     * older versions the second is a tag like any other.
     */
    @Test
    void tagsAmountsAndProgress() {
        for (ChannelType type : channelTypes.values()) {
            String id = type.getUID().getId();
            if ("Number:Dimensionless".equals(type.getItemType())) {
                assertEquals(Set.of("Status", "Progress"), type.getTags());
            } else if ("Number".equals(type.getItemType())) {
                assertEquals(Set.of(id.equals("goal") ? "Setpoint" : "Measurement", "Price"), type.getTags(), id);
            }
        }
    }

    /** Otherwise openHAB would use a command as the new state, and rules would see a wrong amount. */
    @Test
    void disablesAutoupdate() {
        for (ChannelType type : channelTypes.values()) {
            if (type.getKind() == ChannelKind.STATE) {
                assertEquals(AutoUpdatePolicy.VETO, type.getAutoUpdatePolicy(), type.toString());
            }
        }
    }
}
