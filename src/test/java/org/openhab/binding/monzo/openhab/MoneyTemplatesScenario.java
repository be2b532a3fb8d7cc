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
package org.openhab.binding.monzo.openhab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.openhab.binding.monzo.openhab.OpenHabFixture.AWAIT_TIMEOUT;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.simulator.BankAccount;
import org.openhab.binding.monzo.simulator.BankPot;
import org.openhab.binding.monzo.simulator.Payments;
import org.openhab.binding.monzo.simulator.PotTransfer;

/**
 * Tests rules made from the templates that move money, each on an account of its own.
 */
abstract class MoneyTemplatesScenario extends RulesScenario {
    private static final String ACCOUNT = "monzo:account:alice:household";
    private static final String POT = "monzo:pot:alice:savings";

    private static BankAccount account;
    private static BankPot pot;
    private static BankAccount unwatched;
    private static int earlier;

    /** The rule that waits for its time does so while the others are tried. */
    @BeforeAll
    static void addThings() {
        account =
                fixture.bank().openAccount("uk_retail", "GBP", fixture.people().alice());
        pot = account.addPot("Savings", null, 50_000);
        unwatched = fixture.bank()
                .openAccount("uk_retail", "GBP", fixture.people().alice())
                .balance(12_000);
        BankPot spare = unwatched.addPot("Spare", null, 0);
        addThing(ACCOUNT, "accountId", account.id(), "transactions", true);
        addThing(POT, "potId", pot.id());
        addThing("monzo:account:alice:unwatched", "accountId", unwatched.id());
        addThing("monzo:pot:alice:spare", "potId", spare.id());
        addDailyRule();
    }

    /** Its time is in one or two minutes; if that was over before the rule was there, in one or two more. */
    private static void addDailyRule() {
        LocalDateTime time;
        do {
            removeRules("template-daily");
            time = LocalDateTime.now().plusMinutes(2).truncatedTo(ChronoUnit.MINUTES);
            addRuleFromTemplate(
                    "daily",
                    "keep-balance",
                    "account",
                    "monzo:account:alice:unwatched",
                    "pot",
                    "monzo:pot:alice:spare",
                    "target",
                    100,
                    "time",
                    time.format(DateTimeFormatter.ofPattern("HH:mm")));
            awaitRulesFromTemplates(1);
        } while (!LocalDateTime.now().isBefore(time));
    }

    @AfterAll
    static void removeDailyRule() {
        removeRules("template-daily");
    }

    @BeforeEach
    void start() {
        account.balance(100_000);
        earlier = moved().size();
    }

    /** Adds the rule that is tried; only one at a time may react to a transaction. */
    private static void addRule(String template, Object... configuration) {
        Object[] all = new Object[configuration.length + 4];
        System.arraycopy(new Object[] {"account", ACCOUNT, "pot", POT}, 0, all, 0, 4);
        System.arraycopy(configuration, 0, all, 4, configuration.length);
        addRuleFromTemplate("money", template, all);
        awaitRulesFromTemplates(2);
    }

    @AfterEach
    void removeRule() {
        removeRules("template-money");
    }

    @Test
    void roundUpSavesOnEachPayment() {
        addRule("round-up");
        payments().pay(230, "Corner Shop");
        payments().decline(230, "Corner Shop", "INSUFFICIENT_FUNDS");
        payments().pay(300, "Corner Shop");
        payments().receive(1_050, "Sam Friend", "Thank you");
        payments().pay(101, "Corner Shop");
        awaitMoved(70L, 99L);
        String transfers = fixture.openHab().console("openhab:monzo transfers");
        assertTrue(transfers.contains("rule Name of template-money"), transfers);
    }

    @Test
    void paydaySweepSavesAFixedAmount() {
        addRule("payday-sweep", "salary", 1_000, "value", 20.5);
        payments().receive(10_000, "Sam Friend", "Thank you");
        payments().salary(250_000, "Employer");
        awaitMoved(2_050L);
    }

    @Test
    void paydaySweepSavesWhatWasLeft() {
        addRule("payday-sweep", "salary", 1_000, "amount", "LEFTOVER", "value", 970);
        payments().salary(250_000, "Employer");
        awaitMoved(3_000L);
    }

    @Test
    void payFromPotPaysPurchasesBackAndTakesRefunds() {
        addRule("pay-from-pot", "merchant", "vet");
        payments().pay(1_200, "Vet Clinic");
        payments().pay(300, "Corner Shop");
        awaitMoved(-1_200L);
        payments().salary(200_000, "Vet School");
        payments().refund(500, "Vet Clinic");
        awaitMoved(-1_200L, 500L);
    }

    @Test
    void keepBalanceMovesWhatIsAboveAndWhatIsMissing() {
        addRule("keep-balance", "target", 970, "margin", 5, "time", "04:00");
        payments().pay(1_000, "Corner Shop");
        awaitMoved(2_000L);
        payments().pay(400, "Corner Shop");
        payments().pay(1_000, "Corner Shop");
        awaitMoved(2_000L, -1_400L);
        assertEquals(97_000, account.balance());
    }

    @Test
    void keepBalanceLooksAtATimeOfDay() {
        Await.until("the balance to be kept", AWAIT_TIMEOUT, () -> unwatched.balance() == 10_000);
    }

    private static Payments payments() {
        return account.payments();
    }

    /** Waits until the rule has moved these amounts, positive into the pot, and nothing else. */
    private static void awaitMoved(Long... amounts) {
        fixture.openHab().console("openhab:monzo refresh");
        Await.until("transfers", AWAIT_TIMEOUT, () -> moved().size() >= earlier + amounts.length);
        assertEquals(List.of(amounts), moved().subList(earlier, moved().size()));
    }

    private static List<Long> moved() {
        return fixture.bank().transfers().stream()
                .filter(transfer -> pot.id().equals(transfer.potId()))
                .map(PotTransfer::amount)
                .toList();
    }
}
