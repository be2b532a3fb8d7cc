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
package org.openhab.binding.monzo.internal.api;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpResponseException;
import org.eclipse.jetty.client.api.ContentResponse;
import org.eclipse.jetty.client.api.Request;
import org.eclipse.jetty.client.api.Result;
import org.eclipse.jetty.client.util.FormContentProvider;
import org.eclipse.jetty.client.util.FutureResponseListener;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.Fields;
import org.openhab.binding.monzo.internal.api.HttpTransport.HttpRequest;
import org.openhab.binding.monzo.internal.api.HttpTransport.HttpResponse;
import org.openhab.binding.monzo.internal.api.HttpTransport.Pending;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests with the Jetty client that openHAB shares among its bindings.
 */
@NonNullByDefault
public class JettyHttpTransport implements HttpTransport {

    /** The response for a real user with 12 accounts and 39 pots is about 40 kB. */
    private static final int MAXIMUM_BODY = 1024 * 1024;

    private static final String USER_AGENT = "openHAB Monzo Binding";

    private final Logger logger = LoggerFactory.getLogger(JettyHttpTransport.class);

    private final HttpClient client;
    private final Duration timeout;

    /**
     * Creates a transport; it neither starts nor stops the client.
     *
     * @param client openHAB's common client
     * @param timeout the time from sending a request to the end of its response
     */
    public JettyHttpTransport(HttpClient client, Duration timeout) {
        this.client = client;
        this.timeout = timeout;
    }

    @Override
    public Pending<HttpResponse> send(HttpRequest request) {
        Request prepared;
        try {
            prepared = prepare(request);
        } catch (IllegalArgumentException e) {
            return () -> {
                throw new MonzoException(ErrorKind.UNREACHABLE, "invalid URL", e);
            };
        }
        long sent = System.nanoTime();
        FutureResponseListener listener = new FutureResponseListener(prepared, MAXIMUM_BODY);
        prepared.onComplete(result -> log(request, result, sent)).send(listener);
        return () -> await(prepared, listener);
    }

    private Request prepare(HttpRequest request) {
        Request prepared = client.newRequest(request.url())
                .method(request.method())
                .agent(USER_AGENT)
                .header(HttpHeader.ACCEPT, "application/json")
                // The client never closes an idle connection, and a request on one that the bank, or a router between,
                // has dropped meanwhile would fail.
                .header(HttpHeader.CONNECTION, "close")
                .followRedirects(false)
                .onRequestBegin(begun -> abortUnlessPermitted(begun, request))
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
        String accessToken = request.accessToken();
        if (accessToken != null) {
            prepared.header(HttpHeader.AUTHORIZATION, "Bearer " + accessToken);
        }
        Map<String, String> form = request.form();
        if (form != null) {
            Fields fields = new Fields();
            form.forEach(fields::put);
            prepared.content(new FormContentProvider(fields));
        }
        return prepared;
    }

    /** Called when the request gets a connection, before anything of it is sent. */
    private static void abortUnlessPermitted(@Nullable Request begun, HttpRequest request) {
        if (begun != null && !request.permitted().getAsBoolean()) {
            begun.abort(MonzoException.notSent());
        }
    }

    private void log(HttpRequest request, Result result, long sent) {
        if (logger.isDebugEnabled()) {
            Throwable failure = result.getFailure();
            logger.debug(
                    "{}: {} after {} ms",
                    request,
                    failure == null
                            ? result.getResponse().getStatus()
                            : failure.getClass().getSimpleName(),
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sent));
        }
    }

    private HttpResponse await(Request request, FutureResponseListener listener) throws MonzoException {
        try {
            // The request has its own timeout, which must expire before this one.
            return response(listener.get(timeout.toMillis() + 1000, TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            Optional<HttpResponse> unauthorized = unchallenged(e);
            if (unauthorized.isPresent()) {
                return unauthorized.get();
            }
            throw failure(e);
        } catch (TimeoutException e) {
            request.abort(e);
            throw new MonzoException(ErrorKind.TIMED_OUT, "request timed out", e);
        } catch (InterruptedException e) {
            request.abort(e);
            Thread.currentThread().interrupt();
            throw new MonzoException(ErrorKind.UNREACHABLE, "interrupted", e);
        }
    }

    /**
     * Extracts a 401 response without {@code WWW-Authenticate}, as sent by Monzo, from Jetty's exception: Jetty treats
     * it as a protocol violation.
     *
     * @return the response, with an empty body if Jetty discarded it; empty for any other exception
     */
    private static Optional<HttpResponse> unchallenged(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpResponseException violation
                    && violation.getResponse() != null
                    && violation.getResponse().getStatus() == 401) {
                return Optional.of(
                        violation.getResponse() instanceof ContentResponse content
                                ? response(content)
                                : new HttpResponse(401, null, ""));
            }
        }
        return Optional.empty();
    }

    private static boolean isTimeout(@Nullable Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof TimeoutException) {
                return true;
            }
        }
        return false;
    }

    private static MonzoException failure(ExecutionException e) {
        Throwable cause = e.getCause();
        if (cause instanceof MonzoException notSent) {
            return notSent;
        } else if (isTimeout(cause)) {
            return new MonzoException(ErrorKind.TIMED_OUT, "request timed out", e);
        }
        // Thrown by the response listener for an oversized body
        if (cause instanceof IllegalArgumentException) {
            return new MonzoException(ErrorKind.RESPONSE_TOO_LONG, "response too long", e);
        }
        return new MonzoException(
                ErrorKind.UNREACHABLE,
                "no response: " + (cause == null ? e : cause).getClass().getSimpleName(),
                e);
    }

    /** Reads a body as UTF-8, as all JSON is: the charset that a response declares may be wrong, or none that exists. */
    private static HttpResponse response(ContentResponse response) {
        byte[] body = response.getContent();
        return new HttpResponse(
                response.getStatus(),
                response.getHeaders().get(HttpHeader.RETRY_AFTER),
                body == null ? "" : new String(body, StandardCharsets.UTF_8));
    }
}
