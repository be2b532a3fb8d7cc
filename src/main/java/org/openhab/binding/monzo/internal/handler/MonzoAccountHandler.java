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
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.bank.Account;
import org.openhab.binding.monzo.internal.bank.AccountSnapshot;
import org.openhab.binding.monzo.internal.bank.Balance;
import org.openhab.binding.monzo.internal.bank.BankPicture;
import org.openhab.binding.monzo.internal.refresh.Wanted;
import org.openhab.binding.monzo.internal.text.MonzoTexts;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingStatus;
import org.openhab.core.thing.ThingStatusDetail;

/**
 * An account as a thing.
 */
@NonNullByDefault
public class MonzoAccountHandler extends MonzoChildHandler {

    private final MonzoTexts texts;

    private volatile String configuredId = "";
    private volatile @Nullable String chosenId;

    public MonzoAccountHandler(Thing thing, MonzoStateDescriptionProvider stateDescriptions, MonzoTexts texts) {
        super(thing, stateDescriptions);
        this.texts = texts;
    }

    @Override
    public void initialize() {
        Object id = getConfig().get(CONFIG_ACCOUNT_ID);
        configuredId = id == null ? "" : id.toString().trim();
        chosenId = null;
        super.initialize();
    }

    @Override
    protected @Nullable String configurationProblem() {
        return null; // without an id it is the first open current account
    }

    @Override
    Wanted wanted() {
        String id = knownId();
        return id == null ? Wanted.ofFirstCurrentAccount() : Wanted.ofAccount(id, isSeen(id));
    }

    /** The account that this thing shows, {@code null} while it has none and takes the first. */
    private @Nullable String knownId() {
        return configuredId.isEmpty() ? chosenId : configuredId;
    }

    @Override
    boolean isContent(BankPicture picture) {
        return account(picture)
                .filter(account -> !account.isOpen() || picture.isCurrent(account.balance()))
                .isPresent();
    }

    private Optional<AccountSnapshot> account(BankPicture picture) {
        if (!configuredId.isEmpty()) {
            return picture.account(configuredId);
        }
        // Once chosen, an account stays chosen while it is open: a change of order at the bank must not swap balances.
        String chosen = chosenId;
        Optional<AccountSnapshot> stillOpen =
                chosen == null ? Optional.empty() : picture.account(chosen).filter(AccountSnapshot::isOpen);
        return stillOpen.isPresent() ? stillOpen : picture.firstOpenCurrentAccount();
    }

    @Override
    protected void showPart(BankPicture picture) {
        String id = knownId();
        if (id != null && picture.isAbsenceUnconfirmed(id)) {
            updateStatus(ThingStatus.UNKNOWN);
            return;
        }
        Optional<AccountSnapshot> found = account(picture);
        if (found.isEmpty()) {
            showNone();
            return;
        }
        AccountSnapshot account = found.get();
        if (configuredId.isEmpty() && !account.id().equals(chosenId)) {
            chosenId = account.id();
            joinBridge(); // nobody may have asked for this one's amounts yet
        }
        if (!account.isOpen()) {
            updateStatus(ThingStatus.OFFLINE, ThingStatusDetail.GONE, "@text/offline.account-closed");
            return;
        }
        if (picture.isCurrent(account.balance())) {
            account.balance().lastValue().ifPresent(balance -> showAccount(account.account(), balance));
            showFault(account.balance().error());
        }
    }

    private void showNone() {
        if (configuredId.isEmpty()) {
            showMissing(false, "", "@text/offline.no-current-account");
        } else {
            showMissing(isSeen(configuredId), "@text/offline.account-gone", "@text/offline.account-unknown");
        }
    }

    /** Whether Monzo has listed an account before: the property is set only from what Monzo has said of it. */
    private boolean isSeen(String accountId) {
        return accountId.equals(getThing().getProperties().get(CONFIG_ACCOUNT_ID));
    }

    private void showAccount(Account account, Balance balance) {
        String currency = balance.currency();
        showCurrency(currency);
        Map<String, @Nullable String> properties = new HashMap<>();
        properties.put(CONFIG_ACCOUNT_ID, account.id());
        properties.put("accountType", texts.accountType(account.type()));
        properties.put("currency", currency);
        properties.put("owners", account.ownerNames());
        properties.put("created", account.created());
        showProperties(properties);
        showAmount(CHANNEL_BALANCE, balance.balance());
        showAmount(CHANNEL_TOTAL_BALANCE, balance.totalBalance());
        showAmount(CHANNEL_SPEND_TODAY, balance.spentToday());
    }
}
