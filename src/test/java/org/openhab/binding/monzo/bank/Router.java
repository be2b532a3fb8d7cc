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

/** Hands a request to whoever answers it. */
final class Router {
    private final MoneyApi money;
    private final TokenApi tokens;
    private final AuthorizePage authorize;
    private final AppPage app;
    private final Behaviour behaviour;

    Router(MoneyApi money, TokenApi tokens, AuthorizePage authorize, AppPage app, Behaviour behaviour) {
        this.money = money;
        this.tokens = tokens;
        this.authorize = authorize;
        this.app = app;
        this.behaviour = behaviour;
    }

    Reply answer(Call call) {
        try {
            return switch (call.endpoint()) {
                case TOKEN -> tokens.token(call);
                case LOGOUT -> tokens.logOut(call);
                case WHOAMI -> money.whoami(call);
                case ACCOUNTS -> money.accounts(call);
                case BALANCE -> money.balance(call);
                case POTS -> money.pots(call);
                case AUTHORIZE -> authorize.answer(call);
                case APP -> app.answer(call);
                case OTHER -> throw Refusal.notFound();
            };
        } catch (Refusal refusal) {
            Reply reply = refusal.reply();
            return reply.status() == 401 && behaviour.challenges()
                    ? reply.with("WWW-Authenticate", "Bearer realm=\"monzo\"")
                    : reply;
        }
    }
}
