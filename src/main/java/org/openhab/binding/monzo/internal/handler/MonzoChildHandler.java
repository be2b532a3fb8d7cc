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

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.connection.ErrorStatus;
import org.openhab.binding.monzo.internal.connection.MonzoConnection;
import org.openhab.binding.monzo.internal.handler.ThingView.ThingUpdate;
import org.openhab.binding.monzo.internal.model.BankSnapshot;
import org.openhab.binding.monzo.internal.poll.DataRequests;
import org.openhab.core.thing.Bridge;
import org.openhab.core.thing.ChannelUID;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingStatus;
import org.openhab.core.thing.ThingStatusDetail;
import org.openhab.core.thing.ThingStatusInfo;
import org.openhab.core.thing.binding.BaseThingHandler;
import org.openhab.core.thing.binding.ThingHandlerCallback;
import org.openhab.core.thing.type.ChannelKind;
import org.openhab.core.types.Command;
import org.openhab.core.types.RefreshType;
import org.openhab.core.types.State;
import org.openhab.core.types.UnDefType;

/**
 * Base class of things that present a part of the bridge's snapshot. They never send requests.
 * <p>
 * openHAB edits and removes things in one thread while a refresh updates them in another. So all methods that create,
 * discard or use a {@link ThingView} hold this object's lock: {@code dispose()} waits for an update in progress, and a
 * later update finds no view. The risk of deadlocks is no higher than with openHAB's own handlers: {@link
 * BaseThingHandler} calls openHAB under the same lock, from {@code initialize()} and from refreshes alike, and from
 * 3.0.1 to 5.x none of these calls waits for the lock that the thing manager holds around {@code initialize()} and
 * {@code dispose()} (it notifies bridges and children in a separate pool). Only methods of the bridge that do not take
 * its lock are called here.
 */
@NonNullByDefault
public abstract class MonzoChildHandler extends BaseThingHandler {

    private final MonzoStateDescriptionProvider stateDescriptions;
    private volatile @Nullable ThingView view;

    protected MonzoChildHandler(Thing thing, MonzoStateDescriptionProvider stateDescriptions) {
        super(thing);
        this.stateDescriptions = stateDescriptions;
    }

    /**
     * Validates the configuration.
     *
     * @return the status text that describes the error, {@code null} if the configuration is valid
     */
    abstract @Nullable String validate();

    /** Creates a view from the configuration. */
    abstract ThingView createView();

    @Override
    public synchronized void initialize() {
        String problem = getBridge() == null ? "@text/offline.bridge-missing" : validate();
        if (problem != null) {
            view = null;
            updateStatus(ThingStatus.OFFLINE, ThingStatusDetail.CONFIGURATION_ERROR, problem);
            return;
        }
        ThingView current = createView();
        view = current;
        clearValuesOfOther(current);
        update();
        requestRefresh(); // openHAB notifies the bridge of new things, but not of edited ones
    }

    @Override
    public synchronized void dispose() {
        view = null;
        stateDescriptions.removeCurrency(getThing().getUID());
    }

    /** Returns whether the thing is initialized with a valid configuration and not disposed. Takes no lock. */
    boolean isActive() {
        return view != null;
    }

    /** Returns the data that this thing needs for a refresh about to start; called by the bridge. */
    synchronized DataRequests beginRefresh(BankSnapshot latest) {
        ThingView current = view;
        return current == null
                ? DataRequests.none()
                : current.beginRefresh(getThing().getProperties(), latest);
    }

    /** Returns whether a snapshot contains all data or errors that this thing needs. */
    synchronized boolean hasRequiredData(BankSnapshot snapshot) {
        ThingView current = view;
        return current == null || current.hasRequiredData(snapshot);
    }

    /** Discards all state when the bridge starts over, possibly with the login of a different user. */
    synchronized void reset() {
        ThingView current = view;
        if (current != null) {
            current.reset();
        }
    }

    /** Updates from the bridge's current status, as openHAB delivers these events late and in any order. */
    @Override
    public void bridgeStatusChanged(ThingStatusInfo info) {
        update();
    }

    /**
     * Updates the thing from the bridge's current status and snapshot.
     * <p>
     * openHAB does not notify a thing that is still initializing of changes of its bridge. So the bridge's status is
     * read again after this thing's own status was set, until it no longer changes.
     */
    synchronized void update() {
        ThingView current = view;
        ThingStatus bridgeStatus = null;
        // Get the bridge each time, as openHAB replaces the object of an edited bridge.
        for (Bridge bridge = bridge();
                current != null && bridge != null && bridge.getStatus() != bridgeStatus;
                bridge = bridge()) {
            bridgeStatus = bridge.getStatus();
            updateFromBridge(bridge, bridgeStatus, current);
        }
    }

    private void updateFromBridge(Bridge bridge, ThingStatus bridgeStatus, ThingView current) {
        if (bridgeStatus == ThingStatus.OFFLINE) {
            ThingStatusInfo status = ErrorStatus.ofBridgeOffline(bridge);
            updateStatus(status.getStatus(), status.getStatusDetail(), status.getDescription());
        } else if (bridgeStatus == ThingStatus.ONLINE && bridge.getHandler() instanceof MonzoBridgeHandler handler) {
            updateFromSnapshot(handler.snapshot(), current);
        } else {
            updateStatus(ThingStatus.UNKNOWN);
        }
    }

