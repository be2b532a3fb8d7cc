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

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.simulator.SampleCustomers;

/** Base class of tests with a {@link BindingFixture} whose bank has the sample customers. */
abstract class BindingFixtureTest {

    private final Duration requestTimeout;

    @TempDir
    Path folder;

    BindingFixture fixture;
    SampleCustomers people;

    BindingFixtureTest() {
        this(BindingFixture.REQUEST_TIMEOUT);
    }

    BindingFixtureTest(Duration requestTimeout) {
        this.requestTimeout = requestTimeout;
    }

    @BeforeEach
    final void build() {
        fixture = new BindingFixture(folder, requestTimeout);
        people = SampleCustomers.fill(fixture.bank);
    }

    @AfterEach
    final void tearDown() {
        fixture.close();
    }
}
