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

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.budget.AccountSpending;
import org.openhab.binding.monzo.internal.budget.BudgetConfiguration;
import org.openhab.binding.monzo.internal.budget.BudgetFigures;
import org.openhab.binding.monzo.internal.budget.BudgetPeriod;
import org.openhab.binding.monzo.internal.budget.Spending;
import org.openhab.binding.monzo.internal.handler.ThingView.ThingUpdate;
import org.openhab.binding.monzo.internal.model.AccountSnapshot;
import org.openhab.binding.monzo.internal.model.BankSnapshot;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.internal.model.Money;
import org.openhab.binding.monzo.internal.model.TransactionWindow;
import org.openhab.binding.monzo.internal.poll.DataRequests;
import org.openhab.core.i18n.TimeZoneProvider;
import org.openhab.core.types.State;
import org.openhab.core.types.UnDefType;

/**
 * Maps the transactions of snapshots to a budget thing. It shows no sum before those of the whole period were read.
 */
@NonNullByDefault
class BudgetView extends ThingView {

    private static final String SEPARATOR = ",";

    private final BudgetConfiguration configuration;
    private final boolean isEdited;
    private final Supplier<Optional<String>> accountOfOthers;
    private final TimeZoneProvider timeZones;
    private final Clock clock;
    private final Alerts alerts;

    private final Map<String, AccountSpending> spending = new HashMap<>();
    private BudgetPeriod period;
    private @Nullable String chosenId;
    private @Nullable BudgetFigures figures;
    private boolean needsRefresh = true; // unless the next snapshot happens to contain all of the period

    /** Whether the channels may have the sum of another period, account or login. */
    private boolean isSumOfOther;

    /** Triggers alerts. */
    interface Alerts {
        void update(BudgetFigures figures, BiConsumer<String, String> trigger);
    }

    /**
     * Creates the view of a budget.
     *
     * @param isEdited whether the thing may still show the sum of another configuration
     * @param chosenId the account chosen earlier by a budget without account IDs, {@code null} for none
     * @param accountOfOthers returns the account that account things without an ID show, empty for none
     * @param alerts triggers alerts
     */
    BudgetView(
            BudgetConfiguration configuration,
            boolean isEdited,
            @Nullable String chosenId,
            Supplier<Optional<String>> accountOfOthers,
            TimeZoneProvider timeZones,
            Clock clock,
            Alerts alerts) {
        this.configuration = configuration;
        this.isEdited = isEdited;
        this.chosenId = chosenId;
        this.accountOfOthers = accountOfOthers;
        this.timeZones = timeZones;
        this.clock = clock;
        this.alerts = alerts;
        period = periodAt(clock.instant());
    }

    private BudgetPeriod periodAt(Instant now) {
        return configuration.length().at(now, configuration.firstDay(), timeZones.getTimeZone());
    }

    @Override
    DataRequests dataRequests(Map<String, String> properties) {
        Instant now = begin();
        Map<String, TransactionWindow.Request> requests = new HashMap<>();
        accountIds().forEach(id -> requests.put(id, spending(id).request(now)));
        Set<String> listed = new HashSet<>(listedIds(properties));
        listed.retainAll(requests.keySet());
        return DataRequests.ofTransactions(requests, listed);
    }

    @Override
    boolean isStale(Map<String, String> properties) {
        return isEdited;
    }

    @Override
    void reset() {
        super.reset();
        spending.clear();
        isSumOfOther = true;
    }

    /**
     * Begins another period, of which nothing has been read yet, when it is time.
     *
     * @return the current time; an update uses one alone, as midnight may be in between
     */
    private Instant begin() {
        Instant now = clock.instant();
        BudgetPeriod current = periodAt(now);
        if (!current.equals(period)) {
            period = current;
            spending.clear();
            isSumOfOther = true;
            needsRefresh = true;
        }
        return now;
    }

    private AccountSpending spending(String accountId) {
        return spending.computeIfAbsent(
                accountId,
                id -> new AccountSpending(
                        period,
                        transaction ->
                                Spending.of(transaction, configuration.categories(), configuration.merchants())));
    }

