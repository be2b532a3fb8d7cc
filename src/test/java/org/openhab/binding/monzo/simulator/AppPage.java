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

import java.util.List;
import java.util.NoSuchElementException;

/** The page of the simulated app: approvals, payments, pots and the feed. */
final class AppPage {
    private final Ledger ledger;
    private final Logins logins;
    private final Feed feed;
    private final AppActions actions;

    AppPage(Ledger ledger, Logins logins, Feed feed) {
        this.ledger = ledger;
        this.logins = logins;
        this.feed = feed;
        actions = new AppActions(ledger, logins);
    }

    Reply answer(Call call) {
        if (!call.isPost()) {
            return call.path().equals(Endpoint.APP.path())
                    ? Reply.html(200, page())
                    : Reply.redirect(Endpoint.APP.path());
        }
        try {
            actions.carryOut(call.path().substring(Endpoint.APP.path().length()), call.form());
            return Reply.redirect(Endpoint.APP.path());
        } catch (IllegalArgumentException | NoSuchElementException e) {
            return HtmlPage.error(String.valueOf(e.getMessage()));
        }
    }

    private String page() {
        synchronized (ledger) {
            StringBuilder body = new StringBuilder();
            for (Customer customer : ledger.customers()) {
                body.append("<h2>").append(HtmlPage.escape(customer.name())).append("</h2>\n");
                // One card and one button for all programs that wait, and one for all that have access.
                logins.approvals(customer).stream()
                        .map(a -> a == Login.Approval.GIVEN)
                        .distinct()
                        .forEach(given -> body.append(approval(customer, given)));
                for (BankAccount account : ledger.accountsOf(customer.userId())) {
                    // A joint account is shown once, so that the IDs of its elements are unique.
                    boolean first = account.owners().get(0).equals(customer);
                    List<FeedItem> messages = feed.of(account);
                    body.append(first ? AccountCard.full(account, messages) : AccountCard.reference(account));
                }
            }
            body.append("<p><a href=\"").append(Endpoint.MAIL.path()).append("\">Mail from the bank</a></p>\n");
            return HtmlPage.page("The simulated bank's app", body.toString());
        }
    }

    private static String approval(Customer customer, boolean given) {
        String action = given ? "revoke" : "approve";
        return """
                <div class="card">
                <h3>%1$s</h3>
                <form method="post" action="/app/%2$s">
                <input type="hidden" name="user_id" value="%3$s">
                <button id="%2$s-%3$s"%4$s>%5$s</button>
                </form>
                </div>
                """.formatted(
                        given ? "A program has access to your money" : "A program is waiting for your approval",
                        action,
                        HtmlPage.escape(customer.userId()),
                        given ? " class=\"no\"" : "",
                        given ? "Withdraw access" : "Approve");
    }
}
