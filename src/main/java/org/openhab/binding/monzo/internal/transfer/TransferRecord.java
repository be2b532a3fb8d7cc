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

import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.Json;
import org.openhab.binding.monzo.internal.model.PotTransfer;
import org.openhab.binding.monzo.internal.model.PotTransfer.Direction;

/**
 * A stored transfer that was made, or may have been made. After a while only hashes remain of what was moved, which tell
 * whether a later transfer with its ID is the same.
 *
 * @param potHash identifies the pot
 * @param hash identifies pot, direction and amount
 * @param details what was moved, {@code null} once only the hashes are kept
 * @param currency ISO 4217 code, {@code null} if Monzo omitted it
 * @param time the time before the first request, on whose day it counts
 * @param named whether a rule can name it again
 * @param done whether Monzo confirmed it
 */
@NonNullByDefault
record TransferRecord(
        String potHash,
        String hash,
        @Nullable Details details,
        @Nullable String currency,
        Instant time,
        boolean named,
        boolean done) {

    /**
     * What was moved.
     *
     * @param amount the amount in major units
     */
    record Details(String potId, Direction direction, BigDecimal amount) {

        @Override
        public String toString() {
            return "Details[" + direction + "]"; // never log amounts or IDs
        }
    }

    /** A positive amount, in as many digits as exact arithmetic can do with. */
    private static final Pattern AMOUNT = Pattern.compile("\\d{1,20}(\\.\\d{1,20})?");

    /** A time that can be added to. */
    private static final Pattern TIME = Pattern.compile("\\d{4}-.*");

    /** Creates the record of a transfer that may be made from now on. */
    static TransferRecord of(PotTransfer transfer, boolean named, Instant now) {
        Details details = new Details(transfer.potId(), transfer.direction(), transfer.amount());
        return of(details, transfer.currency(), now, named, false);
    }

    private static TransferRecord of(
            Details details, @Nullable String currency, Instant time, boolean named, boolean done) {
        return new TransferRecord(hash(details.potId()), hash(details), details, currency, time, named, done);
    }

    private static String hash(Details details) {
        String amount = details.amount().stripTrailingZeros().toPlainString();
        return hash(details.potId() + "/" + details.direction() + "/" + amount);
    }

    private static String hash(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }

    boolean isOf(String potId) {
        return potHash.equals(hash(potId));
    }

    boolean isSame(Details other) {
        return hash.equals(hash(other));
    }

    /** Returns the amount, 0 once it is no longer kept. */
    BigDecimal amount() {
        Details kept = details;
        return kept == null ? BigDecimal.ZERO : kept.amount();
    }

    TransferRecord at(Instant newTime) {
        return new TransferRecord(potHash, hash, details, currency, newTime, named, done);
    }

    TransferRecord asDone() {
        return new TransferRecord(potHash, hash, details, currency, time, named, true);
    }

    TransferRecord withoutDetails() {
        return new TransferRecord(potHash, hash, null, currency, time, named, done);
    }

    String toJson() {
        JsonObject json = new JsonObject();
        Details kept = details;
        if (kept == null) {
            json.addProperty("potHash", potHash);
            json.addProperty("hash", hash);
        } else {
            json.addProperty("pot", kept.potId());
            json.addProperty("direction", kept.direction().name());
            json.addProperty("amount", kept.amount().toPlainString());
        }
        json.addProperty("currency", currency);
        json.addProperty("time", time.toString());
        json.addProperty("named", named);
        json.addProperty("done", done);
        return json.toString();
    }

    /**
     * Reads a record, nothing if the text is damaged.
     *
     * @throws RuntimeException if the direction or the time is damaged
     */
    static Optional<TransferRecord> parse(String text) {
        JsonObject json = Json.objectOrEmpty(text);
        String time = Json.text(json, "time");
        if (time == null || !TIME.matcher(time).matches()) {
            return Optional.empty();
        }
        String currency = Json.text(json, "currency");
        boolean named = Boolean.TRUE.equals(Json.flag(json, "named"));
        boolean done = Boolean.TRUE.equals(Json.flag(json, "done"));
        String potHash = Json.text(json, "potHash");
        String hash = Json.text(json, "hash");
        if (potHash != null && hash != null) {
            return Optional.of(new TransferRecord(potHash, hash, null, currency, Instant.parse(time), named, done));
        }
        String potId = Json.text(json, "pot");
        String direction = Json.text(json, "direction");
        String amount = Json.text(json, "amount");
        if (potId == null
                || direction == null
                || amount == null
                || !AMOUNT.matcher(amount).matches()) {
            return Optional.empty();
        }
        Details details = new Details(potId, Direction.valueOf(direction), new BigDecimal(amount));
        return Optional.of(of(details, currency, Instant.parse(time), named, done));
    }

    @Override
    public String toString() {
        return "TransferRecord[" + details + "]"; // never log amounts or IDs
    }
}
