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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.servlet.http.HttpServletRequest;

/**
 * A completely read request, so that all further effects on the connection are the bank's.
 *
 * @param method the HTTP method
 * @param path the path without the query
 * @param rawQuery the query as sent, empty when there was none
 * @param query the query's parameters
 * @param formEncoded whether the body claimed to be a form
 * @param form the body's parameters, empty unless form-encoded
 * @param bearer the access token, null when none was sent
 */
record Call(
        String method,
        String path,
        String rawQuery,
        Map<String, String> query,
        boolean formEncoded,
        Map<String, String> form,
        String bearer) {
    private static final List<String> ACCOUNT_PARAMETERS =
            List.of("account_id", "current_account_id", "source_account_id", "destination_account_id");
    private static final int LONGEST_BODY = 64 * 1024;
    private static final String BEARER = "Bearer ";

    /**
     * @throws IllegalArgumentException if the parameters are not decodable or the body is too long
     */
    static Call read(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(LONGEST_BODY + 1);
        if (body.length > LONGEST_BODY) {
            throw new IllegalArgumentException("Body too long");
        }
        String contentType = request.getContentType();
        boolean formEncoded = contentType != null && contentType.startsWith(Form.CONTENT_TYPE);
        String rawQuery = request.getQueryString() == null ? "" : request.getQueryString();
        String authorization = request.getHeader("Authorization");
        return new Call(
                request.getMethod(),
                request.getRequestURI(),
                rawQuery,
                Form.parse(rawQuery),
                formEncoded,
                formEncoded ? Form.parse(new String(body, UTF_8)) : Map.of(),
                authorization != null && authorization.startsWith(BEARER)
                        ? authorization.substring(BEARER.length())
                        : null);
    }

    Endpoint endpoint() {
        return Endpoint.of(path);
    }

    /** @throws ErrorResponse unless the method is one of these */
    Call only(String... methods) {
        if (!List.of(methods).contains(method)) {
            throw ErrorResponse.methodNotAllowed();
        }
        return this;
    }

    /** Returns the last segment of the path. */
    String lastSegment() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Returns the second segment of the path, the ID in {@code /pots/<id>/deposit}. */
    String secondSegment() {
        return path.split("/")[2];
    }

    boolean isPost() {
        return "POST".equals(method);
    }

    /** Returns the account in the query or form, null if there is none. */
    String accountId() {
        return Stream.of(query, form)
                .flatMap(parameters -> ACCOUNT_PARAMETERS.stream().map(parameters::get))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    RecordedRequest record() {
        return new RecordedRequest(
                method,
                path,
                rawQuery,
                endpoint(),
                accountId(),
                form.get("grant_type"),
                endpoint() == Endpoint.TOKEN ? Map.of() : form);
    }
}
