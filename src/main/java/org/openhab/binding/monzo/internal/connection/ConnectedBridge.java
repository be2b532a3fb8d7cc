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

import java.util.Optional;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.model.BankSnapshot;
import org.openhab.binding.monzo.internal.poll.DataRequests;
import org.openhab.core.thing.Bridge;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingStatusInfo;

/**
 * The handler of a bridge, as its connection and discovery use it.
 */
@NonNullByDefault
public interface ConnectedBridge {

    /** Listens for new snapshots and for things added to the bridge. */
    interface SnapshotListener {
        /**
         * Called for each new {@link #snapshot()}, {@link BankSnapshot#EMPTY} after a logout. The snapshot is not an
         * argument because two threads may call this at the same time in any order, and the later snapshot counts.
         */
        void onSnapshot();

        /** Called when a thing of this bridge was added, which removes it from the Inbox. */
        void thingAdded(Thing thing);
    }

    Bridge getThing();

    /** Returns the connection, {@code null} while the bridge is not initialized. */
    @Nullable
    MonzoConnection connection();

    /** Returns the latest snapshot, {@link BankSnapshot#EMPTY} before the first one. */
    default BankSnapshot snapshot() {
        MonzoConnection open = connection();
        return open == null ? BankSnapshot.EMPTY : open.snapshot();
    }

    void setSnapshotListener(@Nullable SnapshotListener listener);

    /**
     * Called before each refresh.
     *
     * @param latest the latest snapshot before it
     * @return the data that the things of this bridge require
     */
    DataRequests beginRefresh(BankSnapshot latest);

    /** Updates the things from the latest snapshot. */
    void updateThings();

    /** Discards what the things know, as the next login may be of a different user. */
    void resetThings();

    void setStatus(ThingStatusInfo status);

    /** Updates a property; removes it if the value is empty. */
    void setProperty(String name, Optional<String> value);

    /** Calls the listener of {@link #setSnapshotListener} after a new snapshot. */
    void notifyDiscovery();
}
