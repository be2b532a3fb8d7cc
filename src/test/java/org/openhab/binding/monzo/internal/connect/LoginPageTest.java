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
import static org.hamcrest.Matchers.*;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.internal.MonzoBindingConstants;
import org.openhab.binding.monzo.internal.connection.ErrorStatus;
import org.openhab.binding.monzo.internal.model.ErrorKind;

/** Tests what the login page shows of bridges and the outcomes of logins. */
class LoginPageTest extends ConnectServletTestBase {

    @Test
    void showsStatusAndNextStepOfEveryBridge() {
        fixture.addBridge("bob");
        connect();

        String page = get(PAGE).body();
        assertThat(
                page,
                stringContainsInOrder(
                        "Login of alice", "monzo:bridge:alice", "Connected, 6 accounts.", "Authorise again"));
        assertThat(
                page,
                stringContainsInOrder("Login of bob", "monzo:bridge:bob", "Not connected yet.", "Press Authorise"));
        assertThat(page, containsString("href=\"connectmonzo/authorize?bridge=monzo%3Abridge%3Abob\""));
        assertThat(page, containsString("<code>" + fixture.url() + PAGE + "/callback</code>"));
        assertThat("no placeholder of openHAB's address", page, not(containsString("YOUROPENHAB")));
        assertThat(page, not(containsString("http-equiv=\"refresh\"")));
    }

    @Test
    void showsOtherTextForStatusesThatLinkToThePage() {
        for (ErrorKind fault : ErrorKind.values()) {
            if (ErrorStatus.ofBridge(fault).getDescription().contains(MonzoBindingConstants.CONNECT_URL)
                    || text(fault.textKey()).contains("/connectmonzo")) {
                assertThat(fault.name(), text("page." + fault.textKey()), is(notNullValue()));
            }
        }
    }

    @Test
    void escapesLabels() {
        bridge.getThing().setLabel("<b>Alice</b> & ${style} \"co\"");
        String page = get(PAGE).body();
        assertThat(page, containsString("&lt;b&gt;Alice&lt;/b&gt; &amp; ${style} &quot;co&quot;"));
    }

    /** Users would register it at Monzo. */
    @ParameterizedTest
    @ValueSource(strings = {"home.example/callback", "ftp://home.example/callback", "https://", "https://a b"})
    void doesNotShowAnInvalidRedirectUrl(String invalid) {
        fixture.edit(bridge.getThing(), Map.of("callbackUrl", invalid));
        String page = get(PAGE).body();
        assertThat(page, containsString("The Redirect URL (callbackUrl) is invalid."));
        assertThat(page, not(containsString("<code>" + invalid)));
        assertThat(page, containsString("<code>" + fixture.url() + PAGE + "/callback</code>"));
    }

    @Test
    void explainsWhyABridgeCannotLogIn() {
        fixture.edit(bridge.getThing(), Map.of("clientSecret", " "));
        String page = get(PAGE).body();
        assertThat(page, containsString("The client secret is missing"));
        assertThat(page, not(containsString("/authorize?")));
        Response anyway = get(PAGE + "/authorize?bridge=monzo:bridge:alice");
        assertThat(anyway.status(), is(404));
        assertThat(anyway.body(), containsString(NO_BRIDGE));
    }

    @Test
    void updatesAfterTheApproval() {
        fixture.addBridge("aaron"); // sorted first, but not before a bridge with a banner
        String location = get(callback()).header("Location");
        assertThat(location, matchesPattern("\\.\\./connectmonzo\\?outcome=approve-[A-Za-z0-9_-]{22}"));
        String next = "/" + location.replace("../", "");
        String waiting = get(next).body();
        assertThat(waiting, containsString("Now approve in the Monzo app"));
        assertThat(waiting, stringContainsInOrder("Login of alice", "Authorise again"));
        assertThat(waiting, containsString("http-equiv=\"refresh\""));
        assertThat(waiting, containsString(";url=" + location.replace("../", "") + "\""));

        fixture.bank.approve(people.alice());
        fixture.pass(Duration.ofSeconds(10));
        String done = get(next).body();
        assertThat(done, stringContainsInOrder("<h2>Connected</h2>", "Login of alice", "Login of aaron"));
        assertThat(done, not(containsString("http-equiv=\"refresh\"")));
        assertThat(done, not(containsString("Now approve")));
    }

    @Test
    void showsLateApprovalWithinTenSeconds() {
        fixture.logIn(bridge, people.alice());
        fixture.pass(Duration.ofHours(5));
        for (int seconds = 0; seconds < 60; seconds += 4) {
            assertThat(get(PAGE).body(), containsString("content=\"4;url=connectmonzo\""));
            fixture.pass(Duration.ofSeconds(4));
        }

        fixture.bank.approve(people.alice());
        get(PAGE);
        fixture.pass(Duration.ofSeconds(10));
        assertThat(get(PAGE).body(), containsString("Connected, 6 accounts."));
    }

    @Test
    void explainsThatADifferentUserLoggedIn() {
        connect();
        Response response = get(target(fixture.callbackUrl(bridge, people.bob())));
        assertThat(response.header("Location"), containsString("?outcome=other-person-"));
        assertThat(
                get("/" + response.header("Location").replace("../", "")).body(),
                containsString("Different Monzo user"));
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?outcome=",
                "?outcome=approve",
                "?outcome=approve-AAAAAAAAAAAAAAAAAAAAAA",
                "?outcome=other-person-",
                "?result=approve&bridge=monzo:bridge:alice"
            })
    void ignoresOutcomesWithoutALogin(String query) {
        assertThat(get(PAGE + query).body(), is(get(PAGE).body()));
    }

    @Test
    void hidesOutdatedOutcome() {
        String next = "/" + get(callback()).header("Location").replace("../", "");
        fixture.bank.approve(people.alice());
        fixture.pass(Duration.ofSeconds(10));
        assertThat(get(next).body(), containsString("<h2>Connected</h2>"));
        fixture.bank.evict(people.alice());
        fixture.addAccount(bridge, null);
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(BindingFixture.status(bridge), containsString("CONFIGURATION_ERROR"));
        assertThat(get(next).body(), is(get(PAGE).body()));
    }
}
