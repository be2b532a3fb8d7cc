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
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.Json;
import org.openhab.binding.monzo.internal.model.PotTransfer;
import org.openhab.binding.monzo.internal.model.PotTransfer.Direction;

/**
 * A stored transfer that was made, or may have been made.
 *
 * @param potId the pot
 * @param direction into or out of the pot
 * @param amount the amount in major units
 * @param currency ISO 4217 code, {@code null} if Monzo omitted it
 * @param time the time before the first request, on whose day it counts
 * @param named whether a rule can name it again
 * @param done whether Monzo confirmed it
 */
@NonNullByDefault
record TransferRecord(
        String potId,
        Direction direction,
        BigDecimal amount,
        @Nullable String currency,
        Instant time,
        boolean named,
        boolean done) {

    /** A positive amount, in as many digits as exact arithmetic can do with. */
    private static final Pattern AMOUNT = Pattern.compile("\\d{1,20}(\\.\\d{1,20})?");

    /** A time that can be added to. */
    private static final Pattern TIME = Pattern.compile("\\d{4}-.*");

    /** Creates the record of a transfer that may be made from now on. */
    static TransferRecord of(PotTransfer transfer, boolean named, Instant now) {
        return new TransferRecord(
                transfer.potId(), transfer.direction(), transfer.amount(), transfer.currency(), now, named, false);
    }

    TransferRecord at(Instant newTime) {
        return new TransferRecord(potId, direction, amount, currency, newTime, named, done);
    }

    TransferRecord asDone() {
        return new TransferRecord(potId, direction, amount, currency, time, named, true);
    }

    String toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("pot", potId);
        json.addProperty("direction", direction.name());
        json.addProperty("amount", amount.toPlainString());
        json.addProperty("currency", currency);
        json.addProperty("time", time.toString());
        json.addProperty("named", named);
        json.addProperty("done", done);
        return json.toString();
    }

    /** Reads a record, nothing if the text is damaged. */
    static Optional<TransferRecord> parse(String text) {
        JsonObject json = Json.objectOrEmpty(text);
        String potId = Json.text(json, "pot");
        String direction = Json.text(json, "direction");
        String amount = Json.text(json, "amount");
        String time = Json.text(json, "time");
        if (potId == null
                || direction == null
                || amount == null
                || !AMOUNT.matcher(amount).matches()
                || time == null
                || !TIME.matcher(time).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new TransferRecord(
                    potId,
                    Direction.valueOf(direction),
                    new BigDecimal(amount),
                    Json.text(json, "currency"),
                    Instant.parse(time),
                    Boolean.TRUE.equals(Json.flag(json, "named")),
                    Boolean.TRUE.equals(Json.flag(json, "done"))));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "TransferRecord[" + direction + "]"; // never log amounts or IDs
    }
}
