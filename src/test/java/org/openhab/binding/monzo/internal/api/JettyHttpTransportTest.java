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
package org.openhab.binding.monzo.internal.api;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openhab.binding.monzo.fixture.Core;
import org.openhab.binding.monzo.internal.api.HttpTransport.HttpRequest;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.binding.monzo.simulator.SimulatedBank;

/** Tests the timeout of openHAB's client, which passes real time; other tests time out without. */
class JettyHttpTransportTest {

    private static final Duration TIMEOUT = Duration.ofMillis(300);

    static Stream<Fault> endless() {
        return Stream.of(Fault.hang(), Fault.slowBody());
    }

    @ParameterizedTest
    @MethodSource("endless")
    void timesOut(Fault fault, @TempDir Path folder) {
        try (SimulatedBank bank = SimulatedBank.start();
                Core core = new Core(folder)) {
            bank.faults().always(Endpoint.ACCOUNTS, fault);
            HttpTransport http = new JettyHttpTransport(core.httpClients().getCommonHttpClient(), TIMEOUT);
            HttpRequest request = new HttpRequest("GET", bank.url(), "/accounts", Map.of(), "token", () -> true);

            MonzoException e =
                    assertThrows(MonzoException.class, () -> http.send(request).await());

            assertThat(e.kind(), is(ErrorKind.TIMED_OUT));
        }
    }
}
