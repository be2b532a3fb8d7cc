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
package org.openhab.binding.monzo.simulator;

/** Raw or incomplete HTTP replies, which a regular server could not send. */
final class RawReplies {
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\n";

    private RawReplies() {}

    static String headForLength(int length) {
        return HEAD + "Content-Length: " + length + "\r\n\r\n";
    }

    static String chunkedHead(String firstChunk) {
        return HEAD + "Transfer-Encoding: chunked\r\n\r\n" + chunk(firstChunk);
    }

    static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }
}