    /** Returns the accounts, none while that of a budget without account IDs is not chosen yet. */
    private List<String> accountIds() {
        String chosen = chosenId;
        List<String> configured = configuration.accountIds();
        return configured.isEmpty() && chosen != null ? List.of(chosen) : configured;
    }

    /** Returns the accounts that Monzo has listed before: the property is set only from Monzo's data. */
    private static Set<String> listedIds(Map<String, String> properties) {
        return new HashSet<>(
                Arrays.asList(properties.getOrDefault(CONFIG_ACCOUNT_IDS, "").split(SEPARATOR)));
    }

    /** Returns the categories of the transactions that were read. */
    Set<String> categories() {
        Set<String> categories = new HashSet<>();
        spending.values().forEach(each -> categories.addAll(each.categories()));
        return categories;
    }

    @Override
    boolean hasRequiredData(BankSnapshot snapshot) {
        begin();
        List<String> ids = accountIds();
        return !ids.isEmpty()
                && isRequestedFor(snapshot)
                && ids.stream()
                        .allMatch(id -> snapshot.account(id)
                                .filter(account -> !account.isOpen() || hasTransactions(account, snapshot))
                                .isPresent());
    }

    private boolean hasTransactions(AccountSnapshot account, BankSnapshot snapshot) {
        return account.transactions().error() != null
                || snapshot.currentValue(account.transactions())
                        .filter(spending(account.id())::isCoveredBy)
                        .isPresent();
    }

    @Override
    ThingUpdate update(BankSnapshot snapshot, Map<String, String> properties) {
        figures = null;
        Instant now = begin();
        chooseAccount(snapshot);
        List<AccountSnapshot> accounts = accountIds().stream()
                .flatMap(id -> snapshot.account(id).stream())
                .toList();
        ThingUpdate problem = problem(accounts, snapshot, properties);
        if (problem != null) {
            return problem;
        } else if (!isRequestedFor(snapshot)) {
            return reading(); // what was spent since that snapshot is no reason for an alert of a new budget
        }
        boolean readsOn = false;
        for (AccountSnapshot account : accounts) {
            AccountSpending of = spending(account.id());
            readsOn |= snapshot.currentValue(account.transactions())
                    .filter(window -> of.update(window, now))
                    .isPresent();
        }
        needsRefresh |= readsOn;
        List<AccountSpending> all =
                accounts.stream().map(account -> spending(account.id())).toList();
        boolean isWhole = all.stream().allMatch(AccountSpending::isWhole);
        Optional<ErrorKind> error = accounts.stream().flatMap(this::error).findFirst();
        if (error.isPresent()) {
            return withoutSumOfOther(ThingUpdate.failed(error.get()), isWhole);
        } else if (!isWhole) {
            return reading();
        }
        needsRefresh = readsOn;
        return values(accounts, all, now);
    }

    private ThingUpdate reading() {
        return withoutSumOfOther(ThingUpdate.unknown("@text/offline.budget-reading"), false);
    }

    private ThingUpdate withoutSumOfOther(ThingUpdate update, boolean isWhole) {
        return isSumOfOther && !isWhole ? update.withoutFormerStates() : update;
    }

    /** Chooses the account of a budget without account IDs; it keeps the one chosen before while that is open. */
    private void chooseAccount(BankSnapshot snapshot) {
        if (!configuration.accountIds().isEmpty()) {
            return;
        }
        Optional<String> known =
                accountOfOthers.get().or(() -> accountIds().stream().findFirst());
        known.filter(snapshot::isAbsenceUnconfirmed)
                .or(() -> snapshot.chosenAccount(known.orElse("")).map(AccountSnapshot::id))
                .filter(id -> !id.equals(chosenId))
                .ifPresent(id -> {
                    isSumOfOther |= chosenId != null;
                    chosenId = id;
                    spending.clear();
                });
    }

