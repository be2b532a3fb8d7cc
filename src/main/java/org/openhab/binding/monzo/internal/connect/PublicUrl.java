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

import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * Finds openHAB's address as the browser knows it, which a reverse proxy tells in headers: {@code Forwarded} (RFC 7239)
 * or the older {@code X-Forwarded-…}. Anyone can send such headers, so what is not plainly a host is not believed.
 */
@NonNullByDefault
final class PublicUrl {

    private static final Pattern HOST =
            Pattern.compile("((?:[A-Za-z0-9_-]+\\.)*[A-Za-z0-9_-]+\\.?|\\[[0-9A-Fa-f:.]{2,45}])(?::(\\d{1,5}))?");

    /** A pair of RFC 7239 section 4 with the semicolon or the comma that ends it; a quoted value may hold both. */
    private static final Pattern FORWARDED_PAIR =
            Pattern.compile("\\G\\s*+(?:([\\w-]++)\\s*+=\\s*+(?:\"([^\"]*+)\"|([^\";,\\s]*+)))?+\\s*+([;,]|$)");

    private static final Pattern PREFIX = Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._~-]+)+");

    private static final int LONGEST_HOST = 260;
    private static final int HIGHEST_PORT = 65535;

    /** A longer header is taken for none: it is somebody's attempt. */
    private static final int LONGEST_HEADER = 1000;

    private PublicUrl() {}

    /**
     * Gives the address without a slash at its end.
     *
     * @param headers the value of a header by its name, {@code null} or the first one of several
     * @param scheme of the request as it arrived, {@code http} or {@code https}
     * @return e.g. {@code https://openhab.example.org:8443}; {@code null} when the host makes no sense
     */
    static @Nullable String of(UnaryOperator<@Nullable String> headers, String scheme) {
        String forwarded = header(headers, "Forwarded");
        String publicScheme = scheme(headers, forwarded, scheme);
        String host = pair(forwarded, "host");
        if (host == null) {
            host = first(headers, "X-Forwarded-Host");
        }
        boolean isForwarded = host != null;
        if (host == null) {
            host = header(headers, "Host");
        }
        if (host == null || host.length() > LONGEST_HOST) {
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
        return publicScheme + "://" + parts.group(1) + shownPort(port, publicScheme) + prefix(headers);
    }

    private static String scheme(UnaryOperator<@Nullable String> headers, @Nullable String forwarded, String scheme) {
        String told = pair(forwarded, "proto");
        if (told == null) {
            told = first(headers, "X-Forwarded-Proto");
        }
        if (told == null && ("on".equalsIgnoreCase(headers.apply("X-Forwarded-Ssl")))) {
            told = "https";
        }
        String lower = told == null ? scheme : told.toLowerCase(Locale.ROOT);
        return lower.equals("https") || lower.equals("http") ? lower : scheme;
    }

    private static boolean isPort(String port) {
        return port.matches("\\d{1,5}") && Integer.parseInt(port) >= 1 && Integer.parseInt(port) <= HIGHEST_PORT;
    }

    private static String shownPort(@Nullable String port, String scheme) {
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
        return value == null || value.length() > LONGEST_HEADER ? null : value;
    }

    /** The first of several values: the one of the proxy nearest to the browser. */
    private static @Nullable String first(UnaryOperator<@Nullable String> headers, String name) {
        String values = header(headers, name);
        if (values == null) {
            return null;
        }
        int comma = values.indexOf(',');
        String value = (comma < 0 ? values : values.substring(0, comma)).trim();
        return value.isEmpty() ? null : value;
    }

    /** The value of a name in the first element of {@code Forwarded}; {@code null} also when it cannot be read. */
    private static @Nullable String pair(@Nullable String forwarded, String name) {
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
