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

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.compat.StartLevel;
import org.openhab.binding.monzo.internal.model.Transaction;
import org.openhab.binding.monzo.internal.storage.TextStorage;
import org.openhab.core.storage.StorageService;
import org.openhab.core.thing.ThingUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Keeps what each thing has delivered: its ledger in openHAB's storage, so that it survives restarts, and the
 * transactions themselves in memory only, for the modules of rules.
 */
@NonNullByDefault
@Component(service = LedgerStore.class)
public class LedgerStore {

    private static final String NAME = "org.openhab.binding.monzo.transactions";

    private final TextStorage storage;
    private final BooleanSupplier rulesRunning;
    private final Clock clock;
    private final Map<ThingUID, Instant> downtimes = new ConcurrentHashMap<>();
    private final Map<ThingUID, Delivered> delivered = new ConcurrentHashMap<>();

    /** The latest transactions that a thing has delivered, by ID. Enough of them for rules that lag behind. */
    private static class Delivered extends LinkedHashMap<String, Transaction> {

        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.@Nullable Entry<String, Transaction> eldest) {
            return size() > TransactionLedger.MAX_OVERLAP_SIZE;
        }
    }

    @Activate
    public LedgerStore(@Reference StorageService storageService, @Reference StartLevel startLevel) {
        this(storageService, startLevel::rulesRunning, Clock.systemUTC());
    }

    /**
     * Creates the store outside OSGi.
     *
     * @param rulesRunning returns whether rules receive what is delivered
     */
    public LedgerStore(StorageService storageService, BooleanSupplier rulesRunning, Clock clock) {
        this.storage = new TextStorage(storageService, NAME);
        this.rulesRunning = rulesRunning;
        this.clock = clock;
    }

    /**
     * Creates a dispatcher that continues where the former one of the same thing and account ended, if there was one.
     */
    public TransactionDispatcher dispatcher(ThingUID thing, String accountId) {
        return new TransactionDispatcher(thing, accountId, this, clock);
    }

    boolean rulesRunning() {
        return rulesRunning.getAsBoolean();
    }

    /**
     * Returns the end of the downtime of openHAB or the binding that a thing has not caught up with yet. A restart of
     * the thing alone is none.
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

    /** Notes that a thing delivers a transaction, or a change of one. */
    void delivers(ThingUID thing, Transaction transaction) {
        Delivered latest = delivered.computeIfAbsent(thing, none -> new Delivered());
        synchronized (latest) {
            latest.put(transaction.id(), transaction);
        }
    }

    /**
     * Returns a transaction as the bank last listed it when a thing delivered it, or a change of it.
     *
     * @param id any text
     * @return the transaction, empty if the thing has delivered none with this ID since the binding started
     */
    public Optional<Transaction> delivered(ThingUID thing, String id) {
        Delivered latest = delivered.getOrDefault(thing, new Delivered());
        synchronized (latest) {
            return Optional.ofNullable(latest.get(id));
        }
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

    /**
     * Removes the ledger of a thing that has used it since the binding started: the thing was removed, and added again.
     */
    public void removeIfUsed(ThingUID thing) {
        if (Instant.MIN.equals(downtimes.get(thing))) {
            remove(thing);
        }
    }

    /** Forgets what a thing has delivered. */
    public void remove(ThingUID thing) {
        delivered.remove(thing);
        storage.remove(thing.getAsString());
    }
}
