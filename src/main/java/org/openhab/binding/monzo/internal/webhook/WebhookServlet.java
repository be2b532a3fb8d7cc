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
package org.openhab.binding.monzo.internal.webhook;

import static org.openhab.binding.monzo.internal.MonzoBindingConstants.WEBHOOK_PATH;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.servlet.AsyncContext;
import javax.servlet.AsyncEvent;
import javax.servlet.AsyncListener;
import javax.servlet.ReadListener;
import javax.servlet.Servlet;
import javax.servlet.ServletInputStream;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Receives Monzo's notices at {@code POST /connectmonzo/webhook/<secret>}. Answers 404 without a valid secret; reads
 * bodies asynchronously, so that slow senders hold no thread of the web server.
 */
@NonNullByDefault
@Component(
        service = Servlet.class,
        property = {
            "osgi.http.whiteboard.servlet.pattern=" + WEBHOOK_PATH + "/*",
            "osgi.http.whiteboard.servlet.asyncSupported:Boolean=true",
            "osgi.http.whiteboard.servlet.name=org.openhab.binding.monzo.webhook",
        })
public class WebhookServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    /** A genuine notice is one packet. */
    private static final Duration BODY_TIMEOUT = Duration.ofSeconds(5);

    private final transient WebhookEndpoint endpoint;
    private final Duration bodyTimeout;

    @Activate
    public WebhookServlet(@Reference WebhookEndpoint endpoint) {
        this(endpoint, BODY_TIMEOUT);
    }

    /**
     * Creates the servlet outside OSGi.
     *
     * @param bodyTimeout how long a body may take to arrive
     */
    public WebhookServlet(WebhookEndpoint endpoint, Duration bodyTimeout) {
        this.endpoint = endpoint;
        this.bodyTimeout = bodyTimeout;
    }

    @Override
    protected void service(@Nullable HttpServletRequest request, @Nullable HttpServletResponse response)
            throws IOException {
        if (request == null || response == null) {
            return;
        }
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (!"POST".equals(request.getMethod())) {
            response.setHeader("Allow", "POST");
            response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            return;
        }
        String path = request.getPathInfo();
        WebhookEndpoint.Listener listener = path == null ? null : endpoint.listener(path.substring(1));
        if (listener == null) {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        AsyncContext context = request.startAsync();
        context.setTimeout(bodyTimeout.toMillis());
        new BodyReader(context, listener::onNotice).start();
    }

    /**
     * Reads the body of one notice asynchronously. Answers 200 to any body that ends in time, as Monzo would otherwise
     * send it again.
     */
    private static class BodyReader implements ReadListener, AsyncListener {

        /** Monzo's notices have about 2 kB; the rest of a longer body is not read. */
        private static final int MAX_BODY = 64 * 1024;

        private final AsyncContext context;
        private final Consumer<String> receiver;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private final byte[] buffer = new byte[4096];
        private final AtomicBoolean completed = new AtomicBoolean();

        BodyReader(AsyncContext context, Consumer<String> receiver) {
            this.context = context;
            this.receiver = receiver;
        }

        void start() throws IOException {
            context.addListener(this);
            context.getRequest().getInputStream().setReadListener(this);
        }

        @Override
        public void onDataAvailable() {
            try {
                read();
            } catch (IOException e) {
                complete(HttpServletResponse.SC_BAD_REQUEST); // the web server would log a warning
            }
        }

        private void read() throws IOException {
            ServletInputStream input = context.getRequest().getInputStream();
            while (!completed.get() && input.isReady() && !input.isFinished()) {
                int length = input.read(buffer);
                if (length > 0) {
                    body.write(buffer, 0, length);
                }
                if (body.size() > MAX_BODY) {
                    complete(HttpServletResponse.SC_OK);
                }
            }
        }

        @Override
        public void onAllDataRead() {
            if (!completed.get() && body.size() <= MAX_BODY) {
                receiver.accept(body.toString(StandardCharsets.UTF_8));
            }
            complete(HttpServletResponse.SC_OK);
        }

        @Override
        public void onError(@Nullable Throwable e) {
            complete(HttpServletResponse.SC_BAD_REQUEST);
        }

        private void complete(int status) {
            if (completed.compareAndSet(false, true)) {
                if (context.getResponse() instanceof HttpServletResponse response) {
                    response.setStatus(status);
                }
                context.complete();
            }
        }

        // AsyncListener

        @Override
        public void onTimeout(@Nullable AsyncEvent event) {
            complete(HttpServletResponse.SC_REQUEST_TIMEOUT);
        }

        @Override
        public void onComplete(@Nullable AsyncEvent event) {
            completed.set(true);
        }

        @Override
        public void onError(@Nullable AsyncEvent event) {
            complete(HttpServletResponse.SC_BAD_REQUEST);
        }

        @Override
        public void onStartAsync(@Nullable AsyncEvent event) {
            // Never started again.
        }
    }
}
