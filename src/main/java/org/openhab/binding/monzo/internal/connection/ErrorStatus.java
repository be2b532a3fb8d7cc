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
package org.openhab.binding.monzo.internal.connection;

import static org.openhab.binding.monzo.internal.MonzoBindingConstants.CONNECT_URL;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.core.thing.Bridge;
import org.openhab.core.thing.ThingStatus;
import org.openhab.core.thing.ThingStatusDetail;
import org.openhab.core.thing.ThingStatusInfo;

/**
 * Maps errors to thing statuses.
 */
@NonNullByDefault
public final class ErrorStatus {

    private ErrorStatus() {}

    /** Returns the status of the bridge for an error of its login. */
    public static ThingStatusInfo ofBridge(ErrorKind error) {
        return switch (error.recovery()) {
            case RETRY, REFRESH_TOKEN -> offline(ThingStatusDetail.COMMUNICATION_ERROR, text(error));
            case AWAIT_APPROVAL -> offline(ThingStatusDetail.CONFIGURATION_PENDING, text(error));
            case REAUTHORIZE ->
                offline(
                        error == ErrorKind.LOGIN_MISSING
                                ? ThingStatusDetail.CONFIGURATION_PENDING
                                : ThingStatusDetail.CONFIGURATION_ERROR,
                        text(error));
        };
    }

    /**
     * Returns whether the error of a login affects the status of its bridge as well as the page. Anyone on the home
     * network can start a login with an invented code, which must not replace the status of a stored login. A login as
     * a different user requires a Monzo account and access to this client.
     */
    static boolean isChangedByLogin(ErrorKind failure, @Nullable ErrorKind present) {
        return switch (failure) {
            case OTHER_PERSON -> present != null && present.recovery() == ErrorKind.Recovery.REAUTHORIZE;
            case LOGIN_REFUSED, CLIENT_REFUSED ->
                present == ErrorKind.LOGIN_MISSING || present == ErrorKind.LOGIN_UNREADABLE;
            default -> false;
        };
    }

    /** Returns the status of a thing for an error that affects only its own account. */
    public static ThingStatusInfo ofThing(ErrorKind error) {
        return error == ErrorKind.NOT_PERMITTED
                ? offline(ThingStatusDetail.CONFIGURATION_ERROR, "@text/offline.account-not-permitted")
                : offline(ThingStatusDetail.COMMUNICATION_ERROR, text(error));
    }

    /** Returns the status of a thing whose bridge is offline. */
    public static ThingStatusInfo ofBridgeOffline(Bridge bridge) {
        String name = ConnectionRegistry.label(bridge, bridge.getUID().getAsString());
        return offline(ThingStatusDetail.BRIDGE_OFFLINE, "@text/offline.bridge-offline [\"" + asArgument(name) + "\"]");
    }

    /**
     * Converts user-defined text to an argument of a status text. openHAB drops quotation marks and square brackets and
     * splits arguments at commas, with no way to escape them, so similar characters replace them.
     */
    private static String asArgument(String text) {
        return text.replace('"', '\u201d').replace('[', '(').replace(']', ')').replace(',', '\u201a');
    }

    /** Returns the text of an error; those that need a person take the URL of the login page. */
    private static String text(ErrorKind error) {
        String text = "@text/" + error.textKey();
        return switch (error.recovery()) {
            case REAUTHORIZE, AWAIT_APPROVAL -> text + " [\"" + CONNECT_URL + "\"]";
            case RETRY, REFRESH_TOKEN -> text;
        };
    }

    /** Returns the status OFFLINE with a text. */
    public static ThingStatusInfo offline(ThingStatusDetail detail, String text) {
        return new ThingStatusInfo(ThingStatus.OFFLINE, detail, text);
    }
}
