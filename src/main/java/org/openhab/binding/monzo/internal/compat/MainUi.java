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
package org.openhab.binding.monzo.internal.compat;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.core.thing.ThingUID;

/**
 * The URLs of Main UI's pages.
 *
 * @param routePrefix the prefix of a page's route
 */
@NonNullByDefault
public record MainUi(String routePrefix) {

    /**
     * Creates the URLs for a version of openHAB.
     *
     * @param openHabVersion e.g. {@code 3.0.1}; openHAB 3.0 has the route in the fragment, later versions in the path
     */
    public static MainUi of(String openHabVersion) {
        return new MainUi(openHabVersion.startsWith("3.0.") ? "#!/" : "");
    }

    /** Returns the URL of the things page, relative to openHAB's root. */
    public String things() {
        return routePrefix + "settings/things/";
    }

    /** Returns the URL of a thing's page, relative to openHAB's root. */
    public String thing(ThingUID uid) {
        return things() + uid.getAsString();
    }

    /** Returns the URL of the Inbox, relative to openHAB's root. */
    public String inbox() {
        return things() + "inbox";
    }
}
