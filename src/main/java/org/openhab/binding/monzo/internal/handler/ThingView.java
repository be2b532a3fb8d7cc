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
import java.util.function.BiConsumer;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.connection.ErrorStatus;
import org.openhab.binding.monzo.internal.model.BankSnapshot;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.internal.poll.DataRequests;
import org.openhab.core.thing.ThingStatus;
import org.openhab.core.thing.ThingStatusDetail;
import org.openhab.core.thing.ThingStatusInfo;
import org.openhab.core.types.State;

/**
 * Maps snapshots of the bank to a thing that shows an account, a pot or a budget, from {@code initialize()} to {@code
 * dispose()}, and holds the channel states sent since.
 * <p>
 * The handler creates a new view each time and uses it only under its own lock, so that no state of an earlier view can
 * appear in a later one.
 */
@NonNullByDefault
abstract class ThingView {

    private Map<String, State> states = Map.of();
    private @Nullable Long refreshBeforeRequest; // not the snapshot, which has transactions

    /**
     * Returns the data that this thing needs.
     *
     * @param properties the thing's current properties
     */
    abstract DataRequests dataRequests(Map<String, String> properties);

    /**
     * Returns whether properties are those of another account or pot, shown before the thing was edited.
     *
     * @param properties the thing's current properties
     */
    abstract boolean isStale(Map<String, String> properties);

    /** Returns whether a snapshot contains all data that this thing needs; if not, a refresh is useful. */
    abstract boolean hasRequiredData(BankSnapshot snapshot);

    /**
     * Creates the thing's update from a snapshot.
     *
     * @param properties the thing's current properties
     */
    abstract ThingUpdate update(BankSnapshot snapshot, Map<String, String> properties);

    /**
     * Triggers channels with what is new in a snapshot.
     *
     * @param trigger takes a channel ID and a payload
     */
    void announce(BankSnapshot snapshot, BiConsumer<String, String> trigger) {
        // No-op by default.
    }

    /** Returns whether a refresh is needed soon, as the last snapshot lacked data, and forgets it. */
    boolean takeRefreshRequest() {
        return false;
    }

    /**
     * Prepares for a refresh about to start.
     *
     * @param properties the thing's current properties
     * @param latest the latest snapshot before that refresh
     * @return the data that this thing needs
     */
    final DataRequests beginRefresh(Map<String, String> properties, BankSnapshot latest) {
        if (refreshBeforeRequest == null) {
            refreshBeforeRequest = latest.refresh();
        }
        return dataRequests(properties);
    }

    /**
     * Returns whether a snapshot was created after this thing requested data. An older one does not prove that an ID is
     * unknown to Monzo: its accounts, and the pots of other accounts, may be an hour old.
     */
    final boolean isRequestedFor(BankSnapshot snapshot) {
        Long before = refreshBeforeRequest;
        return before != null && before != snapshot.refresh() && snapshot.refresh() > 0;
    }

    /** Returns the last state of a channel, {@code null} before the first one. */
    final @Nullable State state(String channelId) {
        return states.get(channelId);
    }

    final boolean hasStates(Map<String, State> expected) {
        return states.equals(expected);
    }

    final void setStates(Map<String, State> states) {
        this.states = Map.copyOf(states);
    }

    /** Resets for another login, discarding the states and snapshots so far. */
    void reset() {
        states = Map.of();
        refreshBeforeRequest = null;
    }

    /**
     * An update of a thing.
     *
     * @param status the new status
     * @param values the new values, {@code null} for none
     * @param keepsStates whether the channels keep their states if there are no new values; they become undefined
     *     otherwise
     */
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

        /** Creates the update for a configuration for which there is nothing to show. */
        static ThingUpdate misconfigured(String text) {
            return withoutStates(ThingStatusDetail.CONFIGURATION_ERROR, text);
        }

        /** Creates the update for a missing account or pot: gone if Monzo has listed it before, else unknown. */
        static ThingUpdate missing(boolean wasListed, String goneText, String unknownText) {
            return wasListed ? gone(goneText) : misconfigured(unknownText);
        }

        private static ThingUpdate withoutStates(ThingStatusDetail detail, String text) {
            return ofStatus(ErrorStatus.offline(detail, text)).withoutFormerStates();
        }

        /** Creates the update for an error in the thing's own data, keeping its last states. */
        static ThingUpdate failed(ErrorKind error) {
            return ofStatus(ErrorStatus.ofThing(error));
        }
    }
}
