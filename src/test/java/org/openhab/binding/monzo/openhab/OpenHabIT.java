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
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * Tests the openHAB of the integration tests without the binding.
 */
class OpenHabIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void keepsItemAcrossARestartAndCleansUp() {
        try (OpenHab openHab = OpenHab.prepare(Repository.target().resolve("openhab-it/harness"))) {
            openHab.writeConf("items/harness.items", "Number Height \"Höhe [%.1f £]\"\nNumber Doubled\n");
            openHab.writeConf("rules/harness.rules", """
                    rule "Double"
                    when
                        Item Height changed
                    then
                        Doubled.postUpdate((Height.state as Number) * 2)
                    end
                    """);
            openHab.start();
            OpenHabRest rest = OpenHabRest.createAdministrator(openHab, "admin", "secret");

            rest.createItem("Number", "FromRest", "From REST");
            rest.postUpdate("FromRest", "21.5");
            rest.awaitItemState("FromRest", "21.5", SOON);
            rest.postUpdate("Height", "21.5");
            rest.awaitItemState("Doubled", "43.0", SOON);
            assertEquals("Höhe", rest.item("Height").get("label").getAsString());
            assertEquals(1, rest.rules().size());
            assertEquals(0, rest.things().size());
            assertEquals(0, rest.inbox().size());
            assertThrows(
                    OpenHabRest.RestException.class,
                    () -> OpenHabRest.as(openHab, "admin", "wrong").things());

            assertTrue(openHab.console("bundle:list -s").contains("org.openhab.core.thing"));
            assertTrue(openHab.console("no:such").contains("not found"));
            openHab.logLevel("org.openhab.core.thing", "TRACE");
            assertTrue(openHab.console("log:get org.openhab.core.thing").contains("TRACE"));
            openHab.awaitLog("Rule engine started", SOON);
            assertListensOnLoopbackOnly(openHab.pid());

            long before = openHab.pid();
            openHab.restart();
            assertGone(before);
            rest.awaitItemState("FromRest", "NULL", SOON);
            assertEquals("FromRest", rest.item("FromRest").get("name").getAsString());

            long killed = openHab.pid();
            openHab.kill();
            assertGone(killed);
            assertFalse(openHab.ports().anyOpen());

            openHab.start();
            assertTrue(names(rest).contains("FromRest"));
            long last = openHab.pid();
            openHab.stop();
            assertGone(last);
            assertFalse(openHab.ports().anyOpen());
        }
    }

    private static List<String> names(OpenHabRest rest) {
        return StreamSupport.stream(rest.items().spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .map(i -> i.get("name").getAsString())
                .toList();
    }

    private static void assertGone(long pid) {
        assertFalse(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false), "process " + pid + " is there");
    }

    /** Linux lists the listening sockets of all processes; inodes identify those of this one. */
    private static void assertListensOnLoopbackOnly(long pid) {
        List<String> open = ListeningSockets.of(pid).stream()
                .filter(s -> !s.isLoopback())
                .map(Object::toString)
                .toList();
        assertEquals(List.of(), open);
    }
}
