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
package org.openhab.binding.monzo.internal;

import java.util.List;
import java.util.Map;
import org.openhab.binding.monzo.simulator.Fault;

/** The faults that lead to the same results, by the name of the text that explains them. */
enum FaultKind {
    WAIT(Map.of(
            "server-error", List.of(Fault.serverError(), Fault.status(503), Fault.html(502), Fault.status(504)),
            "unreachable", List.of(Fault.reset(), Fault.closeWithoutReply(), Fault.halfBody()),
            "timed-out", List.of(Fault.hang(), Fault.slowBody()),
            "invalid-response",
                    List.of(
                            Fault.html(200),
                            Fault.emptyBody(200),
                            Fault.json("[]"),
                            Fault.json("null"),
                            Fault.json("{}"),
                            Fault.json("{\"accounts\":3,\"pots\":{},\"balance\":\"1\",\"access_token\":7}"),
                            Fault.json("[".repeat(100_000)),
                            Fault.endlessBody(),
                            Fault.redirect("https://attacker.example/")))),
    LIMIT(Map.of(
            "rate-limited",
            List.of(Fault.tooManyRequests(), Fault.tooManyRequests("soon"), Fault.tooManyRequests("-1")))),
    /** With a {@code Retry-After} of almost two minutes. */
    LIMIT_WAIT(Map.of("rate-limited", List.of(Fault.tooManyRequests("115")))),
    /** A {@code Retry-After} that the binding reduces to an hour. */
    LIMIT_LONG(Map.of("rate-limited", List.of(Fault.tooManyRequests("999999")))),
    FORBIDDEN(Map.of("", List.of(Fault.forbidden()))),
    /** Monzo rejects the request itself: only the lists prove that an account or pot is gone. */
    REJECTED(Map.of(
            "rejected",
            List.of(Fault.status(400, "{\"code\":\"bad_request.missing_param\"}", "application/json")),
            "not-found",
            List.of(Fault.status(404, "{\"code\":\"not_found\"}", "application/json")))),
    EXPIRED(Map.of(
            "invalid-response",
            List.of(
                    Fault.unauthorized("unauthorized.bad_access_token.expired", false),
                    Fault.unauthorized("unauthorized.bad_access_token.expired", true)))),
    EVICTED(Map.of(
            "login-evicted",
            List.of(
                    Fault.unauthorized("unauthorized.bad_refresh_token.evicted", false),
                    Fault.unauthorized("unauthorized.bad_access_token.evicted", true)))),
    REFUSED(Map.of(
            "login-refused",
            List.of(
                    Fault.unauthorized("unauthorized.bad_refresh_token", false),
                    Fault.unauthorized("unauthorized.bad_access_token", true),
                    Fault.status(401)))),
    REFUSED_400(Map.of(
            "login-refused",
            List.of(Fault.status(400), Fault.status(400, "{\"error\":\"invalid_grant\"}", "application/json")))),
    CLIENT(Map.of(
            "client-refused",
            List.of(
                    Fault.unauthorized("unauthorized.bad_client", false),
                    Fault.status(400, "{\"error\":\"invalid_client\"}", "application/json"),
                    Fault.status(401, "{\"error\":\"invalid_client\"}", "application/json"))));

    private final Map<String, List<Fault>> faults;

    FaultKind(Map<String, List<Fault>> faults) {
        this.faults = faults;
    }

    Map<String, List<Fault>> faults() {
        return faults;
    }
}
