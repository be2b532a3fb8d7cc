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

import java.time.Duration;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.util.thread.Scheduler;

/** The HTTP server on the loopback interface, which can stop and resume listening. Uses a few daemon threads. */
final class BankServer {
    private static final int MOST_THREADS = 16;
    private static final int STOP_MILLIS = 2_000;
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(10);

    private final Server server;
    private final Scheduler scheduler = new ScheduledExecutorScheduler("bank-scheduler", true);
    /** Null while not listening. */
    private ServerConnector connector;

    private int port;

    /**
     * @param port the port, 0 for a free one
     */
    BankServer(int port, Handler handler) {
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, 2);
        threads.setName("bank");
        threads.setDaemon(true);
        // Jetty 9.4.20 once left a thread waiting after a stop, on a busy machine.
        threads.setIdleTimeout(STOP_MILLIS);
        threads.setStopTimeout(STOP_MILLIS);
        this.port = port;
        server = new Server(threads);
        server.addBean(scheduler);
        server.setHandler(handler);
    }

    synchronized void start() {
        unchecked(server::start);
        listen();
    }

    synchronized int port() {
        return port;
    }

    synchronized int openConnections() {
        return connector == null ? 0 : connector.getConnectedEndPoints().size();
    }

    synchronized void listen() {
        if (connector != null) {
            return;
        }
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        // A new connector each time, as the old one keeps the state of closed connections.
        ServerConnector fresh =
                new ServerConnector(server, null, scheduler, null, 1, 1, new HttpConnectionFactory(configuration));
        fresh.setHost("127.0.0.1");
        fresh.setPort(port);
        fresh.setIdleTimeout(LONGEST_SILENCE.toMillis());
        server.addConnector(fresh);
        unchecked(fresh::start);
        connector = fresh;
        port = fresh.getLocalPort();
    }

    synchronized void stopListening() {
        if (connector != null) {
            unchecked(connector::stop);
            server.removeConnector(connector);
            connector = null;
        }
    }

    synchronized void close() {
        stopListening();
        unchecked(server::stop);
    }

    private interface Step {
        void run() throws Exception;
    }

    private static void unchecked(Step step) {
        try {
            step.run();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
