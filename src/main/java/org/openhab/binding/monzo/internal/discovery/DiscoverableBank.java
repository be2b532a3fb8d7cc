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
 * What discovery needs of a bridge.
 */
@NonNullByDefault
public interface DiscoverableBank {

    /** Is told of each new snapshot, and of things that openHAB has begun to use. */
    interface SnapshotListener {
        /**
         * There is a new {@link #snapshot()}, {@link BankSnapshot#EMPTY} when nobody is logged in any more. Not an
         * argument: two threads may tell of one each, and the later one counts, whoever comes first.
         */
        void onSnapshot();

        /** A thing of this bridge was added, which takes it out of openHAB's Inbox. */
        void thingAdded(Thing thing);
    }

    ThingUID uid();

    /** The latest picture, {@link BankSnapshot#EMPTY} before there is one. */
    BankSnapshot snapshot();

    /** The things that openHAB has at this bridge. */
    List<Thing> things();

    /** The login's label where openHAB has more than one Monzo login, else {@code null}. */
    @Nullable
    String loginLabel();

    MonzoTexts texts();

    /** Asks for a picture of everything, which the listener then hears of; for nothing while nobody is logged in. */
    void refreshAll();

    void setSnapshotListener(@Nullable SnapshotListener listener);
}
