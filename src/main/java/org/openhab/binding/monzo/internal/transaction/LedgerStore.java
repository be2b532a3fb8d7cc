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
package org.openhab.binding.monzo.internal.transaction;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.storage.TextStorage;
import org.openhab.core.storage.StorageService;
import org.openhab.core.thing.ThingUID;

/**
 * Stores one ledger per thing in openHAB's storage, so that it survives restarts.
 */
@NonNullByDefault
public class LedgerStore {

    private static final String NAME = "org.openhab.binding.monzo.transactions";

    private final TextStorage storage;
    private final Map<ThingUID, Instant> downtimes = new ConcurrentHashMap<>();

    public LedgerStore(StorageService storageService) {
        storage = new TextStorage(storageService, NAME);
    }

    /**
     * Returns the end of the downtime of openHAB or the binding that a thing has not caught up with yet. A restart of the
     * thing alone is none.
     *
     * @return {@link Instant#MIN} for none
     */
    Instant downtimeEnd(ThingUID thing, Instant now) {
        return downtimes.computeIfAbsent(thing, missing -> now);
    }

    /** Notes that a thing has delivered what happened during the downtime. */
    void caughtUp(ThingUID thing) {
        downtimes.put(thing, Instant.MIN);
    }

    /** Returns the ledger of a thing for an account, empty without a readable one. */
    Optional<TransactionLedger> load(ThingUID thing, String accountId) {
        return storage.read(thing.getAsString(), TransactionLedger::fromJson)
                .filter(stored -> stored.accountId().equals(accountId));
    }

    /** Stores a ledger in place of the thing's former one. openHAB writes it to disk about half a second later. */
    void save(ThingUID thing, TransactionLedger ledger) {
        String text = ledger.toJson();
        if (!storage.read(thing.getAsString(), Optional::of).equals(Optional.of(text))) {
            storage.write(thing.getAsString(), text);
        }
    }

    /** Removes the ledger of a thing that has used it since the binding started: the thing was removed, and added again. */
    public void removeIfUsed(ThingUID thing) {
        if (Instant.MIN.equals(downtimes.get(thing))) {
            remove(thing);
        }
    }

    /** Removes the ledger of a thing, if there is one. */
    public void remove(ThingUID thing) {
        storage.remove(thing.getAsString());
    }
}
