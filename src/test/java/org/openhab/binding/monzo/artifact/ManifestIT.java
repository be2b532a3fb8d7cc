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
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.jar.Attributes;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.artifact.ManifestHeader.Clause;

/** The manifest of the packaged jar. */
class ManifestIT {

    private final Attributes manifest = Artifacts.manifest().getMainAttributes();

    @Test
    void resolvesInOpenHab301To52() {
        assertThat(ManifestRules.check(manifest), empty());
    }

    @Test
    void importsRequiredPackages() {
        List<String> imports = ManifestHeader.parse(manifest.getValue("Import-Package")).stream()
                .map(Clause::paths)
                .flatMap(List::stream)
                .toList();

        // Otherwise the check above would pass for a manifest that cannot be read.
        assertThat(imports, hasItems("org.openhab.core.thing", "javax.servlet.http", "org.slf4j", "com.google.gson"));
    }

    @Test
    void requiresJava17() {
        List<String> requirements = ManifestHeader.parse(manifest.getValue("Require-Capability")).stream()
                .map(Clause::paths)
                .flatMap(List::stream)
                .toList();

        assertThat(requirements, hasItem("osgi.ee"));
        assertThat(requirements, hasItem("osgi.extender"));
    }

    @Test
    void hasTheVersionOfTheBuild() {
        assertThat(
                manifest.getValue("Bundle-Version"),
                startsWith(Artifacts.version().replace("-SNAPSHOT", "")));
        assertEquals("2", manifest.getValue("Bundle-ManifestVersion"));
        assertNull(manifest.getValue("Bundle-Activator"));
    }
}