    private void updateFromSnapshot(BankSnapshot snapshot, ThingView current) {
        Set<String> before = ids(current);
        ThingUpdate update = current.update(snapshot, getThing().getProperties());
        ThingUpdate.Values values = update.values();
        if (values != null) {
            stateDescriptions.setCurrency(getThing().getUID(), values.currency());
            storeProperties(getThing(), getCallback(), values.properties());
            Map<String, State> states = update.keepsStates() ? new HashMap<>() : undefined();
            states.putAll(values.states());
            current.setStates(states);
            states.forEach(this::updateState);
        } else if (!update.keepsStates()) {
            undefineStates(current);
        }
        ThingStatusInfo status = update.status();
        updateStatus(status.getStatus(), status.getStatusDetail(), status.getDescription());
        current.announce(snapshot, this::triggerChannel);
        if (!ids(current).equals(before) || current.takeRefreshRequest()) {
            requestRefresh(); // its data may not have been requested yet
        }
    }

    /** Makes the states of all channels undefined, once. */
    private void undefineStates(ThingView current) {
        Map<String, State> undefined = undefined();
        if (!current.hasStates(undefined)) {
            current.setStates(undefined);
            undefined.forEach(this::updateState);
        }
    }

    private Map<String, State> undefined() {
        Map<String, State> undefined = new HashMap<>();
        getThing().getChannels().stream()
                .filter(channel -> channel.getKind() == ChannelKind.STATE)
                .forEach(channel -> undefined.put(channel.getUID().getId(), UnDefType.UNDEF));
        return undefined;
    }

    /** Returns the ID of the account or pot, which a thing without a configured ID may just have chosen. */
    private Set<String> ids(ThingView current) {
        return current.dataRequests(getThing().getProperties()).ids();
    }

    /** Makes the bridge refresh soon if data of this thing is missing. */
    private void requestRefresh() {
        MonzoBridgeHandler bridge = bridgeHandler();
        if (bridge != null) {
            bridge.refreshFor(this);
        }
    }

    /**
     * Sends the channel's current state for any command: all channels are read-only, but {@code autoupdate} may have
     * applied the command to the item.
     */
    @Override
    public synchronized void handleCommand(ChannelUID channelUID, Command command) {
        resendState(channelUID);
        MonzoConnection connection = connection();
        if (command instanceof RefreshType && connection != null) {
            connection.poller().refreshSoon();
        }
    }

    /** Sends the current state to a new link, without a request. */
    @Override
    public void channelLinked(ChannelUID channelUID) {
        resendState(channelUID);
    }

    /** Returns the last state of a channel, {@code null} before the first one. */
    final synchronized @Nullable State state(String channelId) {
        ThingView current = view;
        return current == null ? null : current.state(channelId);
    }

    private synchronized void resendState(ChannelUID channelUID) {
        State state = state(channelUID.getId());
        if (state != null) {
            updateState(channelUID, state);
        }
    }

    @Override
    protected synchronized void updateStatus(
            ThingStatus status, ThingStatusDetail detail, @Nullable String description) {
        if (MonzoBridgeHandler.isToBeSent(new ThingStatusInfo(status, detail, description), getThing())) {
            super.updateStatus(status, detail, description);
        }
    }

    /**
     * Sets properties of a thing, removes those with a {@code null} value, and makes openHAB persist what changes.
     * Unlike {@code updateProperties}, it does nothing if a property to remove is not there.
     */
    static void storeProperties(
            Thing thing, @Nullable ThingHandlerCallback callback, Map<String, @Nullable String> properties) {
        Map<String, String> before = new HashMap<>(thing.getProperties());
        properties.forEach((name, value) -> thing.setProperty(name, value));
        if (callback != null && !before.equals(thing.getProperties())) {
            callback.thingUpdated(thing);
        }
    }

    private void clearValuesOfOther(ThingView current) {
        Map<String, String> properties = getThing().getProperties();
        if (current.isStale(properties)) {
            Map<String, @Nullable String> none = new HashMap<>();
            properties.keySet().forEach(name -> none.put(name, null));
            storeProperties(getThing(), getCallback(), none);
            undefineStates(current);
        }
    }

    /** Returns the value of a configuration parameter, empty if it is missing. */
    final String configured(String parameter) {
        Object value = getConfig().get(parameter);
        return value == null ? "" : value.toString().trim();
    }

    /** Returns the bridge; {@code null} without one and after {@code dispose()}, when openHAB would log a warning. */
    private @Nullable Bridge bridge() {
        return view == null ? null : getBridge();
    }

    /** Returns the bridge's handler; {@code null} without one and after {@code dispose()}. */
    private synchronized @Nullable MonzoBridgeHandler bridgeHandler() {
        Bridge bridge = bridge();
        return bridge != null && bridge.getHandler() instanceof MonzoBridgeHandler handler ? handler : null;
    }

    /** Returns the bridge's connection; {@code null} without one and after {@code dispose()}. */
    final @Nullable MonzoConnection connection() {
        MonzoBridgeHandler bridge = bridgeHandler();
        return bridge == null ? null : bridge.connection();
    }
}
