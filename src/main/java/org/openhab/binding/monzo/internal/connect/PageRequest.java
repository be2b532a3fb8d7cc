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

import static org.openhab.binding.monzo.internal.MonzoBindingConstants.CONNECT_PATH;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * A request for a page, independent of the servlet API.
 *
 * @param path the path below {@code /connectmonzo}, empty for the main page
 * @param parameters the query parameters, the first value of each
 * @param publicUrl openHAB's URL as seen by the browser, {@code null} if invalid
 * @param locale the browser's locale
 * @param address the network address of the browser or its proxy
 */
@NonNullByDefault
record PageRequest(
        String path,
        Map<String, String> parameters,
        @Nullable String publicUrl,
        Locale locale,
        String address) {

    private static final Pattern LOCAL = Pattern.compile(
            "https?://(localhost|[^/:]+\\.localhost|127(\\.\\d{1,3}){3}|\\[::1])\\.?(:|/|$)", Pattern.CASE_INSENSITIVE);

    /**
     * Returns the URL of the main page, relative to this request's path so that it works behind a proxy that adds a
     * prefix.
     */
    String root() {
        return up() + CONNECT_PATH.substring(1);
    }

    /** Returns the URL of another page of this openHAB, relative to this request's path. */
    String openHabPage(String page) {
        return "./" + up() + page;
    }

    private String up() {
        long depth = path.chars().filter(c -> c == '/').count();
        return "../".repeat((int) depth);
    }

    /** Returns the default redirect URL, used unless a bridge is configured with another one. */
    String redirectUrl() {
        return publicUrl + CONNECT_PATH + "/callback";
    }

    /** Returns whether the browser reaches openHAB by an address that means only the computer it runs on. */
    boolean isLocal() {
        return publicUrl != null && LOCAL.matcher(publicUrl).lookingAt();
    }

    /** Returns a parameter, empty if it is missing. */
    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    @Override
    public String toString() {
        return "PageRequest[" + path + "]"; // never log code and state
    }
}
