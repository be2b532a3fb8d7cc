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
package org.openhab.binding.monzo.simulator;

import java.util.Map;

/**
 * A request as received by the bank, answered or not.
 *
 * @param method the HTTP method
 * @param path the path without the query
 * @param query the raw query, empty when there was none
 * @param endpoint what the request was for
 * @param accountId the account named in the request, null when none was
 * @param grantType the {@code grant_type} of a call to the token endpoint, null on every other call
 * @param form the parameters of a form-encoded body; empty for the token endpoint, whose are secret
 */
public record RecordedRequest(
        String method,
        String path,
        String query,
        Endpoint endpoint,
        String accountId,
        String grantType,
        Map<String, String> form) {

    /** A request without a form. */
    RecordedRequest(String method, String path, String query, Endpoint endpoint, String accountId, String grantType) {
        this(method, path, query, endpoint, accountId, grantType, Map.of());
    }
}
