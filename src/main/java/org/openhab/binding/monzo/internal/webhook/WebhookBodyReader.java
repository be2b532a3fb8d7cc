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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.servlet.AsyncContext;
import javax.servlet.AsyncEvent;
import javax.servlet.AsyncListener;
import javax.servlet.ReadListener;
import javax.servlet.ServletInputStream;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * Reads the body of one event asynchronously. Answers 200 to any body that ends in time, as Monzo would otherwise send
 * it again.
 */
@NonNullByDefault
class WebhookBodyReader implements ReadListener, AsyncListener {

    /** Monzo's events have about 2 kB; the rest of a longer body is not read. */
    static final int MAX_BODY = 64 * 1024;

    private final AsyncContext context;
    private final Consumer<String> receiver;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final byte[] buffer = new byte[4096];
    private final AtomicBoolean completed = new AtomicBoolean();

    WebhookBodyReader(AsyncContext context, Consumer<String> receiver) {
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
