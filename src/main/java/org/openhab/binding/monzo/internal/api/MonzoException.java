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

    public MonzoException(ErrorKind kind, String message) {
        this(kind, message, null, null);
    }

    /** Creates an exception for a request without a response, caused by another exception. */
    public MonzoException(ErrorKind kind, String message, Throwable cause) {
        this(kind, message, null, cause);
    }

    /** Creates an exception with the bank's {@code Retry-After} period, {@code null} for none. */
    public MonzoException(ErrorKind kind, String message, @Nullable Duration retryAfter) {
        this(kind, message, retryAfter, null);
    }

    /**
     * Creates an exception.
     *
     * @param kind the kind of error
     * @param message the message for the debug log, without secrets, names or amounts
     * @param retryAfter the bank's {@code Retry-After} period, {@code null} for none
     * @param cause the cause, {@code null} if the response reports the error
     */
    protected MonzoException(ErrorKind kind, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    public ErrorKind kind() {
        return kind;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
