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
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.simulator.BankAccount;
import org.openhab.binding.monzo.simulator.Customer;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.HouseholdMonth;
import org.openhab.binding.monzo.simulator.SimulatedBank;
import org.openqa.selenium.By;

/**
 * Tests the binding in Main UI, from the first start of openHAB to a balance on the screen and the removal. Every step
 * leaves a picture in {@code target/screenshots}. Those in {@code doc/} are written by the same steps:
 *
 * <pre>mvn verify -Dit.test=MainUiIT -Dfailsafe.failIfNoSpecifiedTests=false -Dmonzo.doc.pictures=true</pre>
 *
 * Without Chromium the test is skipped, unless the environment has {@code MONZO_BROWSER_REQUIRED=true}.
 */
class MainUiIT {
    private static final String CLIENT_ID = "oauth2client_0000A1b2C3d4";
    private static final String CLIENT_SECRET = "mnzconf.s3cret";
    private static final String BRIDGE = "monzo:bridge:alice";
    private static final String BRIDGE_LABEL = "Alice's Monzo";
    private static final String ACCOUNT_LABEL = "Monzo Current Account, Alice Example";
    private static final String POT_LABEL = "Monzo Pot Holiday";
    private static final Duration AWAIT_TIMEOUT = OpenHabFixture.AWAIT_TIMEOUT;

    private static final By ADD = By.cssSelector(".page-current .fab-right-bottom > a");
    private static final By SCREEN = By.cssSelector(".view-main");

    private final Path target = Repository.target().resolve("openhab-it");
    private OpenHab openHab;
    private SimulatedBank bank;
    private Chromium browser;
    private OpenHabRest rest;
    private Customer alice;
    private BankAccount current;
    private BankAccount joint;
    private String potId;

    @Test
    void showsBalanceAfterSetupAndRemovesBinding() {
        if (!Boolean.parseBoolean(System.getenv("MONZO_BROWSER_REQUIRED"))) {
            assumeTrue(
                    Chromium.isInstalled(),
                    "Main UI is not tested: %s or %s is missing".formatted(Chromium.BROWSER, Chromium.DRIVER));
        }
        assertTrue(Chromium.isInstalled(), Chromium.BROWSER + " and " + Chromium.DRIVER + " are required");
        try (OpenHab home = OpenHab.prepare(target.resolve("main-ui"));
                SimulatedBank money = SimulatedBank.start()) {
            openHab = home;
            bank = money;
            fillBank();
            Icons.install(openHab);
            openHab.installBinding(Repository.bindingJar());
            openHab.start();
            try (Chromium chromium = Chromium.open(
                    target.resolve("chromium"), Repository.target().resolve("screenshots"))) {
                browser = chromium;
                try {
                    runAllSteps();
                } catch (RuntimeException | Error e) {
                    keepForDiagnosis(e);
                    throw e;
                }
            }
        }
    }

    private void keepForDiagnosis(Throwable cause) {
        try {
            browser.keepForDiagnosis();
        } catch (RuntimeException e) {
            cause.addSuppressed(e); // the browser may have crashed
        }
    }

    /** Names without emoji, whose font is not on every machine. */
    private void fillBank() {
        alice = bank.addCustomer("Alice Example");
        Customer bob = bank.addCustomer("Bob Sample");
        current = bank.openAccount("uk_retail", "GBP", alice).balance(123_456).spendToday(-1_250);
        potId = current.addPot("Holiday", 150_000L, 147_500).id();
        current.addPot("Rainy day", null, 32_010);
        joint = bank.openAccount("uk_retail_joint", "GBP", alice, bob).balance(98_700);
        joint.addPot("Bills", null, 61_000);
        bank.openAccount("uk_retail", "EUR", alice).balance(20_515);
        bank.openAccount("uk_monzo_flex", "GBP", alice).balance(-24_000);
        bank.addClient(CLIENT_ID, CLIENT_SECRET, openHab.baseUrl() + "/connectmonzo/callback");
    }

