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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.model.PotTransfer;
import org.openhab.binding.monzo.internal.storage.TextStorage;
import org.openhab.binding.monzo.internal.transfer.TransferRecord.Origin;
import org.openhab.binding.monzo.internal.transfer.TransferRecord.State;
import org.openhab.binding.monzo.internal.transfer.TransferResults.TransferResult.Outcome;
import org.openhab.core.i18n.TimeZoneProvider;
import org.openhab.core.storage.StorageService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The transfers of all logins that were made, may have been made, or that rules wait for. It survives restarts.
 * <p>
 * A transfer counts towards its day from before its first request until Monzo has certainly refused it. The only
 * permit makes the transfers of all logins wait for each other, so that two deposits cannot rely on the same balance: a
 * joint account may be in two logins.
 */
@NonNullByDefault
@Component(service = TransferLedger.class)
public class TransferLedger {

    static final String STORAGE = "org.openhab.binding.monzo.transfers";

    /**
     * The time for which the IDs of rules are known. It is long because Monzo may recognize an ID forever, and confirm
     * an old one although it moves nothing.
     */
    static final Duration RETENTION = Duration.ofDays(10 * 365);

    /** The time for which amounts and pots are known; the day to which a wrong clock may be set back counts. */
    static final Duration DETAILS_RETENTION = Duration.ofDays(30);

    /** The number of transfers that are known; those of the current day are always. */
    static final int MAX_RECORDS = 5000;

    /** Transfers later than this were made while the clock was wrong. */
    private static final Duration MAX_CLOCK_ERROR = Duration.ofDays(2);

    private final TextStorage storage;
    private final Clock clock;
    private final Supplier<ZoneId> zone;
    private final Semaphore permit = new Semaphore(1, true);

    /** By the UID of the bridge and the ID of the transfer. */
    private final Map<String, TransferRecord> records = new HashMap<>();

    @Activate
    public TransferLedger(@Reference StorageService storages, @Reference TimeZoneProvider zones) {
        this(storages, Clock.systemUTC(), zones::getTimeZone);
    }

    /**
     * Creates the ledger with the stored transfers. It forgets none of them yet: a computer without a clock of its own
     * may start in 1970, and is set right before it reaches Monzo.
     *
     * @param zone openHAB's time zone, which separates the days
     */
    public TransferLedger(StorageService storages, Clock clock, Supplier<ZoneId> zone) {
        this.storage = new TextStorage(storages, STORAGE);
        this.clock = clock;
        this.zone = zone;
        for (String key : storage.keys()) {
            storage.read(key, text -> Optional.of(TransferRecord.parse(text)))
                    .ifPresent(record -> records.put(key, record));
        }
    }

    /** Waits for the permit to transfer, which another thread may release; returns whether it was acquired. */
    boolean acquire(Duration timeout) throws InterruptedException {
        return permit.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    void release() {
        permit.release();
    }

    /** Returns a login's record of a transfer that was made or may have been made, {@code null} for none. */
    synchronized @Nullable TransferRecord find(String bridgeUid, TransferId id) {
        return records.get(key(bridgeUid, id.dedupeId()));
    }

    /**
     * Returns another login's record of a transfer. The pot of a joint account may be in two logins, and Monzo
     * recognizes an ID only if the same person repeats it.
     */
    synchronized Optional<TransferRecord> findOfOtherLogin(String bridgeUid, TransferId id, String potId) {
        String suffix = key("", id.dedupeId());
        String own = key(bridgeUid, id.dedupeId());
        return records.entrySet().stream()
                .filter(entry ->
                        entry.getKey().endsWith(suffix) && !entry.getKey().equals(own))
                .map(Map.Entry::getValue)
                .filter(record -> record.isOf(potId))
                .findAny();
    }

    /**
     * Stores a transfer that a rule wants, once for its ID, unless that of another rule was refused, and once for the
     * same transaction and action of the rule. One by the balance replaces itself while it waits.
     *
     * @return whether it is to be sent
     */
    synchronized boolean add(String bridgeUid, TransferId id, String potId, TransferRecord waiting) {
        Origin origin = waiting.origin();
        String key = key(bridgeUid, id.dedupeId());
        Optional<TransferRecord> own = Optional.ofNullable(records.get(key));
        if (Stream.concat(
                                own.filter(record -> !record.isWaitingByBalance()).stream(),
                                findOfOtherLogin(bridgeUid, id, potId).stream())
                        .anyMatch(record -> record.state() != State.REFUSED)
                || records.values().stream()
                        .map(TransferRecord::origin)
                        .anyMatch(other -> origin != null && other != null && other.isSameTransaction(origin))) {
            return false;
        }
        // The refusal stays with its action, which must not try again.
        own.filter(record -> record.state() == State.REFUSED)
                .ifPresent(record -> put(key(bridgeUid, TransferId.random().dedupeId()), record));
        put(key, waiting);
        return true;
    }

    /**
     * Returns the IDs and records of the transfers that an action of a rule waits for, or that it may have made, oldest
     * first.
     */
    synchronized Map<TransferId, TransferRecord> pending(String bridgeUid, TransferRule rule) {
        String prefix = key(bridgeUid, "");
        Map<TransferId, TransferRecord> pending = new LinkedHashMap<>();
        records.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .filter(entry -> entry.getValue().isPendingFor(rule))
                .sorted(Comparator.comparing(entry -> entry.getValue().since()))
                .forEach(entry -> {
                    String dedupeId = entry.getKey().substring(prefix.length());
                    TransferRecord record = entry.getValue();
                    pending.put(new TransferId(dedupeId, record.named(), null), record);
                });
        return pending;
    }

    /**
     * Counts and stores a transfer as possibly made. One that may have been made before counts on its first day.
     *
     * @param dailyLimit the limit of all transfers of the day
     * @return whether the limit permits it; if not, nothing has changed
     */
    synchronized boolean reserve(String bridgeUid, PotTransfer transfer, TransferId id, BigDecimal dailyLimit) {
        Instant now = clock.instant();
        prune(now);
        String key = key(bridgeUid, transfer.dedupeId());
        TransferRecord record = records.get(key);
        if (record != null && record.state() != State.WAITING) {
            return true;
        } else if (sumOfDay(bridgeUid, now).add(transfer.amount()).compareTo(dailyLimit) > 0) {
            return false;
        }
        put(key, record == null ? TransferRecord.sent(transfer, id, now) : record.sent(transfer, now));
        return true;
    }

    /** Returns a login's latest transfers whose amounts are known, the newest first. */
    synchronized List<TransferRecord> latest(String bridgeUid, int count) {
        return records.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(key(bridgeUid, "")))
                .map(Map.Entry::getValue)
                .filter(TransferRecord::isShown)
                .sorted(Comparator.comparing(TransferRecord::time).reversed())
                .limit(count)
                .toList();
    }

