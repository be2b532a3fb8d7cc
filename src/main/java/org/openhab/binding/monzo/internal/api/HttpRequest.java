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
package org.openhab.binding.monzo.internal.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * A request to the bank.
 *
 * @param method the method, RFC 9110 section 9, e.g. {@code GET}
 * @param baseUrl scheme, host and port, without a trailing slash
 * @param path the path, with a leading slash
 * @param query the query parameters, not encoded
 * @param form the form fields of the body, not encoded; {@code null} for no body
 * @param accessToken the bearer token, RFC 6750 section 2.1; {@code null} for none
 * @param permitted asked just before the request is sent, which may be a while after it was passed to the client
 */
@NonNullByDefault
public record HttpRequest(
        String method,
        String baseUrl,
        String path,
        Map<String, String> query,
        @Nullable Map<String, String> form,
        @Nullable String accessToken,
        BooleanSupplier permitted) {

    private static final BooleanSupplier ALWAYS = () -> true;

    /** Creates a request that is always permitted. */
    public HttpRequest(
            String method,
            String baseUrl,
            String path,
            Map<String, String> query,
            @Nullable Map<String, String> form,
            @Nullable String accessToken) {
        this(method, baseUrl, path, query, form, accessToken, ALWAYS);
    }

    public HttpRequest {
        query = new LinkedHashMap<>(query);
        form = form == null ? null : new LinkedHashMap<>(form);
    }

    /** Creates a POST request with a form. */
    public static HttpRequest post(
            String baseUrl, String path, Map<String, String> form, @Nullable String accessToken) {
        return new HttpRequest("POST", baseUrl, path, Map.of(), form, accessToken);
    }

    /** Returns the URL with the encoded query. */
    public String url() {
        String encoded = query.entrySet().stream()
                .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
        return baseUrl + path + (encoded.isEmpty() ? "" : "?" + encoded);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Returns the method and path for the log, without IDs, query, form and token. */
    @Override
    public String toString() {
        return method + " " + path.replaceAll("/[a-z]+_\\w+", "/…");
    }
}
