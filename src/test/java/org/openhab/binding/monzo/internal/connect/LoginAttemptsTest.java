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
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.simulator.AdjustableClock;
import org.openhab.core.thing.ThingUID;

class LoginAttemptsTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final ThingUID HOME = new ThingUID("monzo:bridge:home");
    private static final ThingUID OTHER = new ThingUID("monzo:bridge:other");
    private static final String URL = "http://openhab:8080/connectmonzo/callback";

    private static final String ADDRESS = "192.0.2.1";

    private final AdjustableClock clock = new AdjustableClock(START);
    private final LoginAttempts attempts = new LoginAttempts(clock);

    @Test
    void returnsBridgeAndRedirectUrlOfAState() {
        String ofHome = attempts.begin(HOME, URL, ADDRESS);
        String ofOther = attempts.begin(OTHER, "https://elsewhere/callback", ADDRESS);

        assertEquals(
                Optional.of(new LoginAttempts.Pending(OTHER, "https://elsewhere/callback", ADDRESS, START)),
                attempts.end(ofOther));
        assertEquals(Optional.of(new LoginAttempts.Pending(HOME, URL, ADDRESS, START)), attempts.end(ofHome));
    }

    @Test
    void acceptsAStateOnce() {
        String state = attempts.begin(HOME, URL, ADDRESS);

        assertEquals(true, attempts.end(state).isPresent());
        assertEquals(Optional.empty(), attempts.end(state));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "monzo:bridge:home", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void rejectsUnknownState(String state) {
        attempts.begin(HOME, URL, ADDRESS);

        assertEquals(Optional.empty(), attempts.end(state));
        assertEquals(Optional.empty(), attempts.end(state.repeat(100_000)));
    }

    @ParameterizedTest
    @CsvSource({"PT0S, true", "PT14M59S, true", "PT15M, false", "P1D, false", "PT-1S, false", "P-1D, false"})
    void expiresAfterFifteenMinutesOrWhenTheClockIsSetBack(Duration later, boolean taken) {
        String state = attempts.begin(HOME, URL, ADDRESS);

        clock.advance(later);

        assertEquals(taken, attempts.end(state).isPresent());
    }

    @Test
    void createsUnpredictableStates() {
        Set<String> states = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            String state = attempts.begin(HOME, URL, ADDRESS);
            assertThat(state, matchesPattern("[A-Za-z0-9_-]{43}"));
            states.add(state);
        }

        assertThat(states, hasSize(1000));
    }

    @Test
    void keepsLoginAmongManyOfAnotherAddress() {
        String early = attempts.begin(HOME, URL, "192.0.2.7");
        for (int i = 0; i < 1500; i++) {
            attempts.begin(HOME, URL, ADDRESS);
        }
        String late = attempts.begin(HOME, URL, "192.0.2.7");
        for (int i = 0; i < 1500; i++) {
            attempts.begin(OTHER, URL, i % 2 == 0 ? ADDRESS : "192.0.2.2");
        }

        assertEquals(true, attempts.end(early).isPresent());
        assertEquals(true, attempts.end(late).isPresent());
    }

    @Test
    void removesOldestLoginOfAnAddress() {
        List<String> states = IntStream.range(0, 1010)
                .mapToObj(i -> attempts.begin(HOME, URL + i, ADDRESS))
                .toList();

        List<Boolean> taken =
                states.stream().map(state -> attempts.end(state).isPresent()).toList();

        assertEquals(IntStream.range(0, 1010).mapToObj(i -> i >= 10).toList(), taken);
    }

    @Test
    void removesExpiredLoginsFirst() {
        for (int i = 0; i < 999; i++) {
            attempts.begin(OTHER, URL, ADDRESS);
        }
        clock.advance(Duration.ofMinutes(10));
        String state = attempts.begin(HOME, URL, ADDRESS);
        clock.advance(Duration.ofMinutes(6));
        for (int i = 0; i < 999; i++) {
            attempts.begin(OTHER, URL, ADDRESS);
        }

        assertEquals(true, attempts.end(state).isPresent());
    }

    private int spendAll(String address) {
        int spent = 0;
        while (attempts.tryAcquire(address)) {
            spent++;
        }
        return spent;
    }

    @Test
    void limitsAttemptsOfEachAddressSeparately() {
        assertEquals(10, spendAll(ADDRESS));
        assertEquals(10, spendAll("192.0.2.2"));
        assertEquals(0, spendAll(ADDRESS));
    }

    @Test
    void resetsTheLimitOfAnAddressAfterFiveMinutes() {
        spendAll(ADDRESS);

        clock.advance(Duration.ofMinutes(5));

        assertEquals(10, spendAll(ADDRESS));
    }

    @Test
    void keepsTheLimitOfAnActiveAddressAmongManyOthers() {
        spendAll(ADDRESS);
        for (int i = 0; i < 100_000; i++) {
            attempts.tryAcquire("2001:db8::" + i);
            if (i % 500 == 0) {
                assertEquals(0, spendAll(ADDRESS));
            }
        }
    }
}
