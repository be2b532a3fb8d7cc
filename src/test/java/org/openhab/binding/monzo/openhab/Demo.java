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

import com.google.gson.JsonObject;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * The demo: a simulated bank, a real openHAB with the binding and a completed login, and a table of the values shown.
 */
public final class Demo {
    private static final List<String> THINGS = List.of(
            Examples.BRIDGE,
            Examples.CURRENT,
            Examples.JOINT,
            "monzo:account:alice:euro",
            "monzo:budget:alice:groceries",
            "monzo:budget:alice:eating_out",
            Examples.HOLIDAY,
            "monzo:pot:alice:house",
            "monzo:pot:alice:rainy");
    private static final List<String> RULE_ITEMS =
            List.of("Money_Tight", "Overdrawn", "Payment_News", "Groceries_Ahead");
    /** The rainy day pot has no goal. */
    private static final Set<String> MAY_BE_UNDEFINED = Set.of("Rainy_Goal", "Rainy_Progress");

    /** The README's examples, so that others of them work too, and what the demo adds. */
    private static final Map<String, String> FILES = Map.of(
            "/demo/monzo.things", "things",
            "/demo/demo.items", "items",
            "/demo/demo.sitemap", "sitemaps",
            "/examples/monzo.items", "items",
            "/examples/monzo.rules", "rules",
            "/examples-transactions/transactions.items", "items",
            "/examples-transactions/transactions.rules", "rules",
            "/examples-budgets/budgets.items", "items",
            "/examples-budgets/budgets.rules", "rules");

    private static final JsonObject ROUND_UP =
            JsonRule.ofTemplate("round-up", "monzo:round-up", "account", Examples.CURRENT, "pot", Examples.HOLIDAY);
    private static final String AFTER_ROUND_UP = "1475.20";

    /** The last one of each file. */
    private static final List<String> LAST_RULES = List.of(
            "The holiday pot has reached its goal", "The salary is here", "Most of the groceries money is spent");

    private static final String SITEMAP = "demo";
    private static final String USER = "demo";
    private static final String PASSWORD = "demo";
    private static final Path HOME = Repository.target().resolve("demo");
    private static final Duration AWAIT_TIMEOUT = OpenHabFixture.AWAIT_TIMEOUT;

    // The table contains characters that are not ASCII, regardless of the terminal's settings.
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private final OpenHab openHab;
    private final DemoBank bank;
    private final OpenHabRest rest;

    private Demo(OpenHab openHab, DemoBank bank) {
        this.openHab = openHab;
        this.bank = bank;
        rest = OpenHabRest.as(openHab, USER, PASSWORD);
    }

    /**
     * @param arguments {@code --once} to end after the table
     */
    public static void main(String[] arguments) {
        boolean once = List.of(arguments).equals(List.of("--once"));
        if (!once && arguments.length > 0) {
            System.err.println("Usage: ./demo [--once]");
            System.exit(2);
        }
        System.exit(run(once));
    }

    private static int run(boolean once) {
        long start = System.nanoTime();
        try (OpenHab openHab = OpenHab.prepare(HOME);
                DemoBank bank = DemoBank.open(openHab.baseUrl() + "/connectmonzo/callback")) {
            Demo demo = new Demo(openHab, bank);
            DemoTable table = demo.play();
            OUT.printf("%s%n%n", table);
            List<String> missing = new ArrayList<>(table.missing());
            missing.addAll(demo.printInbox());
            OUT.printf("From the start to this table: %d s%n", (System.nanoTime() - start) / 1_000_000_000);
            missing.forEach(each -> System.err.println("Missing: " + each));
            demo.printAddresses();
            demo.printThingsToTry();
            if (once) {
                return missing.isEmpty() ? 0 : 1;
            }
            OUT.println("Ctrl-C ends everything.");
            new CountDownLatch(1).await();
            return 0;
        } catch (InterruptedException e) {
            return 1;
        } catch (RuntimeException | AssertionError e) {
            System.err.println("The demo failed: " + e.getMessage());
            System.err.println("openHAB's log: " + HOME.resolve("userdata/logs/openhab.log"));
            return 1;
        }
    }

