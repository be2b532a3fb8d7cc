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
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.openhab.binding.monzo.simulator.BankClient.assertError;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests payments and messages in the simulated app; {@link BankAppMoneyTest} tests the rest. */
class BankAppTest {
    private final SimulatedBank bank =
            SimulatedBank.start(0, new AdjustableClock(Instant.parse("2026-03-01T12:00:00Z")));
    private BankAccount account;
    private BankClient client;

    @BeforeEach
    void logIn() throws Exception {
        Customer alice = bank.addCustomer("Alice Example");
        account = bank.openAccount("uk_retail", "GBP", alice).balance(100_000);
        client = BankClient.logIn(bank, "oauth2client_1", alice);
    }

    @AfterEach
    void closeBank() {
        bank.close();
    }

    @Test
    void paysAtANamedShop() throws Exception {
        press("pay", Map.of("amount", "3.50", "shop", "Bob's <Bar>"));
        assertEquals(-350, newest().amount());
        assertEquals(99_650, account.balance());
        assertEquals(-350, account.spendToday());
        assertThat(page(), containsString("Bob&#39;s &lt;Bar&gt;"));
        assertThat(page(), not(containsString("<Bar>")));
    }

    @Test
    void paysAbroad() throws Exception {
        press(
                "pay-abroad",
                Map.of("amount", "85.12", "shop", "Hotel Paris", "local_amount", "15000", "local_currency", "JPY"));
        assertEquals(-8_512, newest().amount());
        assertEquals(-15_000, newest().localAmount());
        assertEquals("JPY", newest().localCurrency());
    }

    @Test
    void isDeclined() throws Exception {
        press("decline", Map.of("amount", "5", "shop", "Jeweller", "reason", "CARD_BLOCKED"));
        assertEquals("CARD_BLOCKED", newest().declineReason());
        assertEquals(100_000, account.balance());
        assertThat(page(), containsString("declined: CARD_BLOCKED"));
    }

    @Test
    void fillsUpAtAPetrolPump() throws Exception {
        press("hold", Map.of("amount", "1", "shop", "Petrol Station"));
        assertEquals(99_900, account.balance());
        press("final-amount", Map.of("amount", "45.12"));
        assertEquals(-4_512, newest().amount());
        assertEquals(95_488, account.balance());
        assertEquals(400, post("final-amount", Map.of("amount", "1")).statusCode());
    }

    @Test
    void changesTheNewestPayment() throws Exception {
        account.spend(350);
        BankTransaction payment = newest();
        account.addPot("Round-ups", null, 0).deposit(50);
        press("categorise", Map.of("category", "gifts"));
        assertEquals("gifts", payment.category());
        press("exclude", Map.of());
        assertFalse(payment.isIncludedInSpending());
        press("refund", Map.of("amount", "3.50", "shop", "Corner Shop"));
        assertTrue(newest().isIncludedInSpending());
        assertEquals(99_950, account.balance());
    }

    @Test
    void receivesSalaryAndTransfers() throws Exception {
        press("salary", Map.of("amount", "2500", "from", "Acme"));
        assertEquals("income", newest().category());
        press("transfer", Map.of("amount", "12.50", "from", "Sam", "reference", "Pizza 🍕"));
        assertEquals("Pizza 🍕", newest().description());
        assertThat(page(), containsString("Acme: SALARY"));
        account.addPot("Holiday", null, 0).deposit(100).withdraw(100);
        assertThat(page(), containsString("<p>Holiday "));
        assertEquals(100_000 + 250_000 + 1_250, account.balance());
    }

    @Test
    void settlesWhatIsPending() throws Exception {
        account.spend(100);
        account.payments().checkCard("Video Shop");
        assertThat(page(), containsString("id=\"settle-" + account.id() + "\""));
        press("settle", Map.of());
        assertTrue(account.transactions().get(0).settled() != null);
        assertThat(page(), not(containsString("id=\"settle-")));
    }

    @Test
    void refusesWrongInput() throws Exception {
        List<Map<String, String>> wrong = List.of(
                Map.of("amount", "3.50"),
                Map.of("amount", "3.50", "shop", " "),
                Map.of("amount", "3.50", "shop", "x".repeat(101)),
                Map.of("amount", "-1", "shop", "Shop"),
                Map.of("amount", "1", "shop", "Shop", "local_amount", "1", "local_currency", "<b>"));
        for (Map<String, String> form : wrong) {
            HttpResponse<String> refused = post(form.containsKey("local_amount") ? "pay-abroad" : "pay", form);
            assertEquals(400, refused.statusCode(), form.toString());
            assertThat(refused.body(), not(containsString("<b>")));
        }
        assertTrue(account.transactions().isEmpty());
    }

    @Test
    void hasAFormForEachPayment() throws Exception {
        String page = page();
        for (String form :
                List.of("spend", "receive", "pay", "pay-abroad", "decline", "hold", "refund", "salary", "transfer")) {
            assertThat(page, containsString("<form id=\"" + form + "-" + account.id() + "\""));
        }
    }

    @Test
    void showsTheFeed() throws Exception {
        Map<String, String> message = new HashMap<>(Map.of(
                "account_id", account.id(),
                "type", "basic",
                "url", "https://home.example/",
                "params[title]", "Window <open>",
                "params[body]", "Kitchen & hall",
                "params[image_url]", "https://home.example/icon.png"));
        assertEquals("{}", client.post("/feed", message).body());
        assertThat(page(), containsString("Window &lt;open&gt;"));
        assertThat(page(), containsString("Kitchen &amp; hall"));
        assertEquals(
                List.of(new FeedItem(
                        account.id(),
                        "oauth2client_1",
                        "Window <open>",
                        "Kitchen & hall",
                        "https://home.example/icon.png",
                        "https://home.example/",
                        Instant.parse("2026-03-01T12:00:00Z"))),
                bank.feed());

        message.put("type", "fancy");
        assertError(400, "bad_request.bad_param.bad_param.type", client.post("/feed", message));
        message.put("type", "basic");
        message.remove("params[title]");
        assertError(400, "bad_request.missing_param.params[title]", client.post("/feed", message));
        message.remove("account_id");
        assertError(400, "bad_request.missing_param.account_id", client.post("/feed", message));
        assertError(405, "method_not_allowed", client.get("/feed"));
        assertEquals(1, bank.feed().size());
    }

    private BankTransaction newest() {
        List<BankTransaction> all = account.transactions();
        return all.get(all.size() - 1);
    }

    private String page() throws Exception {
        return client.get("/app").body();
    }

    private void press(String action, Map<String, String> form) throws Exception {
        HttpResponse<String> response = post(action, form);
        assertEquals(302, response.statusCode(), response.body());
    }

    private HttpResponse<String> post(String action, Map<String, String> form) throws Exception {
        Map<String, String> whole = new HashMap<>(form);
        whole.put("account_id", account.id());
        return client.post("/app/" + action, whole);
    }
}
