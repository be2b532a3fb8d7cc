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
package org.openhab.binding.monzo.internal.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.internal.api.HttpTransport.HttpRequest;
import org.openhab.binding.monzo.internal.api.HttpTransport.HttpResponse;
import org.openhab.binding.monzo.internal.api.HttpTransport.Pending;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.model.Account;
import org.openhab.binding.monzo.internal.model.ErrorKind;

class AuthenticatedClientTest extends TokenManagerFixture {

    private static final String ACCOUNTS = "/accounts";
    private static final HttpResponse NONE = response(200, "{\"accounts\": []}");
    private static final HttpResponse EVICTED = response(401, "{\"code\": \"unauthorized.bad_access_token.evicted\"}");
    private static final HttpResponse REJECTED = response(401, "{\"code\": \"unauthorized.bad_access_token\"}");

    private AuthenticatedClient client;

    @BeforeEach
    void createClient() {
        client = new AuthenticatedClient(manager, manager.settings(), api, clock);
    }

    private List<String> tokensOfRequests() {
        return requests.stream()
                .filter(request -> request.path().equals(ACCOUNTS))
                .map(HttpRequest::accessToken)
                .toList();
    }

    private ErrorKind errorOfCall() {
        return assertThrows(MonzoException.class, () -> client.call(api.accounts()))
                .kind();
    }

    @Test
    void repeatsARequestWhoseTokenWasReplacedMeanwhile() throws MonzoException {
        respond(ACCOUNTS, EVICTED);
        Pending<List<Account>> response = client.send(api.accounts());
        manager.replaceToken(manager.token(manager.settings()), manager.settings());
        respond(ACCOUNTS, NONE);

        assertEquals(List.of(), response.await());
        assertEquals(List.of("access-1", "access-2"), tokensOfRequests());
    }

    @Test
    void reportsALoginElsewhere() {
        respond(ACCOUNTS, EVICTED);

        assertEquals(ErrorKind.LOGIN_EVICTED, errorOfCall());
        assertEquals(List.of("access-1"), tokensOfRequests());
    }

    @Test
    void refreshesTheTokenOnceForAllRequestsThatWereRejected() throws MonzoException {
        respond(ACCOUNTS, REJECTED);
        Pending<List<Account>> first = client.send(api.accounts());
        Pending<List<Account>> second = client.send(api.accounts());
        respond(ACCOUNTS, NONE);

        first.await();
        second.await();

        assertEquals(1, sent("/oauth2/token"));
        assertEquals(List.of("access-1", "access-1", "access-2", "access-2"), tokensOfRequests());
    }

    @Test
    void refreshesNoTokenAgainForFiveMinutesAfterARefreshedOneIsRejected() {
        respond(ACCOUNTS, REJECTED);

        assertEquals(ErrorKind.REFRESHED_TOKEN_REJECTED, errorOfCall());
        assertEquals(ErrorKind.REFRESHED_TOKEN_REJECTED, errorOfCall());
        assertEquals(1, sent("/oauth2/token"));

        clock.advance(Duration.ofMinutes(5));
        assertEquals(ErrorKind.REFRESHED_TOKEN_REJECTED, errorOfCall());
        assertEquals(2, sent("/oauth2/token"));
    }
}