    private void runAllSteps() {
        makeAdministrator();
        addLogin();
        authorise();
        approve();
        scan();
        addFromInbox(ACCOUNT_LABEL);
        addFromInbox(POT_LABEL);
        lookAtThings();
        linkBalance();
        spend();
        lookAtOverview();
        removeLogin();
    }

    private void makeAdministrator() {
        browser.go(openHab.baseUrl());
        browser.see("Create a first administrator account");
        browser.picture("first-start");
        browser.write(By.name("username"), "admin");
        browser.write(By.name("password"), "secret");
        browser.write(By.name("password_repeat"), "secret");
        browser.press("Create Account");
        browser.press("Skip Setup");
        browser.press("OK");
        browser.see("Overview");
        browser.picture("overview");
        rest = OpenHabRest.as(openHab, "admin", "secret");
    }

    private void addLogin() {
        browser.press("Settings");
        browser.press("Things");
        browser.see("No things yet");
        browser.picture("no-things");
        browser.press(ADD);
        browser.see("Monzo Binding", "Shows the balances, transactions and budgets of Monzo bank accounts and pots.");
        browser.picture("bindings");
        browser.press("Monzo Binding");
        browser.see("Monzo Login", "Monzo Account", "Monzo Pot");
        browser.picture("thing-types");
        browser.press("Monzo Login");
        browser.see("Client ID", "Client Secret", "Refresh Interval");
        browser.write(By.cssSelector(".page-current input[data-error-message]"), "alice");
        browser.write(By.cssSelector(".page-current input[placeholder='e.g. My Thing']"), BRIDGE_LABEL);
        setting("clientId", CLIENT_ID);
        setting("clientSecret", CLIENT_SECRET);
        assertEquals("password", browser.element(field("clientSecret")).getAttribute("type"));
        browser.scrollToTop();
        browser.picture("new-login");
        document("add-login", SCREEN, 790);
        browser.press(By.cssSelector(".page-current label.checkbox"));
        setting("refreshInterval", "10");
        setting("apiUrl", bank.url());
        setting("authUrl", bank.url());
        browser.picture("new-login-advanced");
        browser.press("Create Thing");
        browser.see("1 things", "CONFIG PENDING");
        browser.picture("login-added");
        browser.press(BRIDGE_LABEL);
        String status = browser.see("OFFLINE", "To log in to Monzo, open", "/connectmonzo");
        assertFalse(status.contains("&lt;"), status);
        browser.picture("login-pending");
    }

    private void authorise() {
        browser.go(openHab.baseUrl() + "/connectmonzo");
        browser.see("Authorise", openHab.baseUrl() + "/connectmonzo/callback");
        browser.picture("connect");
        document("connect-page", By.tagName("main"), 600);
        browser.press("Authorise");
        browser.see("Log in to the simulated bank", openHab.baseUrl() + "/connectmonzo/callback");
        browser.picture("bank-login");
        browser.write(By.id("email"), alice.email());
        browser.press("Continue");
        browser.see("We have mailed you a link");
        browser.picture("bank-mailed");
        browser.press("Open the mail");
        browser.see("Mail to " + alice.email(), "Hello Alice");
        browser.picture("bank-mail");
        browser.press("Log in");
        browser.see("Now approve in the Monzo app");
        browser.picture("connect-approve");
        assertFalse(browser.address().contains("code="), browser.address());
    }

    /** Approves in another tab while the login page stays open and updates automatically. */
    private void approve() {
        browser.inAnotherTab(() -> {
            browser.go(bank.url() + "/app");
            browser.see("A program is waiting for your approval");
            browser.picture("bank-app");
            browser.press("Approve");
            browser.see("A program has access to your money");
        });
        browser.see("Connected, 4 accounts.");
        browser.picture("connected");
        browser.press("Main UI, Settings, Things, Inbox");
        browser.see("Inbox", ACCOUNT_LABEL);
        browser.picture("inbox-from-page");
        browser.goAnew(openHab.baseUrl() + "/#!/settings/things/");
        browser.see(BRIDGE_LABEL, "ONLINE");
        browser.picture("login-online");
    }

