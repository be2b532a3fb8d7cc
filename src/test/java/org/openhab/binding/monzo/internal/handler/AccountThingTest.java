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

import static java.util.stream.Collectors.joining;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.fixture.BindingTestBase;
import org.openhab.binding.monzo.simulator.BankAccount;
import org.openhab.binding.monzo.simulator.Customer;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.binding.monzo.simulator.JsonForm;
import org.openhab.core.thing.Thing;

/**
 * Tests channels, properties and statuses of account things of every type.
 */
class AccountThingTest extends BindingTestBase {

    private static final Duration A_MOMENT = Duration.ofSeconds(2);

    private MonzoBridgeHandler bridge;
    private Thing sibling;

    @BeforeEach
    void addThings() {
        bridge = fixture.addBridge("alice");
        sibling = fixture.addAccount(bridge, people.joint().id());
    }

    @AfterEach
    void siblingIsOnline() {
        assertThat("the sibling", BindingFixture.status(sibling), is("ONLINE"));
    }

    private Thing shown(BankAccount account) {
        Thing thing = fixture.addAccount(bridge, account.id());
        fixture.connect(bridge, people.alice());
        return thing;
    }

    private BankAccount open(String type, String currency) {
        return fixture.bank.openAccount(type, currency, people.alice());
    }

    // Amounts

    @ParameterizedTest
    @CsvSource({
        "GBP, 5000,  -1250, 50.00, 12.50, '£%,.2f'",
        "EUR, 20515, 0,     205.15, 0.00, '€%,.2f'",
        "JPY, 5000,  -700,  5000,  700, 'JP¥%,.0f'",
        "KWD, 5000,  -1,    5.000, 0.001, 'KWD %,.3f'",
        "GBP, -4321, 250,   -43.21, -2.50, '£%,.2f'",
        "JPY, -1,    0,     -1,    0, 'JP¥%,.0f'"
    })
    void showsExactAmountsInEveryCurrency(
            String currency, long minor, long spendToday, String balance, String spent, String pattern) {
        Thing account = shown(open("uk_retail", currency).balance(minor).spendToday(spendToday));

        assertThat(fixture.state(account, "balance"), is(balance));
        assertThat(fixture.state(account, "total-balance"), is(balance));
        assertThat(fixture.state(account, "spend-today"), is(spent));
        for (String channel : List.of("balance", "total-balance", "spend-today")) {
            assertThat(channel, fixture.pattern(account, channel), is(pattern));
        }
    }

    @Test
    void usesPatternOfTheThingsCurrency() {
        Thing euro = shown(people.euro());

        assertThat(fixture.pattern(euro, "balance"), is("€%,.2f"));
        assertThat(fixture.pattern(sibling, "balance"), is("£%,.2f"));
    }

    @Test
    void includesPotsInTotalBalance() {
        Thing account = shown(people.current());

        assertThat(fixture.state(account, "balance"), is("1234.56"));
        assertThat(fixture.state(account, "total-balance"), is("11479.66"));
    }

    @Test
    void returnsUndefForMissingAmounts() {
        Thing account =
                shown(open("uk_retail", "GBP").balance(100).withoutSpendToday().withoutTotalBalance());

        assertThat(fixture.callback(account).states().toString(), fixture.state(account, "balance"), is("1.00"));
        assertThat(fixture.state(account, "total-balance"), is("UNDEF"));
        assertThat(fixture.state(account, "spend-today"), is("UNDEF"));
    }

    @Test
    void usesAccountCurrencyForBalanceWithoutCurrency() {
        BankAccount yen = open("uk_retail", "JPY");
        fixture.bank.faults().forAccount(yen.id(), Endpoint.BALANCE, Fault.json("{\"balance\":5000}"));

        assertThat(fixture.state(shown(yen), "balance"), is("5000"));
    }

    // Properties

    @Test
    void setsOwnersButNoAccountNumberAsProperties() {
        fixture.connect(bridge, people.alice());

        Map<String, String> properties = sibling.getProperties();
        assertThat(
                properties.keySet(), containsInAnyOrder("accountId", "accountType", "currency", "owners", "created"));
        assertThat(properties, hasEntry("accountType", "Joint Account"));
        assertThat(properties, hasEntry("currency", "GBP"));
        assertThat(properties, hasEntry("owners", "Alice Example, Bob Sample"));
        assertThat(properties.get("created"), startsWith("2026-11-21"));
        assertThat(properties.toString(), not(containsString(people.joint().accountNumber())));
        assertThat(properties.toString(), not(containsString("040004")));
    }

    @Test
    void supportsKnownAndUnknownAccountTypes() {
        List<Thing> things = new ArrayList<>();
        open("it's {new}", "GBP");
        fixture.bank.accounts(people.alice()).stream()
                .filter(account -> !account.isClosed())
                .filter(account -> account != people.joint())
                .forEach(account -> things.add(fixture.addAccount(bridge, account.id())));
        fixture.connect(bridge, people.alice());

        things.forEach(thing -> assertThat(thing.toString(), BindingFixture.status(thing), is("ONLINE")));
        assertThat(
                things.stream()
                        .map(thing -> thing.getProperties().get("accountType"))
                        .toList(),
                contains(
                        "Current Account",
                        "Flex",
                        "Rewards",
                        "Current Account",
                        "Account (uk_time_capsule)",
                        "Account (it's {new})"));
    }

