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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.stream.IntStream;
import org.openhab.binding.monzo.artifact.ManifestHeader.Clause;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/** The rules for the manifest of a jar that resolves in every openHAB from 3.0.1 to 5.2. */
final class ManifestRules {

    /** The versions of packages, by the beginning of their names, that the openHABs from 3.0.1 to 5.2 export. */
    private static final Map<String, List<String>> EXPORTED = Map.of(
            "javax.measure", List.of("1.0.0", "2.0.0", "2.2.0"),
            "javax.servlet", List.of("3.1.0", "4.0.0"),
            "org.slf4j", List.of("1.7.26", "1.7.36", "2.0.6"),
            "org.eclipse.jetty", List.of("9.4.20", "9.4.58"),
            "com.google.gson", List.of("2.8.0", "2.8.2", "2.13.2"),
            "org.osgi.framework", List.of("1.8.0", "1.10.0"));

    private final List<String> broken = new ArrayList<>();

    private ManifestRules() {}

    /**
     * Checks a manifest.
     *
     * @return the violations, empty if there are none
     */
    static List<String> check(Attributes manifest) {
        ManifestRules rules = new ManifestRules();
        if (!"org.openhab.binding.monzo".equals(manifest.getValue("Bundle-SymbolicName"))) {
            rules.broken.add("Bundle-SymbolicName is " + manifest.getValue("Bundle-SymbolicName"));
        }
        if (!ManifestHeader.parse(manifest.getValue("Export-Package")).isEmpty()) {
            rules.broken.add("exports " + manifest.getValue("Export-Package"));
        }
        if (manifest.getValue("DynamicImport-Package") != null || manifest.getValue("Require-Bundle") != null) {
            rules.broken.add("imports by other means than Import-Package");
        }
        for (Clause clause : ManifestHeader.parse(manifest.getValue("Import-Package"))) {
            clause.paths().forEach(name -> rules.checkImport(name, clause));
        }
        for (Clause clause : ManifestHeader.parse(manifest.getValue("Require-Capability"))) {
            clause.paths().forEach(namespace -> rules.checkRequirement(namespace, clause));
        }
        return rules.broken;
    }

    private void checkImport(String name, Clause clause) {
        String version = clause.attributes().get("version");
        if (name.startsWith("java.")) {
            broken.add(name + ": not to be imported");
        } else if (name.startsWith("org.openhab.")) {
            checkOpenhabImport(name, clause);
        } else if (name.startsWith("org.eclipse.jdt.") && !clause.isOptional()) {
            broken.add(name + ": not in openHAB, so it must be optional");
        } else if (name.startsWith("org.eclipse.jetty.") && (version == null || includes(version, "10.0.0"))) {
            broken.add(name + ": another Jetty than 9.4 has other methods");
        } else if (name.equals("org.osgi.service.http")) {
            broken.add(name + ": taking a servlet out of HttpService restarts the web server of openHAB 4 and later");
        }
        EXPORTED.forEach((prefix, versions) -> {
            if (name.equals(prefix) || name.startsWith(prefix + ".")) {
                versions.stream()
                        .filter(exported -> version != null && !includes(version, exported))
                        .forEach(exported -> broken.add(name + ": " + version + " leaves out " + exported));
            }
        });
    }

    private void checkOpenhabImport(String name, Clause clause) {
        if (clause.attributes().containsKey("version")) {
            broken.add(name + ": openHAB's packages have the version of the release, so it must not be asked for");
        }
        if (name.contains(".internal")) {
            broken.add(name + ": internal");
        }
    }

    private void checkRequirement(String namespace, Clause clause) {
        if (namespace.equals("osgi.contract")) {
            broken.add("requires a contract: " + clause);
        } else if (namespace.equals("osgi.ee")
                && !runsOnJava17(clause.directives().get("filter"))) {
            broken.add("does not run on Java 17: " + clause);
        }
    }

    private static boolean runsOnJava17(String filter) {
        try {
            // As provided by a framework on Java 17: this and all earlier versions
            List<Version> versions = IntStream.rangeClosed(9, 17)
                    .mapToObj(version -> new Version(version, 0, 0))
                    .toList();
            Map<String, Object> java17 = Map.of("osgi.ee", "JavaSE", "version", versions);
            return FrameworkUtil.createFilter(filter).matches(java17);
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static boolean includes(String range, String version) {
        return new VersionRange(range).includes(new Version(version));
    }
}