    private void scan() {
        browser.press(ADD);
        browser.press("Monzo Binding");
        browser.press("Scan");
        browser.see("Stop Scanning", ACCOUNT_LABEL);
        browser.picture("scan");
        browser.goAnew(openHab.baseUrl() + "/#!/settings/things/inbox");
        browser.see(
                ACCOUNT_LABEL,
                "Monzo Joint Account, Alice Example, Bob Sample",
                "Monzo Current Account EUR, Alice Example",
                "Monzo Flex, Alice Example",
                POT_LABEL,
                "Monzo Pot Rainy day",
                "Monzo Pot Bills");
        browser.picture("inbox");
        document("inbox", SCREEN, 700);
    }

    private void addFromInbox(String label) {
        browser.press(label);
        browser.press("Add as Thing");
        browser.press("OK");
        browser.seeNoMore(label);
        browser.picture("inbox-without-" + label.replaceAll("\\W+", "-").toLowerCase());
    }

    private void lookAtThings() {
        // A page of Main UI that opens at the moment of a change shows the status of before.
        rest.awaitThingStatus("monzo:pot:alice:" + potId, "ONLINE", AWAIT_TIMEOUT);
        rest.awaitThingStatus(accountUid(), "ONLINE", AWAIT_TIMEOUT);
        browser.goAnew(openHab.baseUrl() + "/#!/settings/things/monzo:pot:alice:" + potId);
        browser.see(POT_LABEL, "ONLINE", "Thing Properties");
        browser.press("Thing Properties");
        browser.see("currency", "GBP");
        browser.picture("pot");
        browser.press("Channels");
        browser.see("Goal Progress", "Locked", "Goal Reached");
        browser.picture("pot-channels");
        browser.goAnew(openHab.baseUrl() + "/#!/settings/things/" + accountUid());
        browser.see(ACCOUNT_LABEL, "ONLINE");
        browser.press("Thing Properties");
        browser.see("owners", "Alice Example");
        browser.picture("account");
        browser.press("Channels");
        browser.see("Balance", "Total Balance", "Spent Today", "Transaction Amount", "Transaction Time");
        browser.picture("account-channels");
        document("account-channels", SCREEN, 700);
    }

    private void linkBalance() {
        browser.press("Balance");
        browser.press("Add Link to Item...");
        browser.press("Create a new Item");
        browser.see("Semantic Class");
        browser.write(By.cssSelector(".page-current .quick-link-form input[placeholder=Name]"), "Alice_Balance");
        browser.picture("link");
        browser.press("Link");
        browser.see("Channels");
        rest.awaitItemState("Alice_Balance", "1234.56", AWAIT_TIMEOUT);
        browser.goAnew(openHab.baseUrl() + "/#!/settings/items/Alice_Balance");
        browser.see("Balance", "£1,234.56");
        browser.picture("balance");
        document("balance", SCREEN, 355);
    }

    /** Spends money in another tab while the page of the item stays open and updates automatically. */
    private void spend() {
        browser.inAnotherTab(() -> {
            browser.go(bank.url() + "/app");
            browser.write(By.cssSelector("#spend-" + current.id() + " input[name=amount]"), "34.56");
            browser.picture("bank-app-spend");
            browser.press(By.cssSelector("#spend-" + current.id() + " button"));
            browser.see("1200.00 GBP");
        });
        browser.see("£1,200.00");
        browser.picture("balance-after-spending");
    }

