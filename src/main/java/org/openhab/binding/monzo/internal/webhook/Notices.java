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
package org.openhab.binding.monzo.internal.webhook;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.osgi.service.component.annotations.Component;

/**
 * Registry of the bridges that receive notices, each at its own secret path.
 */
@NonNullByDefault
@Component(service = Notices.class)
public class Notices {

    private final Map<Listener, byte[]> secrets = new ConcurrentHashMap<>();

    /** Receives the notices of one bridge. */
    interface Listener {

        /** A request to the bridge's secret path; its body may be anything. Returns at once. */
        void onNotice(String body);
    }

    void add(String secret, Listener listener) {
        secrets.put(listener, bytes(secret));
    }

    void remove(Listener listener) {
        secrets.remove(listener);
    }

    /** Returns the listener with a secret, {@code null} if there is none. Takes the same time for any secret. */
    @Nullable
    Listener listener(String secret) {
        byte[] bytes = bytes(secret);
        Listener found = null;
        for (Map.Entry<Listener, byte[]> entry : secrets.entrySet()) {
            if (MessageDigest.isEqual(entry.getValue(), bytes)) {
                found = entry.getKey();
            }
        }
        return found;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
