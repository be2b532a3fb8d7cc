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
package org.openhab.binding.monzo.artifact;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Manifest;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Tests the contents of the jar, the feature repository and the KAR. */
class ArtifactsIT {

    private final Map<String, byte[]> jar = Artifacts.files(Artifacts.jar());

    @Test
    void jarContainsOpenHabResources() {
        assertThat(
                jar.keySet(),
                hasItems(
                        "OH-INF/binding/binding.xml",
                        "OH-INF/addon/addon.xml",
                        "OH-INF/thing/thing-types.xml",
                        "OH-INF/i18n/monzo.properties"));
    }

    @Test
    void jarHasItsLicence() {
        assertThat(jar.keySet(), hasItems("META-INF/LICENSE", "META-INF/NOTICE"));
    }

    @Test
    void jarHasTheComponentsOfItsManifest() throws Exception {
        List<String> components =
                ManifestHeader.parse(Artifacts.manifest().getMainAttributes().getValue("Service-Component")).stream()
                        .flatMap(clause -> clause.paths().stream())
                        .toList();

        assertThat(components, not(empty()));
        for (String component : components) {
            assertThat(jar, hasKey(component));
            Element implementation = (Element) parse(jar.get(component))
                    .getElementsByTagName("implementation")
                    .item(0);
            assertThat(jar, hasKey(implementation.getAttribute("class").replace('.', '/') + ".class"));
        }
        assertThat(
                components,
                hasItems(
                        "OSGI-INF/org.openhab.binding.monzo.internal.MonzoHandlerFactory.xml",
                        "OSGI-INF/org.openhab.binding.monzo.internal.connect.ConnectServlet.xml"));
    }

    /** openHAB's thing registry may start after the factory and would fail with a cyclic reference. */
    @Test
    void handlerFactoryHasNoCyclicReferences() throws Exception {
        Set<String> interfaces = new HashSet<>();
        collectReferences("org.openhab.binding.monzo.internal.MonzoHandlerFactory", interfaces);

        assertThat(interfaces, hasItem("org.openhab.core.auth.client.oauth2.OAuthFactory"));
        assertThat(interfaces, not(hasItem("org.openhab.core.thing.ThingRegistry")));
        assertThat(interfaces, not(hasItem("org.openhab.core.thing.ThingManager")));
    }

    /** Collects what a component refers to, also by others of the binding. */
    private void collectReferences(String component, Set<String> interfaces) throws Exception {
        byte[] description = jar.get("OSGI-INF/" + component + ".xml");
        if (description == null) {
            return; // a service of openHAB
        }
        NodeList references = parse(description).getElementsByTagName("reference");
        for (int i = 0; i < references.getLength(); i++) {
            String name = ((Element) references.item(i)).getAttribute("interface");
            if (interfaces.add(name)) {
                collectReferences(name, interfaces);
            }
        }
    }

    @Test
    void pagesUseHttpWhiteboard() throws Exception {
        Document component = parse(jar.get("OSGI-INF/org.openhab.binding.monzo.internal.connect.ConnectServlet.xml"));
        Element service = (Element) component.getElementsByTagName("provide").item(0);
        Element patterns = (Element) component.getElementsByTagName("property").item(0);

        assertEquals("javax.servlet.Servlet", service.getAttribute("interface"));
        assertEquals("osgi.http.whiteboard.servlet.pattern", patterns.getAttribute("name"));
        assertEquals(
                List.of("/connectmonzo", "/connectmonzo/*"),
                patterns.getTextContent().trim().lines().map(String::trim).toList());
    }

    @Test
    void jarHasOnlyTheBinding() {
        Path testClasses = Artifacts.jar().resolveSibling("test-classes");

        assertThat(
                jar.keySet().stream()
                        .filter(name -> !name.startsWith("META-INF/"))
                        .filter(name -> Files.exists(testClasses.resolve(name)))
                        .toList(),
                empty());
        assertThat(
                jar.keySet().stream()
                        .filter(name -> !name.startsWith("org/openhab/binding/monzo/internal/"))
                        .filter(name -> !name.matches("(?:(?:META|OH|OSGI)-INF|templates)/.*"))
                        .toList(),
                empty());
    }

