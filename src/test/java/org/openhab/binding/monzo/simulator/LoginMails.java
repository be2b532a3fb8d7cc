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

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The mails with links to log in, and the page that shows them in place of a mail program. */
final class LoginMails {
    private static final int KEPT = 20;

    private record Mail(String id, AuthorizationRequest request, Customer recipient) {}

    private final Logins logins;
    /** Newest first. */
    private final Deque<Mail> mails = new ArrayDeque<>();
    /** By ID; each link works once. */
    private final Map<String, Mail> unopened = new HashMap<>();

    LoginMails(Logins logins) {
        this.logins = logins;
    }

    /** Mails a link and shows that. */
    synchronized Reply send(AuthorizationRequest request, Customer recipient) {
        Mail mail = new Mail(UUID.randomUUID().toString(), request, recipient);
        mails.addFirst(mail);
        unopened.put(mail.id(), mail);
        if (mails.size() > KEPT) {
            unopened.remove(mails.removeLast().id());
        }
        return Reply.html(200, HtmlPage.page("We have mailed you a link", """
                <div class="card">
                <p>Open the mail to <b>%s</b>, and the link in it, to log in.</p>
                <p><a class="button" id="mail" href="%s?to=%s">Open the mail</a></p>
                <p class="soft">In real life the mail may arrive on another device. Open its link in a browser that can reach
                your openHAB, because it leads back there.</p>
                </div>
                """.formatted(
                        HtmlPage.escape(recipient.email()),
                        Endpoint.MAIL.path(),
                        HtmlPage.escape(Form.encode(recipient.email())))));
    }

    /** Shows the mails, with {@code to} those to one address. */
    synchronized Reply list(Call call) {
        String address = call.query().getOrDefault("to", "");
        StringBuilder body = new StringBuilder();
        mails.stream()
                .filter(mail -> address.isEmpty() || mail.recipient().email().equals(address))
                .forEach(mail -> body.append(card(mail)));
        if (body.isEmpty()) {
            body.append("<p class=\"card\">No mail yet.</p>");
        }
        return Reply.html(200, HtmlPage.page(address.isEmpty() ? "Mail" : "Mail to " + address, body.toString()));
    }

    /** Opens the link of a mail: back to the program, with a code. */
    synchronized Reply open(Call call) {
        Mail mail = unopened.remove(call.lastSegment());
        if (mail == null) {
            return HtmlPage.error("This link was used before. Log in again to be mailed another one.");
        }
        AuthorizationRequest request = mail.request();
        return request.back("code", logins.newCode(request.client(), mail.recipient(), request.redirectUri()));
    }

    private String card(Mail mail) {
        String link = unopened.containsKey(mail.id())
                ? "<p><a class=\"button\" href=\"%s\">Log in</a></p>"
                        .formatted(Endpoint.LOGIN_LINK.path().replace("*", mail.id()))
                : "<p class=\"soft\">This link was used.</p>";
        return """
                <div class="card">
                <h3>Log in to the simulated bank</h3>
                <p class="soft">From the simulated bank, to %s</p>
                <p>Hello %s, the program <b>%s</b> asks for access to your money. If that is you, log in:</p>
                %s
                <p class="soft">The link works once and leads to %s</p>
                </div>
                """.formatted(
                        HtmlPage.escape(mail.recipient().email()),
                        HtmlPage.escape(mail.recipient().firstName()),
                        HtmlPage.escape(mail.request().client().id()),
                        link,
                        HtmlPage.escape(mail.request().redirectUri()));
    }
}
