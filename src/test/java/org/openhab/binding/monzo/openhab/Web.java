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
package org.openhab.binding.monzo.openhab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A minimal browser: keeps cookies, follows links, submits forms, and returns redirects before following them.
 */
public final class Web {
    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    /**
     * A response.
     *
     * @param uri the requested URL
     * @param status the HTTP status
     * @param body the page
     * @param location the redirect target, or null
     * @param headers all headers
     */
    public record Page(URI uri, int status, String body, URI location, HttpHeaders headers) {

        /**
         * @param name of a header
         * @return its value, or null
         */
        public String header(String name) {
            return headers.firstValue(name).orElse(null);
        }

        /**
         * @param part a part of the address of a link on the page
         * @return the whole address of the first such link
         */
        public URI link(String part) {
            Matcher link = Pattern.compile("href=\"([^\"]*" + Pattern.quote(part) + "[^\"]*)\"")
                    .matcher(body);
            if (!link.find()) {
                throw new AssertionError("No link to " + part + " on " + this);
            }
            return uri.resolve(link.group(1).replace("&amp;", "&"));
        }

        /**
         * @return the redirect target
         */
        public URI redirect() {
            if (location == null) {
                throw new AssertionError("No redirect from " + this);
            }
            return location;
        }

        /**
         * @return this, unless it is an error
         */
        public Page ok() {
            if (status >= 400) {
                throw new AssertionError("An error at " + this);
            }
            return this;
        }
    }

    /**
     * @param uri an address
     * @return its page, or its redirect
     */
    public Page get(URI uri) {
        return send(HttpRequest.newBuilder(uri).header("Accept", "text/html, */*;q=0.8"));
    }

    /**
     * @param uri an address
     * @return the page at the end of all its redirects
     */
    public Page follow(URI uri) {
        Page page = get(uri);
        for (int redirects = 0; page.location() != null; redirects++) {
            if (redirects == 10) {
                throw new AssertionError("Too many redirects, the last: " + page);
            }
            page = get(page.location());
        }
        return page.ok();
    }

    /**
     * Submits a form.
     *
     * @param uri where to
     * @param fields the form fields
     * @return the answer
     */
    public Page submit(URI uri, Map<String, String> fields) {
        return send(HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form(fields))));
    }

    static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(e -> encode(e.getKey()) + "=" + encode(e.getValue()))
                .collect(Collectors.joining("&"));
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /**
     * Posts JSON.
     *
     * @param uri where to
     * @param json the body
     * @return the response
     */
    public Page post(URI uri, String json) {
        return send(HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    private Page send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    http.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
            URI location = response.headers()
                    .firstValue("Location")
                    .map(response.uri()::resolve)
                    .orElse(null);
            return new Page(response.uri(), response.statusCode(), response.body(), location, response.headers());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
