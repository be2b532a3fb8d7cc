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
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.openhab.binding.monzo.simulator.BankTransaction;
import org.openhab.binding.monzo.simulator.Customer;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.SampleCustomers;
import org.openhab.binding.monzo.simulator.SimulatedBank;

/**
 * A real openHAB with a simulated bank and its sample customers. The binding is not installed yet.
 */
final class OpenHabFixture implements AutoCloseable {
    /** Long enough for a busy machine; nothing waits longer than necessary. */
    static final Duration AWAIT_TIMEOUT = Duration.ofSeconds(120);

    private static final String WEB_CONTAINER = "org.ops4j.pax.web.service.internal.HttpServiceEnabled";

    static final String CLIENT_ID = "oauth2client_house";
    static final String CLIENT_SECRET = "mnzconf.house+secret/==";

    private final OpenHab openHab;
    private final boolean isShared;
    private final SimulatedBank bank;
    private final SampleCustomers people;
    private OpenHabRest rest;
    /** The length of the log before this fixture, in the same run of openHAB. */
    private int earlierLog;

    private OpenHabFixture(OpenHab openHab, boolean isShared, SimulatedBank bank) {
        this.openHab = openHab;
        this.isShared = isShared;
        this.bank = bank;
        this.people = SampleCustomers.fill(bank);
        bank.addClient(CLIENT_ID, CLIENT_SECRET, openHab.baseUrl() + "/connectmonzo/callback");
    }

    /**
     * Prepares a fixture on the chosen platform.
     *
     * @param name the name of its directory below {@code target}
     * @return a fixture whose openHAB is not started
     */
    static OpenHabFixture prepare(String name) {
        return prepare(name, Platform.chosen());
    }

    /**
     * @param name the name of its directory below {@code target}
     * @param platform what openHAB runs on
     * @return a fixture whose openHAB is not started
     */
    static OpenHabFixture prepare(String name, Platform platform) {
        Path home = Repository.target().resolve("openhab-it").resolve(name);
        return new OpenHabFixture(OpenHab.prepare(home, platform), false, SimulatedBank.start());
    }

    /** Starts openHAB for the first time and creates its administrator. */
    void start() {
        openHab.start();
        rest = OpenHabRest.createAdministrator(openHab, "admin", "secret");
        assertListensOnLoopbackOnly();
    }

    /** Linux lists the listening sockets of all processes; inodes identify those of this one. */
    private void assertListensOnLoopbackOnly() {
        List<String> others = ListeningSockets.of(openHab.pid()).stream()
                .filter(socket -> !socket.isLoopback())
                .map(Object::toString)
                .toList();
        assertEquals(List.of(), others);
    }

