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
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.HttpTransport.Pending;
import org.openhab.binding.monzo.internal.api.MonzoApi;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.auth.AuthenticatedClient;
import org.openhab.binding.monzo.internal.model.AccountSnapshot;
import org.openhab.binding.monzo.internal.model.BankSnapshot;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.internal.model.Fetched;
import org.openhab.binding.monzo.internal.model.Pot;
import org.openhab.binding.monzo.internal.model.TransactionWindow;
import org.openhab.binding.monzo.internal.poll.RetrySchedule.Data;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds a snapshot from the previous one, replacing its data with each response.
 * <p>
 * Two requests are sent at a time; after an error, the first request is sent alone.
 */
@NonNullByDefault
class SnapshotBuilder {

    /** openHAB's shared HTTP client opens two connections per host; a third request would wait in its queue. */
    private static final int MAX_CONCURRENT = 2;

    private final Logger logger = LoggerFactory.getLogger(SnapshotBuilder.class);

    private final MonzoApi api;
    private final AuthenticatedClient client;
    private final TransactionReader transactionReader;
    private final RetrySchedule retries;
    private final PotReadings potReadings;
    private boolean healthy;

    private final long refresh;
    private Map<String, AccountSnapshot> accounts;

    private final RequestTally tally = new RequestTally();
    private final Set<Data> fetched = EnumSet.noneOf(Data.class);
    private final List<String> warnings = new ArrayList<>();

    /** The error because of which the remaining parts that are not required are skipped, {@code null} for none. */
    private @Nullable ErrorKind end;

    /**
     * A requested part of the snapshot.
     *
     * @param data what is requested of the account
     * @param isRequired whether an error may be that of the login
     * @param last the part as last fetched
     * @param store stores the part in the snapshot of its account
     */
    private record Part<T>(
            String accountId,
            Data data,
            boolean isRequired,
            Fetched<T> last,
            Request<T> request,
            BiFunction<AccountSnapshot, Fetched<T>, AccountSnapshot> store) {}

    private interface Request<T> {

        /**
         * Sends the request, or the first one, without waiting for the response.
         *
         * @return what remains to be done: awaiting it sends and awaits further requests if the part takes several
         */
        Pending<T> send() throws MonzoException;
    }

    private record Sent<T>(Part<T> part, Pending<T> rest) {}

    /**
     * Creates a builder.
     *
     * @param retries which requests wait after an earlier error
     * @param potReadings notes which pots are fetched
     * @param last the previous snapshot
     * @param healthy whether the previous refresh succeeded
     */
    SnapshotBuilder(
            AuthenticatedClient client,
            TransactionReader transactionReader,
            RetrySchedule retries,
            PotReadings potReadings,
            BankSnapshot last,
            boolean healthy) {
        this.api = client.api();
        this.client = client;
        this.transactionReader = transactionReader;
        this.retries = retries;
        this.potReadings = potReadings;
        this.healthy = healthy;
        refresh = last.refresh() + 1;
        accounts = byId(last.accounts().stream().map(SnapshotBuilder::withoutOldTransactions));
    }

    /** Drops the transactions of the previous refresh. */
    private static AccountSnapshot withoutOldTransactions(AccountSnapshot account) {
        return account.withTransactions(account.transactions().withoutValue());
    }

    /** Returns the accounts by ID in their order, the first of duplicates. */
    private static Map<String, AccountSnapshot> byId(Stream<AccountSnapshot> accounts) {
        return accounts.collect(
                Collectors.toMap(AccountSnapshot::id, account -> account, (first, again) -> first, LinkedHashMap::new));
    }

    /** Returns the snapshot so far, without unconfirmed absences. */
    BankSnapshot snapshot() {
        return snapshot(Set.of());
    }

    BankSnapshot snapshot(Set<String> unconfirmedAbsences) {
        return new BankSnapshot(List.copyOf(accounts.values()), unconfirmedAbsences, refresh);
    }

    RequestTally tally() {
        return tally;
    }

    /** Fetches the list of accounts; accounts no longer listed are removed from the snapshot with their data. */
    void fetchAccounts() throws MonzoException {
        accounts = byId(client.call(api.accounts()).stream().map(account -> {
            AccountSnapshot known = accounts.get(account.id());
            return known == null ? new AccountSnapshot(account) : known.withAccount(account);
        }));
        healthy = true;
    }

