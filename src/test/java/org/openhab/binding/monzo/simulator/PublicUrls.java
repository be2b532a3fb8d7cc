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

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Maps public URLs to this machine, as a proxy or openHAB Cloud would. Safe for use by any thread. */
final class PublicUrls {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private final Map<String, String> localByPublic = new LinkedHashMap<>();

    synchronized void map(String publicUrl, String localUrl) {
        if (!isLoopback(localUrl)) {
            throw new IllegalArgumentException("Not on this machine: " + localUrl);
        }
        localByPublic.put(publicUrl, localUrl);
    }

    /** Returns the local URL for a public one, empty if there is none: the bank never calls other machines. */
    synchronized Optional<String> resolve(String url) {
        return localByPublic.entrySet().stream()
                .filter(e -> url.startsWith(e.getKey()))
                .map(e -> e.getValue() + url.substring(e.getKey().length()))
                .findFirst()
                .or(() -> Optional.of(url))
                .filter(PublicUrls::isLoopback);
    }

    /** Checks only the name, as a DNS lookup would leave this machine. */
    private static boolean isLoopback(String url) {
        try {
            URI uri = new URI(url);
            return "http".equals(uri.getScheme()) && uri.getHost() != null && LOOPBACK.contains(uri.getHost());
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
