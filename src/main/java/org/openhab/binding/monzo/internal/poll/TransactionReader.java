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

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.HttpTransport.Pending;
import org.openhab.binding.monzo.internal.api.MonzoApi;
import org.openhab.binding.monzo.internal.api.MonzoApi.ApiRequest;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.auth.AuthenticatedClient;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.internal.model.Fetched;
import org.openhab.binding.monzo.internal.model.Times;
import org.openhab.binding.monzo.internal.model.Transaction;
import org.openhab.binding.monzo.internal.model.TransactionWindow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the transactions of an account, page by page: the required ones, then earlier ones. What was read before an
 * error is kept.
 */
@NonNullByDefault
class TransactionReader {

    /** More would take minutes; a later refresh reads on from there. */
    private static final int MAX_PAGES = 50;

    /**
     * A page with fewer is the last one. Monzo's pages have up to 100, but may be shorter than asked for, and some
     * transactions may not be readable. The latest ones listed again in each refresh are fewer, so that no second page
     * is requested for them.
     */
    private static final int MIN_FULL_PAGE = 10;

    /**
     * For budgets, more are listed again in each refresh. Once a page was followed by an empty one, another of this
     * size is the last one too, for this time: should Monzo never send more in a page, the next empty page is not far.
     */
    private static final Duration LAST_PAGE_VALIDITY = Duration.ofHours(1);

    /** If a response is too long, this part of the page is asked for. */
    private static final int REDUCTION = 10;

    /** Read if Monzo does not give older ones: it gives 90 days, by a clock that may differ from this one. */
    private static final Duration RECENT = Duration.ofDays(1);

    private final Logger logger = LoggerFactory.getLogger(TransactionReader.class);

    private final MonzoApi api;
    private final AuthenticatedClient client;
    private final Clock clock;

    private int largestLastPage;
    private Instant largestLastPageAt = Instant.MIN;

    /** The latest page that was followed by another had this size. */
    private int fullPage = Integer.MAX_VALUE;

    TransactionReader(AuthenticatedClient client, Clock clock) {
        this.api = client.api();
        this.client = client;
        this.clock = clock;
    }

    /**
     * Prepares to read transactions.
     *
     * @param currency the account's, {@code null} if unknown
     */
    Reading read(String accountId, @Nullable String currency, TransactionWindow.Request request) {
        return new Reading(accountId, currency, request);
    }

    private boolean isLast(int size, int limit) {
        boolean isKnown = Times.isRecent(LAST_PAGE_VALIDITY, largestLastPageAt, clock.instant());
        return size < Math.min(limit, MIN_FULL_PAGE)
                || isKnown && size <= largestLastPage && size < Math.min(limit, fullPage);
    }

    private void noteFollowed(int size, boolean isLast) {
        if (!isLast) {
            fullPage = size;
            return;
        } else if (size > fullPage) {
            fullPage = Integer.MAX_VALUE; // a new transaction came between the two requests
        }
        Instant now = clock.instant();
        boolean isKnown = Times.isRecent(LAST_PAGE_VALIDITY, largestLastPageAt, now);
        largestLastPage = isKnown ? Math.max(size, largestLastPage) : size;
        largestLastPageAt = isKnown ? largestLastPageAt : now;
    }

    private interface Page {
        /** Requests the page, but no more than so many transactions of it. */
        ApiRequest<List<Transaction>> request(int limit);
    }

    /** Reads the transactions of one account in one refresh. */
    class Reading {

        private final String accountId;
        private final @Nullable String currency;
        private final TransactionWindow.Request request;

        private final Map<String, Transaction> latest = new LinkedHashMap<>();
        private final Map<String, Transaction> earlier = new LinkedHashMap<>();
        private int limit = MonzoApi.MAX_TRANSACTIONS;
        private boolean isComplete;
        private Instant readTo;
        private TransactionWindow.@Nullable Gap gap;

        private Reading(String accountId, @Nullable String currency, TransactionWindow.Request request) {
            this.accountId = accountId;
            this.currency = currency;
            this.request = request;
            readTo = request.earliest();
        }

        /**
         * Sends the request for the first page.
         *
         * @return awaiting it reads that page, and then requests and reads further ones, some 60 at most
         * @throws MonzoException if the login has no valid token
         */
        Pending<TransactionWindow> send() throws MonzoException {
            Page first = since(request.since());
            Pending<List<Transaction>> sent = client.send(first.request(limit));
            return () -> {
                readLatest(first, sent);
                readEarlier();
                return window();
            };
        }