    /** Returns the open accounts with these IDs, as fetched so far. */
    Stream<AccountSnapshot> openAccounts(Set<String> ids) {
        return List.copyOf(accounts.values()).stream()
                .filter(account -> account.isOpen() && ids.contains(account.id()));
    }

    /**
     * Fetches what things require of open accounts: pots, balances, then transactions, whose errors do not affect the
     * login. The transactions requested least recently come first, so that a rate limit does not always affect the same
     * accounts.
     *
     * @param ofPots the accounts whose pots are required
     * @param ofBalances the accounts whose balances are required
     * @param ofTransactions the transactions required, by account
     */
    void fetchRequired(
            Set<String> ofPots, Set<String> ofBalances, Map<String, TransactionWindow.Request> ofTransactions)
            throws MonzoException {
        List<Part<?>> parts = new ArrayList<>();
        openAccounts(ofPots).forEach(account -> parts.add(pots(account, true)));
        openAccounts(ofBalances).forEach(account -> parts.add(balance(account)));
        openAccounts(ofTransactions.keySet())
                .sorted(Comparator.comparing(account -> account.transactions().requestedBy()))
                .forEach(account -> parts.add(transactions(account, ofTransactions.get(account.id()))));
        fetch(parts);
    }

    /**
     * Fetches the pots of accounts whose pots no thing is known to show, so an error does not affect the login. If the
     * bank does not respond, the remaining accounts are skipped, so that no thread of openHAB is blocked for long.
     */
    void fetchOtherPots(Stream<AccountSnapshot> others) throws MonzoException {
        // Fetch failed accounts last, so that they do not prevent the others from being fetched.
        List<AccountSnapshot> ordered = others.sorted(Comparator.comparing((AccountSnapshot other) ->
                                other.pots().lastError().isPresent())
                        .thenComparing(other -> other.pots().requestedBy()))
                .toList();
        fetch(ordered.stream().map(account -> pots(account, false)).toList());
    }

    /** Marks the pots of open accounts as current, as their balances have shown. */
    void confirmPots(Set<String> ofPots) {
        openAccounts(ofPots)
                .forEach(account -> store(pots(account, true), account.pots().confirmed(refresh)));
    }

    private Part<?> balance(AccountSnapshot account) {
        return new Part<>(
                account.id(),
                Data.BALANCE,
                true,
                account.balance(),
                () -> client.send(api.balance(account.id(), account.account().currency())),
                AccountSnapshot::withBalance);
    }

    private Part<List<Pot>> pots(AccountSnapshot account, boolean isRequired) {
        return new Part<>(
                account.id(),
                Data.POTS,
                isRequired,
                account.pots(),
                () -> client.send(api.pots(account.id(), account.account().currency())),
                AccountSnapshot::withPots);
    }

    private Part<TransactionWindow> transactions(AccountSnapshot account, TransactionWindow.Request request) {
        TransactionReader.Reading reading =
                transactionReader.read(account.id(), account.account().currency(), request);
        return new Part<>(
                account.id(),
                Data.TRANSACTIONS,
                false,
                account.transactions(),
                reading::send,
                (known, fetched) -> known.withTransactions(reading.result(fetched, refresh)));
    }

    /**
     * Fetches parts, required ones first. If the bank does not respond or limits requests, skips the rest of the
     * others.
     */
    private void fetch(List<? extends Part<?>> parts) throws MonzoException {
        int unanswered = 0;
        List<Part<?>> due = due(parts);
        for (int next = 0; next < due.size(); ) {
            List<Part<?>> batch = due.subList(next, Math.min(due.size(), next + maxConcurrent()));
            next += batch.size();
            List<Sent<?>> sent = new ArrayList<>();
            for (Part<?> part : batch) {
                ErrorKind end = this.end;
                if (end == null || part.isRequired()) {
                    sent.add(send(part));
                } else {
                    skip(part, end);
                }
            }
            MonzoException limit = null;
            for (Sent<?> response : sent) {
                try {
                    ErrorKind error = receive(response);
                    unanswered = error != null && RequestTally.isUnanswered(error) ? unanswered + 1 : 0;
                    if (error == ErrorKind.RATE_LIMITED || unanswered >= RequestTally.MAX_UNANSWERED) {
                        end = error;
                    }
                } catch (MonzoException e) {
                    if (!RequestTally.isRateLimit(e)) {
                        throw e;
                    }
                    limit = limit == null || isLonger(e.retryAfter(), limit.retryAfter()) ? e : limit;
                }
            }
            if (limit != null) {
                throw limit;
            }
        }
    }

