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

import java.util.Optional;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * A fetched part of the bank's data: the last good value and, if the last request failed, its error.
 * <p>
 * Refreshes are numbered from 1. A part that no thing needs is requested only occasionally, so its value may be much
 * older than the snapshot that contains it; the numbers tell its age.
 *
 * @param value the last good value, {@code null} before the first one
 * @param error the reason why the last request failed or was not sent, {@code null} if it succeeded
 * @param fetchedBy the refresh that fetched or confirmed the value, 0 before the first one
 * @param requestedBy the refresh of the last request or confirmation, successful or not; 0 before the first one
 */
@NonNullByDefault
public record Fetched<T>(@Nullable T value, @Nullable ErrorKind error, long fetchedBy, long requestedBy) {

    private static final Fetched<Object> NEVER = new Fetched<>(null, null, 0, 0);

    /** Returns a part that was never requested. */
    @SuppressWarnings("unchecked") // without a value, any type is safe
    public static <T> Fetched<T> never() {
        return (Fetched<T>) NEVER;
    }

    /** Returns a part that a refresh has just fetched. */
    public static <T> Fetched<T> of(T value, long refresh) {
        return new Fetched<>(value, null, refresh, refresh);
    }

    /** Returns the same value, which another part fetched by a refresh has shown to be current. */
    public Fetched<T> confirmed(long refresh) {
        return new Fetched<>(value, null, refresh, refresh);
    }

    /** Returns the same value after a refresh failed to fetch a newer one. */
    public Fetched<T> failed(ErrorKind error, long refresh) {
        return new Fetched<>(value, error, fetchedBy, refresh);
    }

    /** Returns the same value after a refresh skipped it because of an error in another part. */
    public Fetched<T> skipped(ErrorKind error) {
        return new Fetched<>(value, error, fetchedBy, requestedBy);
    }

    /** Returns a part without value and error that was requested when this one was. */
    public Fetched<T> withoutValue() {
        return new Fetched<>(null, null, 0, requestedBy);
    }

    /** Returns the last good value, regardless of its age. */
    public Optional<T> lastValue() {
        return Optional.ofNullable(value);
    }

    /** Returns the reason why the last request failed or was not sent, empty if it succeeded. */
    public Optional<ErrorKind> lastError() {
        ErrorKind error = this.error;
        return error == null ? Optional.empty() : Optional.of(error);
    }

    /** Returns the value if the given refresh fetched it, empty if it is older. */
    public Optional<T> valueOf(long refresh) {
        return fetchedBy == refresh ? lastValue() : Optional.empty();
    }

    /** Returns whether the given refresh requested this part, successfully or not. */
    public boolean isRequestedBy(long refresh) {
        return requestedBy == refresh;
    }

    @Override
    public String toString() {
        return "Fetched[" + error + "]"; // never log names or amounts
    }
}
