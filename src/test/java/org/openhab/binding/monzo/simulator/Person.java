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
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** A customer's browser, which does not follow redirects. */
final class Person {
    private static final int TIMEOUT_MILLIS = 10_000;

    private Person() {}

    /**
     * Opens the authorise page and presses a button.
     *
     * @param buttonId the button's id
     * @param decision what the button stands for
     * @return where the bank sends the person
     */
    static URI decide(String authorizeUrl, String buttonId, String decision) {
        try {
            HttpURLConnection page = open(authorizeUrl);
            String html = text(page);
            if (!html.contains("id=\"" + buttonId + "\"")) {
                throw new IllegalStateException(
                        "No button " + buttonId + ", status " + page.getResponseCode() + ": " + html);
            }
            HttpURLConnection press = open(authorizeUrl);
            press.setRequestMethod("POST");
            press.setDoOutput(true);
            press.setRequestProperty("Content-Type", Form.CONTENT_TYPE);
            press.getOutputStream().write((AuthorizePage.DECISION + "=" + Form.encode(decision)).getBytes(UTF_8));
            String location = press.getHeaderField("Location");
            if (location == null) {
                throw new IllegalStateException("Not sent back, status " + press.getResponseCode());
            }
            return URI.create(location);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpURLConnection open(String url) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setInstanceFollowRedirects(false);
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        // Otherwise the kept connection would look like a leak.
        connection.setRequestProperty("Connection", "close");
        return connection;
    }

    private static String text(HttpURLConnection connection) throws IOException {
        InputStream body =
                connection.getResponseCode() < 400 ? connection.getInputStream() : connection.getErrorStream();
        if (body == null) {
            return "";
        }
        try (body) {
            return new String(body.readAllBytes(), UTF_8);
        }
    }
}
