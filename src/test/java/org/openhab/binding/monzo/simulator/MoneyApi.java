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

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import org.openhab.binding.monzo.simulator.Behaviour.WhoamiBeforeApproval;

/** The read endpoints for accounts, balances and pots. */
final class MoneyApi {
    private final Ledger ledger;
    private final Logins logins;
    private final Access access;
    private final Behaviour behaviour;

    MoneyApi(Ledger ledger, Logins logins, Access access, Behaviour behaviour) {
        this.ledger = ledger;
        this.logins = logins;
        this.access = access;
        this.behaviour = behaviour;
    }

    Reply whoami(Call call) {
        Login login = logins.authenticate(call.only("GET").bearer());
        Login.Approval approval = logins.approval(login);
        WhoamiBeforeApproval before = behaviour.whoamiBeforeApproval();
        if (approval == Login.Approval.PENDING && before == WhoamiBeforeApproval.FORBIDDEN_WITHOUT_PARAMS) {
            throw ErrorResponse.forbidden(null);
        }
        if (approval == Login.Approval.WITHDRAWN
                || (approval == Login.Approval.PENDING && before == WhoamiBeforeApproval.FORBIDDEN)) {
            throw ErrorResponse.forbidden(login.params());
        }
        JsonObject body = login.params();
        body.addProperty("authenticated", true);
        return Reply.json(body);
    }

    Reply accounts(Call call) {
        Login login = access.approved(call.only("GET"));
        String type = call.query().get("account_type");
        synchronized (ledger) {
            JsonArray accounts = new JsonArray();
            for (BankAccount account : ledger.accountsOf(login.customer.userId())) {
                if (type == null || type.equals(account.type())) {
                    accounts.add(AccountJson.account(account));
                }
            }
            return Reply.json(wrapped("accounts", accounts));
        }
    }

    Reply balance(Call call) {
        Login login = access.approved(call.only("GET"));
        synchronized (ledger) {
            return Reply.json(AccountJson.balance(access.account(login, call.endpoint(), call.query(), "account_id")));
        }
    }

    Reply pots(Call call) {
        Login login = access.approved(call.only("GET"));
        synchronized (ledger) {
            JsonArray pots = new JsonArray();
            access.account(login, call.endpoint(), call.query(), "current_account_id")
                    .pots()
                    .forEach(p -> pots.add(PotJson.pot(p)));
            return Reply.json(wrapped("pots", pots));
        }
    }

    private static JsonObject wrapped(String name, JsonArray list) {
        JsonObject body = new JsonObject();
        body.add(name, list);
        return body;
    }
}
