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

import com.google.gson.JsonElement;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.servlet.http.HttpServletResponse;

/**
 * A whole HTTP reply.
 *
 * @param status the HTTP status
 * @param contentType the content type, null to send none
 * @param headers further headers
 * @param body the text of the body, sent as UTF-8
 */
record Reply(int status, String contentType, Map<String, String> headers, String body) {
    private static final String JSON = "application/json; charset=utf-8";
    private static final String HTML = "text/html; charset=utf-8";

    Reply(int status, String contentType, String body) {
        this(status, contentType, Map.of(), body);
    }

    static Reply json(int status, String body) {
        return new Reply(status, JSON, body);
    }

    static Reply json(JsonElement body) {
        return json(200, body.toString());
    }

    static Reply html(int status, String page) {
        return new Reply(status, HTML, page);
    }

    static Reply redirect(String location) {
        return new Reply(302, null, "").with("Location", location);
    }

    Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, contentType, more, body);
    }

    void sendTo(HttpServletResponse response) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        response.setStatus(status);
        headers.forEach(response::setHeader);
        if (contentType != null) {
            response.setContentType(contentType);
        }
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
