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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** openHAB 3.0.1 as it is distributed, with what Java 17 requires. */
final class Distribution implements Platform {

    /** The discovery of devices: it listens on every network address, on port 5353. */
    private static final List<String> LEFT_OUT = List.of(
            "org.openhab.core.io.transport.mdns",
            "org.openhab.core.config.discovery.mdns",
            "org.openhab.core.io.rest.mdns");

    /**
     * The language server, for editors of rule files, can be given a port but no address. On an impossible port it
     * does not listen at all.
     */
    private static final String NO_LANGUAGE_SERVER = "port = -1\n";

    @Override
    public void install(Installation installation, Ports ports) throws IOException {
        Directories.copy(Repository.distribution().resolve("userdata"), installation.userdata());
        Java17.applyTo(installation.userdata(), Repository.overrides());
        // Not in conf/services, which may be read after the language server has started.
        Files.writeString(installation.etc("org.openhab.lsp.cfg"), NO_LANGUAGE_SERVER);
        Files.write(
                installation.etc("blacklisted.properties"),
                LEFT_OUT.stream()
                        .map("mvn:org.openhab.core.bundles/%s/3.0.1;type=bundle"::formatted)
                        .toList());
    }

    @Override
    public Duration stopTimeout() {
        return Duration.ofSeconds(60);
    }

    @Override
    public boolean stopsReliably() {
        return true;
    }

    @Override
    public Path startScript(Installation installation) {
        return installation.runtime().resolve("bin/karaf");
    }

    @Override
    public Map<String, String> environment(Installation installation, Ports ports) {
        return Map.of(
                "OPENHAB_HTTP_ADDRESS", Ports.HOST,
                "OPENHAB_HTTP_PORT", String.valueOf(ports.http()),
                "OPENHAB_HTTPS_PORT", String.valueOf(ports.https()));
    }
}