        /** Returns the result of the refresh: with what was read before an error, if anything was. */
        Fetched<TransactionWindow> result(Fetched<TransactionWindow> fetched, long refresh) {
            ErrorKind error = fetched.error();
            return error == null || latest.isEmpty() && !isComplete
                    ? fetched
                    : Fetched.of(window(), refresh).failed(error, refresh);
        }

        private TransactionWindow window() {
            Map<String, Transaction> all = new LinkedHashMap<>(earlier);
            all.putAll(latest);
            return new TransactionWindow(
                    request.since(), isComplete, request.earliest(), readTo, new ArrayList<>(all.values()), gap);
        }

        private void readLatest(Page first, Pending<List<Transaction>> sent) throws MonzoException {
            try {
                isComplete = readOn(latest, awaitPage(first, sent), MAX_PAGES, page -> false);
            } catch (MonzoException e) {
                if (e.kind() != ErrorKind.VERIFICATION_REQUIRED || !latest.isEmpty()) {
                    throw e;
                }
                logger.debug("transactions since {} are not available, reading recent ones", request.since());
                Instant start = clock.instant().minus(RECENT);
                gap = new TransactionWindow.Gap(start, e.kind());
                isComplete = readOn(latest, page(since(start)), MAX_PAGES, page -> false);
            }
        }

        /** Reads the earlier ones up to those since the required time. */
        private void readEarlier() throws MonzoException {
            if (!request.earliest().isBefore(request.since())) {
                return;
            }
            try {
                if (readOn(earlier, page(since(request.earliest())), request.earlierPages(), this::isRead)) {
                    readTo = request.since();
                }
            } catch (MonzoException e) {
                // Errors of these transactions alone must not hold up the latest ones.
                if (!RequestTally.isOfOneAccount(e) || e.kind() == ErrorKind.REFRESHED_TOKEN_REJECTED) {
                    throw e;
                } else if (e.kind() == ErrorKind.VERIFICATION_REQUIRED) {
                    readTo = request.since(); // Monzo has no earlier ones
                }
                gap = gap == null ? new TransactionWindow.Gap(request.since(), e.kind()) : gap;
                logger.debug("not all transactions since {} could be read: {}", request.earliest(), e.getMessage());
            }
        }

        /**
         * Reads page after page.
         *
         * @param isEnough whether no page is needed after this one
         * @return whether all were read, or enough
         */
        private boolean readOn(
                Map<String, Transaction> read,
                List<Transaction> first,
                int maxPages,
                Predicate<List<Transaction>> isEnough)
                throws MonzoException {
            List<Transaction> page = first;
            for (int pages = 1; ; pages++) {
                int before = read.size();
                page.forEach(transaction -> read.put(transaction.id(), transaction));
                // Earlier ones end where the latest begin, whatever the size of a page.
                boolean mayBeLast = earlier.isEmpty() || latest.isEmpty();
                // A server that always sends the same page must not cause an endless loop.
                if (read.size() == before || isEnough.test(page) || mayBeLast && isLast(page.size(), limit)) {
                    return true;
                } else if (pages == maxPages) {
                    return false;
                }
                // By ID, as any number of transactions may have the same time.
                String last = latest(page).id();
                int size = page.size();
                page = page(max -> api.transactionsAfter(accountId, currency, last, max));
                noteFollowed(size, page.isEmpty());
            }
        }

        /** Notes up to which time the earlier ones are read, and returns whether it is the required time. */
        private boolean isRead(List<Transaction> page) {
            Instant created = latest(page).created();
            if (created == null) {
                return false;
            }
            readTo = Times.later(readTo, created);
            return !created.isBefore(request.since());
        }

        /** Returns the transaction after which the next page begins, also of a list that has the latest first. */
        private static Transaction latest(List<Transaction> page) {
            Transaction first = page.get(0);
            Transaction last = page.get(page.size() - 1);
            Instant created = first.created();
            Instant lastCreated = last.created();
            return created != null && lastCreated != null && created.isAfter(lastCreated) ? first : last;
        }

        private Page since(Instant time) {
            return size -> api.transactions(accountId, currency, time, size);
        }

        private List<Transaction> page(Page page) throws MonzoException {
            return awaitPage(page, client.send(page.request(limit)));
        }

        /** Waits for a page; if it is too long, requests a smaller one instead. */
        private List<Transaction> awaitPage(Page page, Pending<List<Transaction>> sent) throws MonzoException {
            try {
                return sent.await();
            } catch (MonzoException e) {
                if (e.kind() != ErrorKind.RESPONSE_TOO_LONG || limit == 1) {
                    throw e;
                }
                limit = limit / REDUCTION;
                logger.debug("page of transactions too long, requesting {} at a time", limit);
                return page(page);
            }
        }
    }
}
