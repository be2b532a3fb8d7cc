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

import java.util.Map;

/** Checks what a caller may see. Its methods throw {@link ErrorResponse} to say no. */
final class Access {
    private final Ledger ledger;
    private final Logins logins;

    Access(Ledger ledger, Logins logins) {
        this.ledger = ledger;
        this.logins = logins;
    }

    /** The login of a call, which has to be approved. */
    Login approved(Call call) {
        Login login = logins.authenticate(call.bearer());
        if (logins.approval(login) != Login.Approval.GIVEN) {
            throw ErrorResponse.forbidden(login.params());
        }
        return login;
    }

    /** The account that a parameter names, which has to be the caller's and to permit such calls. */
    BankAccount account(Login login, Endpoint endpoint, Map<String, String> parameters, String parameter) {
        String id = parameters.get(parameter);
        if (id == null || id.isEmpty()) {
            throw ErrorResponse.missingParameter(parameter);
        }
        // Another person's account looks like one that does not exist. What Monzo answers was not seen.
        BankAccount account = ledger.accountsOf(login.customer.userId()).stream()
                .filter(a -> a.id().equals(id))
                .findFirst()
                .orElseThrow(ErrorResponse::notFound);
        return permitted(login, endpoint, account);
    }

    BankAccount permitted(Login login, Endpoint endpoint, BankAccount account) {
        if (account.forbids(endpoint)) {
            throw ErrorResponse.forbidden(login.params());
        }
        return account;
    }
}
