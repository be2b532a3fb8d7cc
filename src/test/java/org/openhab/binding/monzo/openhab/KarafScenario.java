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
import static org.openhab.binding.monzo.openhab.OpenHabFixture.AWAIT_TIMEOUT;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.openhab.binding.monzo.simulator.BankTransaction;

/**
 * Tests every way to install, update and uninstall the binding in a running openHAB, with one login that survives.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class KarafScenario {
    private static final String BRIDGE = "monzo:bridge:karaf";
    private static final String ACCOUNT = "monzo:account:karaf:current";
    private static final String POT = "monzo:pot:karaf:holiday";
    private static final String FEATURE = "openhab-binding-monzo";
    private static final List<String> COMPONENTS = List.of(
            "MonzoHandlerFactory",
            "ConnectionRegistry",
            "ConnectServlet",
            "WebhookServlet",
            "WebhookEndpoint",
            "MonzoStateDescriptionProvider",
            "MonzoCommandExtension");

    private static OpenHabFixture fixture;
    private static OpenHab openHab;
    private static Addons addons;
    private static long pence = 100_000;

    @BeforeAll
    static void prepare() {
        fixture = StartedOpenHabIT.newFixture();
        openHab = fixture.openHab();
        addons = new Addons(fixture);
        addons.delete(Repository.bindingJar().getFileName().toString());
        Await.until(
                "the end of the bundle", AWAIT_TIMEOUT, () -> addons.bundles().isEmpty());
        openHab.writeConf("things/karaf.things", """
                Bridge monzo:bridge:karaf "Karaf" [ %s ] {
                    Thing account current "Current" [ accountId="%s", transactions=true ]
                    Thing pot     holiday "Holiday" [ potId="%s" ]
                }
                """.formatted(
                        fixture.bridgeSettings(),
                        fixture.people().current().id(),
                        fixture.people().holiday().id()));
        openHab.writeConf("items/karaf.items", "Number Balance { channel=\"%s:balance\" }".formatted(ACCOUNT));
    }

    @AfterAll
    static void cleanUp() {
        if (fixture != null) {
            fixture.close();
        }
    }

    /** Installs the feature from Karaf's repository with two commands. */
    @Test
    @Order(1)
    void installsFeature() throws IOException {
        Path jar = Repository.bindingJar();
        String name = jar.getFileName().toString().replace(".jar", "");
        String version = name.substring("org.openhab.binding.monzo-".length());
        Path place = openHab.userdata()
                .resolve("system/org/openhab/addons/bundles/org.openhab.binding.monzo")
                .resolve(version);
        Files.createDirectories(place);
        Files.copy(jar, place.resolve(jar.getFileName()));
        Path features = jar.resolveSibling(name + "-features.xml");

        String output = openHab.console("feature:repo-add " + features.toUri() + "; feature:install " + FEATURE);
        assertFalse(output.contains("Error"), output);
        fixture.logIn(BRIDGE, fixture.people().alice());
        assertWorking();
    }

    @Test
    @Order(2)
    void survivesBundleRestart() {
        fixture.restartBinding();
        assertWorking();
    }

    @Test
    @Order(3)
    void consoleShowsLoginsAndIdsWithoutSecrets() {
        String logins = openHab.console("openhab:monzo logins");
        assertTrue(logins.contains(BRIDGE + "  ONLINE"), logins);
        assertTrue(logins.contains("token:") && logins.contains("refresh:  in "), logins);
        String accounts = openHab.console("openhab:monzo accounts");
        for (String id : List.of(
                fixture.people().current().id(),
                fixture.people().joint().id(),
                fixture.people().holiday().id(),
                fixture.people().rainyDay().id())) {
            assertTrue(accounts.contains(id), accounts);
        }
        String refresh = openHab.console("openhab:monzo refresh " + BRIDGE);
        assertTrue(refresh.contains("refresh requested"), refresh);
        String report = openHab.console("openhab:monzo diagnose");
        assertTrue(report.contains("openHAB: 3.0.1") && report.contains("Monzo Login 1: ONLINE"), report);
        String unknown = openHab.console("openhab:monzo refresh monzo:bridge:nobody");
        assertTrue(unknown.contains("There is no Monzo Login monzo:bridge:nobody"), unknown);
        String usage = openHab.console("openhab:monzo unknown");
        assertTrue(usage.contains("monzo logins") && usage.contains("monzo accounts"), usage);

        String shown = logins + accounts + refresh + report + unknown + usage;
        Stream.concat(
                        fixture.bank().issuedSecrets().stream(),
                        Stream.of(
                                OpenHabFixture.CLIENT_SECRET,
                                fixture.people().current().accountNumber(),
                                String.valueOf(pence),
                                "1475.00",
                                "£"))
                .forEach(secret -> assertFalse(shown.contains(secret), () -> secret + " in " + shown));
    }

    @Test
    @Order(4)
    void survivesFeatureReinstallation() throws IOException {
        BankTransaction payment = fixture.people().current().payments().pay(1_000, "Petrol Station");
        awaitTriggered("transaction", payment);
        fixture.awaitStored(payment);
        openHab.console("feature:uninstall " + FEATURE);
        assertGone();
        payment.settle(-4_512);
        openHab.console("feature:install " + FEATURE);
        assertWorking();
        awaitTriggered("transaction-updated", payment);
        assertEquals(1, timesTriggered("transaction", payment));
        openHab.console("feature:uninstall " + FEATURE);
        assertGone();
    }

    @Test
    @Order(5)
    void installsKar() throws IOException {
        Path jar = Repository.bindingJar();
        Path kar = jar.resolveSibling(jar.getFileName().toString().replace(".jar", ".kar"));
        openHab.installBinding(kar);
        assertWorking();
        Files.delete(openHab.addons().resolve(kar.getFileName()));
        assertGone();
    }

    @Test
    @Order(6)
    void installsAndUpdatesJar() {
        addons.drop("monzo.jar", "1.0.1");
        assertWorking();
        assertVersion("1.0.1");

        addons.replaceWhileDisabled(BRIDGE, "monzo.jar", "1.0.2");
        assertWorking();
        assertVersion("1.0.2");

        addons.delete("monzo.jar");
        addons.drop("monzo-1.0.3.jar", "1.0.3");
        Await.until(
                "the newest bundle",
                AWAIT_TIMEOUT,
                () -> addons.bundles().contains("1.0.3") && !addons.bundles().contains("1.0.2"));
        assertWorking();
        assertVersion("1.0.3");

        addons.delete("monzo-1.0.3.jar");
        assertGone();
    }

    private static void awaitTriggered(String channel, BankTransaction transaction) {
        Await.until(
                channel + " to be triggered", AWAIT_TIMEOUT, () -> timesTriggered(channel, transaction), n -> n == 1);
    }

    private static long timesTriggered(String channel, BankTransaction transaction) {
        return openHab.events()
                .lines()
                .filter(line ->
                        line.contains(ACCOUNT + ":" + channel + " triggered") && line.contains(transaction.id()))
                .count();
    }

    /** Asserts that the binding is installed once and works with the same login, without errors in the log. */
    private static void assertWorking() {
        fixture.awaitOnline(BRIDGE, ACCOUNT, POT);
        pence++;
        fixture.people().current().balance(pence);
        fixture.awaitShown("Balance", "1000." + String.format("%02d", pence - 100_000));
        assertEquals(1, fixture.tokenCalls(), "calls of the token endpoint");
        new Pages(fixture).assertServed(BRIDGE);
        assertRestServed();

        String bundles = addons.bundles();
        assertEquals(1, bundles.lines().count(), bundles);
        assertTrue(bundles.contains("Active"), bundles);
        String components = openHab.console("scr:list | grep openhab.binding.monzo");
        for (String component : COMPONENTS) {
            List<String> lines =
                    components.lines().filter(l -> l.contains(component)).toList();
            assertEquals(1, lines.size(), component + " in " + components);
            assertTrue(lines.get(0).endsWith("enabled, 1 instance."), lines.toString());
        }
        assertFalse(openHab.console("bundle:diag").toLowerCase().contains("monzo"));
        List<String> inbox = OpenHabFixture.objects(fixture.rest().inbox())
                .map(r -> r.get("thingUID").getAsString())
                .toList();
        assertEquals(List.copyOf(inbox.stream().distinct().toList()), inbox);
        fixture.assertLogClean();
    }

    /** Asserts that openHAB's own web pages are unaffected, also after a request for an unknown URL. */
    private static void assertRestServed() {
        Web web = new Web();
        assertEquals(
                404, web.get(URI.create(openHab.baseUrl() + "/no-such-page")).status());
        assertTrue(web.get(URI.create(openHab.baseUrl() + "/rest/")).ok().body().contains("\"links\""));
        if (Platform.chosen() == Platform.DISTRIBUTION) {
            assertTrue(web.get(URI.create(openHab.baseUrl() + "/")).ok().body().contains("<html"));
        }
    }

    private static void assertGone() {
        Await.until(
                "the end of the bundle", AWAIT_TIMEOUT, () -> addons.bundles().isEmpty());
        new Pages(fixture).awaitGone();
        assertRestServed();
        fixture.rest().awaitThingStatus(BRIDGE, "UNINITIALIZED", AWAIT_TIMEOUT);
        assertEquals("", openHab.console("scr:list | grep openhab.binding.monzo"));
        fixture.assertLogClean();
    }

    private static void assertVersion(String version) {
        assertTrue(addons.bundles().contains(version), addons.bundles());
    }
}
