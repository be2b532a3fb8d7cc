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

import com.google.gson.JsonObject;
import java.time.Instant;

/** A customer's login with one client, from the code to the latest token. Guarded by {@link Logins}. */
final class Login {
    /** The decision in the app. */
    enum Approval {
        PENDING,
        GIVEN,
        WITHDRAWN
    }

    final OAuthClient client;
    final Customer customer;
    Approval approval;
    /** Null before the first token. */
    Token access;
    /** Null before the first token, and for clients that are given none. */
    Token refresh;

    /** The time of the login, not of a token refresh. */
    Instant since;

    Login(OAuthClient client, Customer customer, Approval approval) {
        this.client = client;
        this.customer = customer;
        this.approval = approval;
    }

    boolean belongsTo(Customer who) {
        return customer.equals(who);
    }

    boolean isSameParties(Login other) {
        return client.equals(other.client) && customer.equals(other.customer);
    }

    void end(Token.State state) {
        access.end(state);
        if (refresh != null) {
            refresh.end(state);
        }
    }

    /** The {@code params} of Monzo's 403. */
    JsonObject params() {
        JsonObject params = new JsonObject();
        params.addProperty("client_id", client.id());
        params.addProperty("user_id", customer.userId());
        return params;
    }
}
