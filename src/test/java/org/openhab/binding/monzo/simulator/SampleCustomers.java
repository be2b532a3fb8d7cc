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
package org.openhab.binding.monzo.simulator;

import java.time.Instant;

/**
 * Sample customers with current and closed accounts and pots.
 *
 * @param alice a customer with every type of account and pot
 * @param bob a customer with a joint account with Alice
 * @param current Alice's current account, in GBP, with all the pots
 * @param joint the account of both, in GBP
 * @param flex Alice's Flex account
 * @param euro Alice's account in EUR
 * @param holiday a pot short of its goal by 25.00
 * @param house a pot that is locked
 * @param rainyDay a pot without a goal
 */
public record SampleCustomers(
        Customer alice,
        Customer bob,
        BankAccount current,
        BankAccount joint,
        BankAccount flex,
        BankAccount euro,
        BankPot holiday,
        BankPot house,
        BankPot rainyDay) {

    /**
     * Fills a bank. A fresh bank gets the same ids every time.
     *
     * @param bank an empty bank
     * @return the customers, accounts and pots
     */
    public static SampleCustomers fill(SimulatedBank bank) {
        Customer alice = bank.addCustomer("Alice Example");
        Customer bob = bank.addCustomer("Bob Sample");

        // Listed first and similar to a current account, to detect clients that use the first account.
        bank.openAccount("uk_prepaid", "GBP", alice)
                .form(JsonForm.RECORDED_2022)
                .close();
        BankAccount current =
                bank.openAccount("uk_retail", "GBP", alice).balance(123_456).spendToday(-1_250);
        BankPot holiday = current.addPot("Holiday 🏖", 150_000L, 147_500).roundUp(1);
        current.addPot("Old phone", 60_000L, 0).delete();
        BankPot house = current.addPot("House deposit", 2_000_000L, 845_000)
                .style("")
                .lockUntil(Instant.parse("2030-01-01T00:00:00Z"));
        current.addPot("Christmas 🎄", null, 0).style("").delete();
        BankPot rainyDay = current.addPot("Rainy day", null, 32_010).style("raindrops");
        current.addPot("Bike", 45_000L, 0).form(JsonForm.RECORDED_2022).delete();

        BankAccount joint = bank.openAccount("uk_retail_joint", "GBP", alice, bob)
                .balance(98_700)
                .spendToday(-4_599);
        joint.addPot("Bills", null, 61_000);
        BankAccount flex = bank.openAccount("uk_monzo_flex", "GBP", alice).balance(-24_000);
        bank.openAccount("uk_monzo_flex_backing_loan", "GBP", alice)
                .forbid(Endpoint.POTS)
                .close();
        bank.openAccount("uk_rewards", "GBP", alice).balance(730);
        BankAccount euro = bank.openAccount("eu_retail", "EUR", alice).balance(20_515);
        bank.openAccount("uk_time_capsule", "GBP", alice).balance(100).withoutSpendToday();

        bank.openAccount("uk_retail", "GBP", bob).balance(4_321).addPot("Guitar", 80_000L, 12_000);
        return new SampleCustomers(alice, bob, current, joint, flex, euro, holiday, house, rainyDay);
    }
}
