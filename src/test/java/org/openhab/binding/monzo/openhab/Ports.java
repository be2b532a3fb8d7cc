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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

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

    /** Linux gives ports from 32768 on, others from 49152 on. */
    private static final int FIRST = 20_000;

    private static final int BLOCKS = 4_000;

    /** Processes that run at the same time have different IDs, which follow each other. */
    private static final AtomicInteger BLOCK =
            new AtomicInteger((int) (ProcessHandle.current().pid() * 61 % BLOCKS));

    /**
     * Returns free ports. openHAB opens them later, and again after each restart, so they are none that an operating
     * system gives to another process meanwhile, and another process here begins its search elsewhere.
     *
     * @return free ports
     */
    public static Ports free() {
        for (int tries = 0; tries < BLOCKS; tries++) {
            int first = FIRST + 3 * Math.floorMod(BLOCK.getAndIncrement(), BLOCKS);
            Ports ports = new Ports(first, first + 1, first + 2);
            if (ports.all().allMatch(Ports::isFree)) {
                return ports;
            }
        }
        throw new IllegalStateException("No free ports");
    }

    private IntStream all() {
        return IntStream.of(http, https, ssh);
    }

    /**
     * @return whether one of them is in use
     */
    public boolean anyOpen() {
        return all().anyMatch(Ports::isOpen);
    }

    private static boolean isOpen(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(HOST, port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(HOST))) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
