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
package org.openhab.binding.monzo.simulator;

import java.util.EnumSet;
import java.util.Set;

/** The endpoints of the simulated bank. */
public enum Endpoint {
    /** {@code POST /oauth2/token}. */
    TOKEN("/oauth2/token"),
    /** {@code GET /ping/whoami}. */
    WHOAMI("/ping/whoami"),
    /** {@code POST /oauth2/logout}. */
    LOGOUT("/oauth2/logout"),
    /** {@code GET /accounts}. */
    ACCOUNTS("/accounts"),
    /** {@code GET /balance}. */
    BALANCE("/balance"),
    /** {@code GET /pots}. */
    POTS("/pots"),
    /** {@code GET /transactions}. */
    TRANSACTIONS("/transactions"),
    /** {@code GET /transactions/<id>}. */
    TRANSACTION("/transactions/*"),
    /** {@code GET} and {@code POST /webhooks}. */
    WEBHOOKS("/webhooks"),
    /** {@code DELETE /webhooks/<id>}. */
    WEBHOOK("/webhooks/*"),
    /** {@code PUT /pots/<id>/deposit}. */
    POT_DEPOSIT("/pots/*/deposit"),
    /** {@code PUT /pots/<id>/withdraw}. */
    POT_WITHDRAW("/pots/*/withdraw"),
    /** {@code POST /feed}. */
    FEED("/feed"),
    /** The authorization page, {@code /}. */
    AUTHORIZE("/"),
    /** The page of mails, {@code /mail}. */
    MAIL("/mail"),
    /** The link in a mail, {@code /login/<id>}. */
    LOGIN_LINK("/login/*"),
    /** The simulated app, {@code /app} and below. */
    APP("/app"),
    /** Any other path; a request for it is a bug of the client. */
    OTHER("");

    private final String path;

    Endpoint(String path) {
        this.path = path;
    }

    /**
     * @return the path of the endpoint, with an asterisk where an id stands, empty for {@link #OTHER}
     */
    public String path() {
        return path;
    }

    /**
     * @return the endpoints a program calls, as opposed to the pages a person uses
     */
    public static Set<Endpoint> api() {
        return EnumSet.range(TOKEN, FEED);
    }

    private boolean matches(String other) {
        return other.matches(path.replace("*", "[^/]+"));
    }

    static Endpoint of(String path) {
        if (path.startsWith(APP.path + "/")) {
            return APP;
        }
        for (Endpoint endpoint : values()) {
            if (endpoint.matches(path)) {
                return endpoint;
            }
        }
        return OTHER;
    }
}
