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

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** A client with a login at the simulated bank, independent of the binding: it uses the JDK's HTTP client. */
final class BankClient {
    private static final String SECRET = "s3cret";
    private static final String REDIRECT = "http://openhab.example:8080/connectmonzo/callback";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final SimulatedBank bank;
    private final String token;

    private BankClient(SimulatedBank bank, String clientId, Customer who) throws Exception {
        this.bank = bank;
        bank.addClient(clientId, SECRET, REDIRECT);
        URI back = bank.logIn(
                bank.url() + "/?client_id=" + clientId + "&redirect_uri=" + Form.encode(REDIRECT)
                        + "&response_type=code&state=s",
                who);
        HttpRequest exchange = HttpRequest.newBuilder(URI.create(bank.url() + "/oauth2/token"))
                .header("Content-Type", Form.CONTENT_TYPE)
                .POST(form(Map.of(
                        "grant_type",
                        "authorization_code",
                        "client_id",
                        clientId,
                        "client_secret",
                        SECRET,
                        "redirect_uri",
                        REDIRECT,
                        "code",
                        Form.parse(back.getRawQuery()).get("code"))))
                .build();
        token = json(http.send(exchange, BodyHandlers.ofString()), 200)
                .get("access_token")
                .getAsString();
        bank.approve(who);
    }

    /** Registers a client, logs a customer in with it and approves. */
    static BankClient logIn(SimulatedBank bank, String clientId, Customer who) throws Exception {
        return new BankClient(bank, clientId, who);
    }

    HttpResponse<String> get(String pathAndQuery) throws Exception {
        return send(request(pathAndQuery).GET());
    }

    HttpResponse<String> delete(String path) throws Exception {
        return send(request(path).DELETE());
    }

    HttpResponse<String> post(String path, Map<String, String> form) throws Exception {
        return sendForm("POST", path, form);
    }

    HttpResponse<String> put(String path, Map<String, String> form) throws Exception {
        return sendForm("PUT", path, form);
    }

    CompletableFuture<HttpResponse<String>> putAsync(String path, Map<String, String> form) {
        HttpRequest request = request(path)
                .header("Content-Type", Form.CONTENT_TYPE)
                .PUT(form(form))
                .build();
        return http.sendAsync(request, BodyHandlers.ofString());
    }

    HttpResponse<String> sendForm(String method, String path, Map<String, String> form) throws Exception {
        return send(request(path).header("Content-Type", Form.CONTENT_TYPE).method(method, form(form)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    HttpRequest.Builder request(String pathAndQuery) {
        return HttpRequest.newBuilder(URI.create(bank.url() + pathAndQuery))
                .timeout(Duration.ofSeconds(45))
                .header("Authorization", "Bearer " + token);
    }

    static BodyPublisher form(Map<String, String> form) {
        return BodyPublishers.ofString(form.entrySet().stream()
                .map(e -> Form.encode(e.getKey()) + "=" + Form.encode(e.getValue()))
                .collect(Collectors.joining("&")));
    }

    static JsonObject json(HttpResponse<String> response, int status) {
        assertEquals(status, response.statusCode(), response.body());
        return new JsonParser().parse(response.body()).getAsJsonObject();
    }

    static void assertError(int status, String code, HttpResponse<String> response) {
        assertEquals(code, json(response, status).get("code").getAsString());
    }
}
