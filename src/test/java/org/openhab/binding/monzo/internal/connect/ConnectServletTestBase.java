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
package org.openhab.binding.monzo.internal.connect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.fixture.BindingTestBase;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;

/** Base class of tests of the login page over HTTP, with raw requests. */
abstract class ConnectServletTestBase extends BindingTestBase {

    static final String PAGE = "/connectmonzo";
    static final String NO_BRIDGE = "Monzo Login not found";

    MonzoBridgeHandler bridge;

    @BeforeEach
    void addThings() {
        bridge = fixture.addBridge("alice");
    }

    /** A raw response; header names in lower case. */
    record Response(int status, Map<String, List<String>> headers, String body) {

        String header(String name) {
            List<String> values = headers.getOrDefault(name.toLowerCase(), List.of());
            assertThat(name + " once at most", values.size(), is(lessThan(2)));
            return values.isEmpty() ? null : values.get(0);
        }
    }

    Response get(String target, String... headers) {
        return send("GET", target, headers);
    }

    /** Sends a raw request, as HTTP clients refuse to send invalid ones. */
    Response send(String method, String target, String... headers) {
        URI server = URI.create(fixture.url());
        StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\r\nConnection: close\r\n");
        if (Stream.of(headers).noneMatch(header -> header.startsWith("Host:"))) {
            request.append("Host: ").append(server.getAuthority()).append("\r\n");
        }
        Stream.of(headers).forEach(header -> request.append(header).append("\r\n"));
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.getOutputStream().write(request.append("\r\n").toString().getBytes(ISO_8859_1));
            return parsed(new String(socket.getInputStream().readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Response parsed(String response) {
        String[] headAndBody = response.split("\r\n\r\n", 2);
        String[] lines = headAndBody[0].split("\r\n");
        Map<String, List<String>> headers = new TreeMap<>();
        for (String line : List.of(lines).subList(1, lines.length)) {
            String[] pair = line.split(": ?", 2);
            headers.computeIfAbsent(pair[0].toLowerCase(), name -> new ArrayList<>())
                    .add(pair[1]);
        }
        return new Response(Integer.parseInt(lines[0].split(" ")[1]), headers, headAndBody[1]);
    }

    String authorize(String... headers) {
        return get(PAGE + "/authorize?bridge=monzo:bridge:alice", headers).header("Location");
    }

    /** Returns the target of the callback after a login at the bank. */
    String callback() {
        return target(fixture.callbackUrl(bridge, people.alice()));
    }

    static String target(String url) {
        URI uri = URI.create(url);
        return uri.getRawPath() + "?" + uri.getRawQuery();
    }

    static String parameter(String url, String name) {
        for (String pair : URI.create(url).getRawQuery().split("&")) {
            if (pair.startsWith(name + "=")) {
                return URLDecoder.decode(pair.substring(name.length() + 1), UTF_8);
            }
        }
        return null;
    }

    void connect() {
        fixture.connect(bridge, people.alice());
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
    }

    String text(String key) {
        return fixture.core().translations().getText(null, key, null, Locale.UK);
    }
}
