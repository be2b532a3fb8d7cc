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
package org.openhab.binding.monzo.internal.discovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.openhab.binding.monzo.fixture.BindingTestBase;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.binding.monzo.simulator.BankAccount;
import org.openhab.binding.monzo.simulator.BankPot;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.core.config.discovery.DiscoveryListener;
import org.openhab.core.config.discovery.DiscoveryResult;
import org.openhab.core.config.discovery.DiscoveryService;
import org.openhab.core.thing.ThingTypeUID;
import org.openhab.core.thing.ThingUID;

/** Base class of tests of the results that discovery adds to openHAB's Inbox and removes from it. */
abstract class DiscoveryTestBase extends BindingTestBase {

    static final Duration A_MOMENT = Duration.ofSeconds(2);

    MonzoBridgeHandler bridge;
    MonzoDiscoveryService discovery;
    Inbox inbox;

    @BeforeEach
    void addThings() {
        bridge = fixture.addBridge("alice");
        discovery = serviceOf(bridge);
        inbox = new Inbox(discovery);
        discovery.activate();
    }

    @AfterEach
    void stopDiscovery() {
        discovery.deactivate();
    }

    /** Records the results of a discovery service. */
    static final class Inbox implements DiscoveryListener {
        final List<DiscoveryResult> added = new ArrayList<>();
        final List<ThingUID> removed = new ArrayList<>();

        Inbox(MonzoDiscoveryService service) {
            service.addDiscoveryListener(this);
        }

        @Override
        public void thingDiscovered(DiscoveryService source, DiscoveryResult result) {
            added.add(result);
        }

        @Override
        public void thingRemoved(DiscoveryService source, ThingUID thing) {
            removed.add(thing);
        }

        @Override
        public Collection<ThingUID> removeOlderResults(
                DiscoveryService source, long timestamp, Collection<ThingTypeUID> types, ThingUID bridge) {
            return List.of();
        }

        List<String> labels() {
            return added.stream().map(DiscoveryResult::getLabel).toList();
        }

        void forget() {
            added.clear();
            removed.clear();
        }
    }

    static MonzoDiscoveryService serviceOf(MonzoBridgeHandler bridge) {
        MonzoDiscoveryService service = new MonzoDiscoveryService();
        service.setThingHandler(bridge);
        return service;
    }

    static ThingUID potUid(BankPot pot) {
        return new ThingUID("monzo:pot:alice:" + pot.id());
    }

    void scan() {
        discovery.startScan(null);
        fixture.pass(A_MOMENT);
        discovery.abortScan();
    }

    void connect() {
        fixture.connect(bridge, people.alice());
    }

    DiscoveryResult result(String label) {
        return inbox.added.stream()
                .filter(result -> result.getLabel().equals(label))
                .findFirst()
                .orElseThrow();
    }

    void leaveOutOnce(BankAccount account) {
        fixture.bank
                .faults()
                .next(Endpoint.ACCOUNTS, Fault.changedBody(list -> list.replace(account.id(), "acc_another")));
    }
}
