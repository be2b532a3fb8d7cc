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
import org.eclipse.jetty.client.util.FormContentProvider;
import org.eclipse.jetty.client.util.FutureResponseListener;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.util.Fields;
import org.openhab.binding.monzo.internal.model.ErrorKind;

/**
 * HTTP through the Jetty client that openHAB shares among its bindings; the one class that knows Jetty.
 */
@NonNullByDefault
public class JettyHttpTransport implements HttpTransport {

    /** Twelve accounts and thirty-nine pots of a real customer come to about 40 kB. */
    private static final int MAXIMUM_BODY = 1024 * 1024;

    private static final String AGENT = "openHAB Monzo Binding";

    private final HttpClient client;
    private final Duration timeout;

    /**
     * Makes an exchange over a client that is started and stopped by others.
     *
     * @param client openHAB's common client
     * @param timeout for a request with all of its answer
     */
    public JettyHttpTransport(HttpClient client, Duration timeout) {
        this.client = client;
        this.timeout = timeout;
    }

    @Override
    public HttpResponse get(String url, String accessToken) throws MonzoException {
        return send(request(url).method(HttpMethod.GET), accessToken);
    }

    @Override
    public HttpResponse post(String url, @Nullable String accessToken, Map<String, String> form) throws MonzoException {
        Fields fields = new Fields();
        form.forEach(fields::put);
        return send(request(url).method(HttpMethod.POST).content(new FormContentProvider(fields)), accessToken);
    }

    private Request request(String url) throws MonzoException {
        try {
            return client.newRequest(url);
        } catch (IllegalArgumentException e) {
            throw new MonzoException(ErrorKind.UNREACHABLE, "invalid URL");
        }
    }

    private HttpResponse send(Request request, @Nullable String accessToken) throws MonzoException {
        if (accessToken != null) {
            request.header(HttpHeader.AUTHORIZATION, "Bearer " + accessToken);
        }
        request.agent(AGENT)
                .header(HttpHeader.ACCEPT, "application/json")
                .followRedirects(false)
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
        FutureResponseListener listener = new FutureResponseListener(request, MAXIMUM_BODY);
        request.send(listener);
        try {
            // The request has a timeout of its own; a little more here, so that it is the one that ends the exchange.
            return reply(listener.get(timeout.toMillis() + 1000, TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            Optional<HttpResponse> unauthorized = unchallenged(e);
            if (unauthorized.isPresent()) {
                return unauthorized.get();
            }
            throw failure(e);
        } catch (TimeoutException e) {
            request.abort(e);
            throw new MonzoException(ErrorKind.TIMED_OUT, "request timed out");
        } catch (InterruptedException e) {
            request.abort(e);
            Thread.currentThread().interrupt();
            throw new MonzoException(ErrorKind.UNREACHABLE, "interrupted");
        }
    }

    /**
     * Finds the answer in Jetty's complaint about a 401 without {@code WWW-Authenticate}: Jetty's client takes that for
     * a violation of the protocol and hides the answer in the exception. Monzo answers so.
     *
     * @return the answer, its body empty where Jetty did not keep it; nothing for any other exception
     */
    private static Optional<HttpResponse> unchallenged(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpResponseException violation
                    && violation.getResponse() != null
                    && violation.getResponse().getStatus() == 401) {
                return Optional.of(
                        violation.getResponse() instanceof ContentResponse response
                                ? reply(response)
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
        if (isTimeout(cause)) {
            return new MonzoException(ErrorKind.TIMED_OUT, "request timed out");
        }
        // The listener's way to say that the body is longer than it may be
        if (cause instanceof IllegalArgumentException) {
            return new MonzoException(ErrorKind.INVALID_RESPONSE, "response too long");
        }
        return new MonzoException(
                ErrorKind.UNREACHABLE,
                "no response: " + (cause == null ? e : cause).getClass().getSimpleName());
    }

    private static HttpResponse reply(ContentResponse response) {
        String body = response.getContentAsString();
        return new HttpResponse(
                response.getStatus(), response.getHeaders().get(HttpHeader.RETRY_AFTER), body == null ? "" : body);
    }
}
