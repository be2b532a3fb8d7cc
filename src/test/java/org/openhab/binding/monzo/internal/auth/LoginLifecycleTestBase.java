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
package org.openhab.binding.monzo.internal.auth;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.fixture.Core;
import org.openhab.binding.monzo.fixture.SingleLoginTestBase;
import org.openhab.binding.monzo.internal.api.HttpTransport;
import org.openhab.binding.monzo.internal.api.JettyHttpTransport;
import org.openhab.binding.monzo.internal.api.MonzoApi;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.auth.OAuthClient.AccessToken;
import org.openhab.binding.monzo.simulator.Endpoint;

/** Base class of tests of a login from the first token to its end. */
abstract class LoginLifecycleTestBase extends SingleLoginTestBase {

    static final Duration REFRESH_DUE = Duration.ofMinutes(5 * 60 + 35);

    String status() {
        return BindingFixture.status(fixture.bridgeNow("alice"));
    }

    int tokenCalls() {
        return fixture.bank.count(Endpoint.TOKEN);
    }

    /** Asserts that the login survives its next token refresh and shows the bank's current data. */
    void assertLoginWorks() {
        people.current().balance(77_700);
        fixture.skip(Duration.ofHours(7));
        assertThat(status(), is("ONLINE"));
        assertThat(fixture.state(account, "balance"), is("777.00"));
    }

    /** Opens the login of the bridge from openHAB's store, as after a crash. */
    TokenManager loginInStore(Core core, Clock clock) {
        return open(new TokenManagers(core.oAuthFactory(), http(core), clock, Map::of), core, clock);
    }

    TokenManager open(TokenManagers logins, Core core, Clock clock) {
        TokenManager login = logins.of("monzo:bridge:alice");
        login.configure(
                new OAuthClient.Settings(
                        BindingFixture.CLIENT_ID, BindingFixture.CLIENT_SECRET, fixture.bank.url(), fixture.bank.url()),
                new MonzoApi(fixture.bank.url(), http(core), clock));
        return login;
    }

    static AccessToken token(TokenManager login) throws MonzoException {
        return login.token(login.settings());
    }

    static HttpTransport http(Core core) {
        return new JettyHttpTransport(core.httpClients().getCommonHttpClient(), AWAIT_TIMEOUT);
    }

    String tokenInStore() throws MonzoException {
        fixture.core().stored(STORE);
        try (Core other = new Core(folder)) {
            return token(loginInStore(other, fixture.clock)).value();
        }
    }
}
