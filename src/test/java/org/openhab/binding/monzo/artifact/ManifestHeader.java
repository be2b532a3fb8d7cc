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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads manifest headers in the syntax of OSGi Core section 3.2.4: clauses, attributes and directives. */
final class ManifestHeader {

    private static final Pattern QUOTED_OR_NOT = Pattern.compile("(?:[^\",;]|\"(?:[^\"\\\\]|\\\\.)*\")+|[,;]");
    private static final Pattern PARAMETER =
            Pattern.compile("\\s*([\\w.-]+)(?::[\\w<>]+)?\\s*(:?=)\\s*(\"?)(.*?)\\3\\s*");

    private ManifestHeader() {}

    /**
     * A clause.
     *
     * @param paths what stands before its parameters
     * @param attributes written {@code name=value} or {@code name:Type=value}
     * @param directives written {@code name:=value}
     */
    record Clause(List<String> paths, Map<String, String> attributes, Map<String, String> directives) {

        boolean isOptional() {
            return "optional".equals(directives.get("resolution"));
        }
    }

    static List<Clause> parse(String header) {
        List<Clause> clauses = new ArrayList<>();
        if (header == null || header.isBlank()) {
            return clauses;
        }
        Clause current = newClause();
        Matcher parts = QUOTED_OR_NOT.matcher(header);
        int end = 0;
        while (parts.find()) {
            if (parts.start() != end) {
                throw new IllegalArgumentException("Not a header of OSGi: " + header.substring(end));
            }
            end = parts.end();
            String part = parts.group();
            if (part.equals(",")) {
                clauses.add(current);
                current = newClause();
            } else if (!part.equals(";")) {
                add(part, current);
            }
        }
        clauses.add(current);
        return clauses;
    }

    private static Clause newClause() {
        return new Clause(new ArrayList<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    private static void add(String part, Clause clause) {
        Matcher parameter = PARAMETER.matcher(part);
        if (!parameter.matches()) {
            clause.paths().add(part.trim());
        } else if (parameter.group(2).equals("=")) {
            clause.attributes().put(parameter.group(1), parameter.group(4));
        } else {
            clause.directives().put(parameter.group(1), parameter.group(4));
        }
    }
}
