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
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.handler.ThingView.ThingUpdate;
import org.openhab.binding.monzo.internal.i18n.MonzoTexts;
import org.openhab.binding.monzo.internal.model.Account;
import org.openhab.binding.monzo.internal.model.AccountSnapshot;
import org.openhab.binding.monzo.internal.model.Balance;
import org.openhab.binding.monzo.internal.model.BankSnapshot;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.internal.poll.DataRequests;
import org.openhab.core.types.State;

/**
 * Maps snapshots to an account thing: the configured account or, without an ID, the first open current
 * account.
 */
@NonNullByDefault
class AccountView extends ThingView {

    /**
     * The property with the account chosen by a thing without a configured ID. It differs from {@code accountId}, which
     * things with an ID have too: clearing their ID selects the first account, not the previous one.
     */
    static final String PROPERTY_CHOSEN_ACCOUNT_ID = "chosenAccountId";

    private final String configuredId;
    private final MonzoTexts texts;
    private final AccountTransactions transactions;
    private @Nullable String chosenId;

    /**
     * Creates the view of an account thing.
     *
     * @param configuredId the account ID, empty for the first open current account
     * @param chosenId the account chosen earlier, {@code null} for none
     * @param transactions presents the account's transactions
     */
    AccountView(String configuredId, @Nullable String chosenId, MonzoTexts texts, AccountTransactions transactions) {
        this.configuredId = configuredId;
        this.chosenId = configuredId.isEmpty() ? chosenId : null;
        this.texts = texts;
        this.transactions = transactions;
        String id = accountId();
        if (id != null) {
            transactions.watch(id);
        }
    }

    @Override
    DataRequests dataRequests(Map<String, String> properties) {
        String id = accountId();
        return id == null
                ? DataRequests.ofFirstCurrentAccount()
                : transactions.addTo(DataRequests.ofAccount(id, wasListed(id, properties)), id);
    }

    @Override
    boolean isStale(Map<String, String> properties) {
        String former = properties.get(CONFIG_ACCOUNT_ID);
        return former != null && !former.equals(accountId());
    }

    /** Returns the configured or chosen account ID, {@code null} if none has been chosen yet. */
    private @Nullable String accountId() {
        return configuredId.isEmpty() ? chosenId : configuredId;
    }

    /** Returns whether Monzo has listed an account before: the property is set only from Monzo's data. */
    private static boolean wasListed(String accountId, Map<String, String> properties) {
        return accountId.equals(properties.get(CONFIG_ACCOUNT_ID));
    }

    @Override
    boolean hasRequiredData(BankSnapshot snapshot) {
        return account(snapshot)
                .filter(account -> !account.isOpen()
                        || snapshot.isCurrent(account.balance()) && transactions.hasRequiredData(account, snapshot))
                .isPresent();
    }

    private Optional<AccountSnapshot> account(BankSnapshot snapshot) {
        return configuredId.isEmpty() ? snapshot.chosenAccount(chosenId) : snapshot.account(configuredId);
    }

    @Override
    ThingUpdate update(BankSnapshot snapshot, Map<String, String> properties) {
        String id = accountId();
        if (id != null && snapshot.isAbsenceUnconfirmed(id)) {
            return ThingUpdate.unknown();
        }
        Optional<AccountSnapshot> found = account(snapshot);
        if (found.isEmpty()) {
            return isRequestedFor(snapshot) ? missing(properties) : ThingUpdate.unknown();
        }
        AccountSnapshot account = found.get();
        if (configuredId.isEmpty() && !account.id().equals(chosenId)) {
            chosenId = account.id();
            transactions.watch(account.id());
            return update(account, snapshot).withoutFormerStates(); // they belong to the other account
        }
        return update(account, snapshot);
    }

    private ThingUpdate update(AccountSnapshot account, BankSnapshot snapshot) {
        if (!account.isOpen()) {
            return ThingUpdate.gone("@text/offline.account-closed");
        }
        if (!snapshot.isCurrent(account.balance())) {
            return ThingUpdate.unknown();
        }
        transactions.update(account, snapshot);
        ErrorKind error = account.balance().error();
        return error == null
                ? ThingUpdate.online(
                        values(account.account(), account.balance().lastValue().orElseThrow()))
                : ThingUpdate.failed(error);
    }

    @Override
    void announce(BankSnapshot snapshot, BiConsumer<String, String> trigger) {
        account(snapshot)
                .filter(AccountSnapshot::isOpen)
                .ifPresent(account -> transactions.announce(account, snapshot, trigger));
    }

    @Override
    boolean takeRefreshRequest() {
        return transactions.takeRefreshRequest();
    }

    private ThingUpdate missing(Map<String, String> properties) {
        if (configuredId.isEmpty()) {
            return ThingUpdate.misconfigured("@text/offline.no-current-account");
        }
        return ThingUpdate.missing(
                wasListed(configuredId, properties), "@text/offline.account-gone", "@text/offline.account-unknown");
    }

    private ThingUpdate.Values values(Account account, Balance balance) {
        String currency = balance.currency();
        Map<String, @Nullable String> properties = new HashMap<>();
        properties.put(CONFIG_ACCOUNT_ID, account.id());
        properties.put(PROPERTY_CHOSEN_ACCOUNT_ID, chosenId);
        properties.put("accountType", texts.accountType(account.type()));
        properties.put("currency", currency);
        properties.put("owners", account.ownerNames());
        properties.put("created", account.created());
        Map<String, State> states = new HashMap<>(transactions.states());
        states.put(CHANNEL_BALANCE, States.amount(balance.balance()));
        states.put(CHANNEL_TOTAL_BALANCE, States.amount(balance.totalBalance()));
        states.put(CHANNEL_SPEND_TODAY, States.amount(balance.spentToday()));
        return new ThingUpdate.Values(currency, properties, states);
    }
}
