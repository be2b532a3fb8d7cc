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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Base class of contract tests with the recorded responses in {@code src/test/resources/monzo-api}: the API client
 * reads them, and the simulated bank sends the same shapes, so that the two cannot drift away from Monzo together.
 */
public abstract class RecordedResponsesTestBase {

    static final Path RECORDED = Path.of(System.getProperty("monzo.repository", "."), "src/test/resources/monzo-api");

    protected static String recorded(String name) {
        try {
            return Files.readString(RECORDED.resolve(name + ".json"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
