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
package org.openhab.binding.monzo.internal.discovery;

import java.util.List;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.i18n.MonzoTexts;
import org.openhab.binding.monzo.internal.model.BankSnapshot;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingUID;

/**
 * A bridge as required by discovery.
 */
@NonNullByDefault
public interface DiscoverableBank {

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

    ThingUID uid();

    /** Returns the latest snapshot, {@link BankSnapshot#EMPTY} before the first one. */
    BankSnapshot snapshot();

    /** Returns the things of this bridge. */
    List<Thing> things();

    /** Returns the login's label if openHAB has several Monzo logins, otherwise {@code null}. */
    @Nullable
    String loginLabel();

    MonzoTexts texts();

    /** Requests a full refresh, whose snapshot the listener is notified of. Does nothing if not logged in. */
    void refreshAll();

    void setSnapshotListener(@Nullable SnapshotListener listener);
}
