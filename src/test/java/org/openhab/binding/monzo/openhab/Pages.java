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
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.openhab.binding.monzo.openhab.OpenHabFixture.AWAIT_TIMEOUT;

import java.net.URI;
import java.util.List;

/**
 * The binding's pages in openHAB's web server.
 */
record Pages(OpenHabFixture fixture) {

    /** Asserts that both servlets respond as themselves, with all of their headers. */
    void assertServed(String bridge) {
        Web web = new Web();
        assertTrue(servedPage(web, "", 200).body().contains(bridge));
        assertEquals(fixture.connectPage(), servedPage(web, "/", 302).location());
        servedPage(web, "/authorize?bridge=monzo:bridge:nobody", 404);
        servedPage(web, "/callback?code=c&state=s", 400);
        servedPage(web, "/nothing", 404);
        assertWebhookServed(web);
    }

    private Web.Page servedPage(Web web, String path, int status) {
        Web.Page page = web.get(URI.create(fixture.connectPage() + path));
        assertEquals(status, page.status(), page.toString());
        assertTrue(page.header("Content-Security-Policy").startsWith("default-src 'none'; style-src 'sha256-"), path);
        assertEquals("nosniff", page.header("X-Content-Type-Options"), path);
        assertEquals("DENY", page.header("X-Frame-Options"), path);
        assertEquals("no-referrer", page.header("Referrer-Policy"), path);
        assertEquals("no-store", page.header("Cache-Control"), path);
        if (page.location() == null) {
            assertEquals("text/html;charset=utf-8", page.header("Content-Type").toLowerCase(), path);
            assertTrue(page.body().startsWith("<!DOCTYPE html>"), path);
        }
        return page;
    }

    private void assertWebhookServed(Web web) {
        URI nobody = URI.create(fixture.connectPage() + "/webhook/nobody");
        Web.Page posted = web.post(nobody, "{}");
        assertEquals(404, posted.status(), posted.toString());
        Web.Page got = web.get(nobody);
        assertEquals(405, got.status(), got.toString());
        assertEquals("POST", got.header("Allow"));
        assertEquals(null, got.header("Content-Security-Policy"), "the login page's servlet responds");
    }

    /** Waits until none of the pages is there: the web container may remove them after the bundle. */
    void awaitGone() {
        for (String path : List.of("", "/", "/authorize", "/callback", "/nothing", "/webhook/nobody")) {
            URI page = URI.create(fixture.connectPage() + path);
            Await.until(
                    path + " to be gone",
                    AWAIT_TIMEOUT,
                    () -> new Web().get(page).status(),
                    s -> s == 404);
        }
    }
}
