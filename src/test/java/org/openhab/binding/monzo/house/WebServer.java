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

import java.util.Dictionary;
import javax.servlet.Servlet;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;
import org.osgi.service.http.HttpContext;
import org.osgi.service.http.HttpService;

/**
 * A web server that takes servlets as openHAB's does.
 */
public final class WebServer implements HttpService, AutoCloseable {

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

    @Override
    @SuppressWarnings("rawtypes")
    public void registerServlet(String alias, Servlet servlet, Dictionary parameters, HttpContext context) {
        servlets.addServlet(new ServletHolder(servlet), alias + "/*");
    }

    @Override
    public void registerResources(String alias, String name, HttpContext context) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void unregister(String alias) {
        // the server goes with the house
    }

    @Override
    public HttpContext createDefaultHttpContext() {
        throw new UnsupportedOperationException();
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
