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

import java.util.ArrayList;
import java.util.List;
import org.openhab.binding.monzo.internal.api.HttpTransport.HttpRequest;
import org.openhab.binding.monzo.internal.api.HttpTransport.HttpResponse;
import org.openhab.binding.monzo.internal.api.HttpTransport.Pending;

/** Answers every request with the same response and records the requests. */
public class CannedTransport implements HttpTransport {

    private final List<String> requests = new ArrayList<>();
    private HttpResponse reply = new HttpResponse(500, null, "");

    public void answer(int status, String body) {
        answer(new HttpResponse(status, null, body));
    }

    public void answer(HttpResponse answer) {
        reply = answer;
    }

    public List<String> requests() {
        return requests;
    }

    @Override
    public Pending<HttpResponse> send(HttpRequest request) {
        requests.add(request.method() + " " + request.url() + " " + request.accessToken());
        HttpResponse response = reply;
        return () -> response;
    }
}
