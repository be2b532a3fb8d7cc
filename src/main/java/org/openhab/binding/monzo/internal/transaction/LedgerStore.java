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

import java.util.Optional;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.core.storage.Storage;
import org.openhab.core.storage.StorageService;
import org.openhab.core.thing.ThingUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores one ledger per thing in openHAB's storage, so that it survives restarts.
 */
@NonNullByDefault
public class LedgerStore {

    private static final String NAME = "org.openhab.binding.monzo.transactions";

    private final Logger logger = LoggerFactory.getLogger(LedgerStore.class);

    private final Storage<String> storage;

    public LedgerStore(StorageService storageService) {
        storage = storageService.getStorage(NAME, LedgerStore.class.getClassLoader());
    }

    /** Returns the ledger of a thing for an account, empty without a readable one. */
    Optional<TransactionLedger> load(ThingUID thing, String accountId) {
        Object text = storage.get(thing.getAsString()); // somebody may have edited the file
        if (text == null) {
            return Optional.empty();
        }
        Optional<TransactionLedger> ledger = TransactionLedger.fromJson(text.toString());
        if (ledger.isEmpty()) {
            logger.debug("{}: the stored record of transactions is damaged, starting a new one", thing);
        }
        return ledger.filter(stored -> stored.accountId().equals(accountId));
    }

    /** Stores a ledger in place of the thing's former one. openHAB writes it to disk about half a second later. */
    void save(ThingUID thing, TransactionLedger ledger) {
        String text = ledger.toJson();
        if (!text.equals(storage.get(thing.getAsString()))) {
            storage.put(thing.getAsString(), text);
        }
    }

    /** Removes the ledger of a thing, if there is one. */
    public void remove(ThingUID thing) {
        if (storage.containsKey(thing.getAsString())) {
            storage.remove(thing.getAsString());
        }
    }
}
