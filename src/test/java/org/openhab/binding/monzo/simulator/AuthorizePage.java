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

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;

/**
 * The authorization page, which mails a link to log in. Its form posts to the same URL, so the request's parameters
 * stay in the query.
 */
final class AuthorizePage {
    static final String EMAIL = "email";
    static final String DENY = "deny";

    private final Ledger ledger;
    private final Logins logins;
    private final LoginMails mails;

    AuthorizePage(Ledger ledger, Logins logins, LoginMails mails) {
        this.ledger = ledger;
        this.logins = logins;
        this.mails = mails;
    }

    Reply answer(Call call) {
        Map<String, String> query = call.query();
        Optional<OAuthClient> client = logins.client(query.getOrDefault("client_id", ""));
        String redirectUri = query.getOrDefault("redirect_uri", "");
        if (client.isEmpty()) {
            return HtmlPage.error("No program is registered here as " + query.getOrDefault("client_id", "nothing"));
        }
        if (!isWebAddress(redirectUri) || !client.get().permits(redirectUri)) {
            return HtmlPage.error("This is not a redirect URL registered for the program: " + redirectUri);
        }
        if (!"code".equals(query.get("response_type"))) {
            return HtmlPage.error("response_type has to be code");
        }
        AuthorizationRequest request = new AuthorizationRequest(client.get(), redirectUri, query.get("state"));
        if (!call.isPost()) {
            return Reply.html(200, page(request));
        }
        if (call.form().containsKey(DENY)) {
            return request.back("error", "access_denied");
        }
        String email = call.form().getOrDefault(EMAIL, "").strip();
        return ledger.customers().stream()
                .filter(customer -> customer.email().equalsIgnoreCase(email))
                .findFirst()
                .map(customer -> mails.send(request, customer))
                .orElseGet(() -> HtmlPage.error("Nobody banks here as " + email));
    }

    private String page(AuthorizationRequest request) {
        StringBuilder customers = new StringBuilder();
        for (Customer customer : ledger.customers()) {
            customers.append("""
                    <p class="soft">%s: <b>%s</b></p>
                    """.formatted(HtmlPage.escape(customer.name()), HtmlPage.escape(customer.email())));
        }
        return HtmlPage.page("Log in to the simulated bank", """
                <div class="card">
                <p>The program <b>%s</b> asks for access to your money. Afterwards you are sent to:</p>
                <p class="soft">%s</p>
                <form class="choice" method="post">
                <label for="email">Your e-mail address</label>
                <input id="email" name="email" type="email" autocomplete="email" required>
                <button>Continue</button>
                <button id="deny" class="no" name="deny" value="deny" formnovalidate>Deny</button>
                </form>
                </div>
                <h2>Who banks here</h2>
                %s""".formatted(
                        HtmlPage.escape(request.client().id()), HtmlPage.escape(request.redirectUri()), customers));
    }

    private static boolean isWebAddress(String text) {
        try {
            URI uri = new URI(text);
            return uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
