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
import static org.junit.jupiter.api.Assertions.assertAll;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.fixture.BindingFixtureTest;
import org.openhab.binding.monzo.fixture.Browser;
import org.openhab.binding.monzo.internal.MonzoBindingConstants;
import org.openhab.binding.monzo.internal.connection.ErrorStatus;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.simulator.Endpoint;

/**
 * Tests the login page over HTTP, with valid and hostile requests.
 */
class ServletTest extends BindingFixtureTest {

    private static final String PAGE = "/connectmonzo";
    private static final String STALE = "This login attempt has expired";
    private static final String NO_BRIDGE = "Monzo Login not found";

    private MonzoBridgeHandler bridge;

    @BeforeEach
    void addThings() {
        bridge = fixture.addBridge("alice");
    }

    /** A raw response; header names in lower case. */
    private record Answer(int status, Map<String, List<String>> headers, String body) {

        String header(String name) {
            List<String> values = headers.getOrDefault(name.toLowerCase(), List.of());
            assertThat(name + " once at most", values.size(), is(lessThan(2)));
            return values.isEmpty() ? null : values.get(0);
        }
    }

    private Answer get(String target, String... headers) {
        return ask("GET", target, headers);
    }

    /** Sends a raw request, as HTTP clients refuse to send invalid ones. */
    private Answer ask(String method, String target, String... headers) {
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

    private static Answer parsed(String answer) {
        String[] headAndBody = answer.split("\r\n\r\n", 2);
        String[] lines = headAndBody[0].split("\r\n");
        Map<String, List<String>> headers = new TreeMap<>();
        for (String line : List.of(lines).subList(1, lines.length)) {
            String[] pair = line.split(": ?", 2);
            headers.computeIfAbsent(pair[0].toLowerCase(), name -> new ArrayList<>())
                    .add(pair[1]);
        }
        return new Answer(Integer.parseInt(lines[0].split(" ")[1]), headers, headAndBody[1]);
    }

    private String authorize(String... headers) {
        return get(PAGE + "/authorize?bridge=monzo:bridge:alice", headers).header("Location");
    }

    /** Returns the target of the callback after a login at the bank. */
    private String callback() {
        return target(fixture.callbackUrl(bridge, people.alice()));
    }

    private static String target(String url) {
        URI uri = URI.create(url);
        return uri.getRawPath() + "?" + uri.getRawQuery();
    }

    private static String parameter(String url, String name) {
        for (String pair : URI.create(url).getRawQuery().split("&")) {
            if (pair.startsWith(name + "=")) {
                return URLDecoder.decode(pair.substring(name.length() + 1), UTF_8);
            }
        }
        return null;
    }

    private void connect() {
        fixture.connect(bridge, people.alice());
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
    }

    // State

    @ParameterizedTest
    @ValueSource(
            strings = {"", "?code=c", "?state=&code=c", "?state=forged&code=c", "?state=forged&error=access_denied"})
    void rejectsCallbackWithUnknownState(String query) {
        authorize();
        Answer answer = get(PAGE + "/callback" + query);
        assertThat(answer.status(), is(400));
        assertThat(answer.body(), containsString(STALE));
        assertThat(fixture.bank.count(Endpoint.TOKEN), is(0));
    }

    @Test
    void acceptsAStateOnce() {
        String callback = callback();
        assertThat(get(callback).status(), is(303));
        Answer replayed = get(callback);
        assertThat(replayed.status(), is(400));
        assertThat(replayed.body(), containsString(STALE));
        assertThat(fixture.bank.count(Endpoint.TOKEN), is(1));
    }

    @Test
    void acceptsAStateForFifteenMinutes() {
        String callback = callback();
        fixture.pass(Duration.ofMinutes(15));
        assertThat(get(callback).status(), is(400));
        assertThat(fixture.bank.count(Endpoint.TOKEN), is(0));
    }

    @Test
    void createsLongUniqueStates() {
        List<String> states =
                Stream.generate(() -> parameter(authorize(), "state")).limit(20).toList();
        assertThat(states.stream().distinct().count(), is(20L));
        states.forEach(state -> assertThat(state, matchesPattern("[A-Za-z0-9_-]{43}")));
    }

    @Test
    void usesBridgeOfTheState() {
        MonzoBridgeHandler bobs = fixture.addBridge("bob");
        get(callback() + "&bridge=monzo:bridge:bob");
        assertThat(BindingFixture.status(bridge), containsString("approval-needed"));
        assertThat(BindingFixture.status(bobs), not(containsString("approval-needed")));
    }

    @Test
    void reportsMissingBridgeOfACallback() {
        String callback = callback();
        fixture.end(bridge.getThing());
        Answer answer = get(callback);
        assertThat(answer.status(), is(404));
        assertThat(answer.body(), containsString(NO_BRIDGE));
        assertThat(fixture.bank.count(Endpoint.TOKEN), is(0));
    }

    @Test
    void keepsEarlierLoginAfterDenial() {
        connect();
        fixture.bank.resetCounts();
        String callback = target(fixture.bank.deny(authorize()).toString());
        Answer answer = get(callback);
        assertThat(answer.status(), is(303));
        assertThat(get(PAGE + "/" + answer.header("Location")).body(), containsString("Monzo did not give access"));
        assertThat("used up", get(callback).status(), is(400));
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        assertThat(fixture.bank.count(Endpoint.TOKEN), is(0));
    }

    @Test
    void ignoresCodeNextToAnError() {
        assertThat(get(callback() + "&error=access_denied").header("Location"), containsString("?outcome=denied-"));
        assertThat(fixture.bank.count(Endpoint.TOKEN), is(0));
    }

    @Test
    void usesFirstOfRepeatedParameters() {
        String callback = callback();
        assertThat(get(callback.replace("?", "?state=forged&")).status(), is(400));
        assertThat(get(callback + "&state=forged&code=forged").status(), is(303));
        assertThat(BindingFixture.status(bridge), containsString("approval-needed"));
    }

    @Test
    void completesLoginsOfTwoBrowsersAndTwoBridges() {
        MonzoBridgeHandler bobs = fixture.addBridge("bob");
        String port = ":" + URI.create(fixture.url()).getPort();
        String byName = authorize("Host: localhost" + port);
        String byNumber = authorize("Host: 127.0.0.1" + port);
        String his = fixture.callbackUrl(bobs, people.bob());
        assertThat(parameter(byName, "redirect_uri"), is("http://localhost" + port + PAGE + "/callback"));
        assertThat(parameter(byNumber, "redirect_uri"), is("http://127.0.0.1" + port + PAGE + "/callback"));

        // The bank compares the redirect URL of the code with that of the token call.
        String second = target(fixture.bank.logIn(byNumber, people.alice()).toString());
        String first = target(fixture.bank.logIn(byName, people.alice()).toString());
        assertThat(get(first).header("Location"), containsString("?outcome=approve-"));
        assertThat(get(target(his)).header("Location"), containsString("?outcome=approve-"));
        assertThat(BindingFixture.status(bobs), containsString("approval-needed"));
        assertThat(get(second).header("Location"), containsString("?outcome=approve-"));
    }

    // Hostile requests

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
                Answer answer = get(PAGE + path + "?" + parameter + "=" + value + query);
                checks.add(() -> assertHarmless(path + " with " + kind, answer));
            });
        }
        assertAll(checks);
    }

    private static void assertHarmless(String what, Answer answer) {
        assertThat(what, answer.status(), is(oneOf(200, 302, 303, 400, 404)));
        assertThat(what, answer.headers(), not(hasKey("x-injected")));
        for (String trace :
                List.of("<script", "alert(1)", "${", "%zz", "Exception", "\tat ", "AAAAAA", "login-needed")) {
            assertThat(what, answer.body().contains(trace), is(false));
        }
        assertSafeHeaders(what, answer);
    }

    @Test
    void rejectsOversizedRequests() {
        try {
            Answer answer = get(PAGE + "?bridge=" + "A".repeat(2_000_000));
            assertThat(answer.status(), is(oneOf(414, 431)));
            assertThat(answer.body(), not(containsString("AAAA")));
            assertThat(answer.body(), not(containsString("\tat ")));
        } catch (UncheckedIOException e) {
            // The server may close the connection before it has read everything.
        }
        assertThat(get(PAGE).status(), is(200));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "BREW"})
    void rejectsOtherMethods(String method) {
        for (String path : List.of(PAGE, PAGE + "/authorize?bridge=monzo:bridge:alice", callback())) {
            Answer answer = ask(method, path, "X-Secret: mirrored", "Content-Length: 0");
            assertThat(answer.status(), is(405));
            assertThat(answer.header("Allow"), is(path.equals(PAGE) ? "GET, HEAD" : "GET"));
            assertThat(answer.body(), is(""));
            assertSafeHeaders(method, answer);
        }
        assertThat(fixture.bank.count(Endpoint.TOKEN), is(0));
    }

    @Test
    void answersHeadWithoutBody() {
        Answer head = ask("HEAD", PAGE);
        assertThat(head.status(), is(200));
        assertThat(head.body(), is(""));
        assertThat(
                head.header("Content-Length"),
                is(String.valueOf(get(PAGE).body().getBytes(UTF_8).length)));
        assertSafeHeaders("HEAD", head);
    }

    @Test
    void headRequestDoesNotUseUpALogin() {
        String callback = callback();
        ask("HEAD", callback);
        assertThat(fixture.bank.count(Endpoint.TOKEN), is(0));
        assertThat(get(callback).status(), is(303));
    }

    // URLs

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
            Answer answer = get(target, header);
            assertThat(answer.status(), is(oneOf(302, 303)));
            assertThat(answer.header("Location"), startsWith("../connectmonzo"));
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
        Answer answer = get(PAGE + "/authorize?bridge=monzo:bridge:alice", header);
        assertThat(answer.status(), is(400));
        assertThat(answer.header("Location"), is(nullValue()));
        assertThat(answer.body(), not(containsString("evil")));
        assertThat(answer.body(), not(containsString("<script")));
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

    // Headers

    @Test
    void sendsSecurityHeadersWithEveryResponse() throws Exception {
        Answer page = get(PAGE);
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

    private static void assertSafeHeaders(String what, Answer answer) {
        assertThat(what, answer.header("X-Content-Type-Options"), is("nosniff"));
        assertThat(what, answer.header("X-Frame-Options"), is("DENY"));
        assertThat(what, answer.header("Cache-Control"), is("no-store"));
        assertThat(what, answer.header("Referrer-Policy"), is("no-referrer"));
        assertThat(
                what,
                answer.header("Content-Security-Policy"),
                both(containsString("default-src 'none'")).and(containsString("frame-ancestors 'none'")));
        assertThat(what, answer.header("Content-Security-Policy"), not(containsString("unsafe")));
        assertThat(what, answer.headers(), not(hasKey("set-cookie")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/authorize/more", "//callback", "/callback/", "/..%2f..%2fetc", "/Callback"})
    void returnsNotFoundForOtherPaths(String path) {
        Answer answer = get(PAGE + path);
        assertThat(answer.status(), is(oneOf(400, 404)));
        assertThat(answer.body(), not(containsString("etc")));
    }

    @Test
    void redirectsTrailingSlashToThePage() {
        var answer = fixture.browser.get(fixture.url() + PAGE + "/");
        assertThat(Browser.location(answer), is(fixture.url() + PAGE));
    }

    // The page

    @Test
    void showsStatusAndNextStepOfEveryBridge() {
        fixture.addBridge("bob");
        connect();

        String page = get(PAGE).body();
        assertThat(
                page,
                stringContainsInOrder(
                        "Login of alice", "monzo:bridge:alice", "Connected, 6 accounts.", "Authorise again"));
        assertThat(
                page,
                stringContainsInOrder("Login of bob", "monzo:bridge:bob", "Not connected yet.", "Press Authorise"));
        assertThat(page, containsString("href=\"connectmonzo/authorize?bridge=monzo%3Abridge%3Abob\""));
        assertThat(page, containsString("<code>" + fixture.url() + PAGE + "/callback</code>"));
        assertThat("no placeholder of openHAB's address", page, not(containsString("YOUROPENHAB")));
        assertThat(page, not(containsString("http-equiv=\"refresh\"")));
    }

    @Test
    void showsOtherTextForStatusesThatLinkToThePage() {
        for (ErrorKind fault : ErrorKind.values()) {
            if (ErrorStatus.ofBridge(fault).getDescription().contains(MonzoBindingConstants.CONNECT_URL)
                    || text(fault.textKey()).contains("/connectmonzo")) {
                assertThat(fault.name(), text("page." + fault.textKey()), is(notNullValue()));
            }
        }
    }

    private String text(String key) {
        return fixture.core().translations().getText(null, key, null, Locale.UK);
    }

    @Test
    void explainsHowToAddABridge() {
        fixture.end(bridge.getThing());
        assertThat(get(PAGE).body(), containsString("There is no Monzo Login in openHAB yet"));
    }

    @Test
    void escapesLabels() {
        bridge.getThing().setLabel("<b>Alice</b> & ${style} \"co\"");
        String page = get(PAGE).body();
        assertThat(page, containsString("&lt;b&gt;Alice&lt;/b&gt; &amp; ${style} &quot;co&quot;"));
    }

    /** A person would register it at Monzo. */
    @ParameterizedTest
    @ValueSource(strings = {"home.example/callback", "ftp://home.example/callback", "https://", "https://a b"})
    void doesNotShowAnInvalidRedirectUrl(String invalid) {
        fixture.edit(bridge.getThing(), Map.of("callbackUrl", invalid));
        String page = get(PAGE).body();
        assertThat(page, containsString("The Redirect URL (callbackUrl) is invalid."));
        assertThat(page, not(containsString("<code>" + invalid)));
        assertThat(page, containsString("<code>" + fixture.url() + PAGE + "/callback</code>"));
    }

    @Test
    void explainsWhyABridgeCannotLogIn() {
        fixture.edit(bridge.getThing(), Map.of("clientSecret", " "));
        String page = get(PAGE).body();
        assertThat(page, containsString("The client secret is missing"));
        assertThat(page, not(containsString("/authorize?")));
        Answer anyway = get(PAGE + "/authorize?bridge=monzo:bridge:alice");
        assertThat(anyway.status(), is(404));
        assertThat(anyway.body(), containsString(NO_BRIDGE));
    }

    @Test
    void updatesAfterTheApproval() {
        fixture.addBridge("aaron"); // sorted first, but not before a bridge with a notice
        String location = get(callback()).header("Location");
        assertThat(location, matchesPattern("\\.\\./connectmonzo\\?outcome=approve-[A-Za-z0-9_-]{22}"));
        String next = "/" + location.replace("../", "");
        String waiting = get(next).body();
        assertThat(waiting, containsString("Now approve in the Monzo app"));
        assertThat(waiting, stringContainsInOrder("Login of alice", "Authorise again"));
        assertThat(waiting, containsString("http-equiv=\"refresh\""));
        assertThat(waiting, containsString(";url=" + location.replace("../", "") + "\""));

        fixture.bank.approve(people.alice());
        fixture.pass(Duration.ofSeconds(10));
        String done = get(next).body();
        assertThat(done, stringContainsInOrder("<h2>Connected</h2>", "Login of alice", "Login of aaron"));
        assertThat(done, not(containsString("http-equiv=\"refresh\"")));
        assertThat(done, not(containsString("Now approve")));
    }

    @Test
    void showsLateApprovalWithinTenSeconds() {
        fixture.logIn(bridge, people.alice());
        fixture.pass(Duration.ofHours(5));
        for (int seconds = 0; seconds < 60; seconds += 4) {
            assertThat(get(PAGE).body(), containsString("content=\"4;url=connectmonzo\""));
            fixture.pass(Duration.ofSeconds(4));
        }

        fixture.bank.approve(people.alice());
        get(PAGE);
        fixture.pass(Duration.ofSeconds(10));
        assertThat(get(PAGE).body(), containsString("Connected, 6 accounts."));
    }

    @Test
    void explainsThatADifferentUserLoggedIn() {
        connect();
        Answer answer = get(target(fixture.callbackUrl(bridge, people.bob())));
        assertThat(answer.header("Location"), containsString("?outcome=other-person-"));
        assertThat(
                get("/" + answer.header("Location").replace("../", "")).body(), containsString("Different Monzo user"));
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?outcome=",
                "?outcome=approve",
                "?outcome=approve-AAAAAAAAAAAAAAAAAAAAAA",
                "?outcome=other-person-",
                "?result=approve&bridge=monzo:bridge:alice"
            })
    void ignoresOutcomesWithoutALogin(String query) {
        assertThat(get(PAGE + query).body(), is(get(PAGE).body()));
    }

    @Test
    void hidesOutdatedOutcome() {
        String next = "/" + get(callback()).header("Location").replace("../", "");
        fixture.bank.approve(people.alice());
        fixture.pass(Duration.ofSeconds(10));
        assertThat(get(next).body(), containsString("<h2>Connected</h2>"));
        fixture.bank.evict(people.alice());
        fixture.addAccount(bridge, null);
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(BindingFixture.status(bridge), containsString("CONFIGURATION_ERROR"));
        assertThat(get(next).body(), is(get(PAGE).body()));
    }
}
