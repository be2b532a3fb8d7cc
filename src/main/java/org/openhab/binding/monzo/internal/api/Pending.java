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

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * The pending result of a request.
 */
@NonNullByDefault
@FunctionalInterface
public interface Pending<T> {

    /**
     * Waits for the result, no longer than the timeout of the request.
     *
     * @throws MonzoException if the request failed
     */
    T await() throws MonzoException;
}
