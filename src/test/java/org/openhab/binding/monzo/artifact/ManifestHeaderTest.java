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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.artifact.ManifestHeader.Clause;

class ManifestHeaderTest {

    @Test
    void readsPathsAttributesAndDirectives() {
        List<Clause> clauses = ManifestHeader.parse(
                "a.b;c.d;version=\"[1.0,2)\";resolution:=optional, e ,osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=17))\";"
                        + "version:List<Version>=\"1,2\"");

        assertEquals(
                List.of(
                        new Clause(
                                List.of("a.b", "c.d"), Map.of("version", "[1.0,2)"), Map.of("resolution", "optional")),
                        new Clause(List.of("e"), Map.of(), Map.of()),
                        new Clause(
                                List.of("osgi.ee"),
                                Map.of("version", "1,2"),
                                Map.of("filter", "(&(osgi.ee=JavaSE)(version=17))"))),
                clauses);
        assertTrue(clauses.get(0).isOptional());
    }

    @Test
    void readsMissingHeaderAsNoClauses() {
        assertEquals(List.of(), ManifestHeader.parse(null));
        assertEquals(List.of(), ManifestHeader.parse(" "));
    }

    @Test
    void rejectsUnterminatedQuote() {
        assertThrows(IllegalArgumentException.class, () -> ManifestHeader.parse("a;version=\"[1,2)"));
    }
}
