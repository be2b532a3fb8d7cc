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

/** Checks permissions. Its methods throw an {@link ErrorResponse} if access is denied. */
final class Access {
    private final Ledger ledger;
    private final Logins logins;

    Access(Ledger ledger, Logins logins) {
        this.ledger = ledger;
        this.logins = logins;
    }

    /** Returns the approved login of a call. */
    Login approved(Call call) {
        Login login = logins.authenticate(call.bearer());
        if (logins.approval(login) != Login.Approval.GIVEN) {
            throw ErrorResponse.forbidden(login.params());
        }
        return login;
    }

    /** Returns the account named by a parameter if the caller owns it and may call the endpoint. */
    BankAccount account(Login login, Endpoint endpoint, Map<String, String> parameters, String parameter) {
        String id = parameters.get(parameter);
        if (id == null || id.isEmpty()) {
            throw ErrorResponse.missingParameter(parameter);
        }
        // Like a missing account; Monzo's response is not known.
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
