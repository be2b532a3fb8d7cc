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

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * The demo: a simulated bank, a real openHAB with the binding and a completed login, and a table of the values shown.
 */
public final class Demo {
    private static final String BRIDGE = "monzo:bridge:demo";
    private static final List<String> THINGS = List.of(
            BRIDGE,
            "monzo:account:demo:current",
            "monzo:account:demo:euro",
            "monzo:pot:demo:holiday",
            "monzo:pot:demo:house",
            "monzo:pot:demo:rainy");
    private static final List<String> RULE_ITEMS = List.of("Demo_Money_Tight", "Demo_Transaction");
    /** The rainy day pot has no goal. */
    private static final Set<String> MAY_BE_UNDEFINED = Set.of("Demo_Rainy_Goal", "Demo_Rainy_Progress");

    private static final Map<String, String> FILES = Map.of(
            "monzo-demo.things", "things",
            "monzo-demo.items", "items",
            "monzo-demo.rules", "rules",
            "monzo_demo.sitemap", "sitemaps");

    private static final String SITEMAP = "monzo_demo";
    private static final String USER = "demo";
    private static final String PASSWORD = "demo";
    private static final Path HOME = Repository.target().resolve("demo");
    private static final Duration AWAIT_TIMEOUT = Duration.ofSeconds(60);

    // The table contains characters that are not ASCII, regardless of the terminal's settings.
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private final OpenHab openHab;
    private final DemoBank bank;

    private Demo(OpenHab openHab, DemoBank bank) {
        this.openHab = openHab;
        this.bank = bank;
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
            OUT.printf("%n%s%n%n", table);
            OUT.printf("From the start to this table: %d s%n%n", (System.nanoTime() - start) / 1_000_000_000);
            for (String missing : table.missing()) {
                System.err.println("Missing: " + missing);
            }
            demo.printAddresses();
            if (once) {
                return table.missing().isEmpty() ? 0 : 1;
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
        FILES.forEach((file, directory) -> openHab.writeConf(directory + "/" + file, fill(file)));
        Icons.install(openHab);
        openHab.installBinding(Repository.bindingJar());
        OUT.println("Starting openHAB ...");
        openHab.start();
        OpenHabRest rest = OpenHabRest.createAdministrator(openHab, USER, PASSWORD);
        // With an overview page Main UI starts with the amounts, without one with its setup wizard.
        rest.createPage(fill("overview.json"));
        rest.awaitThingStatus(BRIDGE, "OFFLINE", "CONFIGURATION_PENDING", AWAIT_TIMEOUT);

        OUT.println("Logging in at the bank ...");
        Web browser = new Web();
        URI authorise =
                browser.follow(URI.create(openHab.baseUrl() + "/connectmonzo")).link("authorize?bridge=");
        URI bankPage = browser.get(authorise).redirect();
        browser.follow(bank.logIn(bankPage));

        OUT.println("Approving in the bank's app ...");
        bank.approveInApp(browser);
        rest.awaitThingStatus(BRIDGE, "ONLINE", AWAIT_TIMEOUT);
        rest.postUpdate("Demo_Goal_Reached", "none yet");

        OUT.println("Paying for a coffee ...");
        // What was there before is shown, but not told.
        rest.awaitItemState("Demo_Last_Amount", "-12.50", AWAIT_TIMEOUT);
        bank.payForCoffee();
        rest.awaitItemState("Demo_Transaction", "-2.80, Coffee Bar", AWAIT_TIMEOUT);
        return awaitTable(rest);
    }

    /** Waits for the values and rules after the login; reports the missing ones. */
    private static DemoTable awaitTable(OpenHabRest rest) {
        try {
            return Await.until(
                    "all values",
                    AWAIT_TIMEOUT,
                    () -> table(rest),
                    t -> t.missing().isEmpty());
        } catch (AssertionError e) {
            return table(rest);
        }
    }

    private static DemoTable table(OpenHabRest rest) {
        return DemoTable.read(rest, THINGS, RULE_ITEMS, SITEMAP, MAY_BE_UNDEFINED);
    }

    private String fill(String template) {
        try (InputStream resource = Demo.class.getResourceAsStream("/demo/" + template)) {
            String text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            text = text.replace("${openHabUrl}", openHab.baseUrl());
            for (Map.Entry<String, String> placeholder : bank.placeholders().entrySet()) {
                text = text.replace("${" + placeholder.getKey() + "}", placeholder.getValue());
            }
            return text;
        } catch (IOException e) {
            throw new IllegalStateException(template, e);
        }
    }

    private void printAddresses() {
        OUT.printf("openHAB 3.0.1, the oldest that the binding runs on, with the Main UI of its time:%n%n");
        OUT.printf("Main UI        %s  (user %s, password %s)%n", openHab.baseUrl(), USER, PASSWORD);
        OUT.printf("Monzo Logins   %s/connectmonzo%n", openHab.baseUrl());
        OUT.printf("The bank       %s%n", bank.appPage());
        OUT.printf(
                "Console        %s -a %d -u openhab -p habopen%n",
                HOME.resolve("runtime/bin/client"), openHab.ports().ssh());
        OUT.printf("%nTurn Demo_Money_Tight OFF: let Alice receive 50 at the bank, which pushes.%n");
        OUT.printf("%nAdd a second Monzo Login in Main UI with these values, and authorise it as Bob:%n%n");
        OUT.printf("Client ID      %s%n", DemoBank.CLIENT_ID);
        OUT.printf("Client Secret  %s%n", DemoBank.CLIENT_SECRET);
        OUT.printf("API URL        %s  (below Show advanced)%n", bank.url());
        OUT.printf("Login URL      %s%n%n", bank.url());
    }
}
