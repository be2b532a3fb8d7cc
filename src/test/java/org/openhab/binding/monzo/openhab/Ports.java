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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.stream.Stream;

/**
 * The ports of one openHAB, all on 127.0.0.1.
 *
 * @param http of the web server
 * @param https of the web server
 * @param ssh of Karaf's console
 */
public record Ports(int http, int https, int ssh) {

    /** The address everything listens on. */
    public static final String HOST = "127.0.0.1";

    /**
     * @return free ports
     */
    public static Ports free() {
        // Keep all open until the last one is known, so that none is returned twice.
        try (ServerSocket http = any();
                ServerSocket https = any();
                ServerSocket ssh = any()) {
            return new Ports(http.getLocalPort(), https.getLocalPort(), ssh.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @return whether one of them is in use
     */
    public boolean anyOpen() {
        return Stream.of(http, https, ssh).anyMatch(Ports::isOpen);
    }

    private static boolean isOpen(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(HOST, port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static ServerSocket any() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getByName(HOST));
    }
}
