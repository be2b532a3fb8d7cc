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
 * A part of the bank's data as its last requests left it: the last good value and, if the last request failed, its
 * error.
 * <p>
 * Refreshes are counted from 1. A part that nothing shows is requested only now and then, so that its value may be much
 * older than the snapshot that holds it; the counts tell.
 *
 * @param value the last good value, {@code null} before the first one
 * @param error why the last request failed or was not made, {@code null} if it succeeded
 * @param fetchedBy the refresh that fetched the value, 0 before the first one
 * @param requestedBy the refresh of the last request, successful or not; 0 before the first one
 */
@NonNullByDefault
public record Fetched<T>(@Nullable T value, @Nullable ErrorKind error, long fetchedBy, long requestedBy) {

    private static final Fetched<Object> NEVER = new Fetched<>(null, null, 0, 0);

    /** What was not requested yet. */
    @SuppressWarnings("unchecked") // it has no value that could be of the wrong type
    public static <T> Fetched<T> never() {
        return (Fetched<T>) NEVER;
    }

    /** What a refresh has just fetched. */
    public static <T> Fetched<T> of(T value, long refresh) {
        return new Fetched<>(value, null, refresh, refresh);
    }

    /** The same value after a refresh failed to fetch a newer one. */
    public Fetched<T> failed(ErrorKind error, long refresh) {
        return new Fetched<>(value, error, fetchedBy, refresh);
    }

    /** The same value after a refresh left it out for an error of its neighbours. */
    public Fetched<T> leftOut(ErrorKind error) {
        return new Fetched<>(value, error, fetchedBy, requestedBy);
    }

    /** The last good value, however old. */
    public Optional<T> lastValue() {
        return Optional.ofNullable(value);
    }

    /** Why the last request failed or was not made, empty if it succeeded. */
    public Optional<ErrorKind> lastError() {
        ErrorKind error = this.error;
        return error == null ? Optional.empty() : Optional.of(error);
    }

    /** The value if a refresh fetched it, empty if it is older. */
    public Optional<T> valueOf(long refresh) {
        return fetchedBy == refresh ? lastValue() : Optional.empty();
    }

    /** Whether a refresh requested this part, successfully or not. */
    public boolean isRequestedBy(long refresh) {
        return requestedBy == refresh;
    }

    @Override
    public String toString() {
        return "Fetched[" + error + "]"; // names and amounts do not belong in a log
    }
}
