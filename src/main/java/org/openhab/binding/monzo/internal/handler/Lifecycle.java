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
import org.openhab.binding.monzo.internal.model.BankSnapshot;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.internal.poll.DataRequests;
import org.openhab.core.thing.ThingStatusDetail;
import org.openhab.core.types.State;

/**
 * What a thing is from one {@code initialize()} to the next {@code dispose()}: the account or pot it is configured for,
 * and the states it has shown since.
 * <p>
 * Its handler makes a new one each time and calls it under the handler's lock only, so nothing of an earlier lifecycle
 * can be shown in a later one.
 */
@NonNullByDefault
abstract class Lifecycle {

    private Map<String, State> states = Map.of();
    private @Nullable BankSnapshot latestBeforeRequest;

    /**
     * Gives what this thing needs to know of the bank.
     *
     * @param properties the thing's present ones
     */
    abstract DataRequests wanted(Map<String, String> properties);

    /** Whether a snapshot tells all that this thing needs; if not, a refresh is worth while. */
    abstract boolean hasRequiredData(BankSnapshot snapshot);

    /**
     * Gives what the thing is to show of a snapshot.
     *
     * @param properties the thing's present ones
     */
    abstract ThingUpdate update(BankSnapshot snapshot, Map<String, String> properties);

    /**
     * Gives what this thing needs to the refresh that begins now.
     *
     * @param properties the thing's present ones
     * @param latest the snapshot before that refresh
     */
    final DataRequests request(Map<String, String> properties, BankSnapshot latest) {
        if (latestBeforeRequest == null) {
            latestBeforeRequest = latest;
        }
        return wanted(properties);
    }

    /**
     * Whether a snapshot was made for this thing too. An older one does not tell whether Monzo knows its ID: the list of
     * accounts and the pots of other accounts in it may be an hour old.
     */
    final boolean isRequestedFor(BankSnapshot snapshot) {
        BankSnapshot before = latestBeforeRequest;
        return before != null && before != snapshot && snapshot.refresh() > 0;
    }

    /** The state that a channel has shown, {@code null} before the first one. */
    final @Nullable State state(String channelId) {
        return states.get(channelId);
    }

    final void shown(Map<String, State> now) {
        states = Map.copyOf(now);
    }

    /** Forgets what was shown, because it is not this thing's any more. */
    final void forgetStates() {
        states = Map.of();
    }

    /** Starts anew over another login, which the states and the snapshots so far are not of. */
    final void forgetLogin() {
        states = Map.of();
        latestBeforeRequest = null;
    }

    final ThingUpdate gone(String text) {
        forgetStates();
        return ThingUpdate.offline(ThingStatusDetail.GONE, text);
    }

    /** Tells a thing whose account or pot existed once from one whose ID never did. */
    final ThingUpdate missing(boolean seenBefore, String goneText, String unknownText) {
        forgetStates();
        return ThingUpdate.offline(
                seenBefore ? ThingStatusDetail.GONE : ThingStatusDetail.CONFIGURATION_ERROR,
                seenBefore ? goneText : unknownText);
    }

    /** The status of a thing whose own account or pots could not be fetched; its last states stay. */
    final ThingUpdate failed(ErrorKind error) {
        if (error == ErrorKind.NOT_FOUND) {
            forgetStates();
        }
        return new ThingUpdate(ErrorStatus.ofThing(error), null);
    }
}
