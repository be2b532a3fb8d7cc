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
package org.openhab.binding.monzo.internal.poll;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.MonzoApi;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.api.Pending;
import org.openhab.binding.monzo.internal.auth.AuthenticatedClient;
import org.openhab.binding.monzo.internal.auth.TokenRefreshException;
import org.openhab.binding.monzo.internal.model.AccountSnapshot;
import org.openhab.binding.monzo.internal.model.BankSnapshot;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.internal.model.Fetched;
import org.openhab.binding.monzo.internal.model.Pot;
import org.openhab.binding.monzo.internal.model.TransactionRequest;
import org.openhab.binding.monzo.internal.model.TransactionWindow;

/**
 * Builds a snapshot from the previous one, replacing its data with each response.
 * <p>
 * Two requests are sent at a time; after an error, the first request is sent alone.
 */
@NonNullByDefault
class SnapshotBuilder {

    /** openHAB's shared HTTP client opens two connections per host; a third request would wait in its queue. */
    private static final int MAX_CONCURRENT = 2;

    private final MonzoApi api;
    private final AuthenticatedClient client;
    private final TransactionReader transactionReader;
    private final boolean healthy;

    private final long refresh;
    private Map<String, AccountSnapshot> accounts;

    private final RequestTally tally = new RequestTally();
    private boolean listed;
    private @Nullable Duration retryAfter;

    /**
     * A requested part of the snapshot.
     *
     * @param isRequired whether an error may be that of the login
     * @param last the part as last fetched
     * @param store stores the part in the snapshot of its account
     */
    private record Part<T>(
            String accountId,
            boolean isRequired,
            Fetched<T> last,
            Request<T> request,
            BiFunction<AccountSnapshot, Fetched<T>, AccountSnapshot> store) {}

    private interface Request<T> {
        Pending<T> send() throws MonzoException;
    }

    private record Sent<T>(Part<T> part, Pending<T> response) {}

    /**
     * Creates a builder.
     *
     * @param last the previous snapshot
     * @param healthy whether the previous refresh succeeded
     */
    SnapshotBuilder(
            MonzoApi api,
            AuthenticatedClient client,
            TransactionReader transactionReader,
            BankSnapshot last,
            boolean healthy) {
        this.api = api;
        this.client = client;
        this.transactionReader = transactionReader;
        this.healthy = healthy;
        refresh = last.refresh() + 1;
        accounts = byId(last.accounts().stream().map(SnapshotBuilder::withoutOldTransactions));
    }

    /** Nobody needs them again. Only that an account has none is kept. */
    private static AccountSnapshot withoutOldTransactions(AccountSnapshot account) {
        return account.transactions().error() == ErrorKind.NOT_PERMITTED
                ? account
                : account.withTransactions(Fetched.never());
    }

    /** Returns the snapshot so far, without unconfirmed absences. */
    BankSnapshot snapshot() {
        return snapshot(Set.of());
    }

    BankSnapshot snapshot(Set<String> unconfirmedAbsences) {
        return new BankSnapshot(List.copyOf(accounts.values()), unconfirmedAbsences, refresh);
    }

    /** Fetches the list of accounts; accounts no longer listed are removed from the snapshot with their data. */
    void fetchAccounts() throws MonzoException {
        accounts = byId(client.call(api.accounts()).stream().map(account -> {
            AccountSnapshot known = accounts.get(account.id());
            return known == null ? new AccountSnapshot(account) : known.withAccount(account);
        }));
        listed = true;
    }

    /** Returns the accounts by ID in their order, the first of duplicates. */
    private static Map<String, AccountSnapshot> byId(Stream<AccountSnapshot> accounts) {
        return accounts.collect(
                Collectors.toMap(AccountSnapshot::id, account -> account, (first, again) -> first, LinkedHashMap::new));
    }

    /**
     * Fetches the pots and balances required by things, and transactions, whose errors do not affect the login.
     *
     * @param requests the transactions required, by account
     */
    void fetchRequired(
            List<AccountSnapshot> ofPots,
            List<AccountSnapshot> ofBalances,
            List<AccountSnapshot> ofTransactions,
            Map<String, TransactionRequest> requests)
            throws MonzoException {
        List<Part<?>> parts = new ArrayList<>();
        ofPots.forEach(account -> parts.add(pots(account, true)));
        ofBalances.forEach(account -> parts.add(balance(account)));
        ofTransactions.forEach(account -> parts.add(transactions(account, requests.get(account.id()))));
        fetch(parts, false);
    }

    private <T> void storeRequired(Sent<T> sent) throws MonzoException {
        try {
            Fetched<T> fetched = Fetched.of(sent.response().await(), refresh);
            tally.succeeded();
            store(sent.part(), fetched);
        } catch (MonzoException e) {
            if (!isOfOneAccount(e)) {
                throw e;
            }
            tally.failed(e);
            store(sent.part(), sent.part().last().failed(e.kind(), refresh));
        }
    }

