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
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openhab.binding.monzo.internal.MonzoBindingConstants;
import org.openhab.binding.monzo.internal.connection.BridgeConfiguration;
import org.openhab.binding.monzo.internal.i18n.PropertiesTranslations;
import org.openhab.core.binding.BindingInfo;
import org.openhab.core.binding.xml.internal.BindingInfoReader;
import org.openhab.core.config.core.ConfigDescription;
import org.openhab.core.config.core.ConfigDescriptionParameter;
import org.openhab.core.thing.ThingTypeUID;
import org.openhab.core.thing.type.AutoUpdatePolicy;
import org.openhab.core.thing.type.BridgeType;
import org.openhab.core.thing.type.ChannelDefinition;
import org.openhab.core.thing.type.ChannelKind;
import org.openhab.core.thing.type.ChannelType;
import org.openhab.core.thing.type.ThingType;
import org.openhab.core.thing.xml.internal.ChannelTypeXmlResult;
import org.openhab.core.thing.xml.internal.ThingDescriptionReader;
import org.openhab.core.thing.xml.internal.ThingTypeXmlResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** Tests the files in {@code OH-INF} with the readers of openHAB 3.0.1. */
class XmlTest {

    private static final int MAX_LABEL_LENGTH = 20;

    /** Elements of later versions, for which openHAB 3.0.1 would ignore the whole file. */
    private static final Set<String> TOO_NEW = Set.of("semantic-equipment-tag", "unitHint", "unit-hint", "keywords");

    private static final Set<String> ADDON_ELEMENTS_OF_OPENHAB_40 =
            Set.of("type", "name", "description", "connection", "countries", "service-id", "config-description");

    private static final Map<String, String> TEXTS = PropertiesTranslations.load();

    private final Map<String, ThingType> things = new TreeMap<>();
    private final Map<String, ChannelType> channelTypes = new TreeMap<>();
    private final Map<String, Map<String, ConfigDescriptionParameter>> parameters = new TreeMap<>();

    XmlTest() throws Exception {
        for (Object read : new ThingDescriptionReader().readFromXML(url("OH-INF/thing/thing-types.xml"))) {
            if (read instanceof ThingTypeXmlResult thing) {
                ThingType type = thing.toThingType();
                things.put(type.getUID().getId(), type);
                parameters.put(type.getUID().getId(), parameters(thing.getConfigDescription()));
            } else if (read instanceof ChannelTypeXmlResult channel) {
                channelTypes.put(channel.toChannelType().getUID().getId(), channel.toChannelType());
            }
        }
    }

    private static Map<String, ConfigDescriptionParameter> parameters(ConfigDescription description) {
        return description.getParameters().stream()
                .collect(Collectors.toMap(ConfigDescriptionParameter::getName, parameter -> parameter));
    }

    static Set<Path> xmlFiles() throws IOException {
        return TextsTest.files("OH-INF", ".xml");
    }

    // Names

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

    private Map<String, String> items(String thing) {
        Map<String, String> items = new TreeMap<>();
        for (ChannelDefinition channel : things.get(thing).getChannelDefinitions()) {
            ChannelType type = channelTypes.get(channel.getChannelTypeUID().getId());
            items.put(channel.getId(), type.getKind() == ChannelKind.TRIGGER ? "trigger" : type.getItemType());
        }
        return items;
    }

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

    // Texts

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

    // The files themselves

    @ParameterizedTest
    @MethodSource("xmlFiles")
    void usesNoElementsUnknownToOpenHab301(Path file) throws Exception {
        NodeList elements = parse(file).getElementsByTagName("*");

        assertThat(
                IntStream.range(0, elements.getLength())
                        .mapToObj(i -> elements.item(i).getNodeName())
                        .filter(TOO_NEW::contains)
                        .toList(),
                empty());
    }

    @Test
    void bindingXmlIsValidForOpenHab301() throws Exception {
        BindingInfo info = new BindingInfoReader()
                .readFromXML(url("OH-INF/binding/binding.xml"))
                .getBindingInfo();

        assertEquals(MonzoBindingConstants.BINDING_ID, info.getUID());
        assertNotNull(info.getDescription());
        assertNull(info.getConfigDescriptionURI());
    }

    @Test
    void addonXmlIsValidForOpenHab40() throws Exception {
        Element addon =
                parse(TextsTest.repository().resolve("OH-INF/addon/addon.xml")).getDocumentElement();

        assertEquals("addon:addon", addon.getNodeName());
        assertEquals(MonzoBindingConstants.BINDING_ID, addon.getAttribute("id"));
        assertThat(childTexts(addon).keySet(), everyItem(in(ADDON_ELEMENTS_OF_OPENHAB_40)));
        assertEquals("binding", childTexts(addon).get("type"));
        assertEquals("cloud", childTexts(addon).get("connection"));
        assertEquals("gb", childTexts(addon).get("countries"));
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

    private static Map<String, String> childTexts(Element parent) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element) {
                texts.put(child.getNodeName(), child.getTextContent());
            }
        }
        return texts;
    }

    private static <T> Set<String> constants(String prefix, Function<T, String> name, Class<T> type)
            throws IllegalAccessException {
        Set<String> names = new TreeSet<>();
        List<Field> fields = Stream.of(MonzoBindingConstants.class.getFields())
                .filter(field -> field.getName().startsWith(prefix) && Modifier.isStatic(field.getModifiers()))
                .toList();
        for (Field field : fields) {
            names.add(name.apply(type.cast(field.get(null))));
        }
        return names;
    }

    private static URL url(String file) throws MalformedURLException {
        return TextsTest.repository().resolve(file).toUri().toURL();
    }

    private static Document parse(Path file) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    }
}
