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
package org.openhab.binding.monzo.internal.poll;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.openhab.binding.monzo.fixture.SingleLoginTestBase;
import org.openhab.binding.monzo.simulator.BankAccount;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.core.thing.Thing;

/** Base class of tests that things never show outdated values or values of another account or user. */
abstract class StaleValuesTestBase extends SingleLoginTestBase {

    static final Duration A_MOMENT = Duration.ofSeconds(2);

    Fault accounts(boolean closed) {
        return Fault.json(
                "{\"accounts\":[{\"id\":\"%s\",\"type\":\"eu_retail\",\"currency\":\"EUR\",\"closed\":%s},{\"id\":\"%s\"}]}"
                        .formatted(people.euro().id(), closed, people.current().id()));
    }

    Map<String, String> states(Thing thing) {
        return fixture.callback(thing).states().entrySet().stream()
                .collect(toMap(Map.Entry::getKey, entry -> entry.getValue().toString()));
    }

    void listInThisOrder(BankAccount... accounts) {
        String list = Stream.of(accounts)
                .map(account -> "{\"id\":\"%s\",\"type\":\"%s\",\"currency\":\"%s\",\"closed\":false}"
                        .formatted(account.id(), account.type(), account.currency()))
                .collect(joining(","));
        fixture.bank.faults().always(Endpoint.ACCOUNTS, Fault.json("{\"accounts\":[" + list + "]}"));
    }
}
