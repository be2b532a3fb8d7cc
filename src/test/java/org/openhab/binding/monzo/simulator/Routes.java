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

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/** The handlers by request. */
final class Routes {
    private Routes() {}

    static Map<Endpoint, Function<Call, Reply>> of(
            Ledger ledger,
            Logins logins,
            Webhooks webhooks,
            PotTransfers potTransfers,
            Feed feed,
            Behaviour behaviour) {
        Access access = new Access(ledger, logins);
        MoneyApi money = new MoneyApi(ledger, logins, access, behaviour);
        TransactionsApi transactions = new TransactionsApi(ledger, access, behaviour);
        WebhooksApi hooks = new WebhooksApi(ledger, access, webhooks);
        PotTransfersApi transfers = new PotTransfersApi(ledger, access, potTransfers, behaviour);
        TokenApi tokens = new TokenApi(logins);
        LoginMails mails = new LoginMails(logins);

        Map<Endpoint, Function<Call, Reply>> routes = new EnumMap<>(Endpoint.class);
        routes.put(Endpoint.TOKEN, tokens::token);
        routes.put(Endpoint.LOGOUT, tokens::logOut);
        routes.put(Endpoint.WHOAMI, money::whoami);
        routes.put(Endpoint.ACCOUNTS, money::accounts);
        routes.put(Endpoint.BALANCE, money::balance);
        routes.put(Endpoint.POTS, money::pots);
        routes.put(Endpoint.TRANSACTIONS, transactions::list);
        routes.put(Endpoint.TRANSACTION, transactions::one);
        routes.put(Endpoint.WEBHOOKS, hooks::list);
        routes.put(Endpoint.WEBHOOK, hooks::delete);
        routes.put(Endpoint.POT_DEPOSIT, transfers::deposit);
        routes.put(Endpoint.POT_WITHDRAW, transfers::withdraw);
        routes.put(Endpoint.FEED, new FeedApi(ledger, access, feed)::post);
        routes.put(Endpoint.AUTHORIZE, new AuthorizePage(ledger, logins, mails)::answer);
        routes.put(Endpoint.MAIL, mails::list);
        routes.put(Endpoint.LOGIN_LINK, mails::open);
        routes.put(Endpoint.APP, new AppPage(ledger, logins, feed)::answer);
        return routes;
    }
}
