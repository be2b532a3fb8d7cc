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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * The binding to look at: a simulated bank, a real openHAB with the binding, a login as a person does it, and what openHAB
 * then shows.
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
    private static final List<String> RULE_ITEMS = List.of("MoneyTight");
    /** The rainy day pot has no goal. */
    private static final Set<String> MAY_BE_UNDEFINED = Set.of("Rainy_Goal", "Rainy_Progress");

    private static final Map<String, String> FILES = Map.of(
            "monzo.things", "things",
            "monzo.items", "items",
            "monzo.rules", "rules",
            "monzo.sitemap", "sitemaps");
    private static final String USER = "demo";
    private static final String PASSWORD = "demo";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    // The table has letters that are not ASCII, whatever the terminal's settings say.
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
        try (OpenHab openHab = OpenHab.prepare(Repository.target().resolve("demo"));
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
            System.err.println("openHAB's log: " + Repository.target().resolve("demo/userdata/logs/openhab.log"));
            return 1;
        }
    }

    private DemoTable play() {
        FILES.forEach((file, directory) -> openHab.writeConf(directory + "/" + file, fill(file)));
        openHab.installBinding(Repository.bindingJar());
        OUT.println("Starting openHAB ...");
        openHab.start();
        OpenHabRest rest = OpenHabRest.createAdministrator(openHab, USER, PASSWORD);
        rest.awaitThingStatus(BRIDGE, "OFFLINE", "CONFIGURATION_PENDING", PATIENCE);

        OUT.println("Logging in at the bank ...");
        Web browser = new Web();
        URI authorise =
                browser.follow(URI.create(openHab.baseUrl() + "/connectmonzo")).link("authorize?bridge=");
        URI bankPage = browser.get(authorise).redirect();
        browser.follow(bank.logIn(browser, bankPage));

        OUT.println("Approving in the bank's app ...");
        bank.approveInApp(browser);
        rest.awaitThingStatus(BRIDGE, "ONLINE", PATIENCE);
        return awaitTable(rest);
    }

    /** Values and rules follow the login after a moment; what has not come by then is missing. */
    private static DemoTable awaitTable(OpenHabRest rest) {
        try {
            return Await.until(
                    "all values", PATIENCE, () -> table(rest), t -> t.missing().isEmpty());
        } catch (AssertionError e) {
            return table(rest);
        }
    }

    private static DemoTable table(OpenHabRest rest) {
        return DemoTable.read(rest, THINGS, RULE_ITEMS, "monzo", MAY_BE_UNDEFINED);
    }

    private String fill(String template) {
        try (InputStream resource = Demo.class.getResourceAsStream("/demo/" + template)) {
            String text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            for (Map.Entry<String, String> placeholder : bank.placeholders().entrySet()) {
                text = text.replace("${" + placeholder.getKey() + "}", placeholder.getValue());
            }
            return text;
        } catch (IOException e) {
            throw new IllegalStateException(template, e);
        }
    }

    private void printAddresses() {
        OUT.printf("openHAB       %s  (user %s, password %s)%n", openHab.baseUrl(), USER, PASSWORD);
        OUT.printf("Monzo logins  %s/connectmonzo%n", openHab.baseUrl());
        OUT.printf("Bank's app    %s%n", bank.appPage());
        OUT.printf("%nTurn MoneyTight OFF: let Alice receive 50 in the bank's app, and wait 10 seconds.%n");
    }
}
