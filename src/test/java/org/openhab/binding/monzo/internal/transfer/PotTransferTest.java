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
package org.openhab.binding.monzo.internal.transfer;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.fixture.RuleCalls.Result;
import org.openhab.binding.monzo.simulator.BankAccount;
import org.openhab.binding.monzo.simulator.BankPot;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.PotTransfer;
import org.openhab.core.thing.Thing;

/** Tests successful transfers. */
class PotTransferTest extends TransferTestBase {

    @Test
    void depositsFromTheAccountOfThePot() {
        Result result = rules.deposit(pot, new BigDecimal("12.34"));

        assertThat(result, is(new Result("DONE", "£12.34 was moved into the pot.", new BigDecimal("1487.34"))));
        PotTransfer transfer = fixture.bank.transfers().get(0);
        assertThat(transfer.potId(), is(people.holiday().id()));
        assertThat(transfer.accountId(), is(people.current().id()));
        assertThat(moved(), is(List.of(1234L)));
        assertThat(people.current().balance(), is(123_456L - 1_234L));
    }

    @Test
    void withdrawsToTheAccountOfThePot() {
        Result result = rules.withdraw(pot, new BigDecimal("25"));

        assertThat(result, is(new Result("DONE", "£25.00 was moved out of the pot.", new BigDecimal("1450.00"))));
        assertThat(moved(), is(List.of(-2500L)));
        assertThat(people.current().balance(), is(123_456L + 2_500L));
    }

    @Test
    void showsTheNewBalancesAtOnce() {
        rules.deposit(pot, 10);

        assertThat(fixture.state(pot, "balance"), is("1485.00"));
        assertThat(fixture.state(account, "balance"), is("1224.56"));
        assertThat(fixture.bank.count(Endpoint.ACCOUNTS), is(0));
    }

    @Test
    void usesTheJointAccountForItsPots() {
        BankPot bills = people.joint().pots().get(0);
        Thing joint = fixture.addPot(bridge, bills.id());
        fixture.pass(java.time.Duration.ofSeconds(2));

        assertDone(rules.deposit(joint, "20.00"), "630.00");
        assertDone(rules.withdraw(joint, "1.50"), "628.50");

        assertThat(people.joint().balance(), is(98_700L - 2_000L + 150L));
        assertThat(people.current().balance(), is(123_456L));
    }

    @Test
    void moveWholeYen() {
        configure(Map.of("transferLimit", new BigDecimal("5000"), "dailyTransferLimit", new BigDecimal("9000")));
        Thing yen = potIn("JPY", 700_000);

        assertDone(rules.deposit(yen, "4999"), "4999");
        assertRefused(rules.deposit(yen, "0.5"), "The amount has more than 0 decimals. Round it first.");

        assertThat(moved(), is(List.of(4_999L)));
    }

    @Test
    void moveThousandthsOfADinar() {
        Thing dinar = potIn("KWD", 700_000);

        assertDone(rules.deposit(dinar, 1.234), "1.234");
        assertRefused(rules.deposit(dinar, "0.0001"), "The amount has more than 3 decimals. Round it first.");

        assertThat(moved(), is(List.of(1_234L)));
    }

    private Thing potIn(String currency, long balance) {
        BankAccount abroad =
                fixture.bank.openAccount("uk_retail", currency, alice).balance(balance);
        Thing thing = fixture.addPot(bridge, abroad.addPot("Abroad", null, 0).id());
        fixture.pass(java.time.Duration.ofSeconds(2));
        assertThat(thing.getStatus().toString(), is("ONLINE"));
        return thing;
    }

    @Test
    void sendsAFormWithTheFieldsOfMonzosApi() {
        rules.deposit(pot, "1.00");
        rules.withdraw(pot, "2.00");

        Map<String, String> deposit = puts().get(0).form();
        Map<String, String> withdrawal = puts().get(1).form();
        assertThat(deposit.keySet(), is(java.util.Set.of("source_account_id", "amount", "dedupe_id")));
        assertThat(withdrawal.keySet(), is(java.util.Set.of("destination_account_id", "amount", "dedupe_id")));
        assertThat(deposit.get("amount"), is("100"));
        assertThat(deposit.get("dedupe_id"), not(withdrawal.get("dedupe_id")));
    }

    @Test
    void movesEachTransferWithoutAnIdAnew() {
        assertDone(rules.deposit(pot, 1), "1476.00");
        assertDone(rules.deposit(pot, 1, null), "1477.00");

        assertThat(moved(), is(List.of(100L, 100L)));
    }
}
