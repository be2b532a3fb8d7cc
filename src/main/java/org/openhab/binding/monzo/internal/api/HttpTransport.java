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
 * Sends requests to the bank.
 */
@NonNullByDefault
public interface HttpTransport {

    /**
     * Sends a request without waiting for its response. Redirects are not followed, as they could disclose the token.
     *
     * @return the response with any status; awaiting it throws a {@link MonzoException} of {@code UNREACHABLE}, {@code
     *     TIMED_OUT}, {@code RESPONSE_TOO_LONG}, or {@code NOT_SENT} if it was not permitted
     */
    Pending<HttpResponse> send(HttpRequest request);
}
