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
package org.openhab.binding.monzo.internal.connect;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * Determines openHAB's URL as seen by the browser, which a reverse proxy passes in the headers {@code Forwarded} (RFC
 * 7239), {@code X-Forwarded-…} or {@code Front-End-Https}. Anyone can send such headers, so values that are not valid
 * hosts are ignored.
 */
@NonNullByDefault
final class PublicUrl {

    private static final Pattern HOST =
            Pattern.compile("((?:[A-Za-z0-9_-]+\\.)*[A-Za-z0-9_-]+\\.?|\\[[0-9A-Fa-f:.]{2,45}])(?::(\\d{1,5}))?");

    /** A parameter of RFC 7239 section 4 with the terminating semicolon or comma; a quoted value may contain both. */
    private static final Pattern FORWARDED_PAIR =
            Pattern.compile("\\G\\s*+(?:([\\w-]++)\\s*+=\\s*+(?:\"([^\"]*+)\"|([^\";,\\s]*+)))?+\\s*+([;,]|$)");

    private static final Pattern PREFIX = Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._~-]+)+");

    /** Headers that are {@code on} behind a proxy with HTTPS; the second is that of Microsoft's proxies. */
    private static final List<String> HTTPS_SWITCHES = List.of("X-Forwarded-Ssl", "Front-End-Https");

    private static final int MAX_HOST_LENGTH = 260;
    private static final int MAX_PORT = 65535;

    /** Longer headers are ignored. */
    private static final int MAX_HEADER_LENGTH = 1000;

    private PublicUrl() {}

    /**
     * Returns the URL without a trailing slash.
     *
     * @param headers returns the first value of a header by name, or {@code null}
     * @param scheme the scheme of the received request, {@code http} or {@code https}
     * @return e.g. {@code https://openhab.example.org:8443}; {@code null} if the host is invalid
     */
    static @Nullable String of(UnaryOperator<@Nullable String> headers, String scheme) {
        String forwarded = header(headers, "Forwarded");
        String publicScheme = scheme(headers, forwarded, scheme);
        String host = forwardedParameter(forwarded, "host");
        if (host == null) {
            host = first(headers, "X-Forwarded-Host");
        }
        boolean isForwarded = host != null;
        if (host == null) {
            host = header(headers, "Host");
        }
        if (host == null || host.length() > MAX_HOST_LENGTH) {
            return null;
        }
        Matcher parts = HOST.matcher(host);
        if (!parts.matches()) {
            return null;
        }
        String port = parts.group(2);
        if (port == null) {
            port = isForwarded ? first(headers, "X-Forwarded-Port") : null;
        } else if (!isPort(port)) {
            return null;
        }
        return publicScheme + "://" + parts.group(1) + portSuffix(port, publicScheme) + prefix(headers);
    }

    private static String scheme(UnaryOperator<@Nullable String> headers, @Nullable String forwarded, String scheme) {
        String forwardedScheme = forwardedParameter(forwarded, "proto");
        if (forwardedScheme == null) {
            forwardedScheme = first(headers, "X-Forwarded-Proto");
        }
        if (forwardedScheme == null
                && HTTPS_SWITCHES.stream().anyMatch(name -> "on".equalsIgnoreCase(first(headers, name)))) {
            forwardedScheme = "https";
        }
        String lower = forwardedScheme == null ? scheme : forwardedScheme.toLowerCase(Locale.ROOT);
        return lower.equals("https") || lower.equals("http") ? lower : scheme;
    }

    private static boolean isPort(String port) {
        return port.matches("\\d{1,5}") && Integer.parseInt(port) >= 1 && Integer.parseInt(port) <= MAX_PORT;
    }

    private static String portSuffix(@Nullable String port, String scheme) {
        if (port == null || !isPort(port)) {
            return "";
        }
        int number = Integer.parseInt(port);
        return number == ("https".equals(scheme) ? 443 : 80) ? "" : ":" + number;
    }

    private static String prefix(UnaryOperator<@Nullable String> headers) {
        String prefix = first(headers, "X-Forwarded-Prefix");
        return prefix != null && PREFIX.matcher(prefix).matches() ? prefix : "";
    }

    private static @Nullable String header(UnaryOperator<@Nullable String> headers, String name) {
        String value = headers.apply(name);
        return value == null || value.length() > MAX_HEADER_LENGTH ? null : value;
    }

    /** Returns the first of several values, set by the proxy nearest to the browser. */
    private static @Nullable String first(UnaryOperator<@Nullable String> headers, String name) {
        String values = header(headers, name);
        if (values == null) {
            return null;
        }
        int comma = values.indexOf(',');
        String value = (comma < 0 ? values : values.substring(0, comma)).trim();
        return value.isEmpty() ? null : value;
    }

    /** Returns a parameter of the first element of {@code Forwarded}; {@code null} if it is missing or malformed. */
    private static @Nullable String forwardedParameter(@Nullable String forwarded, String name) {
        if (forwarded == null) {
            return null;
        }
        Matcher pairs = FORWARDED_PAIR.matcher(forwarded);
        while (pairs.find()) {
            if (name.equalsIgnoreCase(pairs.group(1))) {
                String value = pairs.group(2) == null ? pairs.group(3) : pairs.group(2);
                return value.isEmpty() ? null : value;
            }
            if (!pairs.group(4).equals(";")) {
                return null;
            }
        }
        return null;
    }
}
