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
import java.util.Optional;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.AbstractHandler;

/** Reads and records a request, then applies a fault or answers it. */
final class BankHandler extends AbstractHandler {
    private final Router router;
    private final RequestLog log;
    private final Faults faults;

    BankHandler(Router router, RequestLog log, Faults faults) {
        this.router = router;
        this.log = log;
        this.faults = faults;
    }

    @Override
    public void handle(String target, Request base, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        base.setHandled(true);
        Call call;
        try {
            call = Call.read(request);
        } catch (IllegalArgumentException e) {
            ErrorResponse.badRequest("bad_request", "Not readable").reply().sendTo(response);
            return;
        }
        RequestLog.Entry entry = log.add(call.record());
        Exchange exchange = new Exchange(base, response, () -> router.answer(call));
        try {
            Optional<Fault> fault = faults.take(call.endpoint(), call.accountId());
            if (fault.isPresent()) {
                faults.strike(fault.get(), exchange, request.getHeader(Faults.REQUEST_ID));
            } else {
                exchange.answer(exchange.carryOut());
            }
        } finally {
            entry.handled();
        }
    }
}
