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
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.simulator.BankAccount;
import org.openhab.binding.monzo.simulator.BankTransaction;

/** Transactions in a real openHAB: rules receive each once, also across restarts and kills. */
class TransactionsIT {

    private static final String OLD_THING = "monzo:account:alice:old";

    /** The logs before each start, which begins a new one. */
    private static final StringBuilder FORMER_LOGS = new StringBuilder();

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
        fixture.openHab().writeConf("rules/probe.rules", OpenHabFixture.resource("/probe/transactions.rules"));
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
        BankTransaction lunch = current.payments().pay(1_250, "Coffee Bar");
        awaitTold(lunch);
        rest.awaitItemState("Payment_News", "12.50 paid at Coffee Bar", AWAIT_TIMEOUT);
        rest.awaitItemState("Last_Description", "Coffee Bar", AWAIT_TIMEOUT);
        assertTrue(rest.item("Last_Amount").toString().contains("£%.2f"), "the pattern of an amount");

        fixture.openHab().stop();
        removeNewChannelsOfOldThing();
        BankTransaction whileStopped = current.payments().pay(1_300, "Corner Shop");
        startAgain();
        awaitTold(whileStopped);
        assertTrue(rest.thing(OLD_THING).toString().contains(OLD_THING + ":transaction\""), "the channels are back");
        fixture.openHab().awaitLog("Old thing told [^\\n]*" + whileStopped.id(), AWAIT_TIMEOUT);

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

    private static void startAgain() {
        FORMER_LOGS.append(fixture.openHab().log());
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

    private static void awaitTold(BankTransaction transaction) {
        fixture.openHab().awaitLog("Told [^\\n]*" + transaction.id(), AWAIT_TIMEOUT);
    }

    private static long timesTold(BankTransaction transaction) {
        return Pattern.compile(" Told [^\\n]*" + transaction.id())
                .matcher(FORMER_LOGS + fixture.openHab().log())
                .results()
                .count();
    }
}
