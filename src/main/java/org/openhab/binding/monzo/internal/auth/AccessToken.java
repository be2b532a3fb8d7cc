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

import java.time.Duration;
import java.time.Instant;
import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * An access token with its validity period.
 *
 * @param value the bearer token
 * @param obtained time of issue
 * @param expires time of expiry
 */
@NonNullByDefault
public record AccessToken(String value, Instant obtained, Instant expires) {

    /** Long enough to retry a failed refresh several times while the token still works. */
    private static final Duration MAX_LEAD = Duration.ofMinutes(30);

    private static final int LEAD_FRACTION = 4;

    /**
     * Returns the time from which to refresh the token: half an hour before it expires, less for short-lived tokens.
     */
    public Instant refreshDue() {
        Duration lead = Duration.between(obtained, expires).dividedBy(LEAD_FRACTION);
        return expires.minus(lead.compareTo(MAX_LEAD) > 0 ? MAX_LEAD : lead);
    }

    @Override
    public String toString() {
        return "AccessToken[expires=" + expires + "]"; // never log the token
    }
}
