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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads the addresses on which a Linux process listens.
 */
final class ListeningSockets {
    private static final String TCP_LISTENS = "0A";
    private static final String UDP_LISTENS = "07";
    private static final String LOOPBACK = "0100007F";

    /** Parses an address in the kernel's format: hexadecimal, with the bytes of each word reversed. */
    record Listening(String protocol, String address, int port) {
        boolean isLoopback() {
            // 127.0.0.1, or the same as an IPv6 address
            return address.equals(LOOPBACK) || address.equals("0000000000000000FFFF0000" + LOOPBACK);
        }
    }

    private ListeningSockets() {}

    static List<Listening> of(long pid) {
        Path process = Path.of("/proc", String.valueOf(pid));
        List<Listening> sockets = new ArrayList<>();
        try {
            Set<String> inodes = inodes(process.resolve("fd"));
            for (String protocol : List.of("tcp", "tcp6", "udp", "udp6")) {
                Path table = process.resolve("net").resolve(protocol);
                for (String line : Files.exists(table) ? Files.readAllLines(table) : List.<String>of()) {
                    // number, local address:port, remote, state, queues, timer, retransmissions, user, timeout, inode
                    String[] columns = line.strip().split("\\s+");
                    boolean listens = columns[3].equals(protocol.startsWith("tcp") ? TCP_LISTENS : UDP_LISTENS);
                    if (listens && inodes.contains(columns[9])) {
                        String[] local = columns[1].split(":");
                        sockets.add(new Listening(protocol, local[0], Integer.parseInt(local[1], 16)));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sockets;
    }

    private static Set<String> inodes(Path descriptors) throws IOException {
        Set<String> inodes = new HashSet<>();
        try (Stream<Path> files = Files.list(descriptors)) {
            for (Path file : files.toList()) {
                if (Files.isSymbolicLink(file)) {
                    String target = Files.readSymbolicLink(file).toString();
                    if (target.startsWith("socket:[")) {
                        inodes.add(target.substring("socket:[".length(), target.length() - 1));
                    }
                }
            }
        }
        return inodes;
    }
}
