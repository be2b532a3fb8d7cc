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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** Base class of tests of the simulated bank with the JDK's HTTP client, independent of the binding. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
abstract class SimulatedBankTestBase {

    static final String CLIENT = "oauth2client_1";
    static final String SECRET = "s3cret";
    static final String REDIRECT = "http://openhab.example:8080/connectmonzo/callback";
    static final Duration AWAIT_TIMEOUT = Duration.ofSeconds(45);

    final AdjustableClock clock = new AdjustableClock(Instant.parse("2026-03-01T12:00:00Z"));
    final SimulatedBank bank = SimulatedBank.start(0, clock);
    final HttpClient http = newHttpClient();
    Customer alice;
    Customer bob;

    @BeforeEach
    void fillBank() {
        bank.addClient(CLIENT, SECRET, REDIRECT);
        alice = bank.addCustomer("Alice Example");
        bob = bank.addCustomer("Bob <Sample>");
    }

    @AfterEach
    void closeBank() {
        bank.close();
    }

    static HttpClient newHttpClient() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    String authorizeUrl(String redirectUri, String state) {
        return authorizeUrl(CLIENT, redirectUri, state);
    }

    String authorizeUrl(String clientId, String redirectUri, String state) {
        return bank.url() + "/?client_id=" + clientId + "&redirect_uri=" + Form.encode(redirectUri)
                + "&response_type=code&state=" + Form.encode(state);
    }

    String code(Customer who, String clientId) {
        return parameters(bank.logIn(authorizeUrl(clientId, REDIRECT, "state"), who))
                .get("code");
    }

    JsonObject logIn(Customer who) throws Exception {
        return json(exchange(Map.of(), code(who, CLIENT)), 200);
    }

    HttpResponse<String> exchange(Map<String, String> other, String code) throws Exception {
        Map<String, String> form = new HashMap<>(Map.of(
                "grant_type", "authorization_code",
                "client_id", CLIENT,
                "client_secret", SECRET,
                "redirect_uri", REDIRECT,
                "code", code));
        form.putAll(other);
        return postForm(form);
    }

    HttpResponse<String> refresh(JsonObject tokens) throws Exception {
        return postForm(Map.of(
                "grant_type",
                "refresh_token",
                "client_id",
                CLIENT,
                "client_secret",
                SECRET,
                "refresh_token",
                text(tokens, "refresh_token")));
    }

    HttpResponse<String> postForm(Map<String, String> form) throws Exception {
        return post("/oauth2/token", form);
    }

    HttpResponse<String> app() throws Exception {
        return get(bank.url() + "/app", null);
    }

    /** Submits a form of the app and returns the redirect target. */
    String press(String action, Map<String, String> form) throws Exception {
        HttpResponse<String> response = post("/app/" + action, form);
        assertEquals(302, response.statusCode(), response.body());
        return header(response, "Location");
    }

    HttpResponse<String> post(String path, Map<String, String> form) throws Exception {
        String body = form.entrySet().stream()
                .map(e -> e.getKey() + "=" + Form.encode(e.getValue()))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(URI.create(bank.url() + path))
                .header("Content-Type", Form.CONTENT_TYPE)
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    HttpResponse<String> api(String pathAndQuery, JsonObject tokens) throws Exception {
        return get(bank.url() + pathAndQuery, tokens == null ? null : access(tokens));
    }

    HttpResponse<String> get(String url, String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return send(request.build());
    }

    HttpResponse<String> send(HttpRequest request) throws Exception {
        return http.send(request, BodyHandlers.ofString());
    }

    static Map<String, String> parameters(URI uri) {
        return Form.parse(uri.getRawQuery());
    }

    static JsonObject json(HttpResponse<String> response, int status) {
        assertEquals(status, response.statusCode(), response.body());
        return new JsonParser().parse(response.body()).getAsJsonObject();
    }

    static void assertCode(String code, int status, HttpResponse<String> response) {
        assertEquals(code, text(json(response, status), "code"));
    }

    static String access(JsonObject tokens) {
        return text(tokens, "access_token");
    }

    static String text(JsonElement json, String name) {
        return json.getAsJsonObject().get(name).getAsString();
    }

    static Set<String> keys(JsonObject json) {
        return json.entrySet().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse(null);
    }

    static void await(BooleanSupplier condition, String what) {
        long deadline = System.nanoTime() + AWAIT_TIMEOUT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                fail(what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }
}
