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
 * A call of the bank that brought no result. Says what went wrong, and never quotes what the bank sent.
 */
@NonNullByDefault
public class MonzoException extends Exception {

    private static final long serialVersionUID = 1L;

    private final ErrorKind kind;
    private final @Nullable Duration retryAfter;

    public MonzoException(ErrorKind kind, String message) {
        this(kind, message, null, null);
    }

    /** Creates an exception for a request that got no response, because of another exception. */
    public MonzoException(ErrorKind kind, String message, Throwable cause) {
        this(kind, message, null, cause);
    }

    /** Creates an exception with the time that the bank asks to wait, {@code null} if it does not say. */
    public MonzoException(ErrorKind kind, String message, @Nullable Duration retryAfter) {
        this(kind, message, retryAfter, null);
    }

    /**
     * Creates an exception.
     *
     * @param kind what went wrong
     * @param message for the debug log; without secrets, names or amounts
     * @param retryAfter the time that the bank asks to wait, {@code null} if it does not say
     * @param cause {@code null} if the response itself tells
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
