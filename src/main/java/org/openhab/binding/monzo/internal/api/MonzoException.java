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
package org.openhab.binding.monzo.internal.api;

import java.time.Duration;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.model.ErrorKind;

/**
 * A failed request to the bank. Its message never quotes the response.
 */
@NonNullByDefault
public class MonzoException extends Exception {

    private static final long serialVersionUID = 1L;

    private final ErrorKind kind;
    private final @Nullable Duration retryAfter;
    private final @Nullable String reason;
    private final boolean duringTokenRefresh;

    public MonzoException(ErrorKind kind, String message) {
        this(kind, message, null, null, false, null);
    }

    /** Creates an exception for a request without a response, caused by another exception. */
    public MonzoException(ErrorKind kind, String message, Throwable cause) {
        this(kind, message, null, null, false, cause);
    }

    /** Creates an exception with the bank's {@code Retry-After} period, {@code null} for none. */
    public MonzoException(ErrorKind kind, String message, @Nullable Duration retryAfter) {
        this(kind, message, retryAfter, null, false, null);
    }

    /** Creates an exception for a request that Monzo rejected with a reason, and so did not carry out. */
    static MonzoException rejected(ErrorKind kind, String message, String reason) {
        return new MonzoException(kind, message, null, reason, false, null);
    }

    /** Creates an exception for a request that was abandoned or is no longer permitted. */
    public static MonzoException notSent() {
        return new MonzoException(ErrorKind.NOT_SENT, "abandoned or no longer permitted, request not sent");
    }

    /** Creates an exception for a request whose token could not be refreshed. */
    public static MonzoException ofTokenRefresh(MonzoException e) {
        return new MonzoException(e.kind, "token refresh: " + e.getMessage(), e.retryAfter, null, true, null);
    }

    /**
     * Creates an exception.
     *
     * @param message the message for the debug log, without secrets, names or amounts
     */
    private MonzoException(
            ErrorKind kind,
            String message,
            @Nullable Duration retryAfter,
            @Nullable String reason,
            boolean duringTokenRefresh,
            @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.retryAfter = retryAfter;
        this.reason = reason;
        this.duringTokenRefresh = duringTokenRefresh;
    }

    public ErrorKind kind() {
        return kind;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /**
     * Returns Monzo's code and English text for the reason of a rejection, to be searched for known ones, never logged
     * or displayed; {@code null} if it is not known that Monzo rejected the request.
     */
    public @Nullable String reason() {
        return reason;
    }

    /** Returns whether a token refresh failed: an error of the login rather than of the account that was requested. */
    public boolean isOfTokenRefresh() {
        return duringTokenRefresh;
    }
}
