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
package org.openhab.binding.monzo.internal.connect;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.when;

import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.fixture.Fuzz;
import org.openhab.binding.monzo.internal.connect.ConnectPages.PageRequest;
import org.openhab.binding.monzo.internal.connect.ConnectPages.PageResponse;
import org.openhab.binding.monzo.internal.connection.MonzoConnection;
import org.openhab.core.thing.ThingStatus;
import org.openhab.core.thing.ThingStatusDetail;

/** Checks that every request, valid or not, gets one of the binding's own pages without foreign redirects. */
class ConnectPagesFuzzTest {

    private static final String HOME = "monzo:bridge:home";

    private static final String[] HEADERS = {
        "Host",
        "Forwarded",
        "X-Forwarded-Host",
        "X-Forwarded-Port",
        "X-Forwarded-Proto",
        "X-Forwarded-Ssl",
        "X-Forwarded-Prefix"
    };

    private static final Set<Integer> STATUSES = Set.of(200, 302, 303, 400, 404, 502);

    private static final Pattern URL =
            Pattern.compile("https?://([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:[1-9]\\d{0,4})?(/[A-Za-z0-9._~-]+)*");

    /** All tags and attributes of the templates. */
    private static final Pattern TAG = Pattern.compile(
            "</?(?:html|head|body|main|h1|h2|p|section|span|code|br|title|style"
                    + "|meta|a|!DOCTYPE html)(?: (?:lang|charset|name|content|http-equiv|class|role|href|aria-label)=\"[^\"<>]*\")*>");

    private final PagesFixture fixture = new PagesFixture();
    private final MonzoConnection home = fixture.addBridge(HOME);
    private final String[] states = {"", fixture.begin(HOME), fixture.begin(HOME), fixture.begin(HOME)};

    private String callbackUrl;

    @BeforeEach
    void setCallbackUrl() {
        when(home.callbackUrl()).thenAnswer(call -> callbackUrl);
    }

    @Test
    void returnsValidUrlOrNull() {
        Fuzz.run("PublicUrl", random -> {
            Map<String, String> headers = headers(random);
            String url = PublicUrl.of(headers::get, Fuzz.oneOf(random, "http", "https"));
            assertThat(url, anyOf(is(nullValue()), matchesPattern(URL)));
        });
    }

    @Test
    void returnsOnlyOwnPages() {
        Fuzz.run("ConnectPages", random -> {
            String description = Fuzz.text(random);
            home.getThing().setLabel(Fuzz.text(random));
            callbackUrl = random.nextBoolean() ? null : "https://home.example/" + Fuzz.text(random);
            PagesFixture.show(home, Fuzz.oneOf(random, ThingStatus.values()), ThingStatusDetail.NONE, description);
            String path = path(random);
            Map<String, String> headers = headers(random);

            PageResponse reply = fixture.pages.reply(new PageRequest(
                    path,
                    parameters(random),
                    PublicUrl.of(headers::get, "http"),
                    Fuzz.oneOf(random, Locale.getAvailableLocales()),
                    PagesFixture.ADDRESS));

            assertThat(reply.status(), is(in(STATUSES)));
            checkLocation(path, reply);
            checkMarkup(reply.html());
            clearInvocations(home); // otherwise the mock records all of them
        });
    }

    private static void checkLocation(String path, PageResponse reply) {
        String location = reply.location();
        if (location == null) {
            return;
        }
        assertThat(reply.html(), is(""));
        assertThat(location, matchesPattern("[!-~]+"));
        if (!location.startsWith(PagesFixture.MONZO)) {
            URI goesTo =
                    URI.create(PagesFixture.PUBLIC_URL + "/connectmonzo" + path).resolve(location);
            assertThat(goesTo.toString(), startsWith(PagesFixture.PUBLIC_URL + "/connectmonzo"));
        }
    }

    /** Removes the templates' tags; the remaining text must not contain markup. */
    private static void checkMarkup(String html) {
        int style = html.indexOf("<style>");
        String withoutStyle = style < 0 ? html : html.substring(0, style) + html.substring(html.indexOf("</style>"));
        Matcher tags = TAG.matcher(withoutStyle);
        String text = tags.replaceAll("");
        assertThat(text, not(containsString("<")));
        assertThat(text, not(containsString(">")));
        assertThat(text, not(containsString("\"")));
        assertThat(text, not(containsString("'")));
        assertThat(html, not(containsString("href=\"javascript")));
    }

    private static String path(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> "";
            case 1 -> "/";
            case 2 -> "/authorize";
            case 3 -> "/callback";
            case 4 -> "/" + Fuzz.text(random);
            default -> Fuzz.mutated("/callback", random);
        };
    }

    private Map<String, String> parameters(Random random) {
        Map<String, String> parameters = new HashMap<>();
        parameters.put("bridge", random.nextBoolean() ? HOME : Fuzz.mutated(HOME, random));
        parameters.put(ConnectPages.OUTCOME, Fuzz.oneOf(random, "", "approve", "denied-", Fuzz.text(random)));
        parameters.put(
                "state", Fuzz.oneOf(random, fixture.begin(HOME), Fuzz.mutated(Fuzz.oneOf(random, states), random)));
        parameters.put("code", Fuzz.text(random));
        parameters.put(Fuzz.oneOf(random, "error", "x"), Fuzz.text(random));
        parameters.keySet().removeIf(name -> random.nextInt(8) == 0);
        return parameters;
    }

    private static Map<String, String> headers(Random random) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Host", "openhab:8080");
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            headers.put(Fuzz.oneOf(random, HEADERS), header(random));
        }
        return headers;
    }

    private static String header(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> Fuzz.text(random);
            case 1 ->
                Fuzz.mutated("for=\"[2001:db8::1]:9\";host=\"home.example:8443\";proto=https, for=10.0.0.1", random);
            case 2 -> Fuzz.mutated("home.example:8443", random);
            case 3 -> Fuzz.mutated("/prefix/of.proxy", random);
            case 4 -> Fuzz.mutated("[fe80::1]:8443, inner", random);
            default -> Fuzz.oneOf(random, "https", "on", "8443", "home.example", "/prefix", "host=home.example");
        };
    }
}
