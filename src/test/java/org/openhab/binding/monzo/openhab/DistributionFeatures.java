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
package org.openhab.binding.monzo.openhab;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * A selection of the distribution's features.
 *
 * @param included features taken with all that they include
 * @param excluded features left out
 * @param excludedBundles the beginnings of the coordinates of bundles left out
 */
record DistributionFeatures(List<String> included, List<String> excluded, List<String> excludedBundles) {

    private static final String FEATURES = "org/openhab/distro/distro/3.0.1/distro-3.0.1-features.xml";

    /** Returns the jars of the bundles. */
    Stream<Path> bundles() throws IOException {
        Set<String> seen = new LinkedHashSet<>(excluded);
        Element features = read();
        return included.stream()
                .flatMap(name -> coordinates(features, name, seen))
                .distinct()
                .filter(bundle -> excludedBundles.stream().noneMatch(bundle::startsWith))
                .map(DistributionFeatures::jar);
    }

    private static Stream<String> coordinates(Element features, String name, Set<String> seen) {
        if (!seen.add(name)) {
            return Stream.empty();
        }
        // The features of Karaf itself are not in this file.
        return children(features, "feature")
                .filter(feature -> feature.getAttribute("name").equals(name))
                .flatMap(feature -> Stream.concat(
                        children(feature, "feature").flatMap(f -> coordinates(features, text(f), seen)),
                        children(feature, "bundle").map(DistributionFeatures::text)));
    }

    private static Stream<Element> children(Element parent, String name) {
        NodeList nodes = parent.getChildNodes();
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(node -> node.getNodeName().equals(name))
                .map(Element.class::cast);
    }

    private static String text(Element element) {
        return element.getTextContent().strip().replaceFirst("^mvn:", "");
    }

    private static Path jar(String coordinates) {
        String[] parts = coordinates.split("/");
        return system().resolve(parts[0].replace('.', '/'))
                .resolve(parts[1])
                .resolve(parts[2])
                .resolve(parts[1] + "-" + parts[2] + ".jar");
    }

    private static Path system() {
        return Repository.distribution().resolve("runtime/system");
    }

    private static Element read() throws IOException {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(system().resolve(FEATURES).toFile())
                    .getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(e);
        }
    }
}
