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

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests moving money in the simulated app; {@link BankAppTest} tests payments and messages. */
class BankAppMoneyTest extends SimulatedBankTestBase {

    @Test
    void movesMoney() throws Exception {
        BankAccount account = bank.openAccount("uk_retail", "GBP", alice).balance(10_000);
        BankPot pot = account.addPot("Holiday <b>", 5_000L, 0);
        String page = app().body();
        for (String form : List.of("spend-" + account.id(), "deposit-" + pot.id(), "delete-" + pot.id())) {
            assertThat(page, containsString("<form id=\"" + form + "\""));
        }
        assertThat(page, containsString("Holiday &lt;b&gt;"));

        assertEquals("/app", press("spend", Map.of("account_id", account.id(), "amount", "12.34")));
        press("deposit", Map.of("pot_id", pot.id(), "amount", "20"));
        press("withdraw", Map.of("pot_id", pot.id(), "amount", "5.50"));
        assertEquals(10_000 - 1_234 - 2_000 + 550, account.balance());
        assertEquals(-1_234, account.spendToday());
        assertEquals(1_450, pot.balance());
        press("delete", Map.of("pot_id", pot.id()));
        assertTrue(pot.isDeleted());
        assertEquals(10_000 - 1_234, account.balance());
    }

    @Test
    void usesDecimalsOfTheCurrency() throws Exception {
        BankAccount yen = bank.openAccount("uk_retail", "JPY", alice).balance(5_000);
        BankAccount dinar = bank.openAccount("uk_retail", "KWD", alice).balance(5_000);
        press("spend", Map.of("account_id", yen.id(), "amount", "12"));
        press("spend", Map.of("account_id", dinar.id(), "amount", "1.234"));
        assertEquals(4_988, yen.balance());
        assertEquals(3_766, dinar.balance());
        assertThat(app().body(), containsString("4988 JPY"));
        assertThat(app().body(), containsString("3.766 KWD"));
    }

    @Test
    void rejectsInvalidInput() throws Exception {
        BankAccount account = bank.openAccount("uk_retail", "GBP", alice).balance(5_000);
        for (String amount : List.of("-1", "0", "1.234", "<b>", "", "1e99")) {
            HttpResponse<String> refused = post("/app/spend", Map.of("account_id", account.id(), "amount", amount));
            assertEquals(400, refused.statusCode(), amount);
            assertThat(refused.body(), not(containsString("<b>")));
        }
        assertEquals(400, post("/app/spend", Map.of("amount", "1")).statusCode());
        assertEquals(5_000, account.balance());
    }

    @Test
    void showsAJointAccountOnce() throws Exception {
        BankAccount joint = bank.openAccount("uk_retail_joint", "GBP", alice, bob);
        String form = "id=\"spend-" + joint.id() + "\"";
        String page = app().body();
        assertEquals(page.indexOf(form), page.lastIndexOf(form));
    }
}
