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
package org.openhab.binding.monzo.internal.webhook;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.binding.monzo.simulator.Endpoint;

/** Tests requests that anyone can send to the path of the notices, with and without the secret. */
class WebhookServletTest extends PushTestBase {

    private static final int MAX_BODY = 64 * 1024;

    private String url;

    @BeforeEach
    void connect() {
        MonzoBridgeHandler bridge = addBridge("alice");
        fixture.addAccount(bridge, people.current().id());
        fixture.connect(bridge, people.alice());
        fixture.scheduler.runDue();
        url = localUrl(people.current());
        fixture.pass(Duration.ofSeconds(10));
        fixture.bank.resetCounts();
    }

    private String notice() {
        return PublicUrlPushTestBase.notice(people.current().id(), "tx_1");
    }

    private int refreshes() {
        fixture.pass(Duration.ofSeconds(3));
        return fixture.bank.count(Endpoint.BALANCE);
    }

    @Test
    void acceptsANotice() {
        HttpResponse<String> response = fixture.browser.post(url, notice());
        assertThat(response.statusCode(), is(200));
        assertThat(response.body(), is(""));
        assertThat(refreshes(), is(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "", "/x", "/%00", "/..%2f", "/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void hasNoPathForOthers(String path) {
        String base = fixture.url() + "/connectmonzo/webhook";
        HttpResponse<String> response = fixture.browser.post(base + path, notice());
        assertThat(response.statusCode(), is(oneOf(400, 404, 405)));
        assertThat(response.body(), not(containsString("alice")));
        assertThat(refreshes(), is(0));
    }

    @Test
    void comparesTheWholeSecret() {
        for (String other :
                List.of(url.substring(0, url.length() - 1), url + "A", url + "/", url + "/x", url.toLowerCase())) {
            assertThat(fixture.browser.post(other, notice()).statusCode(), is(404));
        }
        assertThat(refreshes(), is(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"})
    void acceptsNothingButPost(String method) {
        for (String path : List.of(url, fixture.url() + "/connectmonzo/webhook/unknown")) {
            HttpResponse<String> response = fixture.browser.send(method, path);
            assertThat(response.statusCode(), is(405));
            assertThat(response.headers().firstValue("Allow").orElse(""), is("POST"));
        }
        assertThat(refreshes(), is(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "null",
                "not JSON",
                "{\"type\":\"balance.updated\",\"data\":{\"account_id\":\"ACCOUNT\",\"id\":\"tx_1\"}}",
                "{\"data\":{\"account_id\":\"ACCOUNT\",\"id\":\"tx_1\"}}",
                "{\"type\":\"transaction.created\",\"data\":{\"id\":\"tx_1\"}}",
                "{\"type\":\"transaction.created\",\"data\":[{\"account_id\":\"ACCOUNT\",\"id\":\"tx_1\"}]}",
                "{\"type\":\"transaction.created\",\"data\":{\"account_id\":\"../accounts?x=\",\"id\":\"tx_1\"}}",
                "{\"type\":\"transaction.created\",\"data\":{\"account_id\":1,\"id\":{}}}"
            })
    void ignoresOtherBodies(String body) {
        HttpResponse<String> response = fixture.browser.post(
                url, body.replace("ACCOUNT", people.current().id()));
        assertThat(response.statusCode(), is(200));
        assertThat(refreshes(), is(0));
    }

    @Test
    void ignoresDeepAndLongBodies() {
        for (String body :
                List.of("[".repeat(60_000), "{\"a\":".repeat(13_000), "\uFEFF".repeat(20_000), "9".repeat(65_000))) {
            assertThat(fixture.browser.post(url, body).statusCode(), is(200));
        }
        assertThat(refreshes(), is(0));
    }

    @Test
    void ignoresACompressedBody() throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(notice().getBytes(StandardCharsets.UTF_8));
        }
        HttpResponse<String> response = fixture.browser.send(
                "POST", url, BodyPublishers.ofByteArray(compressed.toByteArray()), "Content-Encoding", "gzip");
        assertThat(response.statusCode(), is(200));
        assertThat(refreshes(), is(0));
    }

    @Test
    void acceptsANoticeOfTheGreatestLength() {
        String notice = notice();
        String padded = notice.substring(0, notice.length() - 1) + " ".repeat(MAX_BODY - notice.length()) + "}";
        assertThat(padded.length(), is(MAX_BODY));
        assertThat(fixture.browser.post(url, padded).statusCode(), is(200));
        assertThat(refreshes(), is(1));
    }

    @Test
    void readsNoMoreOfALongBody() throws IOException {
        try (Socket socket = connect(url)) {
            write(socket, "POST " + path() + " HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n");
            write(socket, notice() + " ".repeat(MAX_BODY));
            assertThat(status(socket), is(200));
        }
        assertThat(refreshes(), is(0));
    }

    @Test
    void acceptsAChunkedBody() throws IOException {
        try (Socket socket = connect(url)) {
            write(socket, "POST " + path() + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (String part : notice().split("(?<=,)")) {
                write(socket, Integer.toHexString(part.length()) + "\r\n" + part + "\r\n");
            }
            write(socket, "0\r\n\r\n");
            assertThat(status(socket), is(200));
        }
        assertThat(refreshes(), is(1));
    }

    /** More requests than the web server has threads. */
    @Test
    void holdsNoThreadForSlowBodies() throws IOException {
        List<Socket> slow = new ArrayList<>();
        String impatient = path().replace("/connectmonzo/webhook", BindingFixture.IMPATIENT_WEBHOOK);
        try {
            for (int i = 0; i < 250; i++) {
                Socket socket = connect(url);
                slow.add(socket);
                write(socket, "POST " + impatient + " HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{");
            }
            assertThat(fixture.browser.post(url, notice()).statusCode(), is(200));
            for (Socket socket : slow) {
                assertThat(status(socket), is(408));
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
        assertThat(refreshes(), is(1));
    }

    @Test
    void survivesBodiesThatEndEarly() throws IOException {
        for (int i = 0; i < 20; i++) {
            try (Socket socket = connect(url)) {
                write(socket, "POST " + path() + " HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n" + notice());
                socket.shutdownOutput();
                assertThat(status(socket), is(oneOf(-1, 400)));
            }
        }
        assertThat(refreshes(), is(0));
    }

    @Test
    void knowsNothingOfADisabledBridge() {
        fixture.end(fixture.bridgeNow("alice").getThing());
        assertThat(fixture.browser.post(url, notice()).statusCode(), is(404));
    }

    private String path() {
        return URI.create(url).getPath();
    }

    private static Socket connect(String url) throws IOException {
        URI uri = URI.create(url);
        Socket socket = new Socket(uri.getHost(), uri.getPort());
        socket.setSoTimeout((int) AWAIT_TIMEOUT.toMillis());
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** The status of the response, -1 without one. */
    private static int status(Socket socket) throws IOException {
        byte[] start = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
        String text = new String(start, StandardCharsets.US_ASCII);
        return text.startsWith("HTTP/1.1 ") ? Integer.parseInt(text.substring(9)) : -1;
    }
}
