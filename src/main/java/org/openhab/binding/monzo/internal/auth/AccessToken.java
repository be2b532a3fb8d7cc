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
 * An access token and its time.
 *
 * @param value the bearer token
 * @param obtained when it was issued
 * @param expires when it is over its time
 */
@NonNullByDefault
public record AccessToken(String value, Instant obtained, Instant expires) {

    /** Long enough to try a renewal again and again while the token still works. */
    private static final Duration LONGEST_LEAD = Duration.ofMinutes(30);

    private static final int LEAD_FRACTION = 4;

    /** From when on it should be renewed: half an hour ahead of its end, less for a short life. */
    public Instant renewalDue() {
        Duration lead = Duration.between(obtained, expires).dividedBy(LEAD_FRACTION);
        return expires.minus(lead.compareTo(LONGEST_LEAD) > 0 ? LONGEST_LEAD : lead);
    }

    @Override
    public String toString() {
        return "AccessToken[expires=" + expires + "]"; // the token does not belong in a log
    }
}
