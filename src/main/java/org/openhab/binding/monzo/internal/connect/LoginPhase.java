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

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.i18n.ErrorTexts;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingStatusDetail;
import org.openhab.core.thing.ThingStatusInfo;

/**
 * The phase of a login, derived from the status of its bridge.
 */
@NonNullByDefault
enum LoginPhase {
    /** Connected; the bank's data is available. */
    CONNECTED,
    /** Approval in the Monzo app is pending. */
    AWAITING_APPROVAL,
    /** The approval was withdrawn in the Monzo app. */
    APPROVAL_WITHDRAWN,
    /** Not logged in. */
    LOGGED_OUT,
    /** The user has to correct the configuration or log in again. */
    BROKEN,
    /** The bank is unreachable; the binding will retry. */
    RETRYING,
    /** Changing from one status to another. */
    CHANGING,
    /** Disabled or not initialized. */
    STOPPED;

    static LoginPhase of(Thing bridge) {
        ThingStatusInfo status = bridge.getStatusInfo();
        return switch (status.getStatus()) {
            case ONLINE -> CONNECTED;
            case OFFLINE -> ofOffline(status);
            case UNKNOWN, INITIALIZING, REMOVING -> CHANGING;
            default -> STOPPED;
        };
    }

    private static LoginPhase ofOffline(ThingStatusInfo status) {
        if (status.getStatusDetail() == ThingStatusDetail.COMMUNICATION_ERROR) {
            return RETRYING;
        } else if (status.getStatusDetail() == ThingStatusDetail.CONFIGURATION_PENDING) {
            return isOf(ErrorKind.NOT_PERMITTED, status)
                    ? AWAITING_APPROVAL
                    : isOf(ErrorKind.APPROVAL_WITHDRAWN, status) ? APPROVAL_WITHDRAWN : LOGGED_OUT;
        }
        return BROKEN;
    }

    private static boolean isOf(ErrorKind error, ThingStatusInfo status) {
        return ("@text/" + ErrorTexts.key(error)).equals(status.getDescription());
    }
}
