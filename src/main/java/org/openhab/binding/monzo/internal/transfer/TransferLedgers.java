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
package org.openhab.binding.monzo.internal.transfer;

import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.i18n.MonzoTexts;
import org.openhab.binding.monzo.internal.storage.TextStorage;
import org.openhab.core.storage.StorageService;
import org.openhab.core.thing.ThingUID;

/**
 * The ledgers of all logins.
 */
@NonNullByDefault
public class TransferLedgers {

    static final String STORAGE = "org.openhab.binding.monzo.transfers";

    private final TextStorage storage;
    private final Semaphore permit = new Semaphore(1, true);
    private final Clock clock;
    private final Supplier<ZoneId> zone;
    private final Map<String, TransferLedger> ledgers = new ConcurrentHashMap<>();

    /**
     * Opens the storage.
     *
     * @param zone openHAB's time zone, which separates the days
     */
    public TransferLedgers(StorageService storage, Clock clock, Supplier<ZoneId> zone) {
        this.storage = new TextStorage(storage, STORAGE);
        this.clock = clock;
        this.zone = zone;
    }

    /** Returns the ledger of a login, the same for each of its lifecycles. */
    TransferLedger ledger(String login) {
        return ledgers.computeIfAbsent(login, this::create);
    }

    private TransferLedger create(String login) {
        return new TransferLedger(login, storage, permit, clock, zone);
    }

    /**
     * Returns the result of a transfer while its login is disabled or not configured.
     *
     * @param login the UID of its bridge, {@code null} if it has none
     */
    public TransferResult withoutLogin(@Nullable ThingUID login, TransferRequest request, MonzoTexts texts) {
        TransferLedger ledger = login == null ? create("") : ledger(login.getAsString()); // of no login, thus empty
        TransferResults results = new TransferResults(ledger, texts);
        try {
            TransferName name = TransferName.of(request.id());
            TransferResult earlier = results.earlier(request, name);
            return earlier != null
                    ? earlier
                    : results.refused(
                            name,
                            new TransferRefusedException(
                                    login == null ? "transfer.pot-offline" : "transfer.login-offline"));
        } catch (TransferRefusedException e) {
            return results.refused(e.textKey(), e.arguments());
        }
    }
}
