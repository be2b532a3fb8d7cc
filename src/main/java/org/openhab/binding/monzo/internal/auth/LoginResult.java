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

/**
 * What became of a login that a person has completed at Monzo.
 *
 * @param kind what was done with its tokens
 * @param handle of the login that the tokens, or the person who authorised, belong to
 */
@NonNullByDefault
public record LoginResult(Kind kind, String handle) {

    /** What was done with the tokens. */
    public enum Kind {
        /** They were stored for the login that was authorised. */
        ACCEPTED,
        /** They were stored for another login, which is of this person and has the same client. */
        HANDED_OVER,
        /** They were given back, because this person has another login, with another client. */
        PERSON_HAS_LOGIN,
        /** There are none: Monzo was not asked, because of other attempts or a renewal that takes long. */
        BUSY
    }
}
