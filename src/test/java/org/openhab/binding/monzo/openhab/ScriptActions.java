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

import java.net.URI;
import java.time.Duration;

/**
 * Ensures that rules in files run.
 * <p>
 * openHAB 3.0.1 determines the available script languages only once, at startup. Java 11 always has JavaScript. Java 17
 * has only openHAB's own language, and if that starts a moment too late, every rule is invalid until the next start
 * because the action "script.ScriptAction" is missing. Restarting the provider of that action, as a user could in the
 * console, fixes it.
 */
final class ScriptActions {
    private static final String PROVIDER =
            "org.openhab.core.automation.module.script.internal.provider.ScriptModuleTypeProvider";
    private static final Duration TIMEOUT = OpenHabFixture.AWAIT_TIMEOUT;

    private ScriptActions() {}

    static void ensure(OpenHab openHab) {
        if (status(openHab) == 200) {
            return;
        }
        String output = openHab.console("scr:disable " + PROVIDER + "; scr:enable " + PROVIDER);
        Await.until("the script action, after: " + output, TIMEOUT, () -> status(openHab), s -> s == 200);
    }

    private static int status(OpenHab openHab) {
        return new Web()
                .get(URI.create(openHab.baseUrl() + "/rest/module-types/script.ScriptAction"))
                .status();
    }
}
