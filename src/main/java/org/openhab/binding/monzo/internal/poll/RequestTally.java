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

import java.util.ArrayList;
import java.util.List;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.model.ErrorKind;

/**
 * Counts the results of requests for things, to distinguish errors of single accounts from errors of the login.
 */
@NonNullByDefault
class RequestTally {

    /** The number of consecutive requests without a response after which the bank counts as unreachable. */
    static final int MAX_UNANSWERED = 2;

    private boolean hasSuccesses;
    private int unanswered;
    private final List<MonzoException> errors = new ArrayList<>();

    void succeeded() {
        hasSuccesses = true;
    }

    /**
     * Counts an error of one account.
     *
     * @throws MonzoException the given error, if the bank does not respond at all
     */
    void failed(MonzoException e) throws MonzoException {
        heldBack(e);
        if (isUnanswered(e.kind()) && ++unanswered >= MAX_UNANSWERED && !hasSuccesses) {
            throw e;
        }
    }

    /** Counts a request that was not sent because of an earlier error. */
    void heldBack(MonzoException e) {
        errors.add(e);
    }

    boolean hasSuccesses() {
        return hasSuccesses;
    }

    /** Returns whether the requests tell nothing about the login: there was none, or Monzo rejected all with a 403. */
    boolean isInconclusive() {
        return !hasSuccesses && errors.stream().allMatch(RequestTally::isNotPermitted);
    }

    /** Throws the first error if all requests failed, which is then an error of the login. */
    void throwIfNothingFetched() throws MonzoException {
        if (hasSuccesses || errors.stream().anyMatch(RequestTally::isNotPermitted)) {
            return;
        }
        for (MonzoException error : errors) {
            if (!error.kind().isRejection()) {
                throw error;
            }
        }
    }

    private static boolean isNotPermitted(MonzoException e) {
        return e.kind() == ErrorKind.NOT_PERMITTED;
    }

    static boolean isUnanswered(ErrorKind error) {
        return error == ErrorKind.UNREACHABLE || error == ErrorKind.TIMED_OUT;
    }

    /** Returns whether an error may be that of a single account; others are of the login. */
    static boolean isOfOneAccount(MonzoException e) {
        return !e.isOfTokenRefresh()
                && switch (e.kind()) {
                    case UNREACHABLE,
                            TIMED_OUT,
                            SERVER_ERROR,
                            INVALID_RESPONSE,
                            RESPONSE_TOO_LONG,
                            NOT_PERMITTED,
                            VERIFICATION_REQUIRED,
                            NOT_FOUND,
                            REJECTED,
                            REFRESHED_TOKEN_REJECTED -> true;
                    default -> false;
                };
    }

    /** Returns whether Monzo limits requests for data, as opposed to those for tokens. */
    static boolean isRateLimit(MonzoException e) {
        return e.kind() == ErrorKind.RATE_LIMITED && !e.isOfTokenRefresh();
    }
}
