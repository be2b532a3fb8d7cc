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
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.MonzoApi;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.api.Pending;
import org.openhab.binding.monzo.internal.auth.AuthenticatedClient;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.internal.model.Transaction;
import org.openhab.binding.monzo.internal.model.TransactionWindow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all transactions of an account since a time, page by page.
 */
@NonNullByDefault
class TransactionReader {

    /** More would take minutes; a later refresh reads on from there. */
    private static final int MAX_PAGES = 50;

    /**
     * A page with fewer is the last one. Monzo gives 30 unless asked for more, and may leave some out of a full page or
     * send some that cannot be read.
     */
    private static final int MIN_FULL_PAGE = 30;

    /** Read if Monzo does not give older ones: it gives 90 days, by a clock that may differ from this one. */
    private static final Duration RECENT = Duration.ofDays(1);

    private final Logger logger = LoggerFactory.getLogger(TransactionReader.class);

    private final MonzoApi api;
    private final AuthenticatedClient client;
    private final Clock clock;

    TransactionReader(MonzoApi api, AuthenticatedClient client, Clock clock) {
        this.api = api;
        this.client = client;
        this.clock = clock;
    }

    /**
     * Sends the request for the first page.
     *
     * @param currency the account's, {@code null} if unknown
     * @return the transactions; to wait for them requests further pages
     * @throws MonzoException if the login has no valid token
     */
    Pending<TransactionWindow> send(String accountId, @Nullable String currency, Instant since) throws MonzoException {
        Pending<List<Transaction>> firstPage = client.send(api.transactions(accountId, currency, since));
        return () -> {
            try {
                return new TransactionWindow(since, since, allPages(accountId, currency, firstPage.await()));
            } catch (MonzoException e) {
                if (e.kind() != ErrorKind.VERIFICATION_REQUIRED) {
                    throw e;
                }
                logger.debug("transactions since {} are not available, reading recent ones", since);
                Instant recent = clock.instant().minus(RECENT);
                List<Transaction> page = client.call(api.transactions(accountId, currency, recent));
                return new TransactionWindow(since, recent, allPages(accountId, currency, page));
            }
        };
    }

    private List<Transaction> allPages(String accountId, @Nullable String currency, List<Transaction> firstPage)
            throws MonzoException {
        Map<String, Transaction> all = new LinkedHashMap<>();
        List<Transaction> page = firstPage;
        int pages = 1;
        while (addAll(page, all) && page.size() >= MIN_FULL_PAGE && pages++ < MAX_PAGES) {
            // By ID, as any number of transactions may have the same time.
            String last = page.get(page.size() - 1).id();
            page = client.call(api.transactionsAfter(accountId, currency, last));
        }
        return new ArrayList<>(all.values());
    }

    /** Returns whether there was any new one; a server that always sends the same page must not keep us. */
    private static boolean addAll(List<Transaction> page, Map<String, Transaction> all) {
        int before = all.size();
        page.forEach(transaction -> all.put(transaction.id(), transaction));
        return all.size() > before;
    }
}
