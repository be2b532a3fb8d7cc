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
package org.openhab.binding.monzo.simulator;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;

/** The endpoints for transactions: all of them for some minutes after the login, later the last 90 days. */
final class TransactionsApi {
    private static final Duration WHOLE_HISTORY = Duration.ofMinutes(5);
    private static final int DEFAULT_LIMIT = 30;
    private static final int MOST = 100;

    private final Ledger ledger;
    private final Access access;
    private final Behaviour behaviour;

    TransactionsApi(Ledger ledger, Access access, Behaviour behaviour) {
        this.ledger = ledger;
        this.access = access;
        this.behaviour = behaviour;
    }

    /** A page of transactions, oldest first. */
    Reply list(Call call) {
        Login login = access.approved(call.only("GET"));
        synchronized (ledger) {
            BankAccount account = access.account(login, call.endpoint(), call.query(), "account_id");
            String before = call.query().get("before");
            Instant end = before == null ? Instant.MAX : time("before", before);
            List<BankTransaction> page = since(account.statement(), call.query().get("since"), login).stream()
                    .filter(t -> t.created().isBefore(end))
                    .limit(limit(call))
                    .toList();
            JsonObject body = new JsonObject();
            body.add("transactions", TransactionJson.list(page, expandsMerchant(call)));
            return Reply.json(body);
        }
    }

    /** One transaction. It is not known whether the window applies to single ones. */
    Reply one(Call call) {
        Login login = access.approved(call.only("GET"));
        synchronized (ledger) {
            String id = call.lastSegment();
            BankTransaction transaction = ledger.accountsOf(login.customer.userId()).stream()
                    .flatMap(a -> a.statement().find(id).stream())
                    .findFirst()
                    .orElseThrow(ErrorResponse::notFound);
            access.permitted(login, Endpoint.TRANSACTIONS, transaction.account());
            JsonObject body = new JsonObject();
            body.add("transaction", TransactionJson.transaction(transaction, expandsMerchant(call)));
            return Reply.json(body);
        }
    }

    /**
     * A time includes what was created at it, an id excludes its transaction. An id stands for its transaction's place
     * in the list, so that one listed later with an older {@code created} is not found with it.
     */
    private List<BankTransaction> since(Statement statement, String since, Login login) {
        if (since == null || since.isEmpty()) {
            requireInWindow(Instant.MIN, login);
            return statement.all();
        }
        if (since.startsWith("tx_")) {
            // Monzo's response to an unknown ID is not known.
            BankTransaction cursor =
                    statement.find(since).orElseThrow(() -> ErrorResponse.badParameter("since", "unknown transaction"));
            requireInWindow(cursor.created(), login);
            return statement.after(cursor);
        }
        Instant start = time("since", since);
        requireInWindow(start, login);
        return statement.from(start);
    }

    private void requireInWindow(Instant start, Login login) {
        Instant now = ledger.now();
        boolean justLoggedIn = now.isBefore(login.since.plus(WHOLE_HISTORY));
        if (!justLoggedIn && !start.isAfter(now.minus(behaviour.history()))) {
            throw ErrorResponse.verificationRequired();
        }
    }

    /** Monzo's response to more than 100 is not known; such a request is a bug of the client and is rejected. */
    private static int limit(Call call) {
        String text = call.query().get("limit");
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit > 0 && limit <= MOST) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // falls through
        }
        throw ErrorResponse.badParameter("limit", "must be between 1 and " + MOST);
    }

    private static Instant time(String parameter, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw ErrorResponse.badParameter(parameter, "must be an RFC 3339 timestamp");
        }
    }

    private static boolean expandsMerchant(Call call) {
        return Form.values(call.rawQuery(), "expand[]").contains("merchant");
    }
}
