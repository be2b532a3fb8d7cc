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

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.binding.monzo.simulator.Endpoint;

/** Tests the callback to which Monzo redirects the browser, with valid and forged requests. */
class CallbackTest extends ConnectServletTestBase {

    private static final String STALE = "This login attempt has expired";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?code=c",
                "?state=&code=c",
                "?state=forged&code=c",
                "?state=monzo:bridge:alice&code=c",
                "?state=forged&error=access_denied"
            })
    void rejectsCallbackWithUnknownState(String query) {
        authorize();
        Response response = get(PAGE + "/callback" + query);
        assertThat(response.status(), is(400));
        assertThat(response.body(), containsString(STALE));
        assertThat(fixture.bank.count(Endpoint.TOKEN), is(0));
    }

    @Test
    void acceptsAStateOnce() {
        String callback = callback();
        assertThat(get(callback).status(), is(303));
        Response replayed = get(callback);
        assertThat(replayed.status(), is(400));
        assertThat(replayed.body(), containsString(STALE));
        assertThat(fixture.bank.count(Endpoint.TOKEN), is(1));
    }

    @Test
    void acceptsAStateForFifteenMinutes() {
        String callback = callback();
        fixture.pass(Duration.ofMinutes(15));
        assertThat(get(callback).status(), is(400));
        assertThat(fixture.bank.count(Endpoint.TOKEN), is(0));
    }

    @Test
    void createsLongUniqueStates() {
        List<String> states =
                Stream.generate(() -> parameter(authorize(), "state")).limit(20).toList();
        assertThat(states.stream().distinct().count(), is(20L));
        states.forEach(state -> assertThat(state, matchesPattern("[A-Za-z0-9_-]{43}")));
    }

    @Test
    void usesBridgeOfTheState() {
        MonzoBridgeHandler bobs = fixture.addBridge("bob");
        get(callback() + "&bridge=monzo:bridge:bob");
        assertThat(BindingFixture.status(bridge), containsString("approval-needed"));
        assertThat(BindingFixture.status(bobs), not(containsString("approval-needed")));
    }

    @Test
    void reportsMissingBridgeOfACallback() {
        String callback = callback();
        fixture.end(bridge.getThing());
        Response response = get(callback);
        assertThat(response.status(), is(404));
        assertThat(response.body(), containsString(NO_BRIDGE));
        assertThat(fixture.bank.count(Endpoint.TOKEN), is(0));
    }

    @Test
    void keepsEarlierLoginAfterDenial() {
        connect();
        fixture.bank.resetCounts();
        String callback = target(fixture.bank.deny(authorize()).toString());
        Response response = get(callback);
        assertThat(response.status(), is(303));
        assertThat(get(PAGE + "/" + response.header("Location")).body(), containsString("Monzo did not give access"));
        assertThat("used up", get(callback).status(), is(400));
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        assertThat(fixture.bank.count(Endpoint.TOKEN), is(0));
    }

    @Test
    void ignoresCodeNextToAnError() {
        assertThat(get(callback() + "&error=access_denied").header("Location"), containsString("?outcome=denied-"));
        assertThat(fixture.bank.count(Endpoint.TOKEN), is(0));
    }

    @Test
    void usesFirstOfRepeatedParameters() {
        String callback = callback();
        assertThat(get(callback.replace("?", "?state=forged&")).status(), is(400));
        assertThat(get(callback + "&state=forged&code=forged").status(), is(303));
        assertThat(BindingFixture.status(bridge), containsString("approval-needed"));
    }

    @Test
    void completesLoginsOfTwoBrowsersAndTwoBridges() {
        MonzoBridgeHandler bobs = fixture.addBridge("bob");
        String port = ":" + URI.create(fixture.url()).getPort();
        String byName = authorize("Host: localhost" + port);
        String byNumber = authorize("Host: 127.0.0.1" + port);
        String his = fixture.callbackUrl(bobs, people.bob());
        assertThat(parameter(byName, "redirect_uri"), is("http://localhost" + port + PAGE + "/callback"));
        assertThat(parameter(byNumber, "redirect_uri"), is("http://127.0.0.1" + port + PAGE + "/callback"));

        // The bank compares the redirect URL of the code with that of the token call.
        String second = target(fixture.bank.logIn(byNumber, people.alice()).toString());
        String first = target(fixture.bank.logIn(byName, people.alice()).toString());
        assertThat(get(first).header("Location"), containsString("?outcome=approve-"));
        assertThat(get(target(his)).header("Location"), containsString("?outcome=approve-"));
        assertThat(BindingFixture.status(bobs), containsString("approval-needed"));
        assertThat(get(second).header("Location"), containsString("?outcome=approve-"));
    }

    @Test
    void headRequestDoesNotUseUpALogin() {
        String callback = callback();
        send("HEAD", callback);
        assertThat(fixture.bank.count(Endpoint.TOKEN), is(0));
        assertThat(get(callback).status(), is(303));
    }
}
