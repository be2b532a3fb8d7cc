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
package org.openhab.binding.monzo.internal.connect;

import java.util.Locale;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.auth.AuthorizationFlow.LoginResult;
import org.openhab.binding.monzo.internal.model.ErrorKind;

/**
 * Outcomes of a login. The page's URL never contains a text to display.
 */
@NonNullByDefault
enum Outcome {
    /** Monzo issued tokens; the user has to approve access in the app. */
    APPROVE,
    /** The user denied the authorization at Monzo. */
    DENIED,
    /** A different Monzo user logged in than the one whose things these are. */
    OTHER_PERSON,
    /** The tokens were stored for the user's other login in openHAB. */
    HANDED_OVER,
    /** The user has another login in openHAB with a different client; nothing was changed. */
    PERSON_HAS_LOGIN,
    /** Too many attempts, or a token refresh in progress; no request was sent. */
    BUSY,
    /** Monzo rejected the authorization code. */
    REFUSED,
    /** Monzo rejected the client ID or secret. */
    CLIENT_REFUSED,
    /** Monzo could not be reached. */
    UNREACHABLE,
    /** The state is unknown, used or expired, or the callback is incomplete. */
    STALE,
    /** The bridge does not exist or cannot log in. */
    NO_BRIDGE,
    /** openHAB's address in the request is invalid. */
    BAD_ADDRESS,
    /** The page does not exist. */
    NO_PAGE;

    static Outcome of(LoginResult.Kind kind) {
        return switch (kind) {
            case ACCEPTED -> APPROVE;
            case HANDED_OVER -> HANDED_OVER;
            case PERSON_HAS_LOGIN -> PERSON_HAS_LOGIN;
            case BUSY -> BUSY;
        };
    }

    static Outcome of(ErrorKind error) {
        return switch (error) {
            case OTHER_PERSON -> OTHER_PERSON;
            case CLIENT_REFUSED -> CLIENT_REFUSED;
            case LOGIN_REFUSED, LOGIN_EVICTED, TOKEN_REFUSED -> REFUSED;
            case LOGIN_MISSING -> NO_BRIDGE;
            default -> UNREACHABLE;
        };
    }

    /** Returns whether tokens were stored, so that the user has to approve access. */
    boolean asksForApproval() {
        return this == APPROVE || this == HANDED_OVER;
    }

    /** Returns whether the outcome refers to another login, which may be disabled. */
    boolean isOfOtherLogin() {
        return this == HANDED_OVER || this == PERSON_HAS_LOGIN;
    }

    /** Returns the key used in the keys of its texts. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