    /**
     * Returns a fixture with a bank of its own in the same openHAB. When it is closed, its configuration files and all
     * rules and things are removed.
     */
    OpenHabFixture inSameOpenHab() {
        OpenHabFixture fixture = new OpenHabFixture(openHab, true, SimulatedBank.start());
        fixture.rest = rest;
        fixture.earlierLog = openHab.log().length();
        return fixture;
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

    /**
     * Returns the settings of a bridge in a {@code .things} file: client, the bank's URLs and the shortest interval.
     */
    String bridgeSettings() {
        return "clientId=\"%s\", clientSecret=\"%s\", refreshInterval=10, allowFeed=true, apiUrl=\"%s\", authUrl=\"%s\""
                .formatted(CLIENT_ID, CLIENT_SECRET, bank.url(), bank.url());
    }

    /** Returns a bridge as sent by Main UI. */
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
     * Authorises a login through the pages of openHAB and the bank.
     *
     * @return the last page
     */
    Web.Page authorise(String bridgeUid, Customer who) {
        Web browser = new Web();
        URI authorise = browser.follow(connectPage()).link("authorize?bridge=" + Web.encode(bridgeUid));
        URI bankPage = browser.get(authorise).redirect();
        return browser.follow(bank.logIn(bankPage.toString(), who));
    }

    /** Logs in, including the approval in the app. */
    void logIn(String bridgeUid, Customer who) {
        rest.awaitThingStatus(bridgeUid, "OFFLINE", AWAIT_TIMEOUT);
        authorise(bridgeUid, who);
        bank.approve(who);
        awaitOnline(bridgeUid);
    }

    URI connectPage() {
        return URI.create(openHab.baseUrl() + "/connectmonzo");
    }

    /**
     * Stops and starts the binding. Not by {@code bundle:restart}, which is quicker than pax-web 8 under load: it clears up
     * behind a stopped bundle in a thread of its own, and so removes the servlets of one that has started again.
     */
    void restartBinding() {
        openHab.logLevel(WEB_CONTAINER, "DEBUG");
        long before = clearedUp();
        openHab.console("bundle:stop org.openhab.binding.monzo");
        if (Platform.chosen() == Platform.TODAY) {
            Await.until("the web container to clear up", AWAIT_TIMEOUT, () -> clearedUp() > before);
        }
        Await.until(
                "the end of the binding",
                AWAIT_TIMEOUT,
                () -> new Web().get(connectPage()).status() != 200);
        openHab.console("bundle:start org.openhab.binding.monzo");
        openHab.logLevel(WEB_CONTAINER, "DEFAULT");
        awaitBinding();
    }

    /** Returns how often pax-web 8 says that it clears up behind the binding. */
    private long clearedUp() {
        return openHab.log()
                .lines()
                .filter(line -> line.contains(WEB_CONTAINER))
                .filter(line -> line.contains("Stopping http service for") && line.contains("monzo"))
                .count();
    }

    /** Waits for a binding copied to {@code addons}, whose page appears once things can be added. */
    void awaitBinding() {
        Await.until(
                "the binding", AWAIT_TIMEOUT, () -> new Web().get(connectPage()).status() == 200);
    }

    void awaitOnline(String... things) {
        for (String thing : things) {
            rest.awaitThingStatus(thing, "ONLINE", AWAIT_TIMEOUT);
        }
    }

    /** Refreshes with the console command and waits for the state of an item. */
    void awaitShown(String item, String state) {
        openHab.console("openhab:monzo refresh");
        rest.awaitItemState(item, state, AWAIT_TIMEOUT);
    }

    /** As {@link #awaitShown}, with a REFRESH command, which is ignored within five seconds after a refresh. */
    void awaitShownByCommand(String item, String state) {
        Await.until(
                item + " to show " + state,
                AWAIT_TIMEOUT,
                () -> {
                    rest.sendCommand(item, "REFRESH");
                    return rest.itemState(item);
                },
                state::equals);
    }

    /**
     * Expires the access tokens, requests a refresh, and returns within a millisecond of the token refresh, for tests
     * in which milliseconds matter.
     */
    void forceRenewal() {
        int before = tokenCalls();
        bank.expireAccessTokens();
        CompletableFuture.runAsync(() -> openHab.console("openhab:monzo refresh"));
        try {
            if (!bank.awaitCount(Endpoint.TOKEN, before + 1, AWAIT_TIMEOUT)) {
                throw new AssertionError("No renewal within " + AWAIT_TIMEOUT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Returns openHAB's stored logins as written to disk. */
    String storedLogins() {
        Path file = openHab.userdata().resolve("jsondb/StorageHandler.For.OAuthClientService.json");
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the encrypted token, different after each token refresh; empty while the file is being written. */
    String storedToken(String bridgeUid) {
        Matcher token = Pattern.compile("\"" + bridgeUid + "\\.AccessTokenResponse\"[^}]*")
                .matcher(storedLogins());
        return token.find() ? token.group() : "";
    }

    /**
     * Makes a stopped openHAB write stored data at once after its next start. A running one would restart its storage,
     * and all that depends on it, and a test would not know when.
     */
    void storeWithoutDelay() {
        if (openHab.isRunning()) {
            throw new IllegalStateException("openHAB runs");
        }
        openHab.writeConf("services/storage.cfg", "org.openhab.storage.json:write_delay=0");
    }

    /** Waits until a delivered transaction is on the disk: openHAB writes its storage half a second after a change. */
    void awaitStored(BankTransaction transaction) {
        Path stored = openHab.userdata().resolve("jsondb/org.openhab.binding.monzo.transactions.json");
        Await.until(
                "the transaction to be stored",
                AWAIT_TIMEOUT,
                () -> Files.exists(stored) && Files.readString(stored).contains(transaction.id()));
    }

    /** Returns an amount as items show it. */
    static String pounds(long pence) {
        return BigDecimal.valueOf(pence, 2).toPlainString();
    }

    int tokenCalls() {
        return bank.count(Endpoint.TOKEN);
    }

    /** Returns the content of a file in {@code src/test/resources}. */
    static String resource(String path) {
        try (InputStream resource = OpenHabFixture.class.getResourceAsStream(path)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asserts that the log since the last start has no warnings or errors about the binding. */
    void assertLogClean() {
        assertEquals(List.of(), complaints());
    }

    /** Returns the log since the last start, or since this fixture in an openHAB that runs longer. */
    String log() {
        return openHab.log().substring(earlierLog);
    }

    List<String> complaints() {
        return log().lines()
                .filter(line -> line.contains("[WARN ]") || line.contains("[ERROR]"))
                .filter(line -> line.toLowerCase().contains("monzo"))
                // A jar in addons before openHAB's first start is installed before its dependencies, then retried.
                .filter(line -> !line.contains("felix.fileinstall"))
                // REST restarts when a component adds a resource, and logs the URL of a request at that time.
                .filter(line -> !line.contains("transport.servlet.ServletController"))
                .toList();
    }

    static Stream<JsonObject> objects(JsonElement array) {
        return StreamSupport.stream(array.getAsJsonArray().spliterator(), false).map(JsonElement::getAsJsonObject);
    }

    @Override
    public void close() {
        try {
            if (isShared) {
                removeThings();
            } else {
                openHab.close();
            }
        } finally {
            bank.close();
        }
    }

    private void removeThings() {
        openHab.deleteConf();
        // Rules would miss their items.
        objects(rest.rules())
                .filter(rule -> rule.get("editable").getAsBoolean())
                .map(rule -> rule.get("uid").getAsString())
                .forEach(uid -> rest.send("DELETE", "/rules/" + uid, "application/json", ""));
        Await.until(
                "the end of the things in files",
                AWAIT_TIMEOUT,
                () -> objects(rest.things())
                        .allMatch(thing -> thing.get("editable").getAsBoolean()));
        objects(rest.things()).map(thing -> thing.get("UID").getAsString()).forEach(uid -> rest.removeThingNow(uid));
        Await.until("the end of all things", AWAIT_TIMEOUT, () -> rest.things().size() == 0);
    }
}
