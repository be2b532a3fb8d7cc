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
 * The result of an authorization that the user completed at Monzo.
 *
 * @param kind how its tokens were used
 * @param bridgeUid the UID of the bridge that the tokens, or the authorizing user, belong to
 */
@NonNullByDefault
public record LoginResult(Kind kind, String bridgeUid) {

    /** How the tokens were used. */
    public enum Kind {
        /** Stored for the authorized login. */
        ACCEPTED,
        /** Stored for another login of the same user and client. */
        HANDED_OVER,
        /** Invalidated, because the same user has another login with a different client. */
        PERSON_HAS_LOGIN,
        /** Not requested, because of too many other attempts or a token refresh in progress. */
        BUSY
    }
}