    /**
     * Fetches the pots of accounts whose pots no thing is known to show, so an error does not affect the login. If the
     * bank does not respond, the remaining accounts are skipped, so that no thread of openHAB is blocked for long.
     *
     * @param searched whether they are searched for a pot required by a thing
     */
    void fetchOtherPots(Stream<AccountSnapshot> others, boolean searched) throws MonzoException {
        // Fetch failed accounts last, so that they do not prevent the others from being fetched.
        List<AccountSnapshot> ordered = others.sorted(Comparator.comparing((AccountSnapshot other) ->
                                other.pots().lastError().isPresent())
                        .thenComparing(other -> other.pots().requestedBy()))
                .toList();
        fetch(ordered.stream().map(account -> pots(account, false)).toList(), searched);
    }

    /** Fetches parts, required ones first. If the bank does not respond or limits requests, skips the rest of the others. */
    private void fetch(List<? extends Part<?>> parts, boolean searched) throws MonzoException {
        ErrorKind end = null;
        int unanswered = 0;
        for (int next = 0; next < parts.size(); ) {
            List<? extends Part<?>> batch = parts.subList(next, Math.min(parts.size(), next + maxConcurrent()));
            next += batch.size();
            List<Sent<?>> sent = new ArrayList<>();
            for (Part<?> part : batch) {
                if (end == null || part.isRequired()) {
                    sent.add(send(part));
                } else {
                    leaveOut(part, end);
                }
            }
            for (Sent<?> response : sent) {
                if (response.part().isRequired()) {
                    storeRequired(response);
                    continue;
                }
                ErrorKind error = storeOther(response, searched);
                unanswered = error != null && RequestTally.isUnanswered(error) ? unanswered + 1 : 0;
                if (error == ErrorKind.RATE_LIMITED || unanswered >= RequestTally.MAX_UNANSWERED) {
                    end = error;
                }
            }
        }
    }

    private <T> void leaveOut(Part<T> part, ErrorKind error) {
        store(part, part.last().leftOut(error));
    }

    private <T> @Nullable ErrorKind storeOther(Sent<T> sent, boolean searched) throws MonzoException {
        try {
            Fetched<T> fetched = Fetched.of(sent.response().await(), refresh);
            tally.succeeded();
            store(sent.part(), fetched);
            return null;
        } catch (MonzoException e) {
            boolean isLimit = e.kind() == ErrorKind.RATE_LIMITED && !(e instanceof TokenRefreshException) && !searched;
            if (isLimit) {
                retryAfter = e.retryAfter();
            } else if (!isOfOneAccount(e)) {
                throw e;
            }
            store(sent.part(), sent.part().last().failed(e.kind(), refresh));
            return e.kind();
        }
    }

    private Part<?> balance(AccountSnapshot account) {
        return new Part<>(
                account.id(),
                true,
                account.balance(),
                () -> client.send(api.balance(account.id(), account.account().currency())),
                AccountSnapshot::withBalance);
    }

    private Part<List<Pot>> pots(AccountSnapshot account, boolean isRequired) {
        return new Part<>(
                account.id(),
                isRequired,
                account.pots(),
                () -> client.send(api.pots(account.id(), account.account().currency())),
                AccountSnapshot::withPots);
    }

    private Part<TransactionWindow> transactions(AccountSnapshot account, TransactionRequest request) {
        TransactionReader.Reading reading =
                transactionReader.read(account.id(), account.account().currency(), request);
        return new Part<>(
                account.id(),
                false,
                Fetched.never(),
                reading::send,
                (known, fetched) -> known.withTransactions(reading.result(fetched, refresh)));
    }

    private int maxConcurrent() {
        return healthy || listed || tally.hasSuccesses() ? MAX_CONCURRENT : 1;
    }

    private <T> Sent<T> send(Part<T> part) throws MonzoException {
        return new Sent<>(part, part.request().send());
    }

    private <T> void store(Part<T> part, Fetched<T> fetched) {
        accounts.computeIfPresent(part.accountId(), (id, known) -> part.store().apply(known, fetched));
    }

    RequestTally tally() {
        return tally;
    }

    /** Returns the bank's {@code Retry-After} period after all required data was fetched, {@code null} for none. */
    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }

    private static boolean isOfOneAccount(MonzoException e) {
        return !(e instanceof TokenRefreshException)
                && switch (e.kind()) {
                    case UNREACHABLE,
                            TIMED_OUT,
                            SERVER_ERROR,
                            INVALID_RESPONSE,
                            NOT_PERMITTED,
                            VERIFICATION_REQUIRED,
                            NOT_FOUND,
                            REJECTED,
                            REFRESHED_TOKEN_REJECTED -> true;
                    default -> false;
                };
    }
}
