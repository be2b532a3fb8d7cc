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
package org.openhab.binding.monzo.internal.auth;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.api.MonzoException;

/**
 * Signals a failed token refresh, an error of the login rather than of the account that was requested.
 */
@NonNullByDefault
public class TokenRefreshException extends MonzoException {

    private static final long serialVersionUID = 1L;

    TokenRefreshException(MonzoException cause) {
        super(cause.kind(), "token refresh: " + cause.getMessage(), cause.retryAfter());
    }
}
