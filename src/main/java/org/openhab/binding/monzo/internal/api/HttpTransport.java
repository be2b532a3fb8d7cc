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

import java.util.Map;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * One request and its answer. Keeps the rest of the binding free of the HTTP client's types.
 */
@NonNullByDefault
public interface HttpTransport {

    /**
     * Sends {@code GET} with a bearer token, RFC 6750 section 2.1.
     *
     * @param url the address, query included
     * @param accessToken the bearer token
     * @return the answer, whatever its status; redirects are not followed, so that the token goes nowhere else
     * @throws MonzoException {@code UNREACHABLE}, {@code TIMED_OUT}, or {@code INVALID_RESPONSE} for a body without end
     */
    HttpResponse get(String url, String accessToken) throws MonzoException;

    /**
     * Sends {@code POST} with a form.
     *
     * @param url the address
     * @param accessToken the bearer token, {@code null} for none
     * @param form the fields of the form
     * @return the answer, whatever its status
     * @throws MonzoException as {@link #get}
     */
    HttpResponse post(String url, @Nullable String accessToken, Map<String, String> form) throws MonzoException;
}