    /** Returns the parts whose requests need not wait after an earlier error; the others keep that error. */
    private List<Part<?>> due(List<? extends Part<?>> parts) {
        List<Part<?>> due = new ArrayList<>();
        for (Part<?> part : parts) {
            ErrorKind error = retries.waitingFor(part.accountId(), part.data(), part.isRequired());
            if (error == null) {
                due.add(part);
            } else if (part.isRequired()) {
                tally.heldBack(new MonzoException(error, "waiting after an earlier error"));
                store(part, error);
            } else {
                skip(part, error);
            }
        }
        return due;
    }

    private int maxConcurrent() {
        return healthy || tally.hasSuccesses() ? MAX_CONCURRENT : 1;
    }

    private <T> Sent<T> send(Part<T> part) throws MonzoException {
        return new Sent<>(part, part.request().send());
    }

    /**
     * Stores a part or its error.
     *
     * @return the error of a part that is not required, {@code null} for none
     * @throws MonzoException for an error that affects more than this part
     */
    private <T> @Nullable ErrorKind receive(Sent<T> sent) throws MonzoException {
        Part<T> part = sent.part();
        try {
            Fetched<T> fetched = Fetched.of(sent.rest().await(), refresh);
            tally.succeeded();
            this.fetched.add(part.data());
            retries.succeeded(part.accountId(), part.data());
            if (part.data() == Data.POTS) {
                potReadings.fetched(part.accountId());
            }
            store(part, fetched);
            return null;
        } catch (MonzoException e) {
            boolean isLimit = RequestTally.isRateLimit(e) && !part.isRequired();
            if (!isLimit && !RequestTally.isOfOneAccount(e)) {
                throw e;
            }
            if (part.isRequired()) {
                tally.failed(e);
            }
            scheduleRetry(part, e);
            if (isLimit && fetched.contains(part.data())) {
                skip(part, e.kind()); // to come first the next time
            } else {
                store(part, e.kind()); // to come last, as it may be refused each time
            }
            return part.isRequired() ? null : e.kind();
        }
    }

    private void scheduleRetry(Part<?> part, MonzoException e) {
        Duration retryAfter = e.retryAfter();
        if (e.kind() == ErrorKind.RATE_LIMITED) {
            if (retryAfter != null) {
                retries.limited(part.data(), retryAfter);
            }
        } else if (part.data() == Data.TRANSACTIONS && e.kind() == ErrorKind.NOT_PERMITTED) {
            refused(part.accountId());
        } else {
            retries.failed(part.accountId(), part.data(), e.kind(), retryAfter);
        }
    }

    /** Loans have neither transactions nor, usually, a balance. Other accounts may just be refused for now. */
    private void refused(String accountId) {
        AccountSnapshot account = accounts.get(accountId);
        boolean isPermanent = account != null
                && !account.account().isCurrentAccount()
                && account.balance().lastValue().isEmpty();
        if (retries.refused(accountId, isPermanent)) {
            warnings.add(
                    isPermanent
                            ? "accounts of its type have none"
                            : "none are reported until it does; openHAB asks again in 5 minutes, then every hour");
        }
    }

    /** Warns of accounts that were refused, once the refresh has shown that Monzo does not refuse the whole login. */
    void warnOfRefusals() {
        warnings.forEach(warning -> logger.warn(
                "{}: Monzo does not permit openHAB to read the transactions of an account; {}",
                client.bridgeUid(),
                warning));
    }

    private static boolean isLonger(@Nullable Duration one, @Nullable Duration other) {
        return one != null && (other == null || one.compareTo(other) > 0);
    }

    private <T> void store(Part<T> part, ErrorKind error) {
        store(part, part.last().failed(error, refresh));
    }

    private <T> void store(Part<T> part, Fetched<T> fetched) {
        accounts.computeIfPresent(part.accountId(), (id, known) -> part.store().apply(known, fetched));
    }

    private <T> void skip(Part<T> part, ErrorKind error) {
        store(part, part.last().skipped(error));
    }
}
