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
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * Sends requests to the bank.
 */
@NonNullByDefault
public interface HttpTransport {

    /**
     * A request to the bank.
     *
     * @param method the method, RFC 9110 section 9, e.g. {@code GET}
     * @param baseUrl scheme, host and port, without a trailing slash
     * @param path the path, with a leading slash
     * @param parameters not encoded: in the query of a {@code GET}, in the form of a {@code POST} or {@code PUT}
     * @param accessToken the bearer token, RFC 6750 section 2.1; {@code null} for none
     * @param permitted asked just before the request is sent, which may be a while after it was passed to the client
     */
    record HttpRequest(
            String method,
            String baseUrl,
            String path,
            Map<String, String> parameters,
            @Nullable String accessToken,
            BooleanSupplier permitted) {

        public HttpRequest {
            parameters = Map.copyOf(parameters);
        }

        /** Returns the fields of the form, {@code null} for a request without a body. */
        @Nullable
        Map<String, String> form() {
            return method.startsWith("P") ? parameters : null;
        }

        /** Returns the URL with the encoded query. */
        public String url() {
            if (form() != null || parameters.isEmpty()) {
                return baseUrl + path;
            }
            return parameters.entrySet().stream()
                    .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
                    .collect(Collectors.joining("&", baseUrl + path + "?", ""));
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

    /**
     * The pending result of a request.
     */
    @FunctionalInterface
    interface Pending<T> {

        /**
         * Waits for the result, no longer than the timeout of the request.
         *
         * @throws MonzoException if the request failed
         */
        T await() throws MonzoException;
    }

    /**
     * Sends a request without waiting for its response. Redirects are not followed, as they could disclose the token.
     *
     * @return the response with any status; awaiting it throws a {@link MonzoException} of {@code UNREACHABLE}, {@code
     *     TIMED_OUT}, {@code RESPONSE_TOO_LONG}, or {@code NOT_SENT} if it was not permitted
     */
    Pending<HttpResponse> send(HttpRequest request);
}
