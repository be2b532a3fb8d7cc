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
import java.util.Objects;
import java.util.Set;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
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
import org.openhab.core.types.Command;
import org.openhab.core.types.RefreshType;
import org.openhab.core.types.State;

/**
 * A thing that shows a part of the bridge's snapshot of the bank. It never makes a request itself.
 * <p>
 * openHAB edits and removes things in one thread while a refresh updates them in another. So whatever begins, ends or
 * shows a {@link Lifecycle} holds this object's lock: {@code dispose()} waits for an update under way, and an update
 * after it finds no lifecycle. This cannot deadlock more than openHAB's own handlers can: {@link BaseThingHandler} calls
 * openHAB under the same lock, from {@code initialize()} and from refreshes alike, and from 3.0.1 to 5.x none of those
 * calls waits for the lock of a thing that the thing manager holds around {@code initialize()} and {@code dispose()} (it
 * tells bridges and children in a pool of its own). Of the bridge, only what takes no lock of the bridge is called here.
 */
@NonNullByDefault
public abstract class MonzoChildHandler extends BaseThingHandler {

    private final MonzoStateDescriptionProvider stateDescriptions;
    private @Nullable Lifecycle lifecycle;

    protected MonzoChildHandler(Thing thing, MonzoStateDescriptionProvider stateDescriptions) {
        super(thing);
        this.stateDescriptions = stateDescriptions;
    }

    /**
     * Checks what was entered.
     *
     * @return the status text that says what is wrong, {@code null} when nothing is
     */
    abstract @Nullable String configurationProblem();

    /** Begins a lifecycle with what was entered. */
    abstract Lifecycle begin();

    @Override
    public synchronized void initialize() {
        String problem = getBridge() == null ? "@text/offline.bridge-missing" : configurationProblem();
        if (problem != null) {
            lifecycle = null;
            updateStatus(ThingStatus.OFFLINE, ThingStatusDetail.CONFIGURATION_ERROR, problem);
            return;
        }
        lifecycle = begin();
        update();
        registerWithBridge(); // openHAB tells the bridge of a thing that is new, but not of one that was edited
    }

    @Override
    public synchronized void dispose() {
        lifecycle = null;
        stateDescriptions.forget(getThing().getUID());
    }

    /** Whether it is between {@code initialize()} and {@code dispose()}, and has what it needs to show something. */
    synchronized boolean isAlive() {
        return lifecycle != null;
    }

    /** What this thing needs to know of the bank; asked by the bridge before each refresh. */
    synchronized DataRequests request(BankSnapshot latest) {
        Lifecycle present = lifecycle;
        return present == null
                ? DataRequests.none()
                : present.request(getThing().getProperties(), latest);
    }

    /** Whether a snapshot tells all that this thing needs, be it good or bad. */
    synchronized boolean hasRequiredData(BankSnapshot snapshot) {
        Lifecycle present = lifecycle;
        return present == null || present.hasRequiredData(snapshot);
    }

    /** Forgets what was shown, because the bridge begins anew and perhaps with the login of another person. */
    synchronized void forgetLogin() {
        Lifecycle present = lifecycle;
        if (present != null) {
            present.forgetLogin();
        }
    }

    /** openHAB delivers this late and in any order: it is only the occasion to look at the bridge's present status. */
    @Override
    public void bridgeStatusChanged(ThingStatusInfo late) {
        update();
    }

    /**
     * Shows what the bridge's present status and snapshot say.
     * <p>
     * openHAB does not tell a thing that is still initializing of a change of its bridge. So the bridge's status is
     * looked at again after this thing's own was set, until both agree.
     */
    synchronized void update() {
        Lifecycle present = lifecycle;
        ThingStatus followed = null;
        // openHAB makes a new bridge of an edited one, hence asked for each time.
        for (Bridge bridge = bridge();
                present != null && bridge != null && bridge.getStatus() != followed;
                bridge = bridge()) {
            followed = bridge.getStatus();
            follow(bridge, followed, present);
        }
    }

