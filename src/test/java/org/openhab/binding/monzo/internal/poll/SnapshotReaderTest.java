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
package org.openhab.binding.monzo.internal.poll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.internal.api.HttpTransport.HttpRequest;
import org.openhab.binding.monzo.internal.api.HttpTransport.HttpResponse;
import org.openhab.binding.monzo.internal.api.HttpTransport.Pending;
import org.openhab.binding.monzo.internal.api.MonzoApi;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.auth.AuthenticatedClient;
import org.openhab.binding.monzo.internal.auth.OAuthClient.AccessToken;
import org.openhab.binding.monzo.internal.auth.TokenManager;
import org.openhab.binding.monzo.internal.model.BankSnapshot;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.simulator.AdjustableClock;

/** Full refreshes of six accounts of which no thing shows a pot. */
class SnapshotReaderTest {

    private static final List<String> ACCOUNTS =
            IntStream.rangeClosed(1, 6).mapToObj(number -> "acc_" + number).toList();

    private final AdjustableClock clock = new AdjustableClock(Instant.parse("2026-11-21T08:00:00Z"));
    private final Map<String, Exception> errors = new HashMap<>();
    private final List<String> potsRequested = new ArrayList<>();

    private SnapshotReader reader;

    @BeforeEach
    void createReader() throws MonzoException {
        TokenManager tokens = mock(TokenManager.class);
        when(tokens.token(any()))
                .thenReturn(new AccessToken(
                        "token", clock.instant(), clock.instant().plusSeconds(21600)));
        MonzoApi api = new MonzoApi("https://api.example", this::send, clock);
        reader = new SnapshotReader(new AuthenticatedClient(tokens, null, api, clock), clock);
    }

    private Pending<HttpResponse> send(HttpRequest request) {
        if (request.path().equals("/accounts")) {
            String accounts = ACCOUNTS.stream()
                    .map(id -> "{\"id\": \"" + id + "\", \"type\": \"uk_retail\"}")
                    .collect(Collectors.joining(",", "{\"accounts\": [", "]}"));
            return () -> new HttpResponse(200, null, accounts);
        }
        String account = request.parameters().get("current_account_id");
        potsRequested.add(account);
        return () -> {
            if (errors.get(account) instanceof RuntimeException bug) {
                throw bug;
            } else if (errors.get(account) instanceof MonzoException error) {
                throw error;
            }
            return new HttpResponse(200, null, "{\"pots\": []}");
        };
    }

    private void fail(ErrorKind kind, String... accounts) {
        for (String account : accounts) {
            errors.put(account, new MonzoException(kind, "test"));
        }
    }

    private static Optional<ErrorKind> error(BankSnapshot snapshot, String account) {
        return snapshot.account(account).orElseThrow().pots().lastError();
    }

    @Test
    void skipsTheOtherAccountsAfterTwoRequestsWithoutResponse() throws MonzoException {
        fail(ErrorKind.TIMED_OUT, ACCOUNTS.toArray(String[]::new));

        BankSnapshot snapshot = reader.read(DataRequests.none());

        assertEquals(List.of("acc_1", "acc_2"), potsRequested);
        assertEquals(Optional.of(ErrorKind.TIMED_OUT), error(snapshot, "acc_6"));
    }

    @Test
    void repeatsAFullRefreshThatABugHasEnded() throws MonzoException {
        reader.read(DataRequests.none());
        reader.requestFullRefresh();
        errors.put("acc_1", new IllegalStateException("test"));
        assertThrows(IllegalStateException.class, () -> reader.read(DataRequests.none()));
        errors.clear();
        potsRequested.clear();

        reader.read(DataRequests.none());

        assertEquals(ACCOUNTS, potsRequested);
    }

    @Test
    void skipsNoAccountWhileTheBankRespondsInBetween() throws MonzoException {
        fail(ErrorKind.TIMED_OUT, "acc_1", "acc_3", "acc_5");

        BankSnapshot snapshot = reader.read(DataRequests.none());

        assertEquals(ACCOUNTS, potsRequested);
        assertEquals(Optional.of(ErrorKind.TIMED_OUT), error(snapshot, "acc_5"));
        assertEquals(Optional.empty(), error(snapshot, "acc_6"));
    }

    @Test
    void skipsNoAccountForErrorsThatAreResponses() throws MonzoException {
        fail(ErrorKind.SERVER_ERROR, ACCOUNTS.toArray(String[]::new));

        reader.read(DataRequests.none());

        assertEquals(ACCOUNTS, potsRequested);
    }

    @Test
    void skipsTheOtherAccountsAtARateLimit() throws MonzoException {
        errors.put("acc_1", new MonzoException(ErrorKind.RATE_LIMITED, "test", Duration.ofSeconds(30)));

        BankSnapshot snapshot = reader.read(DataRequests.none());

        assertEquals(List.of("acc_1", "acc_2"), potsRequested);
        assertEquals(Optional.empty(), error(snapshot, "acc_2"));
        assertEquals(Optional.of(ErrorKind.RATE_LIMITED), error(snapshot, "acc_3"));

        potsRequested.clear();
        reader.requestFullRefresh();
        reader.read(DataRequests.none());
        assertEquals(List.of(), potsRequested);
        clock.advance(Duration.ofSeconds(30));
        reader.requestFullRefresh();
        reader.read(DataRequests.none());
        assertEquals(List.of("acc_3", "acc_4", "acc_5", "acc_6", "acc_1", "acc_2"), potsRequested);
    }

    @Test
    void requestsFailedAccountsLast() throws MonzoException {
        fail(ErrorKind.SERVER_ERROR, "acc_1", "acc_4");
        reader.read(DataRequests.none());
        potsRequested.clear();

        reader.requestFullRefresh();
        reader.read(DataRequests.none());

        assertEquals(List.of("acc_2", "acc_3", "acc_5", "acc_6", "acc_1", "acc_4"), potsRequested);
    }
}
