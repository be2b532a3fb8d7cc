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

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.openhab.binding.monzo.internal.MonzoBindingConstants;
import org.openhab.core.config.core.ConfigDescription;
import org.openhab.core.config.core.ConfigDescriptionParameter;
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

/** Base class of tests of the files in {@code OH-INF} with the readers of openHAB 3.0.1. */
abstract class XmlTestBase {

    final Map<String, ThingType> things = new TreeMap<>();
    final Map<String, ChannelType> channelTypes = new TreeMap<>();
    final Map<String, Map<String, ConfigDescriptionParameter>> parameters = new TreeMap<>();

    @BeforeEach
    void readThingTypes() throws Exception {
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

    static Map<String, ConfigDescriptionParameter> parameters(ConfigDescription description) {
        return description.getParameters().stream()
                .collect(Collectors.toMap(ConfigDescriptionParameter::getName, parameter -> parameter));
    }

    Map<String, String> items(String thing) {
        Map<String, String> items = new TreeMap<>();
        for (ChannelDefinition channel : things.get(thing).getChannelDefinitions()) {
            ChannelType type = channelTypes.get(channel.getChannelTypeUID().getId());
            items.put(channel.getId(), type.getKind() == ChannelKind.TRIGGER ? "trigger" : type.getItemType());
        }
        return items;
    }

    static Map<String, String> childTexts(Element parent) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element) {
                texts.put(child.getNodeName(), child.getTextContent());
            }
        }
        return texts;
    }

    static <T> Set<String> constants(String prefix, Function<T, String> name, Class<T> type)
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

    static URL url(String file) throws MalformedURLException {
        return TextsTest.repository().resolve(file).toUri().toURL();
    }

    static Document parse(Path file) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    }
}
