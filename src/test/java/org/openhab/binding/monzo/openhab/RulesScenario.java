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
import static org.openhab.binding.monzo.openhab.OpenHabFixture.AWAIT_TIMEOUT;

import com.google.gson.JsonObject;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.openhab.binding.monzo.simulator.BankAccount;

/**
 * What the tests of rules have in common: one openHAB, with the README's example files.
 */
abstract class RulesScenario {
    static final String WATCHED = "monzo:account:alice:watched";
    static final String RULES_REFRESHER = "org.openhab.core.model.rule.jvmmodel.RulesRefresher";
    static final String RULE_ADDED = "openhab.event.RuleAddedEvent";

    static final OpenHabFixture fixture = RulesIT.fixture();
    static final OpenHabRest rest = fixture.rest();
    static final BankAccount current = fixture.people().current();

    @AfterEach
    void logsNoErrors() {
        fixture.assertLogClean();
        assertEquals(List.of(), ruleFailures());
    }

    /**
     * Waits until openHAB has loaded the rules of files for the last time. It does so again half a minute after an item or
     * a thing was added or removed, and meanwhile they receive no events.
     */
    static void awaitRulesOfFiles() {
        Await.until("the rules of files", AWAIT_TIMEOUT, () -> {
            Optional<LocalDateTime> refresh = last(fixture.openHab().log(), "are going to be refreshed");
            String events = fixture.openHab().events();
            return refresh.isEmpty()
                    || Stream.of("probe", "monzo", "transfers", "actions")
                            .map(file -> last(events, "Rule '" + file + "-"))
                            .allMatch(loaded -> loaded.isPresent()
                                    && loaded.get().isAfter(refresh.get().plusSeconds(29)));
        });
    }

    /** Returns the time of the last line with a text. */
    private static Optional<LocalDateTime> last(String log, String text) {
        return log.lines()
                .filter(line -> line.contains(text))
                .reduce((earlier, later) -> later)
                .map(line -> LocalDateTime.parse(line.substring(0, 23).replace(' ', 'T')));
    }

    static void showBalance(long minor, String shown) {
        current.balance(minor);
        fixture.awaitShown("Current_Balance", shown);
    }

    /**
     * Adds a thing of Alice's login and waits until it is online.
     *
     * @param configuration names and values in turn
     */
    static void addThing(String uid, Object... configuration) {
        JsonObject thing = new JsonObject();
        thing.addProperty("UID", uid);
        thing.addProperty("thingTypeUID", uid.replaceFirst("(\\w+:\\w+):.*", "$1"));
        thing.addProperty("bridgeUID", Examples.BRIDGE);
        thing.addProperty("label", uid);
        thing.add("configuration", JsonRule.parameters(configuration));
        rest.createThing(thing);
        fixture.openHab().console("openhab:monzo refresh");
        fixture.awaitOnline(uid);
    }

    static void addRuleFromTemplate(String name, String template, Object... configuration) {
        rest.createRule(JsonRule.ofTemplate("template-" + name, "monzo:" + template, configuration));
    }

    static void awaitRulesFromTemplates(int count) {
        Await.until(
                "rules from templates that wait for events",
                AWAIT_TIMEOUT,
                () -> OpenHabFixture.objects(rest.rules())
                        .filter(rule -> rule.get("uid").getAsString().startsWith("template-"))
                        .map(Object::toString)
                        .toList(),
                rules ->
                        rules.size() == count && rules.stream().allMatch(rule -> rule.contains("\"status\":\"IDLE\"")));
    }

    static void removeRules(String prefix) {
        OpenHabFixture.objects(rest.rules())
                .map(rule -> rule.get("uid").getAsString())
                .filter(uid -> uid.startsWith(prefix))
                .forEach(uid -> rest.send("DELETE", "/rules/" + uid, "application/json", ""));
    }

    private static List<String> ruleFailures() {
        return fixture.log()
                .lines()
                .filter(l -> l.contains("[ERROR]") || l.contains("[WARN ]"))
                .filter(l -> l.contains("rule") || l.contains("script"))
                // A warning about the jar's installation contains a directory "rules"; see assertLogClean.
                .filter(l -> !l.contains("felix.fileinstall"))
                .filter(l -> l.matches(".*(monzo|probe|Script execution|Error during).*"))
                .toList();
    }
}
