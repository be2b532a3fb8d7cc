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

import java.io.IOException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import javax.servlet.AsyncContext;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.server.Request;

/** A request and the ways to end it, of which a {@link Fault} chooses one. */
public final class Exchange {
    private final Request request;
    private final HttpServletResponse response;
    private final Supplier<Reply> work;

    Exchange(Request request, HttpServletResponse response, Supplier<Reply> work) {
        this.request = request;
        this.response = response;
        this.work = work;
    }

    /** Executes the request with all its effects. */
    Reply carryOut() {
        return work.get();
    }

    void answer(Reply reply) throws IOException {
        reply.sendTo(response);
    }

    /** Sends the reply when released, without a waiting thread. */
    void answerAfter(CompletionStage<?> release, Reply reply) {
        AsyncContext async = request.startAsync();
        async.setTimeout(0);
        release.whenComplete((result, failure) -> {
            try {
                reply.sendTo(response);
            } catch (IOException e) {
                // The client has disconnected.
            } finally {
                async.complete();
            }
        });
    }

    /** Detaches the connection from the server, so that only data written to it is sent. */
    Wire takeOver() {
        request.startAsync().setTimeout(0);
        return new Wire(
                request.getHttpChannel().getEndPoint(), request.getHttpChannel().getScheduler());
    }
}
