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

import java.util.StringJoiner;

/**
 * A program's request for access.
 *
 * @param client the program
 * @param redirectUri where the person is sent back to
 * @param state what the program wants back, null for nothing
 */
record AuthorizationRequest(OAuthClient client, String redirectUri, String state) {

    /** The redirect to the program, with a result. */
    Reply back(String name, String value) {
        StringJoiner parameters = new StringJoiner("&");
        parameters.add(name + "=" + Form.encode(value));
        if (state != null) {
            parameters.add("state=" + Form.encode(state));
        }
        return Reply.redirect(redirectUri + (redirectUri.contains("?") ? "&" : "?") + parameters);
    }
}
