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
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.greaterThan;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The class files of the packaged jar link in every openHAB from 3.0.1 to 5.2. */
class RemovedApiIT {

    private final Map<String, byte[]> jar = Artifacts.files(Artifacts.jar());

    @Test
    void refersToNoRemovedApi() {
        RemovedApi removed = RemovedApi.ofOpenhab521();
        Map<String, Set<String>> violations = new TreeMap<>();
        int classes = 0;
        for (Map.Entry<String, byte[]> file : jar.entrySet()) {
            if (file.getKey().endsWith(".class")) {
                classes++;
                Set<String> found = removed.violations(file.getValue(), jar);
                if (!found.isEmpty()) {
                    violations.put(file.getKey(), found);
                }
            }
        }

        assertThat(violations, anEmptyMap());
        assertThat(classes, greaterThan(30));
    }
}
