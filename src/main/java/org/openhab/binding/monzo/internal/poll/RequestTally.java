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

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.model.ErrorKind;

/**
 * Counts what became of the requests that things need, to tell the trouble of single accounts from that of the login.
 */
@NonNullByDefault
class RequestTally {

    /** Requests without any response, one after another, until the bank counts as unreachable. */
    static final int MAX_UNANSWERED = 2;

    private int successes;
    private int refusals;
    private int failures;
    private int unanswered;
    private @Nullable MonzoException firstFailure;

    void succeeded() {
        successes++;
        unanswered = 0;
    }

    /**
     * Counts an error of one account.
     *
     * @throws MonzoException the same one if the bank does not respond at all
     */
    void failed(MonzoException e) throws MonzoException {
        if (e.kind() == ErrorKind.NOT_PERMITTED) {
            refusals++;
        } else {
            failures++;
            MonzoException first = firstFailure;
            if (first == null || first.kind() == ErrorKind.NOT_FOUND) {
                firstFailure = e;
            }
        }
        if (isUnanswered(e.kind()) && ++unanswered >= MAX_UNANSWERED && successes == 0) {
            throw e;
        }
    }

    boolean hasSuccesses() {
        return successes > 0;
    }

    /** Whether Monzo refused everything that things need with a 403, and there was something. */
    boolean isNothingPermitted() {
        return refusals > 0 && successes == 0 && failures == 0;
    }

    /** Throws the first error if nothing that things need could be fetched: that is the trouble of the whole login. */
    void throwIfNothingFetched() throws MonzoException {
        MonzoException failure = firstFailure;
        if (failure != null && failure.kind() != ErrorKind.NOT_FOUND && successes == 0 && refusals == 0) {
            throw failure;
        }
    }

    static boolean isUnanswered(ErrorKind error) {
        return error == ErrorKind.UNREACHABLE || error == ErrorKind.TIMED_OUT;
    }
}