    @Test
    void featureRepositoryNamesTheBundleAndNoOpenhabVersion() throws Exception {
        String text = Files.readString(Artifacts.sibling("-features.xml"));
        Document features = parse(text.getBytes(StandardCharsets.UTF_8));
        Element feature = (Element) features.getElementsByTagName("feature").item(0);

        assertFalse(text.contains("${"), "Something was not replaced in\n" + text);
        assertEquals("openhab-binding-monzo", feature.getAttribute("name"));
        assertEquals(Artifacts.version(), feature.getAttribute("version"));
        assertEquals(
                List.of("mvn:org.openhab.addons.bundles/org.openhab.binding.monzo/" + Artifacts.version()),
                texts(feature.getElementsByTagName("bundle")));
        assertThat(
                texts(feature.getElementsByTagName("feature")),
                containsInAnyOrder("openhab-runtime-base", "openhab-transport-http"));
        assertEquals(List.of(), texts(features.getElementsByTagName("repository")));
    }

    @Test
    void karHoldsBundleAndFeatureRepositoryAtTheirMavenPaths() throws Exception {
        Map<String, byte[]> kar = Artifacts.files(Artifacts.sibling(".kar"));
        String version = Artifacts.version();
        String path = "repository/org/openhab/addons/bundles/org.openhab.binding.monzo/" + version
                + "/org.openhab.binding.monzo-" + version;

        assertThat(kar.keySet(), containsInAnyOrder("META-INF/MANIFEST.MF", path + ".jar", path + "-features.xml"));
        assertArrayEquals(Files.readAllBytes(Artifacts.jar()), kar.get(path + ".jar"));
        assertArrayEquals(Files.readAllBytes(Artifacts.sibling("-features.xml")), kar.get(path + "-features.xml"));
        Manifest manifest = new Manifest(new ByteArrayInputStream(kar.get("META-INF/MANIFEST.MF")));
        assertEquals("true", manifest.getMainAttributes().getValue("Karaf-Feature-Start"));
    }

    @Test
    void releaseHasEverythingWithItsSum() throws Exception {
        List<String> endings = List.of("-features.xml", "-upstream.zip", ".jar", ".kar");
        StringBuilder sums = new StringBuilder();
        for (String ending : endings) {
            byte[] content = Files.readAllBytes(Artifacts.released(ending));
            String sum = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
            sums.append(sum)
                    .append("  ")
                    .append(Artifacts.released(ending).getFileName())
                    .append('\n');
            if (!ending.equals("-upstream.zip")) {
                assertArrayEquals(Files.readAllBytes(Artifacts.sibling(ending)), content, ending);
            }
        }
        Path directory = Artifacts.jar().resolveSibling("release");

        assertEquals(sums.toString(), Files.readString(directory.resolve("SHA256SUMS")));
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(endings.size() + 1, files.count());
        }
    }

    @Test
    void releaseHasTheTreeForOpenhabAddons() {
        Map<String, byte[]> tree = Artifacts.files(Artifacts.released("-upstream.zip"));
        String bundle = "bundles/org.openhab.binding.monzo/";

        assertThat(tree.keySet(), everyItem(startsWith(bundle)));
        assertThat(
                tree.keySet(),
                hasItems(
                        bundle + "NOTICE",
                        bundle + "README.md",
                        bundle + "pom.xml",
                        bundle + "src/main/feature/feature.xml",
                        bundle + "src/main/java/org/openhab/binding/monzo/internal/MonzoHandlerFactory.java",
                        bundle + "src/main/resources/OH-INF/addon/addon.xml"));
    }

    @Test
    void jarNameYieldsMarketplaceIdMonzo() {
        String file = Artifacts.jar().getFileName().toString();
        String name = file.replaceFirst("-\\d+\\.\\d+\\.\\d+.*", "");

        assertEquals("monzo", name.substring(name.lastIndexOf('.') + 1));
    }

    private static Document parse(byte[] xml) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(xml));
    }

    private static List<String> texts(NodeList elements) {
        return IntStream.range(0, elements.getLength())
                .mapToObj(i -> elements.item(i).getTextContent().trim())
                .toList();
    }
}
