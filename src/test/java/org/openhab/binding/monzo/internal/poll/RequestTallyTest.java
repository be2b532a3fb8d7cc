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

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.model.ErrorKind;

class RequestTallyTest {

    private final RequestTally tally = new RequestTally();

    private static MonzoException error(ErrorKind kind) {
        return new MonzoException(kind, "test");
    }

    @Test
    void findsNoFaultWithoutRequests() {
        assertFalse(tally.hasSuccesses());
        assertTrue(tally.isInconclusive());
        assertDoesNotThrow(tally::throwIfNothingFetched);
    }

    @ParameterizedTest
    @EnumSource(names = {"UNREACHABLE", "TIMED_OUT"})
    void givesUpAfterTwoRequestsWithoutResponse(ErrorKind kind) throws MonzoException {
        tally.failed(error(kind));
        MonzoException second = error(kind);

        assertSame(second, assertThrows(MonzoException.class, () -> tally.failed(second)));
    }

    @Test
    void goesOnAfterErrorsThatTheBankResponds() throws MonzoException {
        for (int i = 0; i < 5; i++) {
            tally.failed(error(ErrorKind.SERVER_ERROR));
        }
    }

    @Test
    void goesOnWhileSomethingIsFetched() throws MonzoException {
        tally.succeeded();
        assertTrue(tally.hasSuccesses());
        for (int i = 0; i < 5; i++) {
            tally.failed(error(ErrorKind.TIMED_OUT));
        }
        assertDoesNotThrow(tally::throwIfNothingFetched);
    }

    @Test
    void throwsTheFirstErrorWhenNothingWasFetched() throws MonzoException {
        MonzoException first = error(ErrorKind.SERVER_ERROR);
        tally.failed(first);
        tally.failed(error(ErrorKind.INVALID_RESPONSE));

        assertSame(first, assertThrows(MonzoException.class, tally::throwIfNothingFetched));
    }

    /** A rejection concerns one account, whereas the server error concerns the whole login. */
    @ParameterizedTest
    @EnumSource(names = {"NOT_FOUND", "REJECTED"})
    void prefersAnyErrorToARejection(ErrorKind rejection) throws MonzoException {
        tally.failed(error(rejection));
        tally.failed(error(ErrorKind.SERVER_ERROR));

        assertEquals(
                ErrorKind.SERVER_ERROR,
                assertThrows(MonzoException.class, tally::throwIfNothingFetched).kind());
    }

    @ParameterizedTest
    @EnumSource(names = {"NOT_FOUND", "REJECTED"})
    void doesNotTakeRejectionsForAnErrorOfTheLogin(ErrorKind rejection) throws MonzoException {
        tally.failed(error(rejection));
        tally.failed(error(rejection));

        assertDoesNotThrow(tally::throwIfNothingFetched);
    }

    @Test
    void knowsWhenNothingIsPermitted() throws MonzoException {
        tally.failed(error(ErrorKind.NOT_PERMITTED));
        tally.failed(error(ErrorKind.NOT_PERMITTED));

        assertTrue(tally.isInconclusive());
        assertDoesNotThrow(tally::throwIfNothingFetched);
    }

    @Test
    void doesNotTakeOtherErrorsOrASuccessForAMissingPermission() throws MonzoException {
        tally.failed(error(ErrorKind.NOT_PERMITTED));
        tally.failed(error(ErrorKind.SERVER_ERROR));
        assertFalse(tally.isInconclusive());
        assertDoesNotThrow(tally::throwIfNothingFetched);

        RequestTally fetched = new RequestTally();
        fetched.failed(error(ErrorKind.NOT_PERMITTED));
        fetched.succeeded();
        assertFalse(fetched.isInconclusive());
    }
}
