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

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/** A raw connection. No thread waits on it; long operations are driven by the server's selector. */
final class Wire {
    private final EndPoint endPoint;
    private final Scheduler scheduler;

    Wire(EndPoint endPoint, Scheduler scheduler) {
        this.endPoint = endPoint;
        this.scheduler = scheduler;
    }

    void close() {
        endPoint.close();
    }

    /** Closes with a TCP reset. */
    void reset() throws IOException {
        // A linger of 0 makes the operating system drop the connection instead of closing it in order.
        ((SocketChannel) endPoint.getTransport()).socket().setSoLinger(true, 0);
        endPoint.close();
    }

    /** Sends nothing until the client disconnects. */
    void hang() {
        // If the client is waiting for a reply, readable means disconnected.
        endPoint.tryFillInterested(Callback.from(endPoint::close, failure -> endPoint.close()));
    }

    void sendAndClose(String text) {
        endPoint.write(Callback.from(endPoint::close, failure -> endPoint.close()), bytes(text));
    }

    /** Sends the head, then the piece repeatedly with pauses, until the client disconnects. */
    void sendForever(String head, String piece, long pauseMillis) {
        Callback next = Callback.from(
                () -> schedule(() -> sendForever(piece, piece, pauseMillis), pauseMillis), failure -> endPoint.close());
        endPoint.write(next, bytes(head));
    }

    private void schedule(Runnable task, long pauseMillis) {
        try {
            scheduler.schedule(task, pauseMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            endPoint.close();
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(ISO_8859_1));
    }
}
