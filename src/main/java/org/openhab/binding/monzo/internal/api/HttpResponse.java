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
import org.eclipse.jdt.annotation.Nullable;

/**
 * A complete HTTP response.
 *
 * @param status the status code
 * @param retryAfter the header {@code Retry-After}, RFC 9110 section 10.2.3, as sent; {@code null} if missing
 * @param body the body as text
 */
@NonNullByDefault
public record HttpResponse(int status, @Nullable String retryAfter, String body) {

    @Override
    public String toString() {
        return "HttpResponse[" + status + "]"; // never log the body: it may contain tokens, names or amounts
    }
}
