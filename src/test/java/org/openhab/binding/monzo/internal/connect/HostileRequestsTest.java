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

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertAll;

import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.fixture.Browser;
import org.openhab.binding.monzo.simulator.Endpoint;

/** Tests hostile requests, URLs and headers. */
class HostileRequestsTest extends ConnectServletTestBase {

    private static final Map<String, String> HOSTILE = Map.ofEntries(
            Map.entry("markup", "%3Cscript%3Ealert(1)%3C%2Fscript%3E"),
            Map.entry("attribute", "%22%20onmouseover%3D%22alert(1)%22%20'x'"),
            Map.entry("CR LF", "x%0d%0aX-Injected:%20yes%0d%0a%0d%0a%3Cscript%3E"),
            Map.entry("template", "%24%7Buid%7D%24%7Bstyle%7D%241%5C"),
            Map.entry("text key", "%40text%2Foffline.login-needed%20%5B%22x%22%5D"),
            Map.entry("NUL", "%00%00"),
            Map.entry("half a surrogate", "%ED%A0%80"),
            Map.entry("no UTF-8", "%C0%AF%FF"),
            Map.entry("no hex", "%zz%"),
            Map.entry("UTF-16 escape", "%u003Cscript%u003E"),
            Map.entry("thousands", "A".repeat(6000)));

    @ParameterizedTest
    @ValueSource(
            strings = {"bridge", "outcome", "state", "code", "error", "error_description", "unknown", "%3Cscript%3E"})
    void escapesHostileParameters(String parameter) {
        List<Executable> checks = new ArrayList<>();
        for (String path : List.of("", "/authorize", "/callback", "/nothing")) {
            HOSTILE.forEach((kind, value) -> {
                String state = parameter(authorize(), "state");
                String query = (parameter.equals("state") ? "" : "&state=" + state)
                        + (parameter.equals("code") ? "" : "&code=c")
                        + (parameter.equals("outcome") ? "" : "&outcome=approve");
                Response response = get(PAGE + path + "?" + parameter + "=" + value + query);
                checks.add(() -> assertHarmless(path + " with " + kind, response));
            });
        }
        assertAll(checks);
    }

    private static void assertHarmless(String what, Response response) {
        assertThat(what, response.status(), is(oneOf(200, 302, 303, 400, 404)));
        assertThat(what, response.headers(), not(hasKey("x-injected")));
        for (String trace :
                List.of("<script", "alert(1)", "${", "%zz", "Exception", "\tat ", "AAAAAA", "login-needed")) {
            assertThat(what, response.body().contains(trace), is(false));
        }
        assertSafeHeaders(what, response);
    }

