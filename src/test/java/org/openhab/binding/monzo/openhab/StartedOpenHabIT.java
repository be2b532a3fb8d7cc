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

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestClassOrder;

/**
 * The tests that do not restart openHAB, in one: a start takes as long as many of them. Each has its own bank, and
 * leaves no things.
 */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
class StartedOpenHabIT {
    private static OpenHabFixture started;

    @BeforeAll
    static void startOpenHab() {
        started = OpenHabFixture.prepare("started");
        started.openHab().installBinding(Repository.bindingJar());
        started.start();
    }

    @AfterAll
    static void stopOpenHab() {
        if (started != null) {
            started.close();
        }
    }

    static OpenHabFixture newFixture() {
        return started.inSameOpenHab();
    }

    @Nested
    @Order(1)
    class EndToEnd extends EndToEndScenario {}

    @Nested
    @Order(2)
    class TextualConfiguration extends TextualConfigurationScenario {}

    /** The last one, since it begins and ends without the binding. */
    @Nested
    @Order(3)
    class Karaf extends KarafScenario {}
}
