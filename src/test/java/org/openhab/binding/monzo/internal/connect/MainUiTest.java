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
package org.openhab.binding.monzo.internal.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openhab.binding.monzo.internal.compat.MainUi;
import org.openhab.binding.monzo.internal.connect.ConnectPages.PageRequest;

class MainUiTest {

    /** The browser shows one of the pages, possibly behind a proxy that adds a prefix to the paths. */
    @ParameterizedTest
    @CsvSource({
        "3.0.1, /connectmonzo, http://openhab/#!/settings/things/inbox",
        "3.0.1, /connectmonzo/callback, http://openhab/#!/settings/things/inbox",
        "3.1.0, /connectmonzo, http://openhab/settings/things/inbox",
        "5.2.1, /connectmonzo, http://openhab/settings/things/inbox",
        "5.2.1, /connectmonzo/callback, http://openhab/settings/things/inbox",
        "5.2.1, /prefix/connectmonzo, http://openhab/prefix/settings/things/inbox"
    })
    void returnsInboxUrlOfEveryVersion(String version, String page, String inbox) {
        String path = page.substring(page.indexOf("connectmonzo") + "connectmonzo".length());
        PageRequest request = new PageRequest(path, Map.of(), "http://openhab", Locale.UK, "");

        String link = request.openHabPage(MainUi.of(version).inbox());

        assertEquals(inbox, URI.create("http://openhab" + page).resolve(link).toString());
    }
}
