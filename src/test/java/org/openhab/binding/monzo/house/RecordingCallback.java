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
package org.openhab.binding.monzo.house;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.openhab.core.config.core.Configuration;
import org.openhab.core.thing.Bridge;
import org.openhab.core.thing.ChannelGroupUID;
import org.openhab.core.thing.ChannelUID;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingStatus;
import org.openhab.core.thing.ThingStatusInfo;
import org.openhab.core.thing.ThingTypeUID;
import org.openhab.core.thing.ThingUID;
import org.openhab.core.thing.binding.ThingHandlerCallback;
import org.openhab.core.thing.binding.builder.ChannelBuilder;
import org.openhab.core.thing.type.ChannelGroupTypeUID;
import org.openhab.core.thing.type.ChannelTypeUID;
import org.openhab.core.types.Command;
import org.openhab.core.types.State;

/**
 * What openHAB's thing manager is to a handler: takes its statuses, states and triggers, and remembers them.
 */
public final class RecordingCallback implements ThingHandlerCallback {

    private final Function<ThingUID, Bridge> bridges;
    private final Runnable afterStatus;
    private final Map<String, State> states = new HashMap<>();
    private final List<String> triggers = new CopyOnWriteArrayList<>();
    private final List<ThingStatusInfo> statuses = new CopyOnWriteArrayList<>();
    private final AtomicInteger statusEvents = new AtomicInteger();
    private final AtomicReference<Runnable> beforeStatus = new AtomicReference<>();
    private volatile RuntimeException stateError;
    private volatile Map<String, String> storedProperties = Map.of();

    RecordingCallback(Function<ThingUID, Bridge> bridges, Runnable afterStatus) {
        this.bridges = bridges;
        this.afterStatus = afterStatus;
    }

    public synchronized State state(String channel) {
        return states.get(channel);
    }

    public synchronized void forgetStates() {
        states.clear();
    }

    public synchronized Map<String, State> states() {
        return Map.copyOf(states);
    }

    public List<String> triggers() {
        return triggers;
    }

    /** Every status there was, repetitions left out. */
    public List<ThingStatusInfo> statuses() {
        return statuses;
    }

    /** How many statuses were set, repetitions counted: openHAB makes an event of each. */
    public int statusEvents() {
        return statusEvents.get();
    }

    /** Does something once, just before the next status is set. */
    public void beforeNextStatus(Runnable task) {
        beforeStatus.set(task);
    }

    /** Has every state fail from now on; {@code null} ends that. */
    public void failStates(RuntimeException error) {
        stateError = error;
    }

    @Override
    public synchronized void stateUpdated(ChannelUID channelUID, State state) {
        RuntimeException error = stateError;
        if (error != null) {
            throw error;
        }
        states.put(channelUID.getId(), state);
    }

    @Override
    public void statusUpdated(Thing thing, ThingStatusInfo status) {
        Runnable before = beforeStatus.getAndSet(null);
        if (before != null) {
            before.run();
        }
        if (thing.getStatus() == ThingStatus.REMOVING && status.getStatus() != ThingStatus.REMOVED) {
            // As openHAB 3.0.1 does it; openHAB 5 ignores the status.
            throw new IllegalArgumentException("Illegal status transition from REMOVING to " + status.getStatus());
        }
        statusEvents.incrementAndGet();
        boolean changed = !status.equals(thing.getStatusInfo());
        thing.setStatusInfo(status);
        if (changed) {
            statuses.add(status);
            afterStatus.run();
        }
    }

    @Override
    public void channelTriggered(Thing thing, ChannelUID channelUID, String event) {
        triggers.add(channelUID.getId());
    }

    @Override
    public Bridge getBridge(ThingUID bridgeUID) {
        return bridges.apply(bridgeUID);
    }

    @Override
    public boolean isChannelLinked(ChannelUID channelUID) {
        return true;
    }

    /** The properties that openHAB has written down, empty before the first time. */
    public Map<String, String> storedProperties() {
        return storedProperties;
    }

    @Override
    public void thingUpdated(Thing thing) {
        storedProperties = Map.copyOf(thing.getProperties());
    }

    @Override
    public void postCommand(ChannelUID channelUID, Command command) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void validateConfigurationParameters(Thing thing, Map<String, Object> configurationParameters) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void configurationUpdated(Thing thing) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void migrateThingType(Thing thing, ThingTypeUID thingTypeUID, Configuration configuration) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ChannelBuilder createChannelBuilder(ChannelUID channelUID, ChannelTypeUID channelTypeUID) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ChannelBuilder editChannel(Thing thing, ChannelUID channelUID) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<ChannelBuilder> createChannelBuilders(
            ChannelGroupUID channelGroupUID, ChannelGroupTypeUID channelGroupTypeUID) {
        throw new UnsupportedOperationException();
    }
}
