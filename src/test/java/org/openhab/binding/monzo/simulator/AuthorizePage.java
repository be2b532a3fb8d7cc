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
import java.util.StringJoiner;

/**
 * The authorization page. Its form posts to the same URL, so the request's parameters stay in the query and the form
 * contains only the decision.
 */
final class AuthorizePage {
    static final String DECISION = "decision";
    static final String DENY = "deny";

    private final Ledger ledger;
    private final Logins logins;

    AuthorizePage(Ledger ledger, Logins logins) {
        this.ledger = ledger;
        this.logins = logins;
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
        if (!call.isPost()) {
            return Reply.html(200, page(client.get(), redirectUri));
        }
        String decision = call.form().getOrDefault(DECISION, "");
        if (DENY.equals(decision)) {
            return back(redirectUri, query, "error", "access_denied");
        }
        return ledger.customer(decision)
                .map(c -> back(redirectUri, query, "code", logins.newCode(client.get(), c, redirectUri)))
                .orElseGet(() -> HtmlPage.error("Nobody banks here as " + decision));
    }

    private static Reply back(String redirectUri, Map<String, String> query, String name, String value) {
        StringJoiner parameters = new StringJoiner("&");
        parameters.add(name + "=" + Form.encode(value));
        if (query.containsKey("state")) {
            parameters.add("state=" + Form.encode(query.get("state")));
        }
        return Reply.redirect(redirectUri + (redirectUri.contains("?") ? "&" : "?") + parameters);
    }

    private String page(OAuthClient client, String redirectUri) {
        StringBuilder buttons = new StringBuilder();
        for (Customer customer : ledger.customers()) {
            buttons.append("""
                    <button id="login-%1$s" name="decision" value="%1$s">Log in as %2$s</button>
                    """.formatted(HtmlPage.escape(customer.userId()), HtmlPage.escape(customer.name())));
        }
        return HtmlPage.page("Log in to the simulated bank", """
                <div class="card">
                <p>The program <b>%s</b> asks to see your money. Afterwards you are sent to:</p>
                <p class="soft">%s</p>
                <form class="choice" method="post">
                %s<button id="deny" class="no" name="decision" value="deny">Deny</button>
                </form>
                </div>
                """.formatted(
                        HtmlPage.escape(client.id()), HtmlPage.escape(redirectUri), buttons));
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