    private @Nullable ThingUpdate problem(
            List<AccountSnapshot> accounts, BankSnapshot snapshot, Map<String, String> properties) {
        List<String> ids = accountIds();
        if (ids.stream().anyMatch(snapshot::isAbsenceUnconfirmed)) {
            return ThingUpdate.unknown();
        } else if (ids.isEmpty() || accounts.size() < ids.size()) {
            return isRequestedFor(snapshot) ? missing(ids, snapshot, properties) : ThingUpdate.unknown();
        } else if (!accounts.stream().allMatch(AccountSnapshot::isOpen)) {
            return ThingUpdate.gone("@text/offline.budget-account-closed");
        }
        return currencies(accounts).size() > 1 ? ofOtherCurrencies() : null;
    }

    private static Set<String> currencies(List<AccountSnapshot> accounts) {
        Set<String> currencies = new HashSet<>();
        for (AccountSnapshot account : accounts) {
            String currency = account.account().currency();
            if (currency != null) {
                currencies.add(currency);
            }
        }
        return currencies;
    }

    private static ThingUpdate ofOtherCurrencies() {
        return ThingUpdate.misconfigured("@text/offline.budget-currencies");
    }

    private static ThingUpdate missing(List<String> ids, BankSnapshot snapshot, Map<String, String> properties) {
        if (ids.isEmpty()) {
            return ThingUpdate.misconfigured("@text/offline.no-current-account");
        }
        Set<String> listed = listedIds(properties);
        boolean wereListed =
                ids.stream().filter(id -> snapshot.account(id).isEmpty()).allMatch(listed::contains);
        return ThingUpdate.missing(
                wereListed, "@text/offline.budget-account-gone", "@text/offline.budget-account-unknown");
    }

    private Stream<ErrorKind> error(AccountSnapshot account) {
        return Stream.of(
                        account.transactions().lastError(),
                        spending(account.id()).lastError())
                .flatMap(Optional::stream);
    }

    private ThingUpdate values(List<AccountSnapshot> accounts, List<AccountSpending> all, Instant now) {
        Set<String> currencies = currencies(accounts);
        all.forEach(each -> currencies.addAll(each.currencies()));
        if (currencies.size() > 1) {
            return ofOtherCurrencies();
        }
        String currency = currencies.isEmpty() ? null : currencies.iterator().next();
        int decimals = Money.decimals(currency);
        BigDecimal sum = all.stream().map(AccountSpending::total).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal spent = sum.setScale(Math.max(decimals, sum.scale()));
        Map<String, @Nullable String> properties = new HashMap<>();
        properties.put(CONFIG_ACCOUNT_IDS, String.join(SEPARATOR, accountIds()));
        properties.put(AccountView.PROPERTY_CHOSEN_ACCOUNT_ID, chosenId);
        properties.put("currency", currency);
        return ThingUpdate.online(new ThingUpdate.Values(currency, properties, states(spent, decimals, now)));
    }

    private Map<String, State> states(BigDecimal spent, int decimals, Instant now) {
        Map<String, State> states = new HashMap<>();
        states.put(CHANNEL_SPENT, States.amount(spent));
        BigDecimal limit = configuration.limitAmount();
        if (limit == null) {
            Stream.of(CHANNEL_REMAINING, CHANNEL_DAILY_ALLOWANCE, CHANNEL_USED, CHANNEL_PACE, CHANNEL_PERIOD_END)
                    .forEach(channel -> states.put(channel, UnDefType.UNDEF));
            return states;
        }
        BudgetFigures of = new BudgetFigures(limit, spent, decimals, period, now);
        states.put(CHANNEL_REMAINING, States.amount(of.remaining()));
        states.put(CHANNEL_DAILY_ALLOWANCE, States.amount(of.dailyAllowance()));
        states.put(CHANNEL_USED, States.percent(of.used()));
        states.put(CHANNEL_PACE, States.percent(of.pace()));
        states.put(CHANNEL_PERIOD_END, States.time(period.end(), period.zone()));
        figures = of;
        return states;
    }

    @Override
    void announce(BankSnapshot snapshot, BiConsumer<String, String> trigger) {
        BudgetFigures figures = this.figures;
        if (figures != null) {
            alerts.update(figures, trigger);
        }
    }

    @Override
    boolean takeRefreshRequest() {
        boolean needed = needsRefresh;
        needsRefresh = false;
        return needed;
    }
}
