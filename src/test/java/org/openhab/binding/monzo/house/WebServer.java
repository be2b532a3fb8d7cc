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
package org.openhab.binding.monzo.house;

import java.util.List;
import javax.servlet.Servlet;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;

/**
 * A web server that maps servlets to patterns as the OSGi HTTP whiteboard of openHAB's does.
 */
public final class WebServer implements AutoCloseable {

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final ServletContextHandler servlets = new ServletContextHandler();

    public WebServer() {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(servlets);
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + connector.getLocalPort();
    }

    /** Serves a servlet under each of the patterns. */
    public void add(Servlet servlet, List<String> patterns) {
        ServletHolder holder = new ServletHolder(servlet);
        patterns.forEach(pattern -> servlets.addServlet(holder, pattern));
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
