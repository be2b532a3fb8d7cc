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

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.simulator.Behaviour.WhoamiBeforeApproval;

/** Tests what the simulated bank refuses until access is approved in the app. */
class BankApprovalTest extends SimulatedBankTestBase {

    @Test
    void isNeededForMoneyAndSurvivesARefresh() throws Exception {
        BankAccount account = bank.openAccount("uk_retail", "GBP", alice);
        JsonObject tokens = logIn(alice);
        HttpResponse<String> waiting = api("/balance?account_id=" + account.id(), tokens);
        assertCode("forbidden.insufficient_permissions", 403, waiting);
        JsonObject params = json(waiting, 403).getAsJsonObject("params");
        assertEquals(CLIENT, text(params, "client_id"));
        assertEquals(alice.userId(), text(params, "user_id"));

        bank.approve(alice);
        assertEquals(200, api("/accounts", tokens).statusCode());
        JsonObject refreshed = json(refresh(tokens), 200);
        assertEquals(200, api("/accounts", refreshed).statusCode());
        assertEquals(403, api("/accounts", logIn(alice)).statusCode(), "a new login needs a new approval");
    }

    @Test
    void isNotNeededForWhoamiUnlessConfigured() throws Exception {
        JsonObject tokens = logIn(alice);
        JsonObject whoami = json(api("/ping/whoami", tokens), 200);
        assertTrue(whoami.get("authenticated").getAsBoolean());
        assertEquals(alice.userId(), text(whoami, "user_id"));
        bank.behaviour().whoamiBeforeApproval(WhoamiBeforeApproval.FORBIDDEN);
        assertTrue(json(api("/ping/whoami", tokens), 403).has("params"));
        bank.behaviour().whoamiBeforeApproval(WhoamiBeforeApproval.FORBIDDEN_WITHOUT_PARAMS);
        assertFalse(json(api("/ping/whoami", tokens), 403).has("params"));
        bank.approve(alice);
        assertEquals(200, api("/ping/whoami", tokens).statusCode());
    }

    @Test
    void canBeWithdrawn() throws Exception {
        JsonObject tokens = logIn(alice);
        bank.approve(alice);
        bank.revoke(alice);
        assertEquals(403, api("/accounts", tokens).statusCode());
        assertEquals(403, api("/ping/whoami", tokens).statusCode());
        bank.approve(alice);
        assertEquals(200, api("/accounts", tokens).statusCode());
    }

    @Test
    void canBeGivenInTheApp() throws Exception {
        JsonObject tokens = logIn(alice);
        assertThat(app().body(), containsString("id=\"approve-" + alice.userId() + "\""));
        assertEquals("/app", press("approve", Map.of("user_id", alice.userId())));
        assertThat(app().body(), not(containsString("id=\"approve-")));
        assertEquals(200, api("/accounts", tokens).statusCode());
    }
}
