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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/**
 * Tests rules in the real openHAB, with one start for all: it takes as long as many of them.
 */
class RulesIT {
    private static OpenHabFixture fixture;

    static OpenHabFixture fixture() {
        return fixture;
    }

    @BeforeAll
    static void startOpenHab() {
        fixture = OpenHabFixture.prepare("rules");
        fixture.people().current().balance(5_000);
        fixture.openHab().installBinding(Repository.bindingJar());
        Examples.install(fixture);
        fixture.openHab().writeConf("items/probe.items", OpenHabFixture.resource("/probe/probe.items"));
        fixture.openHab().writeConf("sitemaps/monzo.sitemap", OpenHabFixture.resource("/probe/monzo.sitemap"));
        fixture.openHab().writeConf("rules/probe.rules", OpenHabFixture.resource("/probe/probe.rules"));
        allowTransfers();
        fixture.openHab().logLevel(RulesScenario.RULES_REFRESHER, "DEBUG");
        fixture.openHab().logLevel(RulesScenario.RULE_ADDED, "INFO");
        fixture.start();
        fixture.logIn(Examples.BRIDGE, fixture.people().alice());
        fixture.awaitOnline(Examples.CURRENT, Examples.JOINT, Examples.HOLIDAY, RulesScenario.WATCHED);
    }

    /** Allows transfers, and adds the README's examples of them and an account whose transactions are watched. */
    private static void allowTransfers() {
        String things = "things/monzo.things";
        fixture.openHab()
                .writeConf(
                        things,
                        readConf(things)
                                .replace(
                                        "refreshInterval",
                                        "allowTransfers=true, dailyTransferLimit=1000, refreshInterval")
                                .replace(
                                        "}",
                                        "    Thing account watched [ accountId=\""
                                                + fixture.people().joint().id() + "\", transactions=true ]\n}"));
        for (String file : List.of("items/actions.items", "rules/transfers.rules", "rules/actions.rules")) {
            String resource = "/transfers" + file.substring(file.indexOf('/'));
            fixture.openHab().writeConf(file, OpenHabFixture.resource(resource));
        }
    }

    private static String readConf(String path) {
        try {
            return Files.readString(fixture.openHab().conf().resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void stopOpenHab() {
        if (fixture != null) {
            fixture.close();
        }
    }

    @Nested
    class ExampleFiles extends ExampleRulesScenario {}

    @Nested
    class Actions extends ActionRulesScenario {}

    @Nested
    class Templates extends TemplateRulesScenario {}

    @Nested
    class MoneyTemplates extends MoneyTemplatesScenario {}
}
