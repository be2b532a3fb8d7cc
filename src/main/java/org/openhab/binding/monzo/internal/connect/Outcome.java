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
import java.util.Optional;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.auth.LoginResult;
import org.openhab.binding.monzo.internal.model.ErrorKind;

/**
 * How a login ended. The page says so by a word out of this list, never by what stands in an address.
 */
@NonNullByDefault
enum Outcome {
    /** Monzo gave tokens; the person has to approve in the app. */
    APPROVE,
    /** The person said no at Monzo. */
    DENIED,
    /** The login is of another person than the one whose things these are. */
    OTHER_PERSON,
    /** The person has another login in openHAB, which was renewed instead. */
    HANDED_OVER,
    /** The person has another login in openHAB, with another client; nothing was changed. */
    PERSON_HAS_LOGIN,
    /** There were too many attempts, or a renewal takes long; Monzo was not asked. */
    BUSY,
    /** Monzo did not accept the code. */
    REFUSED,
    /** Monzo did not accept the client id or secret. */
    CLIENT_REFUSED,
    /** Monzo could not be asked. */
    UNREACHABLE,
    /** The state is unknown, used or too old, or the callback is not complete. */
    STALE,
    /** There is no such bridge, or it cannot log in. */
    NO_BRIDGE,
    /** The address that the browser used makes no sense. */
    BAD_ADDRESS,
    /** There is no such page. */
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

    /** The word that stands for it in an address and in the keys of its texts. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it is how a login ended, so that the page of the bridges may be told of it. */
    private boolean isOfALogin() {
        return switch (this) {
            case STALE, BAD_ADDRESS, NO_PAGE -> false;
            default -> true;
        };
    }

    /** The end of a login that a word stands for, if it is one. */
    static Optional<Outcome> ofWord(String word) {
        for (Outcome outcome : values()) {
            if (outcome.isOfALogin() && outcome.word().equals(word)) {
                return Optional.of(outcome);
            }
        }
        return Optional.empty();
    }
}
