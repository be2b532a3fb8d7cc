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

import java.time.Duration;
import java.util.Optional;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.connection.MonzoConnection;
import org.openhab.binding.monzo.internal.model.ErrorKind;

/**
 * The phase of a login, derived from the status of its bridge and the error behind it.
 */
@NonNullByDefault
enum LoginPhase {
    /** Connected; the bank's data is available. */
    CONNECTED("good", 0),
    /** Approval in the Monzo app is pending. */
    AWAITING_APPROVAL("todo", 4),
    /** The approval was withdrawn in the Monzo app. */
    APPROVAL_WITHDRAWN("todo", 4),
    /** Not logged in. */
    LOGGED_OUT("todo", 0),
    /** The user has to correct the configuration or log in again. */
    BROKEN("bad", 0),
    /** The bank is unreachable; the binding will retry. */
    RETRYING("bad", 30),
    /** Changing from one status to another. */
    CHANGING("todo", 4),
    /** Disabled or not initialized. */
    STOPPED("todo", 0);

    private final String style;
    private final int reloadSeconds;

    LoginPhase(String style, int reloadSeconds) {
        this.style = style;
        this.reloadSeconds = reloadSeconds;
    }

    static LoginPhase of(MonzoConnection bridge) {
        return switch (bridge.getThing().getStatus()) {
            case ONLINE -> CONNECTED;
            case OFFLINE -> ofError(bridge.error());
            case UNKNOWN, INITIALIZING, REMOVING -> CHANGING;
            default -> STOPPED;
        };
    }

    private static LoginPhase ofError(@Nullable ErrorKind error) {
        if (error == null) {
            return BROKEN; // the configuration is invalid
        } else if (error == ErrorKind.LOGIN_MISSING) {
            return LOGGED_OUT;
        } else if (error == ErrorKind.APPROVAL_WITHDRAWN) {
            return APPROVAL_WITHDRAWN;
        }
        return switch (error.recovery()) {
            case AWAIT_APPROVAL -> AWAITING_APPROVAL;
            case REAUTHORIZE -> BROKEN;
            case RETRY, REFRESH_TOKEN -> RETRYING;
        };
    }

    /** Returns the name of the style: good, todo or bad. */
    String style() {
        return style;
    }

    /** Returns the delay before reloading a page whose content is about to change, empty if it is not. */
    Optional<Duration> reloadAfter() {
        return reloadSeconds == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(reloadSeconds));
    }
}
