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
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.in;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openhab.binding.monzo.internal.MonzoBindingConstants;
import org.openhab.core.binding.BindingInfo;
import org.openhab.core.binding.xml.internal.BindingInfoReader;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Tests that each openHAB version can read the files. */
class XmlFilesTest extends XmlTestBase {

    /** Elements of later versions, for which openHAB 3.0.1 would ignore the whole file. */
    private static final Set<String> TOO_NEW = Set.of("semantic-equipment-tag", "unitHint", "unit-hint", "keywords");

    private static final Set<String> ADDON_ELEMENTS_OF_OPENHAB_40 =
            Set.of("type", "name", "description", "connection", "countries", "service-id", "config-description");

    static Set<Path> xmlFiles() throws IOException {
        return TextsTest.files("OH-INF", ".xml");
    }

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
}
