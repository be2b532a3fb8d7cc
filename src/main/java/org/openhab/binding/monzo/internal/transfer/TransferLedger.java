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

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.model.PotTransfer;
import org.openhab.binding.monzo.internal.storage.TextStorage;

/**
 * The transfers of one login that were made, or may have been made. It is shared by the successive lifecycles of a
 * bridge and survives restarts.
 * <p>
 * A transfer counts towards its day from before its first request until Monzo has certainly refused it. The only
 * permit makes the transfers of all logins wait for each other, so that two deposits cannot rely on the same balance: a
 * joint account may be in two logins.
 */
@NonNullByDefault
class TransferLedger {

    /**
     * The time for which the IDs of rules are known. It is long because Monzo may recognize an ID for ever, and confirm
     * an old one although it moves nothing.
     */
    static final Duration RETENTION = Duration.ofDays(10 * 365);

    /** The number of transfers that are known; those of the current day are always. */
    static final int MAX_RECORDS = 5000;

    /** A record without an ID only counts towards the sum of its day, to which a wrong clock may be set back. */
    private static final Duration UNNAMED_RETENTION = Duration.ofDays(30);

    /** Transfers later than this were made while the clock was wrong. */
    private static final Duration MAX_CLOCK_ERROR = Duration.ofDays(2);

    private final String prefix;
    private final TextStorage storage;
    private final Clock clock;
    private final Supplier<ZoneId> zone;
    private final Semaphore permit;
    private final Map<String, TransferRecord> records = new HashMap<>();

    /**
     * Creates a ledger with the stored transfers.
     *
     * @param login the login, which begins the keys of its transfers in the storage
     * @param permit the permit to transfer, shared by all ledgers
     * @param zone the time zone of the days
     */
    TransferLedger(String login, TextStorage storage, Semaphore permit, Clock clock, Supplier<ZoneId> zone) {
        this.prefix = login + "/";
        this.storage = storage;
        this.permit = permit;
        this.clock = clock;
        this.zone = zone;
        for (String key : storage.keys()) {
            if (key.startsWith(prefix)) {
                storage.read(key, TransferRecord::parse)
                        .ifPresent(record -> records.put(key.substring(prefix.length()), record));
            }
        }
    }

    /** Waits for the permit to transfer, which another thread may release; returns whether it was acquired. */
    boolean acquire(Duration timeout) throws InterruptedException {
        return permit.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    void release() {
        permit.release();
    }

    /** Returns the record of a transfer that was made or may have been made, {@code null} for none. */
    synchronized @Nullable TransferRecord find(String dedupeId) {
        return records.get(dedupeId);
    }

    /**
     * Returns another login's record of a transfer. The pot of a joint account may be in two
     * logins, and Monzo recognizes an ID only if the same person repeats it.
     */
    Optional<TransferRecord> findOfOtherLogin(String dedupeId, String potId) {
        String suffix = "/" + dedupeId;
        return storage.keys().stream()
                .filter(key -> key.endsWith(suffix) && !key.startsWith(prefix))
                .flatMap(key -> storage.read(key, TransferRecord::parse).stream())
                .filter(record -> record.potId().equals(potId))
                .findAny();
    }

    /**
     * Counts and stores a transfer as possibly made. One that is stored already counts on its first day.
     *
     * @param named whether a rule can name it again
     * @param dailyLimit the limit of all transfers of the day
     * @return whether the limit permits it; if not, nothing has changed
     */
    synchronized boolean reserve(PotTransfer transfer, boolean named, BigDecimal dailyLimit) {
        Instant now = clock.instant();
        prune(now);
        if (records.containsKey(transfer.dedupeId())) {
            return true;
        } else if (sumOfDay(now).add(transfer.amount()).compareTo(dailyLimit) > 0) {
            return false;
        }
        put(transfer.dedupeId(), TransferRecord.of(transfer, named, now));
        return true;
    }

    /** Marks a reserved transfer as made. */
    synchronized void complete(String dedupeId) {
        TransferRecord record = records.get(dedupeId);
        if (record != null) {
            put(dedupeId, record.asDone());
        }
    }

    /** Removes a reserved transfer that was certainly not made. */
    synchronized void cancel(String dedupeId) {
        records.remove(dedupeId);
        storage.remove(prefix + dedupeId);
    }

    /**
     * Returns the sum of the transfers of today. Those of a later day count too: the clock was set back, and
     * neither that nor its correction may lift the limit.
     */
    private BigDecimal sumOfDay(Instant now) {
        BigDecimal sum = BigDecimal.ZERO;
        for (TransferRecord record : records.values()) {
            if (!day(record.time()).isBefore(day(now))) {
                sum = sum.add(record.amount());
            }
        }
        return sum;
    }

    private LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, zone.get());
    }

    private void prune(Instant now) {
        for (Map.Entry<String, TransferRecord> entry : List.copyOf(records.entrySet())) {
            TransferRecord record = entry.getValue();
            if (record.time().isAfter(now.plus(MAX_CLOCK_ERROR))) {
                put(entry.getKey(), record.at(now)); // it must not lower the limit for long
            } else if (record.time()
                    .plus(record.named() ? RETENTION : UNNAMED_RETENTION)
                    .isBefore(now)) {
                cancel(entry.getKey());
            }
        }
        records.entrySet().stream()
                .filter(entry -> day(entry.getValue().time()).isBefore(day(now)))
                .sorted(Comparator.comparing((Map.Entry<String, TransferRecord> entry) ->
                                entry.getValue().named())
                        .thenComparing(entry -> entry.getValue().time()))
                .limit(Math.max(0, records.size() - MAX_RECORDS))
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::cancel);
    }

    private void put(String dedupeId, TransferRecord record) {
        storage.write(prefix + dedupeId, record.toJson());
        records.put(dedupeId, record);
    }
}
