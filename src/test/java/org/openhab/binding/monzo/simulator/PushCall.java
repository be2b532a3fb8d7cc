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

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;

/** One POST to a webhook, which another thread may cut short. */
final class PushCall {
    private static final int CONNECT_MILLIS = 10_000;
    private static final int READ_MILLIS = 60_000;

    private final String url;
    private HttpURLConnection connection;
    private boolean cancelled;

    PushCall(String url) {
        this.url = url;
    }

    /** The status of the answer, 0 without one. */
    int send(String body) {
        byte[] bytes = body.getBytes(UTF_8);
        try {
            HttpURLConnection post = open();
            post.setRequestMethod("POST");
            post.setInstanceFollowRedirects(false);
            post.setConnectTimeout(CONNECT_MILLIS);
            post.setReadTimeout(READ_MILLIS);
            post.setRequestProperty("Content-Type", "application/json");
            post.setRequestProperty("Connection", "close");
            post.setDoOutput(true);
            // Without streaming the JDK repeats a POST whose answer was lost, unknown to the list of attempts.
            post.setFixedLengthStreamingMode(bytes.length);
            post.getOutputStream().write(bytes);
            int status = post.getResponseCode();
            try (InputStream answer = status < 400 ? post.getInputStream() : post.getErrorStream()) {
                return status;
            }
        } catch (IOException e) {
            return 0;
        } finally {
            cancel();
        }
    }

    synchronized void cancel() {
        cancelled = true;
        if (connection != null) {
            connection.disconnect();
        }
    }

    private synchronized HttpURLConnection open() throws IOException {
        if (cancelled) {
            throw new IOException("cancelled");
        }
        connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
        return connection;
    }
}
