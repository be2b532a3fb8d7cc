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
package org.openhab.binding.monzo.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Form-encoded parameters, in a query or a body. */
final class Form {
    static final String CONTENT_TYPE = "application/x-www-form-urlencoded";

    private Form() {}

    /** Decodes the parameters; of a repeated one the first counts. */
    static Map<String, String> parse(String encoded) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : encoded.split("&")) {
            if (!pair.isEmpty()) {
                String[] parts = pair.split("=", 2);
                parameters.putIfAbsent(decode(parts[0]), parts.length == 2 ? decode(parts[1]) : "");
            }
        }
        return parameters;
    }

    /** Every value of a parameter that may be repeated. */
    static List<String> values(String encoded, String name) {
        return Stream.of(encoded.split("&"))
                .map(pair -> pair.split("=", 2))
                .filter(parts -> parts.length == 2 && decode(parts[0]).equals(name))
                .map(parts -> decode(parts[1]))
                .toList();
    }

    static String encode(String value) {
        return URLEncoder.encode(value, UTF_8);
    }

    private static String decode(String value) {
        return URLDecoder.decode(value, UTF_8);
    }
}
