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
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.model.BankSnapshot;
import org.openhab.binding.monzo.internal.poll.DataRequests;
import org.openhab.core.thing.ThingStatus;
import org.openhab.core.thing.ThingUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The child things of a bridge. An exception in one of them does not affect the others.
 */
@NonNullByDefault
class Children {

    private final Logger logger = LoggerFactory.getLogger(Children.class);

    private final ThingUID bridge;
    private final Set<MonzoChildHandler> children = ConcurrentHashMap.newKeySet();
    private final Set<ThingUID> reported = ConcurrentHashMap.newKeySet();

    Children(ThingUID bridge) {
        this.bridge = bridge;
    }

    void add(MonzoChildHandler child) {
        children.add(child);
    }

    /** Removes a disposed child, unless it has been initialized again: openHAB may call this late. */
    void removeDisposed(MonzoChildHandler child) {
        if (!child.isActive()) {
            children.remove(child);
        }
    }

    /**
     * Returns the data that the children need.
     *
     * @param latest the latest snapshot before the refresh
     */
    DataRequests dataRequests(BankSnapshot latest) {
        List<DataRequests> parts = new ArrayList<>();
        forEach(child -> parts.add(child.dataRequests(latest)));
        return DataRequests.union(parts.stream());
    }

    /** Updates all children from the bridge's current snapshot. */
    void update() {
        forEach(MonzoChildHandler::update);
    }

    void reset() {
        forEach(MonzoChildHandler::reset);
    }

    private void forEach(Consumer<MonzoChildHandler> action) {
        for (MonzoChildHandler child : assignedChildren()) {
            try {
                action.accept(child);
            } catch (RuntimeException e) {
                report(child, e);
            }
        }
    }

    /** Returns the children, without those moved to another bridge; openHAB does not notify the former bridge. */
    private List<MonzoChildHandler> assignedChildren() {
        children.removeIf(child -> !bridge.equals(child.getThing().getBridgeUID()));
        return List.copyOf(children);
    }

    private void report(MonzoChildHandler child, RuntimeException e) {
        ThingUID uid = child.getThing().getUID();
        if (child.getThing().getStatus() == ThingStatus.REMOVING) {
            // openHAB up to 3.x throws for every status except REMOVED.
            logger.debug("{}: not updated while being removed: {}", uid, e.getMessage());
        } else if (reported.add(uid)) {
            logger.warn("{}: unexpected error while updating; please report a bug", uid, e);
        } else {
            logger.debug("{}: unexpected error while updating", uid, e);
        }
    }
}
