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
package org.openhab.binding.monzo.bank;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import org.openhab.binding.monzo.bank.Behaviour.WhoamiBeforeApproval;

/** What a program with an access token may read. */
final class MoneyApi {
    private final Ledger ledger;
    private final Logins logins;
    private final Behaviour behaviour;

    MoneyApi(Ledger ledger, Logins logins, Behaviour behaviour) {
        this.ledger = ledger;
        this.logins = logins;
        this.behaviour = behaviour;
    }

    Reply whoami(Call call) {
        Login login = logins.authenticate(onlyGet(call).bearer());
        Login.Approval approval = logins.approval(login);
        WhoamiBeforeApproval before = behaviour.whoamiBeforeApproval();
        if (approval == Login.Approval.PENDING && before == WhoamiBeforeApproval.FORBIDDEN_WITHOUT_PARAMS) {
            throw Refusal.forbidden(null);
        }
        if (approval == Login.Approval.WITHDRAWN
                || (approval == Login.Approval.PENDING && before == WhoamiBeforeApproval.FORBIDDEN)) {
            throw Refusal.forbidden(login.params());
        }
        JsonObject body = login.params();
        body.addProperty("authenticated", true);
        return Reply.json(body);
    }

    Reply accounts(Call call) {
        Login login = approved(call);
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
        Login login = approved(call);
        synchronized (ledger) {
            return Reply.json(AccountJson.balance(account(call, login, "account_id")));
        }
    }

    Reply pots(Call call) {
        Login login = approved(call);
        synchronized (ledger) {
            JsonArray pots = new JsonArray();
            account(call, login, "current_account_id").pots().forEach(p -> pots.add(PotJson.pot(p)));
            return Reply.json(wrapped("pots", pots));
        }
    }

    private Login approved(Call call) {
        Login login = logins.authenticate(onlyGet(call).bearer());
        if (logins.approval(login) != Login.Approval.GIVEN) {
            throw Refusal.forbidden(login.params());
        }
        return login;
    }

    private BankAccount account(Call call, Login login, String parameter) {
        String id = call.query().get(parameter);
        if (id == null || id.isEmpty()) {
            throw Refusal.badRequest("missing_param." + parameter, "Missing parameter " + parameter);
        }
        // Another person's account looks like one that does not exist. What Monzo answers was not seen.
        BankAccount account = ledger.accountsOf(login.customer.userId()).stream()
                .filter(a -> a.id().equals(id))
                .findFirst()
                .orElseThrow(Refusal::notFound);
        if (account.forbids(call.endpoint())) {
            throw Refusal.forbidden(login.params());
        }
        return account;
    }

    private static Call onlyGet(Call call) {
        if (!"GET".equals(call.method())) {
            throw Refusal.methodNotAllowed();
        }
        return call;
    }

    private static JsonObject wrapped(String name, JsonArray list) {
        JsonObject body = new JsonObject();
        body.add(name, list);
        return body;
    }
}
