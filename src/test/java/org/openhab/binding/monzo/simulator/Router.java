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

import java.util.Map;
import java.util.function.Function;

/** Dispatches a request to its handler. */
final class Router {
    private final Map<Endpoint, Function<Call, Reply>> routes;
    private final Behaviour behaviour;

    Router(Map<Endpoint, Function<Call, Reply>> routes, Behaviour behaviour) {
        this.routes = routes;
        this.behaviour = behaviour;
    }

    Reply answer(Call call) {
        try {
            Function<Call, Reply> route = routes.get(call.endpoint());
            if (route == null) {
                throw ErrorResponse.notFound();
            }
            return route.apply(call);
        } catch (ErrorResponse refusal) {
            Reply reply = refusal.reply();
            return reply.status() == 401 && behaviour.challenges()
                    ? reply.with("WWW-Authenticate", "Bearer realm=\"monzo\"")
                    : reply;
        }
    }
}
