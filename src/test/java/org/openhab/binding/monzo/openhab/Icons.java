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

import java.util.List;

/**
 * Icons of the names that items use. openHAB's own icon set is an add-on, which the openHAB here cannot download.
 */
final class Icons {
    private static final List<String> NAMES = List.of("price", "piggybank", "line", "lock", "time", "error", "party");

    private Icons() {}

    static void install(OpenHab openHab) {
        for (String name : NAMES) {
            openHab.writeConf("icons/classic/" + name + ".svg", OpenHabFixture.resource("/icons/" + name + ".svg"));
        }
    }
}
