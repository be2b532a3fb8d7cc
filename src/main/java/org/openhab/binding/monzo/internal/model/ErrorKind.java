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

import java.util.Locale;
import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Kinds of errors in the communication with Monzo, each with the {@link Recovery} that it requires.
 */
@NonNullByDefault
public enum ErrorKind {
    /** The connection failed or was interrupted. */
    UNREACHABLE(Recovery.RETRY),
    /** No complete response within the timeout. */
    TIMED_OUT(Recovery.RETRY),
    /** Abandoned, or no longer permitted, before it was sent. */
    NOT_SENT(Recovery.RETRY),
    /** HTTP 429, or the binding's own rate limit for the token endpoint. */
    RATE_LIMITED(Recovery.RETRY),
    /** HTTP 5xx. */
    SERVER_ERROR(Recovery.RETRY),
    /** A response that does not match Monzo's API: HTML, unexpected JSON or a redirect. */
    INVALID_RESPONSE(Recovery.RETRY),
    /** A response that is longer than the binding reads; a smaller page may be readable. */
    RESPONSE_TOO_LONG(Recovery.RETRY),

    /** HTTP 403 {@code forbidden.…}: not approved in the app yet, or never permitted for this type of account. */
    NOT_PERMITTED(Recovery.AWAIT_APPROVAL),
    /**
     * HTTP 403 {@code forbidden.verification_required}: data so old that Monzo gives it only within minutes after a
     * login.
     */
    VERIFICATION_REQUIRED(Recovery.RETRY),
    /** HTTP 403 for every request, with a login that had been approved. */
    APPROVAL_WITHDRAWN(Recovery.AWAIT_APPROVAL),

    /** HTTP 404 or 410 {@code not_found…}; does not prove that an account or pot is gone, as only the lists do. */
    NOT_FOUND(Recovery.RETRY),
    /** HTTP 4xx {@code bad_request…}: invalid for Monzo, such as a transfer of more money than there is. */
    REJECTED(Recovery.RETRY),

    /** The access token has expired; a refresh helps. */
    TOKEN_EXPIRED(Recovery.REFRESH_TOKEN),
    /** The access token was rejected without a stated reason; a refresh may help. */
    TOKEN_REFUSED(Recovery.REFRESH_TOKEN),

    /** Monzo rejected a token that it had just issued: a fault on its side, which a new login may not resolve. */
    REFRESHED_TOKEN_REJECTED(Recovery.RETRY),

    /** No tokens are stored. */
    LOGIN_MISSING(Recovery.REAUTHORIZE),
    /** The stored tokens are unreadable, for example after a backup was restored without its encryption key. */
    LOGIN_UNREADABLE(Recovery.REAUTHORIZE),
    /** The same client obtained or refreshed tokens elsewhere; Monzo keeps only the latest ones valid. */
    LOGIN_EVICTED(Recovery.REAUTHORIZE),
    /** Monzo rejected the refresh token or the authorization code. */
    LOGIN_REFUSED(Recovery.REAUTHORIZE),
    /** Monzo rejected the client ID or secret. */
    CLIENT_REFUSED(Recovery.REAUTHORIZE),
    /** The access token has expired and was issued without a refresh token, as for non-confidential clients. */
    CLIENT_NOT_CONFIDENTIAL(Recovery.REAUTHORIZE),
    /** A different Monzo user logged in than the one whose things these are. */
    OTHER_PERSON(Recovery.REAUTHORIZE);

    /** The step that resolves an error. */
    public enum Recovery {
        /** Wait; the binding retries automatically. */
        RETRY,
        /** The user approves access in the Monzo app; the binding detects it automatically. */
        AWAIT_APPROVAL,
        /** Refresh the access token. */
        REFRESH_TOKEN,
        /** The user logs in again; no requests are sent until then. */
        REAUTHORIZE
    }

    private final Recovery recovery;

    ErrorKind(Recovery recovery) {
        this.recovery = recovery;
    }

    /** Returns whether Monzo rejected the request itself, while others of the same login may succeed. */
    public boolean isRejection() {
        return this == NOT_PERMITTED || this == NOT_FOUND || this == REJECTED;
    }

    /** Returns the step that resolves this error. */
    public Recovery recovery() {
        return recovery;
    }

    /** Returns the key of the status text that explains this error, {@code offline.…}, without {@code @text/}. */
    public String textKey() {
        return switch (this) {
            case LOGIN_MISSING -> "offline.login-needed";
            case NOT_PERMITTED -> "offline.approval-needed";
            case NOT_SENT -> TIMED_OUT.textKey();
            case TOKEN_EXPIRED, TOKEN_REFUSED, RESPONSE_TOO_LONG -> INVALID_RESPONSE.textKey();
            default -> "offline." + name().toLowerCase(Locale.ROOT).replace('_', '-');
        };
    }
}
