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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A customer's browser, which does not follow redirects. */
final class Person {
    private static final int TIMEOUT_MILLIS = 60_000;
    private static final String LOGIN_LINK = Endpoint.LOGIN_LINK.path().replace("*", "");

    private Person() {}

    /**
     * Enters an e-mail address on the authorization page and opens the newest link mailed to it.
     *
     * @return where the bank sends the person
     */
    static URI logIn(String authorizeUrl, String email) {
        requireElement(AuthorizePage.EMAIL, authorizeUrl);
        String mailed = text(post(authorizeUrl, AuthorizePage.EMAIL, email));
        URI mail = link(authorizeUrl, mailed, Endpoint.MAIL.path() + "?");
        URI login = link(authorizeUrl, text(open(mail.toString())), LOGIN_LINK);
        return location(open(login.toString()));
    }

    /**
     * Presses the button to deny on the authorization page.
     *
     * @return where the bank sends the person
     */
    static URI deny(String authorizeUrl) {
        requireElement(AuthorizePage.DENY, authorizeUrl);
        return location(post(authorizeUrl, AuthorizePage.DENY, AuthorizePage.DENY));
    }

    private static void requireElement(String id, String url) {
        String page = text(open(url));
        if (!page.contains("id=\"" + id + "\"")) {
            throw new IllegalStateException("No element " + id + " on " + page);
        }
    }

    private static URI link(String base, String page, String start) {
        Matcher link =
                Pattern.compile("href=\"(" + Pattern.quote(start) + "[^\"]+)\"").matcher(page);
        if (!link.find()) {
            throw new IllegalStateException("No link to " + start + " on " + page);
        }
        return URI.create(base).resolve(link.group(1));
    }

    private static URI location(HttpURLConnection connection) {
        String location = connection.getHeaderField("Location");
        if (location == null) {
            throw new IllegalStateException("Not sent back but to " + text(connection));
        }
        return URI.create(location);
    }

    private static HttpURLConnection post(String url, String field, String value) {
        try {
            HttpURLConnection connection = open(url);
            connection.setRequestMethod("POST");
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", Form.CONTENT_TYPE);
            connection.getOutputStream().write((field + "=" + Form.encode(value)).getBytes(UTF_8));
            return connection;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpURLConnection open(String url) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url).toURL().openConnection();
            connection.setInstanceFollowRedirects(false);
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            // Otherwise the kept connection would look like a leak.
            connection.setRequestProperty("Connection", "close");
            return connection;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(HttpURLConnection connection) {
        try {
            InputStream body =
                    connection.getResponseCode() < 400 ? connection.getInputStream() : connection.getErrorStream();
            if (body == null) {
                return "";
            }
            try (body) {
                return new String(body.readAllBytes(), UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