    /** Ends what an action of a rule waits for or may have made, with any login: its rule is disabled or removed. */
    synchronized void drop(TransferRule rule) {
        Map.copyOf(records).forEach((key, record) -> {
            if (record.isPendingFor(rule)) {
                replace(key, record.dropped());
            }
        });
    }

    /** Ends a transfer of a rule that was edited: it is not sent any more, and forgotten if it never was. */
    synchronized void drop(String bridgeUid, TransferId id) {
        String key = key(bridgeUid, id.dedupeId());
        TransferRecord record = records.get(key);
        if (record != null) {
            replace(key, record.dropped());
        }
    }

    /**
     * Records the result of a transfer.
     *
     * @param passing whether what a rule wants is sent again
     */
    synchronized void settle(String bridgeUid, TransferId id, Outcome outcome, boolean passing) {
        String key = key(bridgeUid, id.dedupeId());
        TransferRecord record = records.get(key);
        if (record != null) {
            replace(key, record.settled(outcome, passing));
        }
    }

    /**
     * Forgets amounts and pots of a login that is removed, but those of today, for its limit, and what rules wait for.
     */
    public synchronized void forgetDetails(String bridgeUid) {
        LocalDate today = day(clock.instant());
        Map.copyOf(records).forEach((key, record) -> {
            if (!key.startsWith(key(bridgeUid, ""))) {
                return;
            } else if (record.state() == State.WAITING) {
                remove(key);
            } else if (day(record.time()).isBefore(today)) {
                dropDetails(key, record);
            }
        });
    }

    /** Forgets what is too old; called after each refresh. */
    public synchronized void prune() {
        prune(clock.instant());
    }

    /**
     * Returns the sum of a login's transfers of today. Those of a later day count too: the clock was set back, and
     * neither that nor its correction may lift the limit.
     */
    private BigDecimal sumOfDay(String bridgeUid, Instant now) {
        LocalDate today = day(now);
        return records.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(key(bridgeUid, "")))
                .map(Map.Entry::getValue)
                .filter(record -> !day(record.time()).isBefore(today))
                .map(TransferRecord::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, zone.get());
    }

    private void prune(Instant now) {
        Map.copyOf(records).forEach((key, record) -> {
            if (record.time().isAfter(now.plus(MAX_CLOCK_ERROR))) {
                put(key, record.at(now)); // it must not lower the limit for long
            } else if (isOlder(record, record.named() ? RETENTION : DETAILS_RETENTION, now)) {
                remove(key);
            } else if (isOlder(record, DETAILS_RETENTION, now)) {
                dropDetails(key, record);
            }
        });
        if (records.size() > MAX_RECORDS) {
            LocalDate today = day(now);
            records.entrySet().stream()
                    .filter(entry -> day(entry.getValue().time()).isBefore(today))
                    .sorted(Comparator.comparing((Map.Entry<String, TransferRecord> entry) ->
                                    entry.getValue().named())
                            .thenComparing(entry -> entry.getValue().time()))
                    .limit(records.size() - MAX_RECORDS)
                    .map(Map.Entry::getKey)
                    .toList()
                    .forEach(this::remove);
        }
    }

    private static boolean isOlder(TransferRecord record, Duration age, Instant now) {
        return record.time().plus(age).isBefore(now);
    }

    private void dropDetails(String key, TransferRecord record) {
        if (record.details() != null) {
            put(key, record.withoutDetails());
        }
    }

    private static String key(String bridgeUid, String dedupeId) {
        return bridgeUid + "/" + dedupeId;
    }

    private void replace(String key, Optional<TransferRecord> record) {
        record.ifPresentOrElse(kept -> put(key, kept), () -> remove(key));
    }

    private void put(String key, TransferRecord record) {
        storage.write(key, record.toJson());
        records.put(key, record);
    }

    private void remove(String key) {
        records.remove(key);
        storage.remove(key);
    }
}
