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
package org.openhab.binding.monzo.openhab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * One command in Karaf's console, by Karaf's own SSH client.
 */
final class Console {
    private static final Duration TIMEOUT = Duration.ofSeconds(120);
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;?]*[a-zA-Z]");

    private Console() {}

    static String run(ProcessBuilder client) {
        try {
            Process process = client.redirectErrorStream(true).start();
            process.onExit()
                    .completeOnTimeout(null, TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                    .thenRun(process::destroy);
            // Its input is left open: at the end of the input the client hangs up, before it ran the command.
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return COLOUR.matcher(output).replaceAll("").strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
