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
import org.openhab.binding.monzo.internal.model.Transaction;
import org.openhab.binding.monzo.internal.transfer.TransferResults.TransferResult.Outcome;

/**
 * A stored transfer that was made, may have been made, or that a rule waits for. After a while only hashes remain of
 * what was moved, which tell whether a later transfer with its ID is the same.
 *
 * @param potHash identifies the pot
 * @param hash identifies pot, direction and amount
 * @param details what was moved, {@code null} once only the hashes are kept
 * @param currency ISO 4217 code, {@code null} if Monzo omitted it
 * @param time the time before the first request, on whose day it counts
 * @param named whether a rule can name it again
 * @param state whether the money was moved
 * @param origin the action of a rule that it is for, {@code null} for a script
 */
@NonNullByDefault
record TransferRecord(
        String potHash,
        String hash,
        @Nullable Details details,
        @Nullable String currency,
        Instant time,
        boolean named,
        State state,
        @Nullable Origin origin) {

    /** Whether the money of a transfer was moved. */
    enum State {
        /** Not yet: nothing was sent, or Monzo refused it for a reason that passes. */
        WAITING,
        /** Perhaps: it was sent. */
        SENT,
        /** Perhaps, and it is not sent again. */
        UNKNOWN,
        /** Monzo confirmed it. */
        DONE,
        /** No, and it will not be. */
        REFUSED
    }

    /**
     * What was moved.
     *
     * @param amount the amount in major units, 0 while it is not known
     * @param name the name that a script gave it, {@code null} for none
     */
    record Details(
            String potId,
            Direction direction,
            BigDecimal amount,
            @Nullable String name) {

        @Override
        public String toString() {
            return "Details[" + direction + "]"; // never log amounts or IDs
        }
    }

    /**
     * The action of a rule that a transfer is for.
     *
     * @param rule the UID of the rule
     * @param module the ID of the action in the rule
     * @param configuration a hash of the configuration of both
     * @param transaction a hash of the ID of the transaction that it is for, empty for none
     * @param account a hash of the ID of the account of that transaction, empty for none
     * @param received the amount of that transaction if the transfer depends on it and on the balance
     * @param since when the rule wanted it
     */
    record Origin(
            String rule,
            String module,
            String configuration,
            String transaction,
            String account,
            @Nullable BigDecimal received,
            Instant since) {

        /** Creates an origin; of the IDs of the transaction only hashes are kept. */
        static Origin of(TransferRule rule, @Nullable Transaction transaction, Instant now) {
            return new Origin(
                    rule.ruleUid(),
                    rule.moduleId(),
                    rule.configurationHash(),
                    transaction == null ? "" : TransferRecord.hash(transaction.id()),
                    transaction == null ? "" : TransferRecord.hash(transaction.accountId()),
                    transaction == null || !rule.dependsOnBalance() ? null : transaction.amount(),
                    now);
        }

        boolean isForTransaction() {
            return !transaction.isEmpty();
        }

        /** Returns whether the transaction, if there is one, is of an account. */
        boolean isOfAccount(String accountId) {
            return transaction.isEmpty() || account.equals(TransferRecord.hash(accountId));
        }

        Origin withoutAmount() {
            return new Origin(rule, module, configuration, transaction, account, null, since);
        }

        boolean isOf(String ruleUid, String moduleId) {
            return rule.equals(ruleUid) && module.equals(moduleId);
        }

        boolean isSameTransaction(Origin other) {
            return !transaction.isEmpty() && transaction.equals(other.transaction) && isOf(other.rule, other.module);
        }

        private JsonObject toJson() {
            JsonObject json = new JsonObject();
            json.addProperty("rule", rule);
            json.addProperty("module", module);
            json.addProperty("configuration", configuration);
            json.addProperty("transaction", transaction);
            json.addProperty("account", account);
            json.addProperty("received", received == null ? null : received.toPlainString());
            json.addProperty("since", since.toString());
            return json;
        }

        private static Origin parse(JsonObject json) {
            String transaction = Json.text(json, "transaction");
            String account = Json.text(json, "account");
            String received = Json.text(json, "received");
            return new Origin(
                    required(json, "rule", ANY),
                    required(json, "module", ANY),
                    required(json, "configuration", ANY),
                    transaction == null ? "" : transaction,
                    account == null ? "" : account,
                    received == null || !AMOUNT.matcher(received).matches() ? null : new BigDecimal(received),
                    Instant.parse(required(json, "since", TIME)));
        }

        @Override
        public String toString() {
            return "Origin[" + rule + "]"; // never log amounts or IDs
        }
    }

    private static final Pattern ANY = Pattern.compile("(?s).*");

    /** A positive amount, in as many digits as exact arithmetic can do with. */
    private static final Pattern AMOUNT = Pattern.compile("\\d{1,20}(\\.\\d{1,20})?");

    /** A time that can be added to. */
    private static final Pattern TIME = Pattern.compile("\\d{4}-.*");

    /** Creates the record of a script's transfer that may be made from now on. */
    static TransferRecord sent(PotTransfer transfer, TransferId id, Instant now) {
        Details details = new Details(transfer.potId(), transfer.direction(), transfer.amount(), id.name());
        return of(details, transfer.currency(), now, id.isGiven(), State.SENT, null);
    }

    /**
     * Creates the record of a transfer that a rule waits for.
     *
     * @param amount the amount, 0 if it depends on the balance
     */
    static TransferRecord waiting(String potId, Direction direction, BigDecimal amount, TransferId id, Origin origin) {
        Details details = new Details(potId, direction, amount, null);
        return of(details, null, origin.since(), id.isGiven(), State.WAITING, origin);
    }

    private static TransferRecord of(
            Details details,
            @Nullable String currency,
            Instant time,
            boolean named,
            State state,
            @Nullable Origin origin) {
        return new TransferRecord(hash(details.potId()), hash(details), details, currency, time, named, state, origin);
    }

    private static String hash(Details details) {
        String amount = details.amount().stripTrailingZeros().toPlainString();
        return hash(details.potId() + "/" + details.direction() + "/" + amount);
    }

    private static String hash(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** Returns when the transfer was wanted. */
    Instant since() {
        Origin from = origin;
        return from == null ? time : from.since();
    }

    /** Returns whether an action of a rule waits for this transfer, or may have made it. */
    boolean isPendingFor(TransferRule rule) {
        Origin from = origin;
        return from != null
                && from.isOf(rule.ruleUid(), rule.moduleId())
                && details != null
                && (state == State.WAITING || state == State.SENT);
    }

    /** Returns whether it waits, and its amount depends on the balance alone. */
    boolean isWaitingByBalance() {
        Origin from = origin;
        return state == State.WAITING && from != null && !from.isForTransaction();
    }

    /** Returns whether it is worth showing: not without details, nor when nothing was left to move. */
    boolean isShown() {
        Details kept = details;
        return kept != null && (state != State.REFUSED || kept.amount().signum() > 0);
    }

    boolean isOf(String potId) {
        return potHash.equals(hash(potId));
    }

    boolean isSame(Details other) {
        return hash.equals(hash(other));
    }

    /**
     * Returns the record after a result.
     *
     * @param passing whether what a rule wants is sent again
     * @return the record, empty if the transfer was certainly not made, and nothing keeps it from being made later
     */
    Optional<TransferRecord> settled(Outcome outcome, boolean passing) {
        return switch (outcome) {
            case DONE -> Optional.of(as(State.DONE));
            case UNKNOWN -> Optional.of(passing || origin == null ? this : as(State.UNKNOWN));
            case REFUSED -> refused(passing);
        };
    }

    private Optional<TransferRecord> refused(boolean passing) {
        Origin from = origin;
        if (from == null) {
            return Optional.empty();
        } else if (passing) {
            return state == State.SENT ? Optional.of(as(State.WAITING)) : Optional.empty(); // it was dropped meanwhile
        }
        // For its transaction, none will be made; a balance may change.
        return from.isForTransaction() ? Optional.of(as(State.REFUSED)) : Optional.empty();
    }

    /** Returns the record of what a rule no longer wants, empty if it was never sent. */
    Optional<TransferRecord> dropped() {
        return state == State.WAITING ? Optional.empty() : Optional.of(as(State.UNKNOWN));
    }

    /** Returns the amount that was or may have been moved, 0 once it is no longer kept. */
    BigDecimal amount() {
        Details kept = details;
        return kept == null || state == State.WAITING || state == State.REFUSED ? BigDecimal.ZERO : kept.amount();
    }

    TransferRecord at(Instant newTime) {
        return new TransferRecord(potHash, hash, details, currency, newTime, named, state, origin);
    }

    private TransferRecord as(State newState) {
        return new TransferRecord(potHash, hash, details, currency, time, named, newState, origin);
    }

    /** Returns the record of a transfer that is sent after it has waited. */
    TransferRecord sent(PotTransfer transfer, Instant now) {
        Details sent = new Details(transfer.potId(), transfer.direction(), transfer.amount(), null);
        return of(sent, transfer.currency(), now, named, State.SENT, origin);
    }

    TransferRecord withoutDetails() {
        Origin from = origin;
        Origin kept = from == null ? null : from.withoutAmount();
        return new TransferRecord(potHash, hash, null, currency, time, named, state, kept);
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
            json.addProperty("name", kept.name());
        }
        json.addProperty("currency", currency);
        json.addProperty("time", time.toString());
        json.addProperty("named", named);
        json.addProperty("state", state.name());
        Origin from = origin;
        if (from != null) {
            json.add("origin", from.toJson());
        }
        return json.toString();
    }

    /**
     * Reads a record.
     *
     * @throws RuntimeException if it is damaged
     */
    static TransferRecord parse(String text) {
        JsonObject json = Json.objectOrEmpty(text);
        Instant time = Instant.parse(required(json, "time", TIME));
        String currency = Json.text(json, "currency");
        boolean named = Boolean.TRUE.equals(Json.flag(json, "named"));
        String stateName = Json.text(json, "state");
        State state = stateName == null ? State.SENT : State.valueOf(stateName);
        Origin origin = json.get("origin") instanceof JsonObject from ? Origin.parse(from) : null;
        String potHash = Json.text(json, "potHash");
        String hash = Json.text(json, "hash");
        if (potHash != null && hash != null) {
            return new TransferRecord(potHash, hash, null, currency, time, named, state, origin);
        }
        String potId = required(json, "pot", ANY);
        Direction direction = Direction.valueOf(required(json, "direction", ANY));
        BigDecimal amount = new BigDecimal(required(json, "amount", AMOUNT));
        Details details = new Details(potId, direction, amount, Json.text(json, "name"));
        return of(details, currency, time, named, state, origin);
    }

    private static String required(JsonObject json, String name, Pattern pattern) {
        String text = Json.text(json, name);
        if (text == null || !pattern.matcher(text).matches()) {
            throw new IllegalArgumentException(name);
        }
        return text;
    }

    @Override
    public String toString() {
        return "TransferRecord[" + details + "]"; // never log amounts or IDs
    }
}
