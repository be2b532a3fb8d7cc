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

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests the page on which a customer signs in, and the mail with the link. */
class BankLoginPageTest extends SimulatedBankTestBase {

    @Test
    void redirectsWithCodeAndState() {
        URI back = bank.logIn(authorizeUrl(REDIRECT, "st&te"), alice);
        assertThat(back.toString(), startsWith(REDIRECT + "?code="));
        assertEquals("st&te", parameters(back).get("state"));
        assertThat(bank.issuedSecrets(), contains(parameters(back).get("code")));
    }

    @Test
    void redirectsWithoutCodeWhenDenied() {
        URI back = bank.deny(authorizeUrl(REDIRECT, "state"));
        assertEquals(Map.of("error", "access_denied", "state", "state"), parameters(back));
        assertThat(bank.issuedSecrets(), empty());
    }

    @Test
    void refusesARedirectUrlThatIsNotRegistered() throws Exception {
        HttpResponse<String> page = get(authorizeUrl(REDIRECT + "/\"><script>", "state"), null);
        assertEquals(400, page.statusCode());
        assertThat(page.body(), not(containsString("<script>")));
        assertThrows(IllegalStateException.class, () -> bank.logIn(authorizeUrl(REDIRECT + "/", "state"), alice));
    }

    @Test
    void acceptsAnyWebAddressFromAClientThatRegisteredNone() throws Exception {
        bank.addClient(CLIENT, SECRET);
        assertThat(
                bank.logIn(authorizeUrl("https://elsewhere.example/?a=b", "state"), alice)
                        .toString(),
                startsWith("https://elsewhere.example/?a=b&code="));
        assertEquals(
                400, get(authorizeUrl("javascript:alert(1)", "state"), null).statusCode());
    }

    @Test
    void refusesAnUnknownClientAndAnUnknownResponseType() throws Exception {
        assertEquals(400, get(bank.url() + "/", null).statusCode());
        String noCode = authorizeUrl(REDIRECT, "state").replace("response_type=code", "response_type=token");
        assertEquals(400, get(noCode, null).statusCode());
    }

    @Test
    void listsAllCustomers() throws Exception {
        String page = get(authorizeUrl(REDIRECT, "state"), null).body();
        assertThat(page, containsString("Bob &lt;Sample&gt;: <b>bob@example.com</b>"));
        assertThat(page, containsString("Alice Example: <b>alice@example.com</b>"));
        assertThat(page, containsString("name=\"viewport\""));
        assertEquals("alice2@example.com", bank.addCustomer("Alice Other").email());
    }

    @Test
    void mailsALinkThatWorksOnce() throws Exception {
        HttpResponse<String> mailed = post(
                authorizeUrl(REDIRECT, "state").substring(bank.url().length()), Map.of("email", " Bob@example.com "));
        assertEquals(200, mailed.statusCode());
        assertThat(mailed.body(), containsString("We have mailed you a link"));
        assertThat(mailed.body(), containsString("href=\"/mail?to=bob%40example.com\""));

        String mail = get(bank.url() + "/mail?to=bob%40example.com", null).body();
        assertThat(mail, containsString("Hello Bob"));
        String link = bank.url() + mail.replaceFirst("(?s).*href=\"(/login/[^\"]+)\".*", "$1");
        assertThat(get(link, null).headers().firstValue("Location").orElseThrow(), startsWith(REDIRECT + "?code="));
        HttpResponse<String> again = get(link, null);
        assertEquals(400, again.statusCode());
        assertThat(again.body(), containsString("This link was used before."));
        assertEquals(1, bank.issuedSecrets().size());
        assertThat(get(bank.url() + "/mail", null).body(), containsString("This link was used."));
    }

    @Test
    void mailsNobodyElse() throws Exception {
        HttpResponse<String> unknown = post(
                authorizeUrl(REDIRECT, "state").substring(bank.url().length()), Map.of("email", "<b>@example.com"));
        assertEquals(400, unknown.statusCode());
        assertThat(unknown.body(), containsString("Nobody banks here as &lt;b&gt;@example.com"));

        bank.logIn(authorizeUrl(REDIRECT, "state"), alice);
        String bobs = get(bank.url() + "/mail?to=bob%40example.com", null).body();
        assertThat(bobs, containsString("No mail yet."));
        assertThat(get(bank.url() + "/mail", null).body(), containsString("to alice@example.com"));
    }
}
