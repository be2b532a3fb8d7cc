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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.keyprovider.KeyPairProvider;

/**
 * Karaf's console over SSH with the library of an older Karaf's own client, in a session for each command: a newer
 * Karaf ends the session with the command.
 */
final class Console implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(120);
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;?]*[a-zA-Z]");

    private final SshClient client = SshClient.setUpDefaultClient();
    private final Ports ports;

    Console(Ports ports) {
        this.ports = ports;
        // Use no SSH configuration of the user who runs the tests.
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        client.setKeyPairProvider(KeyPairProvider.EMPTY_KEYPAIR_PROVIDER);
        client.setServerKeyVerifier((server, address, key) -> true);
        client.start();
    }

    private ClientSession logIn() throws IOException {
        ClientSession session = client.connect("openhab", Ports.HOST, ports.ssh())
                .verify(TIMEOUT.toMillis())
                .getSession();
        session.addPasswordIdentity("habopen");
        session.auth().verify(TIMEOUT.toMillis());
        return session;
    }

    /** Runs a command and returns its output without colours. */
    String run(String command) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try (ClientSession session = logIn();
                ChannelExec channel = session.createExecChannel(command)) {
            channel.setOut(output);
            channel.setErr(output);
            channel.open().verify(TIMEOUT.toMillis());
            Set<ClientChannelEvent> events = channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), TIMEOUT.toMillis());
            if (!events.contains(ClientChannelEvent.CLOSED)) {
                throw new AssertionError("\"" + command + "\" did not end; it printed: " + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(command, e);
        }
        return COLOUR.matcher(output.toString(StandardCharsets.UTF_8))
                .replaceAll("")
                .strip();
    }

    @Override
    public void close() {
        client.stop();
    }
}
