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

import java.time.Instant;

/** An access or refresh token. Guarded by {@link Logins}. */
final class Token {
    /** The state of the token. */
    enum State {
        GOOD,
        USED,
        EXPIRED,
        EVICTED,
        LOGGED_OUT
    }

    final String value;
    final Login login;
    private final Instant expiry;
    private State state = State.GOOD;

    /**
     * @param expiry the time of expiry
     */
    Token(String value, Login login, Instant expiry) {
        this.value = value;
        this.login = login;
        this.expiry = expiry;
    }

    /** Ends a valid token; an invalid one keeps its state. */
    void end(State reason) {
        if (state == State.GOOD) {
            state = reason;
        }
    }

    State state(Instant now) {
        return state == State.GOOD && !now.isBefore(expiry) ? State.EXPIRED : state;
    }
}
