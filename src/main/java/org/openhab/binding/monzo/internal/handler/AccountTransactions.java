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
import org.openhab.binding.monzo.internal.transaction.TransactionDispatcher;
import org.openhab.core.i18n.TimeZoneProvider;
import org.openhab.core.types.State;
import org.openhab.core.types.UnDefType;

/**
 * The transactions of an account thing: the five channels with the newest one, and the trigger channels.
 * <p>
 * Their errors never affect the thing, whose balance is known without them.
 */
@NonNullByDefault
class AccountTransactions {

    private static final Map<String, State> NONE = Map.of(
            CHANNEL_LAST_TRANSACTION_AMOUNT, UnDefType.UNDEF,
            CHANNEL_LAST_TRANSACTION_DESCRIPTION, UnDefType.UNDEF,
            CHANNEL_LAST_TRANSACTION_CATEGORY, UnDefType.UNDEF,
            CHANNEL_LAST_TRANSACTION_TIME, UnDefType.UNDEF,
            CHANNEL_LAST_TRANSACTION_LOCATION, UnDefType.UNDEF);

    private final @Nullable Function<String, TransactionDispatcher> dispatchers;
    private final TimeZoneProvider timeZones;
    private @Nullable TransactionDispatcher dispatcher;
    private boolean isPermitted = true;

    /**
     * Creates the presentation of transactions.
     *
     * @param dispatchers creates the dispatcher of an account; {@code null} if transactions are not watched
     * @param timeZones the time zone of times
     */
    AccountTransactions(@Nullable Function<String, TransactionDispatcher> dispatchers, TimeZoneProvider timeZones) {
        this.dispatchers = dispatchers;
        this.timeZones = timeZones;
    }

    /** Watches an account, in place of another one if there was one. */
    void watch(String accountId) {
        Function<String, TransactionDispatcher> dispatchers = this.dispatchers;
        dispatcher = dispatchers == null ? null : dispatchers.apply(accountId);
        isPermitted = true;
    }

    /** Returns the dispatcher of an account, empty if it is not watched. */
    private Optional<TransactionDispatcher> dispatcher(String accountId) {
        TransactionDispatcher current = dispatcher;
        return current != null && current.accountId().equals(accountId) ? Optional.of(current) : Optional.empty();
    }

    /** Returns the requests of a thing, with the transactions of its account if wanted. */
    DataRequests addTo(DataRequests requests, String accountId) {
        return dispatcher(accountId)
                .map(dispatcher -> requests.withTransactions(accountId, dispatcher.request()))
                .orElse(requests);
    }

    /** Returns whether a snapshot contains the transactions needed, or an error instead. */
    boolean hasRequiredData(AccountSnapshot account, BankSnapshot snapshot) {
        return dispatcher(account.id())
                .map(dispatcher -> account.transactions().error() != null
                        || window(account, snapshot)
                                .filter(dispatcher::isCoveredBy)
                                .isPresent())
                .orElse(dispatchers == null);
    }

    private static Optional<TransactionWindow> window(AccountSnapshot account, BankSnapshot snapshot) {
        return snapshot.currentValue(account.transactions());
    }

    /** Updates the newest transaction from a snapshot. */
    void update(AccountSnapshot account, BankSnapshot snapshot) {
        dispatcher(account.id()).ifPresent(dispatcher -> {
            isPermitted = account.transactions().error() != ErrorKind.NOT_PERMITTED;
            window(account, snapshot).ifPresent(dispatcher.newest()::find);
        });
    }

    /** Returns the states of the channels, none while the newest transaction is searched for. */
    Map<String, State> states() {
        TransactionDispatcher dispatcher = this.dispatcher;
        if (dispatcher == null || !isPermitted || !dispatcher.newest().isCurrent()) {
            return NONE;
        }
        Transaction newest = dispatcher.newest().transaction();
        if (newest == null) {
            return dispatcher.newest().isKnown() ? NONE : Map.of();
        }
        Map<String, State> states = new HashMap<>();
        states.put(CHANNEL_LAST_TRANSACTION_AMOUNT, States.amount(newest.amount()));
        states.put(CHANNEL_LAST_TRANSACTION_DESCRIPTION, States.text(newest.description()));
        states.put(CHANNEL_LAST_TRANSACTION_CATEGORY, States.text(newest.category()));
        states.put(
                CHANNEL_LAST_TRANSACTION_TIME, States.time(dispatcher.newest().time(), timeZones.getTimeZone()));
        states.put(
                CHANNEL_LAST_TRANSACTION_LOCATION, States.point(newest.details().shopLocation()));
        return states;
    }

    /** Triggers a channel once for each new transaction and each change of one; see {@link ThingView#announce}. */
    void announce(AccountSnapshot account, BankSnapshot snapshot, BiConsumer<String, String> trigger) {
        dispatcher(account.id()).ifPresent(dispatcher -> {
            window(account, snapshot).ifPresent(current -> dispatcher.deliver(current, potNames(account), trigger));
        });
    }

    private static Map<String, String> potNames(AccountSnapshot account) {
        Map<String, String> names = new HashMap<>();
        account.knownPots().forEach(pot -> names.put(pot.id(), pot.name()));
        return names;
    }

    boolean takeRefreshRequest() {
        TransactionDispatcher dispatcher = this.dispatcher;
        return dispatcher != null && dispatcher.newest().takeRefreshRequest();
    }
}
