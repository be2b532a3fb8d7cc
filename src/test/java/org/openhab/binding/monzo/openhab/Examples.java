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

/**
 * The example files of the README, with the ids of the simulated bank in place of the values marked YOUR.
 */
final class Examples {
    static final String BRIDGE = "monzo:bridge:alice";
    static final String CURRENT = "monzo:account:alice:current";
    static final String JOINT = "monzo:account:alice:joint";
    static final String HOLIDAY = "monzo:pot:alice:holiday";

    private Examples() {}

    static void install(OpenHabFixture fixture) {
        write(fixture, "things/monzo.things");
        write(fixture, "items/monzo.items");
        write(fixture, "rules/monzo.rules");
    }

    private static void write(OpenHabFixture fixture, String path) {
        String text = OpenHabFixture.resource("/examples" + path.substring(path.indexOf('/')));
        fixture.openHab().writeConf(path, fill(text, fixture));
    }

    private static String fill(String text, OpenHabFixture fixture) {
        String filled = text.replace(
                        "clientId=\"YOUR_CLIENT_ID\", clientSecret=\"YOUR_CLIENT_SECRET\"", fixture.bridgeSettings())
                .replace("acc_YOUR_JOINT_ACCOUNT", fixture.people().joint().id())
                .replace("pot_YOUR_HOLIDAY_POT", fixture.people().holiday().id());
        if (filled.contains("YOUR_")) {
            throw new AssertionError("A value is still missing in: " + filled);
        }
        return filled;
    }
}
