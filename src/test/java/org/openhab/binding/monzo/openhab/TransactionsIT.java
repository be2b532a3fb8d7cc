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

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.simulator.BankAccount;
import org.openhab.binding.monzo.simulator.BankTransaction;

/** Transactions in a real openHAB: rules receive each once, also across restarts and kills. */
class TransactionsIT {

    private static final String OLD_THING = "monzo:account:alice:old";

    /** The events before each start, which begins a new log of them. */
    private static final StringBuilder FORMER_EVENTS = new StringBuilder();

    private static OpenHabFixture fixture;
    private static OpenHabRest rest;
    private static BankAccount current;

    @BeforeAll
    static void startOpenHab() {
        fixture = OpenHabFixture.prepare("transactions");
        current = fixture.people().current();
        current.payments().pay(1_000, "Video Shop");
        fixture.openHab().installBinding(Repository.bindingJar());
        fixture.openHab()
                .writeConf(
                        "things/monzo.things",
                        "Bridge " + Examples.BRIDGE + " [ " + fixture.bridgeSettings() + " ] {\n"
                                + "    Thing account current [ transactions=true ]\n}\n");
        writeExample("items/monzo-transactions.items");
        writeExample("rules/monzo-transactions.rules");
        fixture.start();
        rest = fixture.rest();
        fixture.logIn(Examples.BRIDGE, fixture.people().alice());
        fixture.awaitOnline(Examples.CURRENT);
        rest.awaitItemState("Last_Amount", "-10.00", AWAIT_TIMEOUT);
    }

    private static void writeExample(String path) {
        String text = OpenHabFixture.resource("/examples-transactions" + path.substring(path.indexOf('/')));
        fixture.openHab().writeConf(path, text);
    }

    @AfterAll
    static void stopOpenHab() {
        if (fixture != null) {
            fixture.close();
        }
    }

    /** One test, as each step continues the previous one. */
    @Test
    void rulesReceiveEachTransactionOnce() throws Exception {
        addOldThing();
        BankTransaction salary = current.payments().salary(250_000, "Acme Ltd");
        awaitTold(salary);
        rest.awaitItemState("Payment_News", "It is payday!", AWAIT_TIMEOUT);
        rest.awaitItemState("Last_Amount", "2500.00", AWAIT_TIMEOUT);
        BankTransaction lunch = current.payments().pay(1_250, "Bob's \"Best\" \\ Fish");
        awaitTold(lunch);
        rest.awaitItemState("Payment_News", "12.50 paid at Bob's \"Best\" \\ Fish", AWAIT_TIMEOUT);
        rest.awaitItemState("Last_Description", "Bob's \"Best\" \\ Fish", AWAIT_TIMEOUT);
        assertTrue(rest.item("Last_Amount").toString().contains("£%,.2f"), "the pattern of an amount");

        fixture.openHab().stop();
        removeNewChannelsOfOldThing();
        BankTransaction whileStopped = current.payments().pay(1_300, "Corner Shop");
        startAgain();
        awaitTold(whileStopped);
        assertTrue(rest.thing(OLD_THING).toString().contains(OLD_THING + ":transaction\""), "the channels are back");
        awaitTold("old", whileStopped);

        BankTransaction beforeKill = current.payments().pay(1_400, "Corner Shop");
        awaitTold(beforeKill);
        awaitStored(beforeKill);
        fixture.openHab().kill();
        BankTransaction whileKilled = current.payments().pay(1_500, "Corner Shop");
        startAgain();
        awaitTold(whileKilled);

        BankTransaction atKill = current.payments().pay(1_600, "Corner Shop");
        awaitTold(atKill);
        fixture.openHab().kill();
        BankTransaction last = current.payments().pay(1_700, "Corner Shop");
        startAgain();
        awaitTold(last);

        for (BankTransaction once :
                new BankTransaction[] {salary, lunch, whileStopped, beforeKill, whileKilled, last}) {
            assertEquals(1, timesTold(once), "told " + once.id());
        }
        System.out.println("kill -9 right after a transaction was told: told " + timesTold(atKill) + " times");
        assertTrue(timesTold(atKill) <= 2);
    }

    /** openHAB writes its storage half a second after a change. */
    private static void awaitStored(BankTransaction transaction) {
        Path stored = fixture.openHab().userdata().resolve("jsondb/org.openhab.binding.monzo.transactions.json");
        Await.until(
                "the transaction to be stored",
                AWAIT_TIMEOUT,
                () -> Files.readString(stored).contains(transaction.id()));
    }

    private static void startAgain() throws IOException {
        FORMER_EVENTS.append(events());
        fixture.openHab().start();
        fixture.awaitOnline(Examples.BRIDGE, Examples.CURRENT);
    }

    private static void addOldThing() {
        JsonObject configuration = new JsonObject();
        configuration.addProperty("accountId", current.id());
        configuration.addProperty("transactions", true);
        JsonObject thing = new JsonObject();
        thing.addProperty("UID", OLD_THING);
        thing.addProperty("thingTypeUID", "monzo:account");
        thing.addProperty("bridgeUID", Examples.BRIDGE);
        thing.add("configuration", configuration);
        rest.createThing(thing);
        fixture.awaitOnline(OLD_THING);
    }

    /** Makes of the stored thing what an earlier version of the binding stored. */
    private static void removeNewChannelsOfOldThing() throws IOException {
        Path file = fixture.openHab().userdata().resolve("jsondb/org.openhab.core.thing.Thing.json");
        JsonObject things = new JsonParser().parse(Files.readString(file)).getAsJsonObject();
        JsonObject thing = things.getAsJsonObject(OLD_THING).getAsJsonObject("value");
        JsonArray old = new JsonArray();
        for (JsonElement channel : thing.getAsJsonArray("channels")) {
            if (!channel.toString().contains("transaction")) {
                old.add(channel);
            }
        }
        assertEquals(3, old.size(), thing.toString());
        thing.add("channels", old);
        Files.writeString(file, things.toString());
    }

    /**
     * Waits until the channel of a transaction is triggered. After a restart, openHAB 3.0.1 sometimes leaves the rules of
     * a file without their actions, so only the first start looks at what rules do with it.
     */
    private static void awaitTold(BankTransaction transaction) throws IOException {
        awaitTold("current", transaction);
    }

    private static void awaitTold(String thing, BankTransaction transaction) throws IOException {
        Matcher told = Await.until(
                transaction.id() + " to be told",
                AWAIT_TIMEOUT,
                () -> told(thing, transaction).matcher(events()),
                Matcher::find);
        String ruleEngine = fixture.openHab().awaitLog("(?m)^.{23}(?= .*Rule engine started)", AWAIT_TIMEOUT);
        assertTrue(told.group(1).compareTo(ruleEngine) > 0, "told before the rules run");
    }

    private static long timesTold(BankTransaction transaction) throws IOException {
        return told("current", transaction)
                .matcher(FORMER_EVENTS + events())
                .results()
                .count();
    }

    private static Pattern told(String thing, BankTransaction transaction) {
        return Pattern.compile(
                "(?m)^(.{23}) .*monzo:account:alice:" + thing + ":transaction triggered .*" + transaction.id());
    }

    private static String events() throws IOException {
        return Files.readString(fixture.openHab().userdata().resolve("logs/events.log"));
    }
}
