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
package org.openhab.binding.monzo.internal.bank;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Everything that can go wrong between openHAB and the bank, told apart by what has to happen next.
 */
@NonNullByDefault
public enum Fault {
    /** No connection, or one that broke off. */
    UNREACHABLE(Remedy.WAIT, "unreachable"),
    /** No complete answer in time. */
    TIMED_OUT(Remedy.WAIT, "timed-out"),
    /** HTTP 429, or our own limit on calls of the token endpoint. */
    RATE_LIMITED(Remedy.WAIT, "rate-limited"),
    /** HTTP 5xx. */
    SERVER_ERROR(Remedy.WAIT, "server-error"),
    /** An answer that is not what Monzo's API documents: HTML, other JSON, too long, a redirect. */
    NONSENSE(Remedy.WAIT, "nonsense"),

    /** HTTP 403 {@code forbidden.…}: not approved in the app yet, or never given to this kind of account. */
    NOT_PERMITTED(Remedy.APPROVE, "approval-needed"),
    /** HTTP 403 on everything, of a login that had been approved. */
    APPROVAL_WITHDRAWN(Remedy.APPROVE, "approval-withdrawn"),

    /** The account or pot that was asked for is not there. */
    NOT_FOUND(Remedy.NONE, "not-found"),

    /** The access token is over its time: a renewal helps. */
    TOKEN_EXPIRED(Remedy.RENEW, "nonsense"),
    /** The access token is refused for a reason that Monzo does not tell: a renewal may help. */
    TOKEN_REFUSED(Remedy.RENEW, "nonsense"),

    /** The bank refuses a token although it has just renewed it: trouble of its own, and no login mends that for sure. */
    RENEWED_TOKEN_REFUSED(Remedy.WAIT, "renewed-token-refused"),

    /** No token is stored. */
    LOGIN_MISSING(Remedy.LOG_IN, "login-needed"),
    /** Someone logged in or renewed elsewhere with the same client, and Monzo keeps only the latest. */
    LOGIN_EVICTED(Remedy.LOG_IN, "login-evicted"),
    /** Monzo refused the refresh token or the authorization code. */
    LOGIN_REFUSED(Remedy.LOG_IN, "login-refused"),
    /** Monzo refused the client id or secret. */
    CLIENT_REFUSED(Remedy.LOG_IN, "client-refused"),
    /** The access token is over its time and came without a refresh token, as it does for non-confidential clients. */
    CLIENT_NOT_CONFIDENTIAL(Remedy.LOG_IN, "client-not-confidential"),
    /** The login is of another person than the one whose things these are. */
    OTHER_PERSON(Remedy.LOG_IN, "other-person");

    /** What makes a fault go away. */
    public enum Remedy {
        /** Time: the binding tries again by itself. */
        WAIT,
        /** The person approves in the Monzo app; the binding notices by itself. */
        APPROVE,
        /** A new access token. */
        RENEW,
        /** A new login by the person; until then the bank is not asked. */
        LOG_IN,
        /** Nothing the login could do. */
        NONE
    }

    private final Remedy remedy;
    private final String text;

    Fault(Remedy remedy, String text) {
        this.remedy = remedy;
        this.text = text;
    }

    public Remedy remedy() {
        return remedy;
    }

    /** The key of the text that explains it, {@code offline.…}, without {@code @text/}. */
    public String textKey() {
        return "offline." + text;
    }
}