    private void follow(Bridge bridge, ThingStatus bridgeStatus, Lifecycle present) {
        if (bridgeStatus == ThingStatus.OFFLINE) {
            ThingStatusInfo status = ErrorStatus.ofBridgeOffline(bridge);
            updateStatus(status.getStatus(), status.getStatusDetail(), status.getDescription());
        } else if (bridgeStatus == ThingStatus.ONLINE && bridge.getHandler() instanceof MonzoBridgeHandler handler) {
            show(handler.snapshot(), present);
        } else {
            updateStatus(ThingStatus.UNKNOWN);
        }
    }

    private void show(BankSnapshot snapshot, Lifecycle present) {
        Set<String> before = ids(present);
        ThingUpdate update = present.update(snapshot, getThing().getProperties());
        ThingUpdate.Values values = update.values();
        if (values != null) {
            stateDescriptions.setCurrency(getThing().getUID(), values.currency());
            storeProperties(values.properties());
            present.shown(values.states());
            values.states().forEach(this::updateState);
            String trigger = values.trigger();
            if (trigger != null) {
                triggerChannel(trigger);
            }
        }
        ThingStatusInfo status = update.status();
        updateStatus(status.getStatus(), status.getStatusDetail(), status.getDescription());
        if (!ids(present).equals(before)) {
            registerWithBridge(); // nobody may have requested this yet
        }
    }

    /** The account or pot that is shown, which a thing without an ID may just have chosen. */
    private Set<String> ids(Lifecycle present) {
        return present.wanted(getThing().getProperties()).ids();
    }

    /** Registers with the bridge, which refreshes soon if what this thing needs was not fetched yet. */
    private void registerWithBridge() {
        MonzoBridgeHandler bridge = bridgeHandler();
        if (bridge != null) {
            bridge.registerChild(this);
        }
    }

    /**
     * Shows a channel's state again, whatever the command: nothing can be set here, and openHAB or a person's
     * {@code autoupdate} metadata may have taken a command for the new state.
     */
    @Override
    public synchronized void handleCommand(ChannelUID channelUID, Command command) {
        updateAgain(channelUID);
        MonzoBridgeHandler bridge = bridgeHandler();
        if (command instanceof RefreshType && bridge != null) {
            bridge.refreshSoon();
        }
    }

    /** A new link gets what is known; it is no reason for a request. */
    @Override
    public void channelLinked(ChannelUID channelUID) {
        updateAgain(channelUID);
    }

    private synchronized void updateAgain(ChannelUID channelUID) {
        Lifecycle present = lifecycle;
        State state = present == null ? null : present.state(channelUID.getId());
        if (state != null) {
            updateState(channelUID, state);
        }
    }

    /** Sets the status if it differs: each one set is an event to everybody, also if it changes nothing. */
    @Override
    protected synchronized void updateStatus(
            ThingStatus status, ThingStatusDetail detail, @Nullable String description) {
        if (!new ThingStatusInfo(status, detail, description).equals(getThing().getStatusInfo())) {
            super.updateStatus(status, detail, description);
        }
    }

    /** Sets properties where they differ; {@code null} takes one away, which openHAB's own method would not store. */
    private void storeProperties(Map<String, @Nullable String> properties) {
        Map<String, String> before = new HashMap<>(getThing().getProperties());
        properties.forEach((name, value) -> getThing().setProperty(name, value));
        ThingHandlerCallback callback = getCallback();
        if (callback != null && !Objects.equals(before, getThing().getProperties())) {
            callback.thingUpdated(getThing());
        }
    }

    /** The text of a configuration parameter, empty if there is none. */
    final String entered(String parameter) {
        Object value = getConfig().get(parameter);
        return value == null ? "" : value.toString().trim();
    }

    /** The bridge; {@code null} without one, and after {@code dispose()}, when openHAB would warn of the question. */
    private @Nullable Bridge bridge() {
        return lifecycle == null ? null : getBridge();
    }

    private @Nullable MonzoBridgeHandler bridgeHandler() {
        Bridge bridge = bridge();
        return bridge != null && bridge.getHandler() instanceof MonzoBridgeHandler handler ? handler : null;
    }
}