    @Test
    void rejectsOversizedRequests() {
        try {
            Response response = get(PAGE + "?bridge=" + "A".repeat(2_000_000));
            assertThat(response.status(), is(oneOf(414, 431)));
            assertThat(response.body(), not(containsString("AAAA")));
            assertThat(response.body(), not(containsString("\tat ")));
        } catch (UncheckedIOException e) {
            // The server may close the connection before it has read everything.
        }
        assertThat(get(PAGE).status(), is(200));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "BREW"})
    void rejectsOtherMethods(String method) {
        for (String path : List.of(PAGE, PAGE + "/authorize?bridge=monzo:bridge:alice", callback())) {
            Response response = send(method, path, "X-Secret: mirrored", "Content-Length: 0");
            assertThat(response.status(), is(405));
            assertThat(response.header("Allow"), is(path.equals(PAGE) ? "GET, HEAD" : "GET"));
            assertThat(response.body(), is(""));
            assertSafeHeaders(method, response);
        }
        assertThat(fixture.bank.count(Endpoint.TOKEN), is(0));
    }

    @Test
    void answersHeadWithoutBody() {
        Response head = send("HEAD", PAGE);
        assertThat(head.status(), is(200));
        assertThat(head.body(), is(""));
        assertThat(
                head.header("Content-Length"),
                is(String.valueOf(get(PAGE).body().getBytes(UTF_8).length)));
        assertSafeHeaders("HEAD", head);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: evil.example",
                "Forwarded: host=evil.example;proto=https",
                "X-Forwarded-Host: evil.example",
                "X-Forwarded-Prefix: //evil.example",
                "X-Forwarded-Prefix: /\\evil.example",
                "X-Forwarded-Proto: javascript"
            })
    void redirectsWithinTheSiteForAnyHeader(String header) {
        for (String target : List.of(callback(), PAGE + "/")) {
            Response response = get(target, header);
            assertThat(response.status(), is(oneOf(302, 303)));
            assertThat(response.header("Location"), startsWith("../connectmonzo"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: a b",
                "Host: evil.example/x",
                "Host: user@evil.example",
                "X-Forwarded-Host: evil.example/?x=",
                "X-Forwarded-Host: <script>",
                "Forwarded: host=\"evil.example/path\""
            })
    void rejectsInvalidHost(String header) {
        Response response = get(PAGE + "/authorize?bridge=monzo:bridge:alice", header);
        assertThat(response.status(), is(400));
        assertThat(response.header("Location"), is(nullValue()));
        assertThat(response.body(), not(containsString("evil")));
        assertThat(response.body(), not(containsString("<script")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Host: openhab:8080 || http://openhab:8080",
                "Host: openhab:80 || http://openhab",
                "Host: [::1]:8080 || http://[::1]:8080",
                "Host: inner | X-Forwarded-Proto: https | https://inner",
                "X-Forwarded-Host: oh.example.org | X-Forwarded-Proto: https | https://oh.example.org",
                "X-Forwarded-Host: oh.example.org, inner | X-Forwarded-Proto: https, http | https://oh.example.org",
                "X-Forwarded-Host: oh.example.org:8443 | X-Forwarded-Proto: https | https://oh.example.org:8443",
                "X-Forwarded-Host: oh.example.org | X-Forwarded-Port: 8081 | http://oh.example.org:8081",
                "X-Forwarded-Host: oh.example.org | X-Forwarded-Prefix: /home | http://oh.example.org/home",
                "Forwarded: for=1.2.3.4;host=oh.example.org;proto=https | X-Forwarded-Host: x | https://oh.example.org",
                "Forwarded: host=\"oh.example.org:8443\";proto=https, for=5.6.7.8 || https://oh.example.org:8443"
            })
    void usesRedirectUrlSeenByTheBrowser(String header, String another, String url) {
        List<String> headers = new ArrayList<>(List.of(header));
        if (another != null) {
            headers.add(another);
        }
        String[] both = headers.toArray(String[]::new);
        assertThat(parameter(authorize(both), "redirect_uri"), is(url + PAGE + "/callback"));
        assertThat(get(PAGE, both).body(), containsString("<code>" + url + PAGE + "/callback</code>"));
    }

    @Test
    void prefersConfiguredRedirectUrl() {
        String configured = "https://elsewhere.example/connectmonzo/callback?x=1&y";
        fixture.edit(bridge.getThing(), Map.of("callbackUrl", configured));
        assertThat(parameter(authorize("X-Forwarded-Host: other.example"), "redirect_uri"), is(configured));
        assertThat(get(PAGE).body(), containsString("<code>" + configured.replace("&", "&amp;") + "</code>"));
    }

    @Test
    void sendsSecurityHeadersWithEveryResponse() throws Exception {
        Response page = get(PAGE);
        assertSafeHeaders("page", page);
        assertSafeHeaders("nothing", get(PAGE + "/nothing"));
        assertSafeHeaders("slash", get(PAGE + "/"));
        assertSafeHeaders("authorize", get(PAGE + "/authorize?bridge=monzo:bridge:alice"));
        assertSafeHeaders("no bridge", get(PAGE + "/authorize"));
        assertSafeHeaders("callback", get(callback()));
        assertSafeHeaders("bad host", get(PAGE, "Host: a b"));

        String style = page.body().replaceAll("(?s).*<style>(.*)</style>.*", "$1");
        String hash = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(style.getBytes(UTF_8)));
        assertThat(page.header("Content-Security-Policy"), containsString("style-src 'sha256-" + hash + "';"));
        assertThat(page.header("Content-Type"), equalToIgnoringCase("text/html;charset=utf-8"));
        assertThat(page.body(), not(containsString("style=\"")));
        assertThat(page.body(), not(containsString("<script")));
    }

    private static void assertSafeHeaders(String what, Response response) {
        assertThat(what, response.header("X-Content-Type-Options"), is("nosniff"));
        assertThat(what, response.header("X-Frame-Options"), is("DENY"));
        assertThat(what, response.header("Cache-Control"), is("no-store"));
        assertThat(what, response.header("Referrer-Policy"), is("no-referrer"));
        assertThat(
                what,
                response.header("Content-Security-Policy"),
                both(containsString("default-src 'none'")).and(containsString("frame-ancestors 'none'")));
        assertThat(what, response.header("Content-Security-Policy"), not(containsString("unsafe")));
        assertThat(what, response.headers(), not(hasKey("set-cookie")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/authorize/more", "//callback", "/callback/", "/..%2f..%2fetc", "/Callback"})
    void returnsNotFoundForOtherPaths(String path) {
        Response response = get(PAGE + path);
        assertThat(response.status(), is(oneOf(400, 404)));
        assertThat(response.body(), not(containsString("etc")));
    }

    @Test
    void redirectsTrailingSlashToThePage() {
        var response = fixture.browser.get(fixture.url() + PAGE + "/");
        assertThat(Browser.location(response), is(fixture.url() + PAGE));
    }
}
