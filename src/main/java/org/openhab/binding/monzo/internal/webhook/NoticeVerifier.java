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

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.MonzoApi;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.auth.AuthenticatedClient;
import org.openhab.binding.monzo.internal.model.Transaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the bank what the monitor cannot see in a refresh, as the transactions of an account are not fetched: whether the
 * transaction of a notice exists, and whether there is one behind a balance that changed without notice.
 */
@NonNullByDefault
class NoticeVerifier {

    /** Anybody who knows the URL can send notices of transactions that do not exist. */
    private static final Duration MIN_INTERVAL = Duration.ofMinutes(1);

    private final Logger logger = LoggerFactory.getLogger(NoticeVerifier.class);

    private final String name;
    private final MonzoApi api;
    private final AuthenticatedClient client;
    private final PushMonitor monitor;
    private final Clock clock;

    private Instant last = Instant.EPOCH;

    NoticeVerifier(String name, MonzoApi api, AuthenticatedClient client, PushMonitor monitor, Clock clock) {
        this.name = name;
        this.api = api;
        this.client = client;
        this.monitor = monitor;
        this.clock = clock;
    }

    /**
     * Sends the requests that are due. Blocks for them. One caller at a time.
     *
     * @return the time until the next one, {@code null} if none is pending
     */
    @Nullable
    Duration verify() {
        for (Map.Entry<String, Instant> change : monitor.takeUnverifiedChanges().entrySet()) {
            verify(change.getKey(), change.getValue());
        }
        if (!monitor.hasUnverifiedNotice()) {
            return null;
        }
        Instant now = clock.instant();
        Duration wait = Duration.between(now, last.plus(MIN_INTERVAL));
        if (!wait.isNegative() && !wait.isZero() && wait.compareTo(MIN_INTERVAL) <= 0) {
            return wait;
        }
        last = now;
        TransactionNotice notice = monitor.takeUnverifiedNotice();
        if (notice != null) {
            verify(notice);
        }
        return null;
    }

    private void verify(TransactionNotice notice) {
        try {
            if (notice.accountId().equals(client.call(api.accountOfTransaction(notice.transactionId())))) {
                monitor.verified(notice);
            }
        } catch (MonzoException e) {
            logger.debug("{}: notice not verified: {}: {}", name, e.kind(), e.getMessage());
        }
    }

    private void verify(String account, Instant since) {
        try {
            monitor.verified(
                    account,
                    since,
                    client.call(api.transactions(account, null, since, MonzoApi.MAX_TRANSACTIONS)).stream()
                            .map(Transaction::id)
                            .toList());
        } catch (MonzoException e) {
            logger.debug("{}: change of a balance not verified: {}: {}", name, e.kind(), e.getMessage());
        }
    }
}
