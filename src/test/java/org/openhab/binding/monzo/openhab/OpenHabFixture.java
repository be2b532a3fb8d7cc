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

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.openhab.binding.monzo.simulator.Customer;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.SampleCustomers;
import org.openhab.binding.monzo.simulator.SimulatedBank;

/**
 * A real openHAB at a simulated bank, and the people who use both. Without the binding until somebody installs it.
 */
final class OpenHabFixture implements AutoCloseable {
    /** Long enough for a busy machine; nothing waits longer than it has to. */
    static final Duration PATIENCE = Duration.ofSeconds(120);

    static final String CLIENT_ID = "oauth2client_house";
    static final String CLIENT_SECRET = "mnzconf.house+secret/==";

    private final OpenHab openHab;
    private final SimulatedBank bank;
    private final SampleCustomers people;
    private OpenHabRest rest;

    private OpenHabFixture(OpenHab openHab, SimulatedBank bank) {
        this.openHab = openHab;
        this.bank = bank;
        this.people = SampleCustomers.fill(bank);
        bank.addClient(CLIENT_ID, CLIENT_SECRET, openHab.baseUrl() + "/connectmonzo/callback");
    }

    /**
     * @param name of its directory below {@code target}
     * @return a fixture whose openHAB is not started
     */
    static OpenHabFixture prepare(String name) {
        return new OpenHabFixture(
                OpenHab.prepare(Repository.target().resolve("openhab-it").resolve(name)), SimulatedBank.start());
    }

    /** Starts openHAB for the first time, and makes its administrator. */
    void start() {
        openHab.start();
        rest = OpenHabRest.createAdministrator(openHab, "admin", "secret");
    }

    OpenHab openHab() {
        return openHab;
    }

    OpenHabRest rest() {
        return rest;
    }

    SimulatedBank bank() {
        return bank;
    }

    SampleCustomers people() {
        return people;
    }

    /** What every bridge here needs in a {@code .things} file: the client, the bank's addresses and the shortest interval. */
    String bridgeSettings() {
        return "clientId=\"%s\", clientSecret=\"%s\", refreshInterval=10, apiUrl=\"%s\", authUrl=\"%s\""
                .formatted(CLIENT_ID, CLIENT_SECRET, bank.url(), bank.url());
    }

    /** A bridge as Main UI sends it. */
    JsonObject bridge(String uid, String label) {
        JsonObject configuration = new JsonObject();
        configuration.addProperty("clientId", CLIENT_ID);
        configuration.addProperty("clientSecret", CLIENT_SECRET);
        configuration.addProperty("refreshInterval", 10);
        configuration.addProperty("apiUrl", bank.url());
        configuration.addProperty("authUrl", bank.url());
        JsonObject bridge = new JsonObject();
        bridge.addProperty("UID", uid);
        bridge.addProperty("thingTypeUID", "monzo:bridge");
        bridge.addProperty("label", label);
        bridge.add("configuration", configuration);
        return bridge;
    }

    /**
     * Goes through the pages as a person does: openHAB's, the bank's, and openHAB's again.
     *
     * @return the page at the end
     */
    Web.Page authorise(String bridgeUid, Customer who) {
        Web browser = new Web();
        URI authorise = browser.follow(connectPage()).link("authorize?bridge=" + Web.encode(bridgeUid));
        URI bankPage = browser.get(authorise).redirect();
        browser.get(bankPage).ok();
        URI back = browser.submit(bankPage, Map.of("decision", who.userId())).redirect();
        return browser.follow(back);
    }

    /** The whole login, with the approval in the app. */
    void logIn(String bridgeUid, Customer who) {
        rest.awaitThingStatus(bridgeUid, "OFFLINE", PATIENCE);
        authorise(bridgeUid, who);
        bank.approve(who);
        awaitOnline(bridgeUid);
    }

    URI connectPage() {
        return URI.create(openHab.baseUrl() + "/connectmonzo");
    }

    /** Waits for what was dropped into {@code addons}: its page is there as soon as things can be. */
    void awaitBinding() {
        Await.until("the binding", PATIENCE, () -> new Web().get(connectPage()).status() == 200);
    }

    void awaitOnline(String... things) {
        for (String thing : things) {
            rest.awaitThingStatus(thing, "ONLINE", PATIENCE);
        }
    }

    /** Has the bank read by the binding's console command, and waits for what an item then shows. */
    void awaitShown(String item, String state) {
        openHab.console("openhab:monzo refresh");
        rest.awaitItemState(item, state, PATIENCE);
    }

    /** The same by a command to the item, which is heard only when the last reading is five seconds old. */
    void awaitShownByCommand(String item, String state) {
        Await.until(
                item + " to show " + state,
                PATIENCE,
                () -> {
                    rest.sendCommand(item, "REFRESH");
                    return rest.itemState(item);
                },
                state::equals);
    }

    /**
     * Lets the access tokens run out, has the bank read, and returns within a millisecond of the renewal that follows,
     * since what happens next is a matter of milliseconds.
     */
    void forceRenewal() {
        int before = tokenCalls();
        bank.expireAccessTokens();
        CompletableFuture.runAsync(() -> openHab.console("openhab:monzo refresh"));
        try {
            if (!bank.awaitCount(Endpoint.TOKEN, before + 1, PATIENCE)) {
                throw new AssertionError("No renewal within " + PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What openHAB has stored of logins, as it is on the disk. */
    String storedLogins() {
        Path file = openHab.userdata().resolve("jsondb/StorageHandler.For.OAuthClientService.json");
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Encrypted, and so another text after each renewal; empty while the file is being written. */
    String storedToken(String bridgeUid) {
        Matcher token = Pattern.compile("\"" + bridgeUid + "\\.AccessTokenResponse\"[^}]*")
                .matcher(storedLogins());
        return token.find() ? token.group() : "";
    }

    /** Has openHAB write what it stores at once, from its next start on. */
    void storeWithoutDelay() {
        rest.send("PUT", "/services/org.openhab.storage.json/config", "application/json", "{\"write_delay\":0}");
        Path file = openHab.userdata().resolve("config/org/openhab/storage/json.config");
        Await.until(file.toString(), PATIENCE, () -> Files.readString(file).contains("write_delay"));
    }

    int tokenCalls() {
        return bank.count(Endpoint.TOKEN);
    }

    /** A file of {@code src/test/resources}. */
    static String resource(String path) {
        try (InputStream resource = OpenHabFixture.class.getResourceAsStream(path)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the log since the last start holds against the binding. */
    void assertLogClean() {
        assertEquals(List.of(), complaints());
    }

    List<String> complaints() {
        return openHab.log()
                .lines()
                .filter(line -> line.contains("[WARN ]") || line.contains("[ERROR]"))
                .filter(line -> line.toLowerCase().contains("monzo"))
                // A jar that lies in addons before openHAB's first start comes before what it needs, and is tried
                // again.
                .filter(line -> !line.contains("felix.fileinstall"))
                // REST starts anew when a part of openHAB adds to it, and names the address that is asked meanwhile.
                .filter(line -> !line.contains("transport.servlet.ServletController"))
                .toList();
    }

    static Stream<JsonObject> objects(JsonElement array) {
        return StreamSupport.stream(array.getAsJsonArray().spliterator(), false).map(JsonElement::getAsJsonObject);
    }

    @Override
    public void close() {
        try {
            openHab.close();
        } finally {
            bank.close();
        }
    }
}