    private DemoTable play() {
        FILES.forEach(
                (file, directory) -> openHab.writeConf(directory + file.substring(file.lastIndexOf('/')), fill(file)));
        Icons.install(openHab);
        openHab.installBinding(Repository.bindingJar());
        OUT.println("Starting openHAB ...");
        openHab.start();
        OpenHabRest.createAdministrator(openHab, USER, PASSWORD);
        // With an overview page Main UI starts with the amounts, without one with its setup wizard.
        rest.savePage(MainUiPage.overview());
        rest.savePage(MainUiPage.map());
        rest.createRule(ROUND_UP);
        rest.awaitThingStatus(Examples.BRIDGE, "OFFLINE", "CONFIGURATION_PENDING", AWAIT_TIMEOUT);

        // The login changes items, which rules that are still being loaded would miss.
        Await.until(
                "the rules",
                AWAIT_TIMEOUT,
                () -> rest.rules().toString(),
                rules -> LAST_RULES.stream().allMatch(each -> rules.contains("\"" + each + "\"")));

        OUT.println("Logging in at the bank ...");
        Web browser = new Web();
        URI authorise =
                browser.follow(URI.create(openHab.baseUrl() + "/connectmonzo")).link("authorize?bridge=");
        URI bankPage = browser.get(authorise).redirect();
        browser.follow(bank.logIn(bankPage));

        OUT.println("Approving in the bank's app ...");
        bank.approveInApp(browser);
        rest.awaitThingStatus(Examples.BRIDGE, "ONLINE", AWAIT_TIMEOUT);
        rest.postUpdate("Pot_News", "none yet");
        rest.postUpdate("Budget_News", "none yet");

        OUT.println("Paying for a coffee ...");
        // Transactions before the login are shown, but not delivered.
        rest.awaitItemState("Last_Amount", "-12.50", AWAIT_TIMEOUT);
        bank.payForCoffee();
        rest.awaitItemState("Payment_News", "2.80 paid at Coffee Bar", AWAIT_TIMEOUT);
        rest.awaitItemState("Holiday_Balance", AFTER_ROUND_UP, AWAIT_TIMEOUT);
        return awaitTable();
    }

    /** Waits for the values and rules after the login; reports the missing ones. */
    private DemoTable awaitTable() {
        try {
            return Await.until(
                    "all values", AWAIT_TIMEOUT, this::table, t -> t.missing().isEmpty());
        } catch (AssertionError e) {
            return table();
        }
    }

    private DemoTable table() {
        return DemoTable.read(rest, THINGS, RULE_ITEMS, SITEMAP, MAY_BE_UNDEFINED)
                .with(new DemoTable.Row(
                        "Moved into the holiday pot by a rule that rounds payments up",
                        "",
                        "£" + BigDecimal.valueOf(bank.movedIntoPots(), 2)));
    }

    private String fill(String template) {
        String text = OpenHabFixture.resource(template).replace("${openHabUrl}", openHab.baseUrl());
        for (Map.Entry<String, String> placeholder : bank.placeholders().entrySet()) {
            text = text.replace("${" + placeholder.getKey() + "}", placeholder.getValue());
        }
        return text;
    }

    /** Prints what waits in the Inbox; returns what is missing. */
    private List<String> printInbox() {
        List<String> labels = new ArrayList<>();
        rest.inbox()
                .forEach(each -> labels.add(each.getAsJsonObject().get("label").getAsString()));
        labels.sort(null);
        OUT.println("In the Inbox:");
        labels.forEach(label -> OUT.println("  " + label));
        OUT.println();
        return labels.isEmpty() ? List.of("the Inbox is empty") : List.of();
    }

    private void printAddresses() {
        OUT.printf(
                """

                openHAB 3.0.1, the oldest that the binding runs on, with its Main UI:

                Main UI        %1$s  (user %2$s, password %3$s)
                Monzo Logins   %1$s/connectmonzo
                The bank       %4$s
                Console        %5$s -a %6$d -u openhab -p habopen
                Configuration  %7$s (paste the examples of doc/scripting.md)
                """,
                openHab.baseUrl(),
                USER,
                PASSWORD,
                bank.appPage(),
                relative("runtime/bin/client"),
                openHab.ports().ssh(),
                relative("conf"));
    }

    private static Path relative(String path) {
        return Repository.root().relativize(HOME.resolve(path));
    }

    private void printThingsToTry() {
        OUT.printf("""

                Three things to try:

                1. In Main UI look at the overview. At the bank let Alice pay 9.50 at the
                   Noodle House (More payments): eating out goes up, and the rule moves
                   0.50 into the holiday pot. Then let her receive 50: within a moment
                   her money is no longer tight.
                2. In Main UI open Settings, Things, Inbox, and add one of them as a thing.
                3. In Main UI add a second Monzo Login with the values below, authorise it on
                   the page of Monzo Logins, and log in as bob@example.com:

                   Client ID      %1$s
                   Client Secret  %2$s
                   API URL        %3$s  (below Show advanced)
                   Login URL      %3$s

                """, DemoBank.CLIENT_ID, DemoBank.CLIENT_SECRET, bank.url());
    }
}
