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
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.fixture.SingleLoginTestBase;
import org.openhab.binding.monzo.fixture.WarningLog;
import org.openhab.core.storage.Storage;
import org.openhab.core.thing.Thing;

/**
 * Tests that unreadable entries in openHAB's token store require a new login, which then succeeds.
 */
class DamagedStoreTest extends SingleLoginTestBase {

    private static final Pattern TOKEN = Pattern.compile("(\"accessToken\": *\")([^\"]+)(\")");

    /** Changes an entry of the login while openHAB is stopped. */
    private void damage(String entry, UnaryOperator<Object> change) {
        Storage<Object> storage = fixture.core().storageService().getStorage(STORE);
        List<String> keys =
                storage.getKeys().stream().filter(key -> key.endsWith(entry)).toList();
        assertThat(keys, hasSize(1));
        storage.put(keys.get(0), change.apply(storage.get(keys.get(0))));
        fixture.restart(Duration.ofMinutes(1));
        fixture.pass(Duration.ofSeconds(5));
        bridge = fixture.bridgeNow("alice");
    }

    private void assertCanLogIn() {
        connected();
        fixture.restart(Duration.ofMinutes(1));
        fixture.skip(Duration.ofHours(7)); // includes a token refresh
        assertThat(BindingFixture.status(fixture.bridgeNow("alice")), is("ONLINE"));
    }

    static Stream<Named<UnaryOperator<String>>> tokens() {
        Stream<Named<UnaryOperator<String>>> others = Stream.of(
                        "", "YWJj", "AAAAAAAAAAAAAAAAAAAAAA==", "no base64!", "QUJD".repeat(40), "QUJD".repeat(2000))
                .map(other -> Named.of(
                        other.length() > 40 ? other.length() + " characters" : "'" + other + "'", token -> other));
        Stream<Named<UnaryOperator<String>>> cut = Stream.of(10, 20, 24, 30, 64, 100)
                .map(length -> Named.of("cut after " + length, token -> token.substring(0, length)));
        return Stream.concat(others, cut);
    }

    /** As after a backup was restored without the key. The page must not say that nobody has ever logged in. */
    @ParameterizedTest
    @MethodSource("tokens")
    void requiresLoginAfterUndecryptableToken(UnaryOperator<String> change) {
        connected();
        damage(
                "AccessTokenResponse",
                stored -> TOKEN.matcher(stored.toString())
                        .replaceFirst(token -> token.group(1) + change.apply(token.group(2)) + token.group(3)));
        assertThat(BindingFixture.status(bridge), is("OFFLINE/CONFIGURATION_ERROR offline.login-unreadable"));
        assertThat(
                fixture.browser.get(fixture.url() + "/connectmonzo").body(),
                containsString("The stored login cannot be read, for example"));
        assertCanLogIn();
    }

    /** openHAB drops such entries. */
    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "{", "{}", "[]", "null", "\"x\"", "{\"accessToken\":{}}"})
    void requiresLoginAfterInvalidEntry(String entry) {
        connected();
        damage("AccessTokenResponse", stored -> entry);
        assertThat(BindingFixture.status(bridge), is("OFFLINE/CONFIGURATION_PENDING offline.login-needed"));
        assertCanLogIn();
    }

    @Test
    void requiresLoginAfterEntryOfAnotherType() {
        connected();
        damage("AccessTokenResponse", stored -> 5);
        assertThat(BindingFixture.status(bridge), is("OFFLINE/CONFIGURATION_ERROR offline.login-unreadable"));
        assertCanLogIn();
    }

    /** openHAB can neither read nor replace it. */
    @Test
    void requiresLoginAfterEntryOfTheClientOfAnotherType() {
        connected();
        try (WarningLog warnings = new WarningLog(TokenStore.class)) {
            damage("ServiceConfiguration", stored -> 5);
            assertThat(BindingFixture.status(bridge), is("OFFLINE/CONFIGURATION_PENDING offline.login-needed"));
            connected();
            fixture.skip(Duration.ofHours(7)); // includes a token refresh
            assertThat("once", warnings.messages(), contains(containsString("Log in again")));
        }
        assertCanLogIn();
    }

    /** What the binding stores besides tokens. */
    @ParameterizedTest
    @CsvSource({
        "org.openhab.binding.monzo.transfers,    monzo:bridge:alice/openhab-1",
        "org.openhab.binding.monzo.webhooks,     monzo:bridge:alice",
        "org.openhab.binding.monzo.transactions, monzo:account:alice:watched",
        "org.openhab.binding.monzo.budgets,      monzo:budget:alice:budget"
    })
    void dropsUnreadableEntriesOfTheBinding(String store, String key) {
        connected();
        fixture.edit(
                bridge.getThing(), Map.of("push", true, "webhookUrl", "https://home.example/connectmonzo/webhook"));
        Thing watched = fixture.addAccount(
                bridge, "watched", Map.of("accountId", people.current().id(), "transactions", true));
        fixture.addBudget(bridge, "budget", Map.of("limit", 100));
        fixture.pass(Duration.ofMinutes(2));
        for (Object value :
                List.of(5, Map.of(), List.of(), true, "", "{", "[]", "null", "{\"transactions\":{\"x\":null}}")) {
            fixture.core().storageService().getStorage(store).put(key, value);
            fixture.restart(Duration.ofMinutes(1));
            fixture.pass(Duration.ofMinutes(2));

            assertThat(BindingFixture.status(fixture.bridgeNow("alice")), is("ONLINE"));
            assertThat(BindingFixture.status(watched), is("ONLINE"));
            Object now = fixture.core().storageService().getStorage(store).get(key);
            assertThat("dropped, or written anew", now, is(not(value)));
        }
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "{", "{}", "[]", "null", "\"x\""})
    void recreatesEntryOfTheClient(String entry) {
        connected();
        damage("ServiceConfiguration", stored -> entry);
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        assertCanLogIn();
    }
}
