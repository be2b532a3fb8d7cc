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

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.RequestStatistics;
import org.openhab.binding.monzo.internal.connection.BridgeConfiguration;
import org.openhab.binding.monzo.internal.connection.ConnectedBridge;
import org.openhab.binding.monzo.internal.connection.ConnectionRegistry;
import org.openhab.binding.monzo.internal.connection.MonzoConnection;
import org.openhab.binding.monzo.internal.discovery.MonzoDiscoveryService;
import org.openhab.binding.monzo.internal.model.BankSnapshot;
import org.openhab.binding.monzo.internal.poll.DataRequests;
import org.openhab.core.thing.Bridge;
import org.openhab.core.thing.ChannelUID;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingStatus;
import org.openhab.core.thing.ThingStatusDetail;
import org.openhab.core.thing.ThingStatusInfo;
import org.openhab.core.thing.ThingUID;
import org.openhab.core.thing.binding.BaseBridgeHandler;
import org.openhab.core.thing.binding.ThingHandler;
import org.openhab.core.thing.binding.ThingHandlerService;
import org.openhab.core.types.Command;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handler of a Monzo login as a bridge. It has a {@link MonzoConnection} while it is initialized, and passes its
 * snapshots to its things.
 */
@NonNullByDefault
public class MonzoBridgeHandler extends BaseBridgeHandler implements ConnectedBridge {

    private final Logger logger = LoggerFactory.getLogger(MonzoBridgeHandler.class);

    private final ConnectionRegistry connections;
    private final Set<ThingUID> reported = ConcurrentHashMap.newKeySet();
    private final RequestStatistics statistics;

    private volatile @Nullable MonzoConnection connection;
    private volatile @Nullable SnapshotListener discovery;

    public MonzoBridgeHandler(Bridge bridge, ConnectionRegistry connections) {
        super(bridge);
        this.connections = connections;
        this.statistics = connections.newStatistics();
    }

    @Override
    public void initialize() {
        BridgeConfiguration configuration = getConfigAs(BridgeConfiguration.class);
        resetThings(); // the next login may be of a different user
        MonzoConnection opened = connect(configuration);
        connection = opened;
        opened.start();
    }

    private MonzoConnection connect(BridgeConfiguration configuration) {
        return connections.connect(this, configuration, getConfig(), statistics);
    }

    @Override
    public void dispose() {
        MonzoConnection closed = connection;
        connection = null;
        if (closed != null) {
            closed.close();
        }
    }

    @Override
    public void handleRemoval() {
        MonzoConnection open = connection;
        MonzoConnection removed = open != null ? open : connect(getConfigAs(BridgeConfiguration.class));
        dispose();
        removed.remove(() -> {
            if (getCallback() != null) { // null after a forced removal, when openHAB would log a warning
                updateStatus(ThingStatus.REMOVED);
            }
        });
    }

    @Override
    public void handleCommand(ChannelUID channelUID, Command command) {
        // A bridge has no channels.
    }

    @Override
    public Collection<Class<? extends ThingHandlerService>> getServices() {
        return List.of(MonzoDiscoveryService.class);
    }

    @Override
    public void childHandlerInitialized(ThingHandler childHandler, Thing childThing) {
        SnapshotListener listener = discovery;
        if (listener != null) {
            listener.thingAdded(childThing);
        }
        if (childHandler instanceof MonzoChildHandler child) {
            refreshFor(child);
        }
    }

    /** Refreshes soon if data of a thing has not been fetched yet. */
    void refreshFor(MonzoChildHandler child) {
        MonzoConnection open = connection;
        if (open != null && !child.hasRequiredData(open.snapshot())) {
            open.poller().refreshForNewThing();
        }
    }

    /** Applies an action to each thing; an exception in one of them does not affect the others. */
    private void forEachThing(Consumer<MonzoChildHandler> action) {
        for (Thing thing : getThing().getThings()) {
            // openHAB keeps a thing that was moved with its former bridge, too.
            if (thing.getHandler() instanceof MonzoChildHandler child
                    && getThing().getUID().equals(child.getThing().getBridgeUID())) {
                try {
                    action.accept(child);
                } catch (RuntimeException e) {
                    report(thing, e);
                }
            }
        }
    }

    /** Logs an error, without the UID of the thing, which may be the bank's ID and would be in the report of the bug. */
    private void report(Thing thing, RuntimeException e) {
        ThingUID uid = getThing().getUID();
        String type = thing.getThingTypeUID().getId();
        if (thing.getStatus() == ThingStatus.REMOVING) {
            // Since the update began; openHAB up to 3.x throws for every status except REMOVED.
            logger.debug("{}: {} not updated while being removed", uid, type);
        } else if (reported.add(thing.getUID())) {
            logger.warn("{}: unexpected error while updating a thing ({}); please report a bug", uid, type, e);
        } else {
            logger.debug("{}: unexpected error while updating a thing ({})", uid, type, e);
        }
    }

    /**
     * Returns whether a status is to be sent: if it differs, as openHAB sends an event for each update, and while a
     * thing is being removed only REMOVED, as openHAB up to 3.x throws for every other.
     */
    static boolean isToBeSent(ThingStatusInfo status, Thing thing) {
        boolean isRefused = thing.getStatus() == ThingStatus.REMOVING && status.getStatus() != ThingStatus.REMOVED;
        return !isRefused && !status.equals(thing.getStatusInfo());
    }

    @Override
    protected synchronized void updateStatus(
            ThingStatus status, ThingStatusDetail detail, @Nullable String description) {
        if (isToBeSent(new ThingStatusInfo(status, detail, description), getThing())) {
            super.updateStatus(status, detail, description);
        }
    }

    // ConnectedBridge

    @Override
    public void setProperty(String name, Optional<String> value) {
        Map<String, @Nullable String> properties = new HashMap<>();
        properties.put(name, value.isPresent() ? value.get() : null);
        MonzoChildHandler.storeProperties(getThing(), getCallback(), properties);
    }

    @Override
    public void setStatus(ThingStatusInfo status) {
        updateStatus(status.getStatus(), status.getStatusDetail(), status.getDescription());
    }

    @Override
    public @Nullable MonzoConnection connection() {
        return connection;
    }

    @Override
    public DataRequests beginRefresh(BankSnapshot latest) {
        List<DataRequests> parts = new ArrayList<>();
        forEachThing(child -> parts.add(child.beginRefresh(latest)));
        return DataRequests.union(parts.stream());
    }

    @Override
    public void updateThings() {
        forEachThing(MonzoChildHandler::update);
    }

    @Override
    public void resetThings() {
        forEachThing(MonzoChildHandler::reset);
    }

    @Override
    public void setSnapshotListener(@Nullable SnapshotListener listener) {
        discovery = listener;
    }

    @Override
    public void notifyDiscovery() {
        SnapshotListener listener = discovery;
        if (listener != null) {
            listener.onSnapshot();
        }
    }
}
