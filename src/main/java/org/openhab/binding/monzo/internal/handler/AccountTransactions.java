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
package org.openhab.binding.monzo.internal.handler;

import static org.openhab.binding.monzo.internal.MonzoBindingConstants.*;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.model.AccountSnapshot;
import org.openhab.binding.monzo.internal.model.BankSnapshot;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.internal.model.Transaction;
import org.openhab.binding.monzo.internal.model.TransactionWindow;
import org.openhab.binding.monzo.internal.poll.DataRequests;
import org.openhab.binding.monzo.internal.transaction.TransactionFeed;
import org.openhab.core.i18n.TimeZoneProvider;
import org.openhab.core.types.State;
import org.openhab.core.types.UnDefType;

/**
 * The transactions of an account thing: the four channels with the newest one, and the trigger channel that tells each.
 * <p>
 * Their errors never affect the thing, whose balance is known without them.
 */
@NonNullByDefault
class AccountTransactions {

    private static final Map<String, State> NONE = Map.of(
            CHANNEL_LAST_TRANSACTION_AMOUNT, UnDefType.UNDEF,
            CHANNEL_LAST_TRANSACTION_DESCRIPTION, UnDefType.UNDEF,
            CHANNEL_LAST_TRANSACTION_CATEGORY, UnDefType.UNDEF,
            CHANNEL_LAST_TRANSACTION_TIME, UnDefType.UNDEF);

    private final @Nullable Function<String, TransactionFeed> feeds;
    private final TimeZoneProvider timeZones;
    private final RuleStart rules;
    private @Nullable TransactionFeed feed;
    private boolean isPermitted = true;

    /**
     * Creates the presentation of transactions.
     *
     * @param feeds creates the feed of the account with a given ID; {@code null} if transactions are not wanted
     * @param timeZones the time zone of times
     * @param rules tells when rules can receive events
     */
    AccountTransactions(
            @Nullable Function<String, TransactionFeed> feeds, TimeZoneProvider timeZones, RuleStart rules) {
        this.feeds = feeds;
        this.timeZones = timeZones;
        this.rules = rules;
    }

    private Optional<TransactionFeed> feed(String accountId) {
        Function<String, TransactionFeed> feeds = this.feeds;
        if (feeds == null) {
            return Optional.empty();
        }
        TransactionFeed current = feed;
        if (current == null || !current.accountId().equals(accountId)) {
            current = feeds.apply(accountId);
            feed = current;
            isPermitted = true;
        }
        return Optional.of(current);
    }

    /** Returns the requests of a thing, with the transactions of its account if wanted. */
    DataRequests addTo(DataRequests requests, String accountId) {
        return feed(accountId)
                .map(feed -> requests.withTransactions(accountId, feed.request()))
                .orElse(requests);
    }

    /** Returns whether a snapshot contains the transactions needed, or an error instead. */
    boolean hasRequiredData(AccountSnapshot account, BankSnapshot snapshot) {
        return feed(account.id())
                .map(feed -> account.transactions().error() != null
                        || window(account, snapshot).filter(feed::isSatisfiedBy).isPresent())
                .orElse(true);
    }

    private static Optional<TransactionWindow> window(AccountSnapshot account, BankSnapshot snapshot) {
        return snapshot.currentValue(account.transactions());
    }

    /** Updates the newest transaction from a snapshot. */
    void update(AccountSnapshot account, BankSnapshot snapshot) {
        feed(account.id()).ifPresent(feed -> {
            isPermitted = account.transactions().error() != ErrorKind.NOT_PERMITTED;
            window(account, snapshot).ifPresent(feed::findNewest);
        });
    }

    /** Returns the states of the channels, none while the newest transaction is searched for. */
    Map<String, State> states() {
        TransactionFeed feed = this.feed;
        if (feed == null || !isPermitted || !feed.isCurrent()) {
            return NONE;
        }
        Transaction newest = feed.newest();
        if (newest == null) {
            return feed.isNewestKnown() ? NONE : Map.of();
        }
        Map<String, State> states = new HashMap<>();
        states.put(CHANNEL_LAST_TRANSACTION_AMOUNT, States.amount(newest.amount()));
        states.put(CHANNEL_LAST_TRANSACTION_DESCRIPTION, States.text(newest.description()));
        states.put(CHANNEL_LAST_TRANSACTION_CATEGORY, States.text(newest.category()));
        states.put(CHANNEL_LAST_TRANSACTION_TIME, States.time(feed.newestTime(), timeZones.getTimeZone()));
        return states;
    }

    /** Triggers the channel once for each new transaction; see {@link Lifecycle#announce}. */
    void announce(AccountSnapshot account, BankSnapshot snapshot, BiConsumer<String, String> trigger) {
        feed(account.id()).ifPresent(feed -> {
            Optional<TransactionWindow> window = window(account, snapshot);
            if (feed.isFirstSight() || rules.isComplete()) { // else after the next refresh
                window.ifPresent(current ->
                        feed.tell(current, potNames(account), payload -> trigger.accept(CHANNEL_TRANSACTION, payload)));
            }
        });
    }

    private static Map<String, String> potNames(AccountSnapshot account) {
        Map<String, String> names = new HashMap<>();
        account.knownPots().forEach(pot -> names.put(pot.id(), pot.name()));
        return names;
    }

    boolean isInNeedOfMore() {
        TransactionFeed feed = this.feed;
        return feed != null && feed.isInNeedOfEarlier();
    }
}