    @Test
    void supportsDocumentedFormOfAnAccount() {
        Thing account =
                shown(open("uk_retail", "JPY").form(JsonForm.DOCS).balance(5000).spendToday(-70));

        assertThat(BindingFixture.status(account), is("ONLINE"));
        assertThat(fixture.state(account, "balance"), is("5000"));
        assertThat(fixture.state(account, "spend-today"), is("70"));
        assertThat(fixture.pattern(account, "balance"), is("JP¥%,.0f"));
        assertThat(account.getProperties(), hasEntry("accountType", "Account"));
        assertThat(account.getProperties(), not(hasKey("owners")));
    }

    // Missing accounts

    @Test
    void setsClosedAccountGone() {
        Thing account = shown(people.euro().close());
        assertThat(BindingFixture.status(account), is("OFFLINE/GONE offline.account-closed"));
    }

    @Test
    void setsAccountGoneAfterFullRefreshOnceClosed() {
        Thing account = shown(people.euro());
        people.euro().close();

        fixture.pass(Duration.ofHours(1));
        assertThat(BindingFixture.status(account), is("OFFLINE/GONE offline.account-closed"));
    }

    @Test
    void reportsUnknownIdAsConfigurationError() {
        Thing account = fixture.addAccount(bridge, "acc_mistyped");
        fixture.connect(bridge, people.alice());
        assertThat(BindingFixture.status(account), is("OFFLINE/CONFIGURATION_ERROR offline.account-unknown"));
    }

    @Test
    void setsMissingAccountGoneUntilListedAgain() {
        Thing account = shown(people.euro());
        listOnly(people.current(), people.joint());
        assertThat("after one list without it", BindingFixture.status(account), is("UNKNOWN"));
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(BindingFixture.status(account), is("OFFLINE/GONE offline.account-gone"));

        listOnly(people.joint(), people.euro());
        assertThat(BindingFixture.status(account), is("ONLINE"));
    }

    @Test
    void showsAccountOfEditedIdAtOnce() {
        Thing account = shown(people.current());

        fixture.edit(account, Map.of("accountId", people.euro().id()));
        fixture.pass(A_MOMENT);
        assertThat(fixture.state(account, "balance"), is("205.15"));
        assertThat(fixture.pattern(account, "balance"), is("€%,.2f"));
    }

    // Without an ID

    @Test
    void usesFirstOpenCurrentAccountWithoutId() {
        Thing first = fixture.addAccount(bridge, null);
        fixture.connect(bridge, people.alice());

        assertThat(fixture.bank.accounts(people.alice()).get(0).isClosed(), is(true));
        assertThat(first.getProperties(), hasEntry("accountId", people.current().id()));
        assertThat(fixture.state(first, "balance"), is("1234.56"));
    }

    @Test
    void keepsChosenAccountUntilItIsClosed() {
        Thing first = fixture.addAccount(bridge, null);
        fixture.connect(bridge, people.alice());

        listOnly(people.joint(), people.current());
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(fixture.state(first, "balance"), is("1234.56"));

        fixture.bank.faults().clear();
        people.current().close();
        bridge.connection().poller().refreshAll();
        fixture.pass(A_MOMENT);
        assertThat(BindingFixture.status(first), is("ONLINE"));
        assertThat(fixture.state(first, "balance"), is("987.00"));
        assertThat(first.getProperties(), hasEntry("accountId", people.joint().id()));
    }

    @Test
    void fetchesBalanceOfNextChosenAccountAtOnce() {
        Customer carol = fixture.bank.addCustomer("Carol Nobody");
        BankAccount old = fixture.bank.openAccount("uk_retail", "GBP", carol).balance(100);
        fixture.bank.openAccount("uk_retail", "JPY", carol).balance(700);
        MonzoBridgeHandler hers = fixture.addBridge("carol");
        Thing first = fixture.addAccount(hers, null);
        fixture.connect(bridge, people.alice());
        fixture.connect(hers, carol);
        assertThat(fixture.state(first, "balance"), is("1.00"));

        old.close();
        hers.connection().poller().refreshAll();
        fixture.bank.resetCounts();
        fixture.pass(A_MOMENT);
        assertThat(fixture.state(first, "balance"), is("700"));
        assertThat(fixture.bank.count(Endpoint.BALANCE), is(lessThan(3)));
    }

    @Test
    void requiresIdWithoutOpenCurrentAccount() {
        people.current().close();
        Customer carol = fixture.bank.addCustomer("Carol Nobody");
        fixture.bank.openAccount("uk_monzo_flex", "GBP", carol);
        MonzoBridgeHandler hers = fixture.addBridge("carol");
        Thing first = fixture.addAccount(hers, null);
        fixture.connect(bridge, people.alice());
        fixture.connect(hers, carol);

        assertThat(BindingFixture.status(hers), is("ONLINE"));
        assertThat(BindingFixture.status(first), is("OFFLINE/CONFIGURATION_ERROR offline.no-current-account"));

        fixture.bank.openAccount("uk_retail", "GBP", carol).balance(7);
        hers.connection().poller().refreshAll();
        fixture.pass(A_MOMENT);
        assertThat(fixture.state(first, "balance"), is("0.07"));
    }

    /** Makes the bank list only these accounts in this order, and refreshes. */
    private void listOnly(BankAccount... accounts) {
        String list = Stream.of(accounts)
                .map(account -> "{\"id\":\"%s\",\"type\":\"%s\",\"currency\":\"%s\",\"closed\":false}"
                        .formatted(account.id(), account.type(), account.currency()))
                .collect(joining(","));
        fixture.bank.faults().always(Endpoint.ACCOUNTS, Fault.json("{\"accounts\":[" + list + "]}"));
        bridge.connection().poller().refreshAll();
        fixture.pass(A_MOMENT);
    }
}
