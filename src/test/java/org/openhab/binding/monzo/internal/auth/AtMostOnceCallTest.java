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
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openhab.binding.monzo.internal.api.HttpTransport.Pending;
import org.openhab.binding.monzo.internal.api.MonzoApi.ApiRequest;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.model.ErrorKind;

class AtMostOnceCallTest {

    private final Deque<MonzoException> errors = new ArrayDeque<>();
    private int sent;
    private boolean permitted = true;
    private BooleanSupplier guard;
    private final AtMostOnceCall<String> call = new AtMostOnceCall<>(this::request, () -> permitted);

    private ApiRequest<String> request(BooleanSupplier asked) {
        guard = asked;
        return token -> {
            sent++;
            return () -> {
                if (!errors.isEmpty()) {
                    throw errors.pop();
                }
                return token;
            };
        };
    }

    private void assertNotSent(int before) {
        Pending<String> pending = call.send("token");
        assertNotSent(pending);
        assertEquals(before, sent);
    }

    private static void assertNotSent(Pending<String> pending) {
        assertEquals(
                ErrorKind.NOT_SENT,
                assertThrows(MonzoException.class, pending::await).kind());
    }

    @Test
    void isSentOnce() throws MonzoException {
        assertTrue(call.isOpen());
        assertEquals("token", call.send("token").await());
        assertFalse(call.isOpen());
        assertNotSent(1);
        assertFalse(call.abandon());
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorKind.class,
            names = {"TOKEN_EXPIRED", "TOKEN_REFUSED", "LOGIN_EVICTED"})
    void isSentAgainAfterARejectedToken(ErrorKind rejected) throws MonzoException {
        errors.push(new MonzoException(rejected, "HTTP 401"));
        assertThrows(MonzoException.class, call.send("old")::await);
        assertTrue(call.isOpen());
        assertEquals("new", call.send("new").await());
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorKind.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"TOKEN_EXPIRED", "TOKEN_REFUSED", "LOGIN_EVICTED", "NOT_SENT"})
    void isNotSentAgainAfterAnotherError(ErrorKind error) {
        errors.push(new MonzoException(error, "an error"));
        assertThrows(MonzoException.class, call.send("token")::await);
        assertFalse(call.isOpen());
        assertNotSent(1);
        assertFalse(call.abandon());
    }

    @Test
    void isSentOnlyWhilePermitted() throws MonzoException {
        permitted = false;
        assertNotSent(0);
        assertTrue(call.isOpen());
        permitted = true;
        assertEquals("token", call.send("token").await());
    }

    @Test
    void isOpenIfTheClientDidNotSendIt() {
        errors.push(MonzoException.notSent());
        assertNotSent(call.send("token"));
        assertTrue(call.isOpen());
        assertTrue(call.abandon());
    }

    @Test
    void guardFollowsThePermissionUntilAbandoned() {
        assertTrue(guard.getAsBoolean());
        permitted = false;
        assertFalse(guard.getAsBoolean());
        permitted = true;
        call.send("token");
        assertTrue(guard.getAsBoolean());
        assertFalse(call.abandon());
        assertFalse(guard.getAsBoolean());
    }

    @Test
    void isNotSentOnceAbandoned() {
        assertTrue(call.abandon());
        assertNotSent(0);
    }

    /** A rule that gave up has reported the message or transfer as in doubt. */
    @Test
    void isNotSentAgainAfterItWasAbandonedWhileSent() {
        errors.push(new MonzoException(ErrorKind.TOKEN_EXPIRED, "HTTP 401"));
        Pending<String> pending = call.send("old");
        assertFalse(call.abandon());
        assertThrows(MonzoException.class, pending::await);
        assertNotSent(1);
    }
}
