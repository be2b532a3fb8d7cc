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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicUrlTest {

    /** Headers are written as {@code Name: value}, separated by bars. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = "->",
            quoteCharacter = '`',
            value = {
                // no proxy
                "http | Host: openhab:8080 -> http://openhab:8080",
                "http | Host: openhab -> http://openhab",
                "http | Host: openhab:80 -> http://openhab",
                "https | Host: openhab:443 -> https://openhab",
                "https | Host: openhab:80 -> https://openhab:80",
                "http | Host: 192.168.1.2:8080 -> http://192.168.1.2:8080",
                "http | Host: [fe80::1]:8080 -> http://[fe80::1]:8080",
                "http | Host: [::1] -> http://[::1]",
                "http | Host: [::ffff:192.0.2.1] -> http://[::ffff:192.0.2.1]",
                "http | Host: my_house.local. -> http://my_house.local.",
                // the older headers
                "http | Host: inner:8080 | X-Forwarded-Proto: https -> https://inner:8080",
                "http | Host: inner:8080 | X-Forwarded-Ssl: on | X-Forwarded-Host: home.example -> https://home.example",
                "http | Host: inner:8080 | Front-End-Https: on | X-Forwarded-Host: home.example -> https://home.example",
                "http | Host: inner | Front-End-Https: On -> https://inner",
                "http | Host: inner | Front-End-Https: off | X-Forwarded-Host: home.example -> http://home.example",
                "https | Host: inner | Front-End-Https: off -> https://inner",
                "http | Host: inner | X-Forwarded-Proto: http | Front-End-Https: on -> http://inner",
                "http | Host: inner | X-Forwarded-Ssl: off | X-Forwarded-Host: home.example -> http://home.example",
                "http | Host: inner | X-Forwarded-Proto: HTTPS | X-Forwarded-Host: home.example -> https://home.example",
                "http | Host: inner | X-Forwarded-Proto: https, http | X-Forwarded-Host: home.example, inner -> https://home.example",
                "http | Host: inner | X-Forwarded-Proto: gopher | X-Forwarded-Host: home.example -> http://home.example",
                "http | Host: inner | X-Forwarded-Proto: javascript -> http://inner",
                "http | Host: inner | X-Forwarded-Host: home.example:8443 | X-Forwarded-Port: 1 -> http://home.example:8443",
                "http | Host: inner | X-Forwarded-Host: home.example | X-Forwarded-Port: 8443 -> http://home.example:8443",
                "https | Host: inner | X-Forwarded-Host: home.example | X-Forwarded-Port: 443 -> https://home.example",
                "http | Host: inner | X-Forwarded-Host: home.example | X-Forwarded-Port: 8443, 80 -> http://home.example:8443",
                "http | Host: inner | X-Forwarded-Host: home.example | X-Forwarded-Port: x -> http://home.example",
                "http | Host: inner | X-Forwarded-Host: home.example | X-Forwarded-Port: 0 -> http://home.example",
                "http | Host: inner | X-Forwarded-Host: home.example | X-Forwarded-Port: 65536 -> http://home.example",
                "http | Host: inner | X-Forwarded-Host: home.example | X-Forwarded-Port: -1 -> http://home.example",
                "http | Host: inner:8080 | X-Forwarded-Port: 443 -> http://inner:8080",
                "http | Host: inner | X-Forwarded-Host: -> http://inner",
                // a prefix
                "http | Host: inner | X-Forwarded-Prefix: /openhab -> http://inner/openhab",
                "http | Host: inner | X-Forwarded-Prefix: /a/b-c_d~e.f -> http://inner/a/b-c_d~e.f",
                "http | Host: inner | X-Forwarded-Prefix: /openhab/ -> http://inner",
                "http | Host: inner | X-Forwarded-Prefix: openhab -> http://inner",
                "http | Host: inner | X-Forwarded-Prefix: //evil.example -> http://inner",
                "http | Host: inner | X-Forwarded-Prefix: /a\"><script> -> http://inner",
                "http | Host: inner | X-Forwarded-Prefix: @evil.example -> http://inner",
                "http | Host: inner | X-Forwarded-Prefix: /../up -> http://inner",
                "http | Host: inner | X-Forwarded-Prefix: /a/. -> http://inner",
                // RFC 7239
                "http | Host: inner | Forwarded: proto=https;host=home.example -> https://home.example",
                "http | Host: inner | Forwarded: for=192.0.2.60; Proto=HTTPS ; Host=home.example;by=203.0.113.43 -> https://home.example",
                "http | Host: inner | Forwarded: host=\"home.example:8443\";proto=\"https\" -> https://home.example:8443",
                "http | Host: inner | Forwarded: for=\"[2001:db8::1]:99\";host=\"[2001:db8::2]:8443\" -> http://[2001:db8::2]:8443",
                "http | Host: inner | Forwarded: host=home.example, host=inner -> http://home.example",
                "http | Host: inner | Forwarded: proto=https | X-Forwarded-Host: home.example -> https://home.example",
                "http | Host: inner | Forwarded: host=home.example | X-Forwarded-Host: other.example -> http://home.example",
                "http | Host: inner | Forwarded: for=unknown -> http://inner",
                "http | Host: inner | Forwarded: host= ; proto= -> http://inner",
                "http | Host: inner | Forwarded: x-host=evil.example;myproto=https -> http://inner",
                "http | Host: inner | Forwarded: for=\"host=evil.example\";proto=https -> https://inner",
                "http | Host: inner | Forwarded: for=\"a;host=evil.example;b\";proto=https -> https://inner",
                "http | Host: inner | Forwarded: for=\"a, b\";proto=https;host=home.example -> https://home.example",
                "http | Host: inner | Forwarded: ;;proto=https;;host=home.example -> https://home.example",
                "http | Host: inner | Forwarded: rubbish;;=;\"; -> http://inner",
            })
    void returnsUrlSeenByTheBrowser(String request, String url) {
        assertEquals(url, of(request));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http",
                "http | Host:",
                "http | Host: a b",
                "http | Host: user@evil.example",
                "http | Host: evil.example/path",
                "http | Host: evil.example?x",
                "http | Host: evil.example#x",
                "http | Host: evil.example\\x",
                "http | Host: <script>alert(1)</script>",
                "http | Host: a\"b",
                "http | Host: a'b",
                "http | Host: a:b",
                "http | Host: a:123456",
                "http | Host: a:0",
                "http | Host: a:65536",
                "http | Host: a:80:80",
                "http | Host: .a",
                "http | Host: a..b",
                "http | Host: ::1",
                "http | Host: [::1",
                "http | Host: [::1]x",
                "http | Host: [<script>]",
                "http | Host: a\r\nLocation: http://evil.example",
                "http | Host: a\n",
                "http | Host: münchen.example",
                "http | Host: a%0d%0ab",
                "http | Host: inner | X-Forwarded-Host: evil.example/path",
                "http | Host: inner | X-Forwarded-Host: home.example\r\nX: y",
                "http | Host: inner | Forwarded: host=\"evil.example/path\"",
                "http | Host: inner | Forwarded: host=<script>",
            })
    void returnsNullForInvalidHost(String request) {
        assertNull(of(request));
    }

    @Test
    void ignoresOversizedHeaders() {
        for (String long_ :
                new String[] {"a", "a.", ".", "a=b;", "host=a;", "\"", "/a", "/", ",", "1", ":", "[", " "}) {
            String value = long_.repeat(100_000);
            for (String name : new String[] {"Forwarded", "X-Forwarded-Host", "Host"}) {
                PublicUrl.of(Map.of(name, value)::get, "http");
            }
            for (String name : new String[] {
                "X-Forwarded-Prefix", "X-Forwarded-Port", "X-Forwarded-Proto", "X-Forwarded-Ssl", "Front-End-Https"
            }) {
                assertEquals("http://a", PublicUrl.of(Map.of("X-Forwarded-Host", "a", name, value)::get, "http"), name);
            }
        }
        assertNull(PublicUrl.of(Map.of("Host", "a".repeat(261))::get, "http"));
    }

    /** Header names are case-insensitive, as some containers change their case. */
    private static String of(String request) {
        String[] parts = request.split(" \\| ");
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < parts.length; i++) {
            int colon = parts[i].indexOf(':');
            headers.put(
                    parts[i].substring(0, colon), parts[i].substring(colon + 1).replaceAll("^ +| +$", ""));
        }
        return PublicUrl.of(headers::get, parts[0].trim());
    }
}
