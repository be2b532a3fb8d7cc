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
package org.openhab.binding.monzo.internal.model;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Everything that can go wrong between openHAB and the bank, told apart by what has to happen next.
 */
@NonNullByDefault
public enum ErrorKind {
    /** No connection, or one that broke off. */
    UNREACHABLE(Recovery.RETRY),
    /** No complete answer in time. */
    TIMED_OUT(Recovery.RETRY),
    /** HTTP 429, or our own limit on calls of the token endpoint. */
    RATE_LIMITED(Recovery.RETRY),
    /** HTTP 5xx. */
    SERVER_ERROR(Recovery.RETRY),
    /** An answer that is not what Monzo's API documents: HTML, other JSON, too long, a redirect. */
    INVALID_RESPONSE(Recovery.RETRY),

    /** HTTP 403 {@code forbidden.…}: not approved in the app yet, or never given to this kind of account. */
    NOT_PERMITTED(Recovery.AWAIT_APPROVAL),
    /** HTTP 403 on everything, of a login that had been approved. */
    APPROVAL_WITHDRAWN(Recovery.AWAIT_APPROVAL),

    /** The account or pot that was asked for is not there. */
    NOT_FOUND(Recovery.NONE),

    /** The access token is over its time: a renewal helps. */
    TOKEN_EXPIRED(Recovery.REFRESH_TOKEN),
    /** The access token is refused for a reason that Monzo does not tell: a renewal may help. */
    TOKEN_REFUSED(Recovery.REFRESH_TOKEN),

    /** The bank refuses a token although it has just renewed it: trouble of its own, and no login mends that for sure. */
    REFRESHED_TOKEN_REJECTED(Recovery.RETRY),

    /** No token is stored. */
    LOGIN_MISSING(Recovery.REAUTHORIZE),
    /** Someone logged in or renewed elsewhere with the same client, and Monzo keeps only the latest. */
    LOGIN_EVICTED(Recovery.REAUTHORIZE),
    /** Monzo refused the refresh token or the authorization code. */
    LOGIN_REFUSED(Recovery.REAUTHORIZE),
    /** Monzo refused the client id or secret. */
    CLIENT_REFUSED(Recovery.REAUTHORIZE),
    /** The access token is over its time and came without a refresh token, as it does for non-confidential clients. */
    CLIENT_NOT_CONFIDENTIAL(Recovery.REAUTHORIZE),
    /** The login is of another person than the one whose things these are. */
    OTHER_PERSON(Recovery.REAUTHORIZE);

    /** What makes a fault go away. */
    public enum Recovery {
        /** Time: the binding tries again by itself. */
        RETRY,
        /** The person approves in the Monzo app; the binding notices by itself. */
        AWAIT_APPROVAL,
        /** A new access token. */
        REFRESH_TOKEN,
        /** A new login by the person; until then the bank is not asked. */
        REAUTHORIZE,
        /** Nothing the login could do. */
        NONE
    }

    private final Recovery recovery;

    ErrorKind(Recovery recovery) {
        this.recovery = recovery;
    }

    public Recovery recovery() {
        return recovery;
    }
}
