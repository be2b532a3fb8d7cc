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
package org.openhab.binding.monzo.internal;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.fixture.TestExtent;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.binding.monzo.simulator.BankAccount;
import org.openhab.binding.monzo.simulator.BankPot;
import org.openhab.binding.monzo.simulator.Customer;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.core.thing.Thing;

/**
 * Tests every fault at every endpoint and time: the statuses shown, the requests sent and the recovery.
 */
class FaultMatrixTest {

    /** The duration of each fault: long enough to observe the backoff, short enough for its jitter not to matter. */
    private static final Duration FAULTY = Duration.ofSeconds(110);

    /** The longest delay that the backoff has reached by then, and the refresh after it. */
    private static final Duration RECOVERY = Duration.ofSeconds(130);

    private enum Time {
        /** From the authorisation on. */
        FIRST_LOGIN,
        /** While online. */
        STEADY,
        /** When the token is due for a refresh but still valid. */
        REFRESH,
        /** When the token has expired, as after a night's suspend. */
        OVERDUE
    }

    /**
     * The expected result after {@link #FAULTY}; $ stands for the text of the fault. Calls are those of the faulty
     * endpoint; token calls are those of the token endpoint since the start of the fault.
     * <p>
     * A refresh takes place at the start of a login, otherwise 60 s after the last one, and after a failed refresh at
     * about 10, 30 and 70 s.
     */
    private static final String EXPECTED = """
            endpoint | time        | kind        | bridge                                                       | account                                                      | pot                                                          | calls | token | recovers
            ACCOUNTS | FIRST_LOGIN | WAIT        | OFFLINE/COMMUNICATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 4     | 1     | alone
            ACCOUNTS | FIRST_LOGIN | LIMIT       | OFFLINE/COMMUNICATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 4     | 1     | alone
            ACCOUNTS | FIRST_LOGIN | LIMIT_WAIT  | OFFLINE/COMMUNICATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 1     | 1     | alone
            ACCOUNTS | FIRST_LOGIN | LIMIT_LONG  | OFFLINE/COMMUNICATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 1     | 1     | hourly
            ACCOUNTS | FIRST_LOGIN | FORBIDDEN   | OFFLINE/CONFIGURATION_PENDING offline.approval-needed        | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 19    | 1     | alone
            ACCOUNTS | FIRST_LOGIN | REJECTED    | OFFLINE/COMMUNICATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 4     | 1     | alone
            ACCOUNTS | FIRST_LOGIN | EXPIRED     | OFFLINE/COMMUNICATION_ERROR offline.refreshed-token-rejected | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 5     | 2     | alone
            ACCOUNTS | FIRST_LOGIN | EVICTED     | OFFLINE/CONFIGURATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 1     | 1     | by login
            ACCOUNTS | FIRST_LOGIN | REFUSED     | OFFLINE/COMMUNICATION_ERROR offline.refreshed-token-rejected | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 5     | 2     | alone
            BALANCE  | FIRST_LOGIN | WAIT        | ONLINE                                                       | OFFLINE/COMMUNICATION_ERROR $                                | ONLINE                                                       | 2     | 1     | alone
            BALANCE  | FIRST_LOGIN | LIMIT       | OFFLINE/COMMUNICATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 4     | 1     | alone
            BALANCE  | FIRST_LOGIN | LIMIT_WAIT  | OFFLINE/COMMUNICATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 1     | 1     | alone
            BALANCE  | FIRST_LOGIN | LIMIT_LONG  | OFFLINE/COMMUNICATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 1     | 1     | hourly
            BALANCE  | FIRST_LOGIN | FORBIDDEN   | ONLINE                                                       | OFFLINE/CONFIGURATION_ERROR offline.account-not-permitted    | ONLINE                                                       | 2     | 1     | alone
            BALANCE  | FIRST_LOGIN | REJECTED    | ONLINE                                                       | OFFLINE/COMMUNICATION_ERROR $                                | ONLINE                                                       | 2     | 1     | alone
            BALANCE  | FIRST_LOGIN | EXPIRED     | ONLINE                                                       | OFFLINE/COMMUNICATION_ERROR offline.refreshed-token-rejected | ONLINE                                                       | 3     | 2     | alone
            BALANCE  | FIRST_LOGIN | EVICTED     | OFFLINE/CONFIGURATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 1     | 1     | by login
            BALANCE  | FIRST_LOGIN | REFUSED     | ONLINE                                                       | OFFLINE/COMMUNICATION_ERROR offline.refreshed-token-rejected | ONLINE                                                       | 3     | 2     | alone
            POTS     | FIRST_LOGIN | WAIT        | ONLINE                                                       | ONLINE                                                       | OFFLINE/COMMUNICATION_ERROR $                                | 2     | 1     | alone
            POTS     | FIRST_LOGIN | LIMIT       | OFFLINE/COMMUNICATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 4     | 1     | alone
            POTS     | FIRST_LOGIN | LIMIT_WAIT  | OFFLINE/COMMUNICATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 1     | 1     | alone
            POTS     | FIRST_LOGIN | LIMIT_LONG  | OFFLINE/COMMUNICATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 1     | 1     | hourly
            POTS     | FIRST_LOGIN | FORBIDDEN   | ONLINE                                                       | ONLINE                                                       | OFFLINE/CONFIGURATION_ERROR offline.account-not-permitted    | 2     | 1     | alone
            POTS     | FIRST_LOGIN | REJECTED    | ONLINE                                                       | ONLINE                                                       | OFFLINE/COMMUNICATION_ERROR $                                | 2     | 1     | alone
            POTS     | FIRST_LOGIN | EXPIRED     | ONLINE                                                       | ONLINE                                                       | OFFLINE/COMMUNICATION_ERROR offline.refreshed-token-rejected | 3     | 2     | alone
            POTS     | FIRST_LOGIN | EVICTED     | OFFLINE/CONFIGURATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 1     | 1     | by login
            POTS     | FIRST_LOGIN | REFUSED     | ONLINE                                                       | ONLINE                                                       | OFFLINE/COMMUNICATION_ERROR offline.refreshed-token-rejected | 3     | 2     | alone
            TOKEN    | FIRST_LOGIN | WAIT        | OFFLINE/CONFIGURATION_PENDING offline.login-needed           | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 1     | 1     | by login
            TOKEN    | FIRST_LOGIN | LIMIT       | OFFLINE/CONFIGURATION_PENDING offline.login-needed           | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 1     | 1     | by login
            TOKEN    | FIRST_LOGIN | LIMIT_WAIT  | OFFLINE/CONFIGURATION_PENDING offline.login-needed           | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 1     | 1     | by login
            TOKEN    | FIRST_LOGIN | LIMIT_LONG  | OFFLINE/CONFIGURATION_PENDING offline.login-needed           | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 1     | 1     | by login
            TOKEN    | FIRST_LOGIN | REFUSED     | OFFLINE/CONFIGURATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 1     | 1     | by login
            TOKEN    | FIRST_LOGIN | REFUSED_400 | OFFLINE/CONFIGURATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 1     | 1     | by login
            TOKEN    | FIRST_LOGIN | CLIENT      | OFFLINE/CONFIGURATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 1     | 1     | by login
            ACCOUNTS | STEADY      | WAIT        | OFFLINE/COMMUNICATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 4     | 0     | alone
            ACCOUNTS | STEADY      | LIMIT       | OFFLINE/COMMUNICATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 4     | 0     | alone
            ACCOUNTS | STEADY      | LIMIT_WAIT  | OFFLINE/COMMUNICATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 1     | 0     | alone
            ACCOUNTS | STEADY      | LIMIT_LONG  | OFFLINE/COMMUNICATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 1     | 0     | hourly
            ACCOUNTS | STEADY      | FORBIDDEN   | OFFLINE/CONFIGURATION_PENDING offline.approval-withdrawn     | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 2     | 0     | alone
            ACCOUNTS | STEADY      | REJECTED    | OFFLINE/COMMUNICATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 4     | 0     | alone
            ACCOUNTS | STEADY      | EXPIRED     | OFFLINE/COMMUNICATION_ERROR offline.refreshed-token-rejected | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 5     | 1     | alone
            ACCOUNTS | STEADY      | EVICTED     | OFFLINE/CONFIGURATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 1     | 0     | by login
            ACCOUNTS | STEADY      | REFUSED     | OFFLINE/COMMUNICATION_ERROR offline.refreshed-token-rejected | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 5     | 1     | alone
            BALANCE  | STEADY      | WAIT        | ONLINE                                                       | OFFLINE/COMMUNICATION_ERROR $                                | ONLINE                                                       | 1     | 0     | alone
            BALANCE  | STEADY      | LIMIT       | OFFLINE/COMMUNICATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 3     | 0     | alone
            BALANCE  | STEADY      | LIMIT_WAIT  | OFFLINE/COMMUNICATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 1     | 0     | alone
            BALANCE  | STEADY      | LIMIT_LONG  | OFFLINE/COMMUNICATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 1     | 0     | hourly
            BALANCE  | STEADY      | FORBIDDEN   | ONLINE                                                       | OFFLINE/CONFIGURATION_ERROR offline.account-not-permitted    | ONLINE                                                       | 1     | 0     | alone
            BALANCE  | STEADY      | REJECTED    | ONLINE                                                       | OFFLINE/COMMUNICATION_ERROR $                                | ONLINE                                                       | 1     | 0     | alone
            BALANCE  | STEADY      | EXPIRED     | ONLINE                                                       | OFFLINE/COMMUNICATION_ERROR offline.refreshed-token-rejected | ONLINE                                                       | 2     | 1     | alone
            BALANCE  | STEADY      | EVICTED     | OFFLINE/CONFIGURATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 1     | 0     | by login
            BALANCE  | STEADY      | REFUSED     | ONLINE                                                       | OFFLINE/COMMUNICATION_ERROR offline.refreshed-token-rejected | ONLINE                                                       | 2     | 1     | alone
            POTS     | STEADY      | WAIT        | ONLINE                                                       | ONLINE                                                       | OFFLINE/COMMUNICATION_ERROR $                                | 1     | 0     | alone
            POTS     | STEADY      | LIMIT       | OFFLINE/COMMUNICATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 3     | 0     | alone
            POTS     | STEADY      | LIMIT_WAIT  | OFFLINE/COMMUNICATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 1     | 0     | alone
            POTS     | STEADY      | LIMIT_LONG  | OFFLINE/COMMUNICATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 1     | 0     | hourly
            POTS     | STEADY      | FORBIDDEN   | ONLINE                                                       | ONLINE                                                       | OFFLINE/CONFIGURATION_ERROR offline.account-not-permitted    | 1     | 0     | alone
            POTS     | STEADY      | REJECTED    | ONLINE                                                       | ONLINE                                                       | OFFLINE/COMMUNICATION_ERROR $                                | 1     | 0     | alone
            POTS     | STEADY      | EXPIRED     | ONLINE                                                       | ONLINE                                                       | OFFLINE/COMMUNICATION_ERROR offline.refreshed-token-rejected | 2     | 1     | alone
            POTS     | STEADY      | EVICTED     | OFFLINE/CONFIGURATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 1     | 0     | by login
            POTS     | STEADY      | REFUSED     | ONLINE                                                       | ONLINE                                                       | OFFLINE/COMMUNICATION_ERROR offline.refreshed-token-rejected | 2     | 1     | alone
            TOKEN    | STEADY      | WAIT        | ONLINE                                                       | ONLINE                                                       | ONLINE                                                       | 0     | 0     | alone
            TOKEN    | STEADY      | REFUSED     | ONLINE                                                       | ONLINE                                                       | ONLINE                                                       | 0     | 0     | alone
            ACCOUNTS | REFRESH     | WAIT        | OFFLINE/COMMUNICATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 4     | 1     | alone
            ACCOUNTS | REFRESH     | LIMIT       | OFFLINE/COMMUNICATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 4     | 1     | alone
            ACCOUNTS | REFRESH     | LIMIT_WAIT  | OFFLINE/COMMUNICATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 1     | 1     | alone
            ACCOUNTS | REFRESH     | LIMIT_LONG  | OFFLINE/COMMUNICATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 1     | 1     | hourly
            ACCOUNTS | REFRESH     | FORBIDDEN   | OFFLINE/CONFIGURATION_PENDING offline.approval-withdrawn     | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 2     | 1     | alone
            ACCOUNTS | REFRESH     | EXPIRED     | OFFLINE/COMMUNICATION_ERROR offline.refreshed-token-rejected | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 5     | 2     | alone
            ACCOUNTS | REFRESH     | EVICTED     | OFFLINE/CONFIGURATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 1     | 1     | by login
            ACCOUNTS | REFRESH     | REFUSED     | OFFLINE/COMMUNICATION_ERROR offline.refreshed-token-rejected | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 5     | 2     | alone
            BALANCE  | REFRESH     | WAIT        | ONLINE                                                       | OFFLINE/COMMUNICATION_ERROR $                                | ONLINE                                                       | 2     | 1     | alone
            BALANCE  | REFRESH     | LIMIT       | OFFLINE/COMMUNICATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 4     | 1     | alone
            BALANCE  | REFRESH     | LIMIT_WAIT  | OFFLINE/COMMUNICATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 1     | 1     | alone
            BALANCE  | REFRESH     | LIMIT_LONG  | OFFLINE/COMMUNICATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 1     | 1     | hourly
            BALANCE  | REFRESH     | FORBIDDEN   | ONLINE                                                       | OFFLINE/CONFIGURATION_ERROR offline.account-not-permitted    | ONLINE                                                       | 2     | 1     | alone
            BALANCE  | REFRESH     | EXPIRED     | ONLINE                                                       | OFFLINE/COMMUNICATION_ERROR offline.refreshed-token-rejected | ONLINE                                                       | 3     | 2     | alone
            BALANCE  | REFRESH     | EVICTED     | OFFLINE/CONFIGURATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 1     | 1     | by login
            BALANCE  | REFRESH     | REFUSED     | ONLINE                                                       | OFFLINE/COMMUNICATION_ERROR offline.refreshed-token-rejected | ONLINE                                                       | 3     | 2     | alone
            POTS     | REFRESH     | WAIT        | ONLINE                                                       | ONLINE                                                       | OFFLINE/COMMUNICATION_ERROR $                                | 2     | 1     | alone
            POTS     | REFRESH     | LIMIT       | OFFLINE/COMMUNICATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 4     | 1     | alone
            POTS     | REFRESH     | LIMIT_WAIT  | OFFLINE/COMMUNICATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 1     | 1     | alone
            POTS     | REFRESH     | LIMIT_LONG  | OFFLINE/COMMUNICATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 1     | 1     | hourly
            POTS     | REFRESH     | FORBIDDEN   | ONLINE                                                       | ONLINE                                                       | OFFLINE/CONFIGURATION_ERROR offline.account-not-permitted    | 2     | 1     | alone
            POTS     | REFRESH     | EXPIRED     | ONLINE                                                       | ONLINE                                                       | OFFLINE/COMMUNICATION_ERROR offline.refreshed-token-rejected | 3     | 2     | alone
            POTS     | REFRESH     | EVICTED     | OFFLINE/CONFIGURATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 1     | 1     | by login
            POTS     | REFRESH     | REFUSED     | ONLINE                                                       | ONLINE                                                       | OFFLINE/COMMUNICATION_ERROR offline.refreshed-token-rejected | 3     | 2     | alone
            TOKEN    | REFRESH     | WAIT        | ONLINE                                                       | ONLINE                                                       | ONLINE                                                       | 1     | 1     | alone
            TOKEN    | REFRESH     | LIMIT       | ONLINE                                                       | ONLINE                                                       | ONLINE                                                       | 1     | 1     | alone
            TOKEN    | REFRESH     | LIMIT_WAIT  | ONLINE                                                       | ONLINE                                                       | ONLINE                                                       | 1     | 1     | alone
            TOKEN    | REFRESH     | LIMIT_LONG  | ONLINE                                                       | ONLINE                                                       | ONLINE                                                       | 1     | 1     | hourly
            TOKEN    | REFRESH     | EVICTED     | OFFLINE/CONFIGURATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 1     | 1     | by login
            TOKEN    | REFRESH     | REFUSED     | OFFLINE/CONFIGURATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 1     | 1     | by login
            TOKEN    | REFRESH     | REFUSED_400 | OFFLINE/CONFIGURATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 1     | 1     | by login
            TOKEN    | REFRESH     | CLIENT      | OFFLINE/CONFIGURATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 1     | 1     | by login
            ACCOUNTS | OVERDUE     | WAIT        | OFFLINE/COMMUNICATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 4     | 1     | alone
            TOKEN    | OVERDUE     | WAIT        | OFFLINE/COMMUNICATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 4     | 4     | alone
            TOKEN    | OVERDUE     | LIMIT       | OFFLINE/COMMUNICATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 4     | 4     | alone
            TOKEN    | OVERDUE     | LIMIT_WAIT  | OFFLINE/COMMUNICATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 1     | 1     | alone
            TOKEN    | OVERDUE     | LIMIT_LONG  | OFFLINE/COMMUNICATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 1     | 1     | hourly
            TOKEN    | OVERDUE     | EVICTED     | OFFLINE/CONFIGURATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 1     | 1     | by login
            TOKEN    | OVERDUE     | REFUSED     | OFFLINE/CONFIGURATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 1     | 1     | by login
            TOKEN    | OVERDUE     | REFUSED_400 | OFFLINE/CONFIGURATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 1     | 1     | by login
            TOKEN    | OVERDUE     | CLIENT      | OFFLINE/CONFIGURATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 1     | 1     | by login
            TRANSACTIONS | FIRST_LOGIN | WAIT        | ONLINE                                                       | ONLINE                                                       | ONLINE                                                       | 2     | 1     | alone
            TRANSACTIONS | FIRST_LOGIN | LIMIT       | ONLINE                                                       | ONLINE                                                       | ONLINE                                                       | 2     | 1     | alone
            TRANSACTIONS | FIRST_LOGIN | LIMIT_WAIT  | ONLINE                                                       | ONLINE                                                       | ONLINE                                                       | 1     | 1     | alone
            TRANSACTIONS | FIRST_LOGIN | LIMIT_LONG  | ONLINE                                                       | ONLINE                                                       | ONLINE                                                       | 1     | 1     | hourly
            TRANSACTIONS | FIRST_LOGIN | FORBIDDEN   | ONLINE                                                       | ONLINE                                                       | ONLINE                                                       | 1     | 1     | alone
            TRANSACTIONS | FIRST_LOGIN | EXPIRED     | ONLINE                                                       | ONLINE                                                       | ONLINE                                                       | 3     | 2     | alone
            TRANSACTIONS | FIRST_LOGIN | EVICTED     | OFFLINE/CONFIGURATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 1     | 1     | by login
            TRANSACTIONS | FIRST_LOGIN | REFUSED     | ONLINE                                                       | ONLINE                                                       | ONLINE                                                       | 3     | 2     | alone
            TRANSACTIONS | STEADY      | WAIT        | ONLINE                                                       | ONLINE                                                       | ONLINE                                                       | 1     | 0     | alone
            TRANSACTIONS | STEADY      | LIMIT       | ONLINE                                                       | ONLINE                                                       | ONLINE                                                       | 1     | 0     | alone
            TRANSACTIONS | STEADY      | LIMIT_WAIT  | ONLINE                                                       | ONLINE                                                       | ONLINE                                                       | 1     | 0     | alone
            TRANSACTIONS | STEADY      | LIMIT_LONG  | ONLINE                                                       | ONLINE                                                       | ONLINE                                                       | 1     | 0     | hourly
            TRANSACTIONS | STEADY      | FORBIDDEN   | ONLINE                                                       | ONLINE                                                       | ONLINE                                                       | 1     | 0     | alone
            TRANSACTIONS | STEADY      | EXPIRED     | ONLINE                                                       | ONLINE                                                       | ONLINE                                                       | 2     | 1     | alone
            TRANSACTIONS | STEADY      | EVICTED     | OFFLINE/CONFIGURATION_ERROR $                                | OFFLINE/BRIDGE_OFFLINE                                       | OFFLINE/BRIDGE_OFFLINE                                       | 1     | 0     | by login
            TRANSACTIONS | STEADY      | REFUSED     | ONLINE                                                       | ONLINE                                                       | ONLINE                                                       | 2     | 1     | alone
            """;

