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

import com.google.gson.JsonObject;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.model.ErrorKind;

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

        /** Replaces the IDs of a method and path, which follow the name of their endpoint and may have any form. */
        static String withoutIds(String request) {
            return request.replaceFirst("^(\\S+ /(?!oauth2/)[^/]+)/[^/]+", "$1/*");
        }

        /** Returns the method and path for the log, without IDs, query, form and token. */
        @Override
        public String toString() {
            return withoutIds(method + " " + path);
        }
    }

    /**
     * A complete HTTP response, and what it means: a JSON object or the kind of error it reports.
     *
     * @param status the status code
     * @param retryAfter the header {@code Retry-After}, RFC 9110 section 10.2.3, as sent; {@code null} if missing
     * @param body the body as text
     */
    record HttpResponse(int status, @Nullable String retryAfter, String body) {

        /** Longer values of {@code Retry-After} are reduced to this. */
        private static final Duration MAX_RETRY_AFTER = Duration.ofHours(1);

        private static final String LOGGED_CODE = "[a-z_.]{1,80}";

        /**
         * Returns the JSON object of a successful response.
         *
         * @param now the current time, to convert a date in {@code Retry-After} to a duration
         * @return the object in the body
         * @throws MonzoException for any other response, with the kind of error given by its status and {@code code}
         */
        public JsonObject object(Instant now) throws MonzoException {
            if (status == 200) {
                return Json.object(body);
            }
            JsonObject json = Json.objectOrEmpty(body);
            String code = Json.text(json, "code");
            // For the debug log and bug reports; nothing that names a person, an ID or an amount matches.
            String message = "HTTP " + status + (code != null && code.matches(LOGGED_CODE) ? " " + code : "");
            String reason = code + " " + Json.text(json, "message");
            if (status == 429) {
                throw new MonzoException(ErrorKind.RATE_LIMITED, message, parseRetryAfter(now));
            } else if (status >= 500) {
                throw new MonzoException(ErrorKind.SERVER_ERROR, message, parseRetryAfter(now));
            } else if (status == 401) {
                throw new MonzoException(unauthorized(code), message);
            } else if (status == 403 && "forbidden.verification_required".equals(code)) {
                throw MonzoException.rejected(ErrorKind.VERIFICATION_REQUIRED, message, reason);
            } else if (status == 403 && code != null && code.startsWith("forbidden")) {
                throw MonzoException.rejected(ErrorKind.NOT_PERMITTED, message, reason);
            } else if ((status == 400 || status == 404 || status == 410) && code != null) {
                if (code.startsWith("not_found")) {
                    throw MonzoException.rejected(ErrorKind.NOT_FOUND, message, reason);
                } else if (code.startsWith("bad_request")) {
                    throw MonzoException.rejected(ErrorKind.REJECTED, message, reason);
                }
            }
            // Without Monzo's code the response comes from a proxy or another server.
            throw new MonzoException(ErrorKind.INVALID_RESPONSE, message);
        }

        /** Returns the kind of a 401 by its {@code code}, e.g. {@code unauthorized.bad_access_token.evicted}. */
        private static ErrorKind unauthorized(@Nullable String code) {
            if (code != null && code.endsWith(".evicted")) {
                return ErrorKind.LOGIN_EVICTED;
            }
            return code != null && code.endsWith(".expired") ? ErrorKind.TOKEN_EXPIRED : ErrorKind.TOKEN_REFUSED;
        }

        /** Parses seconds or a date, RFC 9110 section 10.2.3; returns {@code null} if invalid or not in the future. */
        private @Nullable Duration parseRetryAfter(Instant now) {
            String header = retryAfter;
            if (header == null) {
                return null;
            }
            String value = header.trim();
            Duration wait;
            if (value.matches("\\d+")) {
                BigInteger seconds = new BigInteger(value).min(BigInteger.valueOf(MAX_RETRY_AFTER.toSeconds()));
                wait = Duration.ofSeconds(seconds.longValueExact());
            } else {
                try {
                    wait = Duration.between(
                            now,
                            ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
                } catch (DateTimeParseException e) {
                    return null;
                }
            }
            if (wait.isNegative() || wait.isZero()) {
                return null;
            }
            return wait.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : wait;
        }

        @Override
        public String toString() {
            return "HttpResponse[" + status + "]"; // never log the body: it may contain tokens, names or amounts
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
