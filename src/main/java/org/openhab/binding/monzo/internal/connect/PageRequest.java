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
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * A request of a page, free of the servlet API's types.
 *
 * @param path below {@code /connectmonzo}, empty for the page itself
 * @param parameters of the query, the first of each name
 * @param publicUrl openHAB's address as the browser knows it, {@code null} when it makes no sense
 * @param locale the person's language
 * @param address of the browser on the network, or of the proxy before it
 */
@NonNullByDefault
record PageRequest(
        String path,
        Map<String, String> parameters,
        @Nullable String publicUrl,
        Locale locale,
        String address) {

    /** The page itself, relative to the path of this request, so that it is right behind a proxy that adds a prefix. */
    String root() {
        return up() + CONNECT_PATH.substring(1);
    }

    /** Another page of this openHAB, relative to the path of this request. */
    String openHabPage(String page) {
        return "./" + up() + page;
    }

    private String up() {
        long depth = path.chars().filter(c -> c == '/').count();
        return "../".repeat((int) depth);
    }

    /** The redirect URL as the browser would come back to it, unless a bridge is configured with another. */
    String redirectUrl() {
        return publicUrl + CONNECT_PATH + "/callback";
    }

    /** A parameter, empty when it is not there. */
    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    @Override
    public String toString() {
        return "PageRequest[" + path + "]"; // code and state do not belong in a log
    }
}