    private record Cell(
            Endpoint endpoint,
            Time time,
            Fault fault,
            String bridge,
            String account,
            String pot,
            String budget,
            int calls,
            int tokenCalls,
            String recovers) {

        @Override
        public String toString() {
            String name = fault.toString();
            return endpoint + " " + time + " " + (name.length() > 60 ? name.substring(0, 60) + "…" : name);
        }
    }

    /**
     * Returns each row with one fault of its kind, with another text than the last row of that kind; with {@code
     * -Dmonzo.tests=full}, with every fault.
     */
    static Stream<Cell> cells() {
        Map<String, Integer> turns = new HashMap<>();
        return EXPECTED.lines().skip(1).flatMap(row -> {
            List<String> columns =
                    Arrays.stream(row.split("\\|")).map(String::strip).toList();
            List<Cell> cells = cells(columns);
            int turn = turns.merge(columns.get(2), 1, Integer::sum) - 1;
            return TestExtent.isFull() ? cells.stream() : Stream.of(cells.get(turn % cells.size()));
        });
    }

    /** Returns the first fault of each text, then the second of each, and so on. */
    private static List<Cell> cells(List<String> columns) {
        Map<String, List<Fault>> faults =
                new TreeMap<>(FaultKind.valueOf(columns.get(2)).faults());
        int most = faults.values().stream().mapToInt(List::size).max().orElseThrow();
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            for (Map.Entry<String, List<Fault>> text : faults.entrySet()) {
                if (i < text.getValue().size()) {
                    cells.add(cell(columns, text.getKey(), text.getValue().get(i)));
                }
            }
        }
        return cells;
    }

    private static Cell cell(List<String> columns, String key, Fault fault) {
        String text = "offline." + key;
        return new Cell(
                Endpoint.valueOf(columns.get(0)),
                Time.valueOf(columns.get(1)),
                fault,
                columns.get(3).replace("$", text),
                ofThing(columns.get(4), text),
                ofThing(columns.get(5), text),
                columns.get(3).equals("ONLINE")
                        ? ofBudget(FaultKind.valueOf(columns.get(2)), text)
                        : ofThing("OFFLINE/BRIDGE_OFFLINE", text),
                Integer.parseInt(columns.get(6)) * requestsOf(columns.get(0), fault),
                Integer.parseInt(columns.get(7)),
                columns.get(8));
    }

    /** Transactions in too long a response are requested in smaller pages: 100, 10 and 1. */
    private static int requestsOf(String endpoint, Fault fault) {
        return endpoint.equals("TRANSACTIONS") && fault.toString().equals("endlessBody") ? 3 : 1;
    }

    /** Unlike an account, a budget is nothing without transactions. */
    private static String ofBudget(FaultKind kind, String text) {
        return switch (kind) {
            case FORBIDDEN -> "OFFLINE/CONFIGURATION_ERROR offline.account-not-permitted";
            case EXPIRED, REFUSED -> "OFFLINE/COMMUNICATION_ERROR offline.refreshed-token-rejected";
            default -> "OFFLINE/COMMUNICATION_ERROR " + text;
        };
    }

    private static String ofThing(String expected, String text) {
        return expected.replace("$", text).replace("BRIDGE_OFFLINE", "BRIDGE_OFFLINE offline.bridge-offline");
    }

    @TempDir
    Path folder;

    private BindingFixture fixture;
    private Customer alice;
    private BankAccount account;
    private BankPot pot;
    private MonzoBridgeHandler bridge;
    private Thing accountThing;
    private Thing potThing;
    private Thing budget;

    private void build(boolean isAboutTransactions) {
        fixture = new BindingFixture(folder);
        alice = fixture.bank.addCustomer("Alice Example");
        account = fixture.bank.openAccount("uk_retail", "GBP", alice).balance(12_345);
        account.withoutTotalBalance(); // otherwise the totals show that pots are unchanged
        pot = account.addPot("Holiday", 100_000L, 50_000);
        account.payments().pay(100, "Coffee Bar");
        account.balance(12_345);
        bridge = fixture.addBridge("alice");
        accountThing = isAboutTransactions
                ? fixture.addWatchedAccount(bridge, account.id())
                : fixture.addAccount(bridge, account.id());
        potThing = fixture.addPot(bridge, pot.id());
        if (isAboutTransactions) {
            budget = fixture.addBudget(bridge, "budget", Map.of("limit", 100, "accountIds", account.id()));
        }
        fixture.pass(Duration.ofSeconds(2));
    }

    @AfterEach
    void tearDown() {
        fixture.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void fault(Cell cell) {
        build(cell.endpoint() == Endpoint.TRANSACTIONS);
        reach(cell.time());
        fixture.bank.resetCounts();
        fixture.bank.faults().always(cell.endpoint(), cell.fault());
        account.payments().pay(200, "Coffee Bar");
        account.balance(12_345);
        begin(cell);
        fixture.pass(FAULTY);

        assertThat(BindingFixture.status(bridge), is(cell.bridge()));
        assertThat(BindingFixture.status(accountThing), is(cell.account()));
        assertThat(BindingFixture.status(potThing), is(cell.pot()));
        assertThat("calls", fixture.bank.count(cell.endpoint()), is(cell.calls()));
        assertThat("token calls", fixture.bank.count(Endpoint.TOKEN), is(cell.tokenCalls()));
        if (cell.endpoint() == Endpoint.TRANSACTIONS) {
            assertThat(BindingFixture.status(budget), is(cell.budget()));
            String sum = cell.time() == Time.FIRST_LOGIN ? "no sum" : "1.00";
            assertThat(
                    "last good sum",
                    String.valueOf(fixture.state(budget, "spent")).replaceAll("UNDEF|null", "no sum"),
                    is(sum));
        }
        if (cell.time() != Time.FIRST_LOGIN) {
            assertThat("last good values", fixture.state(accountThing, "balance"), is("123.45"));
            assertThat("last good values", fixture.state(potThing, "balance"), is("500.00"));
        }

        fixture.bank.faults().clear();
        recover(cell);
        if (cell.endpoint() == Endpoint.TRANSACTIONS) {
            assertTransactions(cell);
        }
    }

    /** The payment before the fault is known; the one during it is delivered if the account was watched by then. */
    private void assertTransactions(Cell cell) {
        bridge.connection().poller().refreshAll(); // repeats what was forbidden
        fixture.pass(Duration.ofSeconds(5));
        assertThat(fixture.state(accountThing, "last-transaction-amount"), is("-2.00"));
        assertThat(BindingFixture.status(budget), is("ONLINE"));
        assertThat(fixture.state(budget, "spent"), is("3.00"));
        assertThat(
                fixture.callback(accountThing).payloads(),
                cell.time() == Time.FIRST_LOGIN ? is(empty()) : contains(containsString("\"-2.00\"")));
    }

    private void reach(Time time) {
        if (time != Time.FIRST_LOGIN) {
            fixture.connect(bridge, alice);
            // Advance to a fixed time before a refresh.
            fixture.pass(BindingFixture.INTERVAL.multipliedBy(2));
            fixture.pass(fixture.scheduler.untilNext());
        }
        switch (time) {
            case REFRESH -> fixture.clock.advance(Duration.ofMinutes(5 * 60 + 35));
            case OVERDUE -> fixture.clock.advance(Duration.ofHours(9));
            default -> {}
        }
    }

    private void begin(Cell cell) {
        switch (cell.time()) {
            case FIRST_LOGIN -> {
                fixture.logIn(bridge, alice);
                fixture.bank.approve(alice);
            }
            case REFRESH, OVERDUE -> bridge.connection().poller().refreshAll();
            case STEADY -> {
                if (cell.endpoint() == Endpoint.ACCOUNTS) {
                    bridge.connection().poller().refreshAll();
                }
            }
        }
    }

    private void recover(Cell cell) {
        account.balance(54_321);
        switch (cell.recovers()) {
            case "alone" -> fixture.pass(RECOVERY);
            case "hourly" -> fixture.pass(Duration.ofMinutes(61));
            case "by login" -> {
                fixture.bank.resetCounts();
                fixture.pass(Duration.ofHours(1));
                assertThat("no requests before the login", fixture.bank.requests(), is(empty()));
                fixture.connect(bridge, alice);
            }
            default -> throw new IllegalArgumentException(cell.recovers());
        }
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        assertThat(BindingFixture.status(accountThing), is("ONLINE"));
        assertThat(BindingFixture.status(potThing), is("ONLINE"));
        assertThat(fixture.state(accountThing, "balance"), is("543.21"));
        int midnightOfBudget = budget == null ? 0 : 1;
        assertThat("one refresh at most", fixture.scheduler.waiting(), is(1 + midnightOfBudget));
    }
}