    /** Adds the examples' things and items, and the overview that is in the documentation. */
    private void lookAtOverview() {
        HouseholdMonth.fill(current, joint, Instant.now(), ZoneId.systemDefault());
        openHab.writeConf("things/overview.things", thingsOfOverview());
        for (String file : List.of("/monzo.items", "-transactions/transactions.items", "-budgets/budgets.items")) {
            openHab.writeConf("items" + file.substring(file.indexOf('/')), OpenHabFixture.resource("/examples" + file));
        }
        current.balance(1_840);
        rest.awaitItemState("Current_Balance", "18.40", AWAIT_TIMEOUT);
        rest.postUpdate("Money_Tight", "ON"); // as the examples' rules do
        rest.postUpdate("Payment_News", "34.56 paid at Corner Shop");
        for (String item : List.of("Groceries_Allowance", "Eating_Out_Allowance", "Last_Amount", "Last_Place")) {
            Await.until(item, AWAIT_TIMEOUT, () -> rest.itemState(item), state -> state.matches("-?[0-9.,-]+"));
        }
        rest.savePage(MainUiPage.overview());
        rest.savePage(MainUiPage.map());

        browser.appearance("theme", "md"); // the one of most phones and tablets
        for (boolean dark : new boolean[] {true, false}) {
            browser.appearance("theme.dark", dark ? "dark" : "light");
            overview("phone", dark, 390, 1_600);
            overview("desktop", dark, 1_280, 1_060);
        }
        document("overview", SCREEN, 900);
        browser.press("On the map");
        browser.see("Last payment");
        browser.picture("map");
        browser.appearance("theme", "auto");
        lookAtRule();
        openHab.deleteConf();
        Await.until(
                "the things of the overview to be gone",
                AWAIT_TIMEOUT,
                () -> !rest.things().toString().contains("monzo:budget:"));
    }

    /** The step that moves money in a rule from a template. */
    private void lookAtRule() {
        rest.createRule(JsonRule.ofTemplate(
                "round-up", "monzo:round-up", "account", Examples.CURRENT, "pot", Examples.HOLIDAY));
        browser.goAnew(openHab.baseUrl() + "/#!/settings/rules/round-up");
        browser.press("move money to or from a Monzo pot");
        browser.see("Edit module", "Holiday pot", "into the pot");
        browser.picture("rule");
        document("rule", Chromium.POPUP, 617);
    }

    private void overview(String device, boolean dark, int width, int height) {
        browser.resize(width, height);
        browser.goAnew(openHab.baseUrl());
        String text =
                browser.see("Money is tight, £18.40 left", "Groceries", "Eating out", "of £1,500.00", "On the map");
        assertTrue(text.matches("(?s).*left, £[\\d.]+ a day.*£[\\d.]+ spent, \\d+ days left.*"), text);
        assertFalse(text.matches("(?s).*(undefined|NaN|NULL|UNDEF|Error).*"), text);
        browser.picture("overview-" + device + (dark ? "-dark" : ""));
    }

    /** Those of the demo that the overview shows, as children of the login that was added in Main UI. */
    private String thingsOfOverview() {
        return OpenHabFixture.resource("/demo/monzo.things")
                .lines()
                .filter(line -> line.matches(" +Thing.* (current|joint|groceries|eating_out|holiday) .*"))
                .collect(Collectors.joining("\n"))
                .replaceAll("Thing (\\w+) +(\\w+) +(\"[^\"]+\") +", "Thing monzo:$1:alice:$2 $3 (monzo:bridge:alice) ")
                .replace("${joint}", joint.id())
                .replace("${holiday}", potId);
    }

    private void removeLogin() {
        for (String uid : new String[] {accountUid(), "monzo:pot:alice:" + potId, BRIDGE}) {
            browser.goAnew(openHab.baseUrl() + "/#!/settings/things/" + uid);
            browser.press("Delete Thing");
            browser.picture("delete-" + uid.split(":")[1]);
            browser.press("OK");
            Await.until(
                    uid + " to be gone",
                    AWAIT_TIMEOUT,
                    () -> !rest.things().toString().contains(uid));
        }
        assertTrue(bank.count(Endpoint.LOGOUT) >= 1, "no logout at the bank");
        browser.goAnew(openHab.baseUrl() + "/#!/settings/things/");
        browser.see("No things yet");
        browser.picture("removed");
    }

    private String accountUid() {
        return "monzo:account:alice:" + current.id();
    }

    private void setting(String name, String value) {
        browser.write(field(name), value);
    }

    private static By field(String name) {
        return By.cssSelector(".page-current input[name=" + name + "]");
    }

    private void document(String name, By what, int atMostHigh) {
        if (Boolean.getBoolean("monzo.doc.pictures")) {
            browser.cut(what, atMostHigh, Repository.root().resolve("doc").resolve(name + ".png"));
        }
    }
}
