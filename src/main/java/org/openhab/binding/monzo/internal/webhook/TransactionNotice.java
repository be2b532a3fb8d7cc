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
package org.openhab.binding.monzo.internal.webhook;

import com.google.gson.JsonObject;
import java.util.Optional;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.Json;

/**
 * What the binding reads of a notice: which account to look at, and for which transaction. Anybody can send one, so
 * nothing else of it is used.
 */
@NonNullByDefault
record TransactionNotice(String accountId, String transactionId) {

    /** Monzo documents {@code transaction.created} only; others of that kind call for a refresh as well. */
    private static final String TYPE_PREFIX = "transaction.";

    /** Longer than any ID of Monzo's. */
    private static final int MAX_ID_LENGTH = 100;

    /** Parses a body; empty for anything that is not a notice of a transaction. */
    static Optional<TransactionNotice> parse(String body) {
        JsonObject json = Json.objectOrEmpty(body);
        String type = Json.text(json, "type");
        JsonObject data = Json.child(json, "data");
        String accountId = Json.text(data, "account_id");
        String transactionId = Json.text(data, "id");
        return type != null
                        && type.startsWith(TYPE_PREFIX)
                        && accountId != null
                        && transactionId != null
                        && isId(accountId)
                        && isId(transactionId)
                ? Optional.of(new TransactionNotice(accountId, transactionId))
                : Optional.empty();
    }

    private static boolean isId(@Nullable String text) {
        return text != null && text.length() <= MAX_ID_LENGTH && text.matches("\\w+");
    }

    @Override
    public String toString() {
        return "TransactionNotice"; // never log account IDs
    }
}
