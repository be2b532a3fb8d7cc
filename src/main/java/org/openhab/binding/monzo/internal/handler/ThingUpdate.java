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
package org.openhab.binding.monzo.internal.handler;

import java.util.Map;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.connection.ErrorStatus;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.core.thing.ThingStatus;
import org.openhab.core.thing.ThingStatusDetail;
import org.openhab.core.thing.ThingStatusInfo;
import org.openhab.core.types.State;

/**
 * An update of a thing.
 *
 * @param status the new status
 * @param values the new values, {@code null} for none
 * @param keepsStates whether the channels keep their states if there are no new values; they become undefined otherwise
 */
@NonNullByDefault
record ThingUpdate(ThingStatusInfo status, @Nullable Values values, boolean keepsStates) {

    /**
     * Current values.
     *
     * @param currency the currency of the amounts, an ISO 4217 code; {@code null} if Monzo omits it
     * @param properties the thing's properties, with {@code null} values for those to remove
     * @param states the states by channel ID; the other channels keep theirs
     */
    record Values(@Nullable String currency, Map<String, @Nullable String> properties, Map<String, State> states) {}

    static ThingUpdate online(Values values) {
        return new ThingUpdate(new ThingStatusInfo(ThingStatus.ONLINE, ThingStatusDetail.NONE, null), values, true);
    }

    /** Creates an update for a thing whose data has not been fetched yet. */
    static ThingUpdate unknown() {
        return unknown(null);
    }

    /** The same, with a status text. */
    static ThingUpdate unknown(@Nullable String text) {
        return ofStatus(new ThingStatusInfo(ThingStatus.UNKNOWN, ThingStatusDetail.NONE, text));
    }

    /** Creates an update of the status alone. */
    static ThingUpdate ofStatus(ThingStatusInfo status) {
        return new ThingUpdate(status, null, true);
    }

    /** Returns the same update, after which no channel has a state of before. */
    ThingUpdate withoutFormerStates() {
        return new ThingUpdate(status, values, false);
    }

    /** Creates the update for an account or pot that no longer exists, whose last states would be wrong. */
    static ThingUpdate gone(String text) {
        return withoutStates(ThingStatusDetail.GONE, text);
    }

    /** Creates the update for a missing account or pot: gone if Monzo has listed it before, else unknown. */
    static ThingUpdate missing(boolean wasListed, String goneText, String unknownText) {
        return wasListed ? gone(goneText) : withoutStates(ThingStatusDetail.CONFIGURATION_ERROR, unknownText);
    }

    private static ThingUpdate withoutStates(ThingStatusDetail detail, String text) {
        return ofStatus(ErrorStatus.offline(detail, text)).withoutFormerStates();
    }

    /** Creates the update for an error in the thing's own data, keeping its last states. */
    static ThingUpdate failed(ErrorKind error) {
        return ofStatus(ErrorStatus.ofThing(error));
    }
}
