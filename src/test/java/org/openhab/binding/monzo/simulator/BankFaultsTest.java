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

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Tests the faults that a test can make the simulated bank show. */
class BankFaultsTest extends SimulatedBankTestBase {

    @Test
    void areWholeReplies() throws Exception {
        assertEquals(418, struck(Fault.status(418)).statusCode());
        assertEquals("text/plain", header(struck(Fault.status(200, "hello", "text/plain")), "Content-Type"));
        assertNull(header(struck(Fault.status(502, "", null)), "Content-Type"));
        assertEquals(429, struck(Fault.tooManyRequests()).statusCode());
        assertNull(header(struck(Fault.tooManyRequests()), "Retry-After"));
        assertEquals("7", header(struck(Fault.tooManyRequests("7")), "Retry-After"));
        assertEquals(500, struck(Fault.serverError()).statusCode());
        assertThat(struck(Fault.html(200)).body(), startsWith("<html>"));
        assertEquals("", struck(Fault.emptyBody(200)).body());
        assertEquals("[]", struck(Fault.json("[]")).body());
        assertCode("unauthorized.x", 401, struck(Fault.unauthorized("unauthorized.x", false)));
        assertNull(header(struck(Fault.unauthorized("x", false)), "WWW-Authenticate"));
        assertThat(header(struck(Fault.unauthorized("x", true)), "WWW-Authenticate"), startsWith("Bearer"));
        assertCode("forbidden.insufficient_permissions", 403, struck(Fault.forbidden()));
        assertEquals("http://x.example/", header(struck(Fault.redirect("http://x.example/")), "Location"));
    }

    @Test
    void hang() throws Exception {
        bank.faults().always(Endpoint.ACCOUNTS, Fault.hang());
        HttpRequest request = HttpRequest.newBuilder(URI.create(bank.url() + "/accounts"))
                .timeout(Duration.ofMillis(300))
                .build();
        assertThrows(HttpTimeoutException.class, () -> send(request));
        await(() -> bank.openConnections() == 0, "the bank lets a hanging connection go when the client left");
    }

    @Test
    void endWithTheBankWhenTheyHang() throws Exception {
        bank.faults().always(Endpoint.ACCOUNTS, Fault.hang());
        List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
        // More than the bank's threads
        for (int i = 0; i < 40; i++) {
            waiting.add(http.sendAsync(
                    HttpRequest.newBuilder(URI.create(bank.url() + "/accounts")).build(), BodyHandlers.ofString()));
        }
        assertTrue(bank.awaitCount(Endpoint.ACCOUNTS, 40, AWAIT_TIMEOUT));
        assertEquals(404, get(bank.url() + "/nothing", null).statusCode());
        bank.close();
        for (CompletableFuture<HttpResponse<String>> one : waiting) {
            assertThrows(Exception.class, one::get);
        }
    }

    @Test
    void haveASlowOrEndlessBody() throws Exception {
        for (Fault fault : List.of(Fault.slowBody(), Fault.endlessBody())) {
            bank.faults().always(Endpoint.ACCOUNTS, fault);
            HttpResponse<InputStream> response = newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(bank.url() + "/accounts"))
                                    .build(),
                            BodyHandlers.ofInputStream());
            assertEquals(200, response.statusCode());
            assertThat(response.headers().firstValue("Content-Type").orElseThrow(), startsWith("application/json"));
            try (InputStream body = response.body()) {
                assertEquals("{\"accounts\":[  ", new String(body.readNBytes(15)));
                if (fault.toString().equals("endlessBody")) {
                    assertEquals(4_000_000, body.readNBytes(4_000_000).length);
                }
            }
            await(() -> bank.openConnections() == 0, fault + " ends when the client leaves");
        }
    }

    @Test
    void haveHalfABody() {
        IOException e = assertThrows(IOException.class, () -> struck(Fault.halfBody()));
        assertThat(e.toString(), containsString("4096"));
    }

    @Test
    void endTheConnection() {
        assertThat(causeOf(Fault.closeWithoutReply()), containsString("EOF"));
        assertThat(causeOf(Fault.reset()), containsString("Connection reset"));
    }

    @Test
    void loseAReplyButNotItsConsequences() throws Exception {
        JsonObject tokens = logIn(alice);
        bank.faults().next(Endpoint.TOKEN, Fault.lostReply());
        assertThrows(IOException.class, () -> refresh(tokens));
        assertNotEquals(access(tokens), bank.currentAccessToken(alice).orElseThrow());
        assertCode("unauthorized.bad_refresh_token", 401, refresh(tokens));
    }

    @Test
    void holdAReplyBack() throws Exception {
        JsonObject tokens = logIn(alice);
        CompletableFuture<Void> release = new CompletableFuture<>();
        bank.faults().next(Endpoint.WHOAMI, Fault.lateReply(release));
        CompletableFuture<HttpResponse<String>> reply =
                http.sendAsync(apiRequest("/ping/whoami", access(tokens)), BodyHandlers.ofString());
        assertTrue(bank.awaitCount(Endpoint.WHOAMI, 1, AWAIT_TIMEOUT));
        assertFalse(reply.isDone());
        release.complete(null);
        assertEquals(200, reply.get().statusCode());
    }

    @Test
    void areTakenInOrder() throws Exception {
        bank.faults()
                .always(Endpoint.BALANCE, Fault.status(500))
                .forAccount("acc_1", Endpoint.BALANCE, Fault.status(501))
                .next(Endpoint.BALANCE, 2, Fault.status(502))
                .next(Endpoint.BALANCE, Fault.status(503));
        List<Integer> seen = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            seen.add(api("/balance?account_id=acc_1", null).statusCode());
        }
        assertEquals(List.of(502, 502, 503, 501), seen);
        assertEquals(500, api("/balance?account_id=acc_2", null).statusCode());
        bank.faults().clear();
        assertEquals(401, api("/balance?account_id=acc_2", null).statusCode());
    }

    @Test
    void areRandomInTheSameWayForTheSameSeed() throws Exception {
        List<List<Integer>> runs = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            bank.faults().random(42, 0.5, List.of(Fault.status(500), Fault.status(503)), Endpoint.POTS);
            List<Integer> statuses = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                statuses.add(api("/pots", null).statusCode());
            }
            runs.add(statuses);
            assertEquals(401, api("/accounts", null).statusCode());
        }
        assertEquals(runs.get(0), runs.get(1));
        assertEquals(Set.of(401, 500, 503), new HashSet<>(runs.get(0)));
    }

    private String causeOf(Fault fault) {
        // The HTTP client wraps the socket's exception, more than once.
        Throwable cause = assertThrows(IOException.class, () -> struck(fault));
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.toString();
    }

    private HttpResponse<String> struck(Fault fault) throws Exception {
        bank.faults().always(Endpoint.ACCOUNTS, fault);
        return api("/accounts", null);
    }

    private HttpRequest apiRequest(String path, String token) {
        return HttpRequest.newBuilder(URI.create(bank.url() + path))
                .header("Authorization", "Bearer " + token)
                .build();
    }
}
